"""How figures are taken and shown: interleaved rounds, medians, Linux's own account of a process.

Times are milliseconds, memory is MiB. Knows nothing of what is measured."""

import os
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

TICK = 1000 / os.sysconf("SC_CLK_TCK")
ROW = "{:<48}{:>11}{:>11}{:>7}{:>14} {:<8}"


@dataclass(frozen=True)
class Figure:
    """One line of a table. `most` is the target: what the ratio to `theirs` may be, or `ours` where
    there is nobody to compare with."""

    what: str
    ours: float
    unit: str = "ms"
    theirs: float | None = None
    most: float | None = None

    @property
    def ratio(self) -> float | None:
        return self.ours / self.theirs if self.theirs else None

    @property
    def met(self) -> bool | None:
        if self.most is None:
            return None
        return (self.ours if self.ratio is None else self.ratio) <= self.most


@dataclass(frozen=True)
class Table:
    """Figures that were taken together; `how` says what they mean, in lines that fit."""

    title: str
    how: str
    figures: Sequence[Figure]
    theirs: str = ""  # whose figures stand beside ours

    def __str__(self) -> str:
        head = ROW.format(self.title, "ours", self.theirs, "ratio" if self.theirs else "", "", "")
        return "\n".join(line.rstrip() for line in (head, *map(_row, self.figures), self.how))


def head(rounds: int, versions: dict[str, str]) -> str:
    """The machine, and what the medians are of."""
    named = ", ".join(f"{name} {version}" for name, version in versions.items())
    return (
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} at the start; {named}\n"
        f"Medians of interleaved rounds, {rounds} at most; on a busy machine only ratios count."
    )


def interleaved(rounds: int, *ways: Callable[[], Sequence[float]]) -> list[list[float]]:
    """For each way the medians of what it measures. The ways take turns, each round in the other
    order, so that a noisy machine is noisy for all; a round before the first is not counted."""
    taken: list[list[Sequence[float]]] = [[] for _ in ways]
    for turn in range(rounds + 1):
        for number in list(range(len(ways)))[:: 1 if turn % 2 else -1]:
            measured = ways[number]()
            if turn:
                taken[number].append(measured)
    return [[median(values) for values in zip(*rows, strict=True)] for rows in taken]


def wall(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def own_cpu(work: Callable[[], object]) -> float:
    """Of all threads of this process, without its children."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def children_cpu(pid: int, work: Callable[[], object]) -> float:
    """Of the children of `pid` that ended and were waited for meanwhile; in steps of TICK."""
    start = _ended_children(pid)
    work()
    return _ended_children(pid) - start


def children_peak(pid: int, work: Callable[[], object]) -> float:
    """The most resident memory that any child of `pid` had, pages shared with `pid` included: seen
    every few milliseconds, so that a last rise before its end may be missed."""
    done, seen = threading.Event(), [0.0]
    watch = threading.Thread(target=_watch, args=(pid, done, seen))
    watch.start()
    try:
        work()
    finally:
        done.set()
        watch.join()
    return max(seen)


def memory(pid: int, field: str = "VmRSS") -> float:
    """Resident memory, or with `VmHWM` the most there was; 0 where the process has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith(field)), 0.0)


def _ended_children(pid: int) -> float:
    """Fields `cutime` and `cstime` of proc_pid_stat(5)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[13]) + int(fields[14])) * TICK


def _watch(pid: int, done: threading.Event, seen: list[float]) -> None:
    while not done.wait(0.003):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        seen.extend(memory(int(child), "VmHWM") for child in children)


def _row(figure: Figure) -> str:
    ratio, unit = figure.ratio, figure.unit if figure.ratio is None else "×"
    return ROW.format(
        figure.what,
        _amount(figure.ours, figure.unit),
        "" if figure.theirs is None else _amount(figure.theirs, figure.unit),
        "" if ratio is None else f"{ratio:.2f}",
        "" if figure.most is None else f"≤ {figure.most:g} {unit}",
        {None: "", True: "met", False: "not met"}[figure.met],
    )


def _amount(value: float, unit: str) -> str:
    places = 2 if unit == "×" else 0 if abs(value) >= 100 else 1
    return f"{value:.{places}f} {unit}"
