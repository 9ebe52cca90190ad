"""PDFs: time and memory, beside headless Chromium's print of the same HTML."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from briefs.composition import Composition
from briefs.pdf import Limits, Pdf, process, typeset
from briefs.pdf.document import job_for
from tests.benchmarks import chromium
from tests.benchmarks.measuring import (
    Figure,
    Table,
    children_cpu,
    children_peak,
    interleaved,
    memory,
    own_cpu,
    wall,
)
from tests.pdf.compositions import make_long_brief, make_real_brief

ROOT = Path(__file__).resolve().parent.parent.parent
# Paragraphs and notes that make about 10, 50, 100 and 200 pages, and 170.
SIZES = ((48, 25), (240, 125), (480, 250), (995, 500))
LONG = (860, 430)
LINEAR = 1.1
PATIENT = Limits(cpu=300, wall=600)

type Size = tuple[int, int]


def tables(*, rounds: int, jobs: int) -> Iterator[Table]:
    """Each as soon as it is measured. What takes longer has fewer rounds."""
    with tempfile.TemporaryDirectory(prefix="bench-", ignore_cleanup_errors=True) as name:
        directory = Path(name)
        address = chromium.laid_down(job_for(make_real_brief()), directory)
        yield cold(address, directory, rounds=max(1, rounds // 3))
        yield warm(address, rounds=rounds)
    yield space(jobs=jobs)
    yield growth(rounds=max(1, rounds // 5))


def cold(address: str, directory: Path, *, rounds: int) -> Table:
    output = directory / "ours.pdf"

    def ours() -> list[float]:
        return [wall(lambda: typeset_afresh(output))]

    def theirs() -> list[float]:
        return [wall(lambda: chromium.print_cold(address, directory))]

    (mine,), (other,) = interleaved(rounds, ours, theirs)
    return Table(
        f"PDF of the real brief, cold; rounds: {rounds}",
        "Ours: a new Python starts Django and the fork server, loads the engine, writes the file.\n"
        "Chromium: a new process with a used profile, --print-to-pdf, all from files.",
        [Figure("process start to its end, wall", mine, theirs=other, most=1)],
        "Chromium",
    )


def warm(address: str, *, rounds: int) -> Table:
    composition = make_real_brief()
    server = running_server()
    with chromium.warm() as print_warm:
        (mine, child, caller, _), (other,) = interleaved(
            rounds,
            lambda: cost(composition, server),
            lambda: [wall(lambda: print_warm(address))],
        )
    return Table(
        f"PDF of the real brief, warm; rounds: {rounds}",
        "Ours: template, fork, typeset, check, tags, bytes. The child's time is from its fork to its\n"
        "end, in steps of 10 ms. Chromium: a new page of a running browser, from files, page.pdf().",
        [
            Figure("a PDF, wall", mine, theirs=other, most=0.8),
            Figure("  of it processor time of the child", child, most=350),
            Figure("  of it processor time of the caller", caller),
        ],
        "Chromium",
    )


def space(*, jobs: int, long: Size = LONG) -> Table:
    """Resident memory: the child's peak, and what stays behind in the processes that go on."""
    real, server = make_real_brief(), running_server()
    short_peak, short = peak(real, server)
    long_peak, pages = peak(_long(long), server)
    processes = os.getpid(), server
    before = [memory(pid) for pid in processes]
    for _ in range(jobs):
        typeset(real)
    caller, forker = (memory(pid) - was for pid, was in zip(processes, before, strict=True))
    return Table(
        "PDF, resident memory",
        "Peaks (VmHWM) include what a child shares with the fork server. The caller's growth is to\n"
        f"hold over 500 jobs; these were {jobs} of the real brief.",
        [
            Figure(f"the child's peak, {short} pages", short_peak, "MiB", most=80),
            Figure(f"the child's peak, {pages} pages", long_peak, "MiB", most=200),
            Figure("the caller before", before[0], "MiB"),
            Figure(f"the caller's growth over {jobs} jobs", caller, "MiB", most=5),
            Figure(f"the fork server's growth over {jobs} jobs", forker, "MiB", most=5),
        ],
    )


def growth(*, rounds: int, sizes: Sequence[Size] = SIZES) -> Table:
    compositions, server = [_long(size) for size in sizes], running_server()
    costs = interleaved(rounds, *(partial(cost, brief, server) for brief in compositions))
    pages = [int(row[-1]) for row in costs]
    figures = []
    for number, kind in enumerate(("wall", "processor")):
        each = [row[number] / count for row, count in zip(costs, pages, strict=True)]
        figures += [
            Figure(f"{count} pages, {notes} notes, a page: {kind}", time)
            for count, (_, notes), time in zip(pages, sizes, each, strict=True)
        ]
        ends = f"a page of {pages[-1]} to one of {pages[0]}: {kind}"
        figures.append(Figure(ends, each[-1] / each[0], "×", most=LINEAR))
    return Table(
        f"PDF, growth with length; rounds: {rounds}",
        "1 × is linear. The child's processor time is the quieter of the two.",
        figures,
    )


def typeset_afresh(output: Path) -> None:
    """In a new process, with compiled modules, as in production, even where the developer's shell wants none."""
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    command = [sys.executable, "-m", "tests.benchmarks.once", str(output)]
    subprocess.run(command, cwd=ROOT, env=environment, timeout=120, check=True)


def cost(composition: Composition, server: int) -> list[float]:
    """Wall, the child's processor time and the caller's, and the number of pages, of one PDF."""
    walls: list[float] = []
    callers: list[float] = []
    made: list[Pdf] = []

    def make() -> None:
        made.append(typeset(composition, limits=PATIENT))

    child = children_cpu(server, lambda: callers.append(own_cpu(lambda: walls.append(wall(make)))))
    return [walls[0], child, callers[0], made[0].pages]


def peak(composition: Composition, server: int) -> tuple[float, int]:
    """The child's largest resident memory, and the number of pages."""
    made: list[Pdf] = []
    most = children_peak(server, lambda: made.append(typeset(composition, limits=PATIENT)))
    return most, made[0].pages


def running_server() -> int:
    """The process id of the fork server, with the engine loaded."""
    process.run(None, Limits())
    pid = process._server._forkserver_pid
    assert pid
    return pid


def _long(size: Size) -> Composition:
    paragraphs, notes = size
    return make_long_brief(paragraphs=paragraphs, notes=notes)
