"""Pandoc as a bounded, sandboxed child process: bytes in, bytes out, nothing on disk, no network.

Layer 0a: must not import anything of this project."""

import importlib.util
import resource
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

# `--sandbox` keeps readers and writers from opening files and URLs (pandoc manual, "A note on
# security"); the heap limit is the runtime system's own (RLIMIT_AS cannot be used: GHC reserves
# a terabyte of addresses).
FENCE = ("--sandbox", "+RTS", "-M512m", "-RTS")
HEAP_OVERFLOW = 251
FAILED = "The converter failed"  # how the sentence of an ordinary failure begins


class PandocError(RuntimeError):
    """Pandoc could not do it; the message is one sentence for a person."""


def run(args: Sequence[str], data: bytes, *, timeout: float = 20) -> bytes:
    """What pandoc writes for `data`, given `args`; `timeout` is in seconds.

    Raises PandocError with one sentence: not installed, too slow, too large, or its own words."""
    try:
        child = subprocess.Popen(
            [binary(), *FENCE, *args],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd="/",
            env={"LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
        )
    except OSError as error:
        raise PandocError(f"The converter could not be started: {error.strerror}.") from error
    with child:
        _bound(child.pid, seconds=timeout)
        try:
            output, complaint = child.communicate(data, timeout=timeout)
        except subprocess.TimeoutExpired:
            child.kill()
            raise PandocError(
                f"The converter took longer than {timeout:g} seconds and was stopped."
            ) from None
        except BaseException:
            child.kill()
            raise
    if child.returncode:
        raise PandocError(_sentence(child.returncode, complaint))
    return output


@cache
def binary() -> str:
    """The path of the pandoc that the wheel `pypandoc-binary` brings; no other is used."""
    package = importlib.util.find_spec("pypandoc")
    for folder in (package and package.submodule_search_locations) or ():
        path = Path(folder) / "files" / "pandoc"
        if path.is_file():
            return str(path)
    raise PandocError("The converter is not installed: the package pypandoc-binary is missing.")


def _bound(pid: int, *, seconds: float) -> None:
    """The kernel's own limits, set from outside because a preexec hook is not thread-safe."""
    if not hasattr(resource, "prlimit"):  # Linux only; elsewhere heap and clock limits remain
        return
    cpu = int(seconds) + 1
    try:
        resource.prlimit(pid, resource.RLIMIT_CPU, (cpu, cpu))
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, 0))
        resource.prlimit(pid, resource.RLIMIT_CORE, (0, 0))
    except (ProcessLookupError, PermissionError):
        return


def _sentence(code: int, complaint: bytes) -> str:
    if code == HEAP_OVERFLOW:
        return "The converter needed more memory than it is allowed."
    if code < 0:
        return "The converter was stopped because it used more than it is allowed."
    lines = complaint.decode("utf-8", "replace").strip().splitlines()
    said = lines[-1].strip()[:200].rstrip(".") if lines else f"exit code {code}"
    return f"{FAILED}: {said}."
