"""The child process: where it may be started from, and what its death does."""

import errno
import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import Pipe
from pathlib import Path

import pytest

from briefs.pdf import Limits, TypesettingError, fingerprint, process, typeset, worker
from tests.pdf.compositions import make_composition, make_job, make_real_brief

ROOT = Path(__file__).resolve().parent.parent.parent


def run_script(tmp_path: Path, text: str) -> subprocess.CompletedProcess[str]:
    """A script in a directory of its own, without `if __name__ == "__main__"`; it notes each time
    it is run."""
    head = """
        import os, sys, warnings
        open(sys.path[0] + "/runs", "a").write("x")
        sys.path[1:1] = filter(None, sys.argv[1:])
        import django
        django.setup()
        from briefs.pdf import process, typeset
        from tests.pdf.compositions import make_composition
        """
    script = tmp_path / "script.py"
    script.write_text(textwrap.dedent(head) + textwrap.dedent(text))
    return subprocess.run(
        [sys.executable, str(script), *sys.path],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_child_never_runs_the_main_module_again(tmp_path: Path) -> None:
    done = run_script(tmp_path, "print(typeset(make_composition()).sha256)")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "runs").read_text() == "x"
    assert done.stdout.strip() == typeset(make_composition()).sha256


def test_the_server_holds_the_engine_wherever_it_is_started(tmp_path: Path) -> None:
    """A server's working directory is not the project's, and only `sys.path` knows where that is."""
    done = run_script(
        tmp_path,
        """
        typeset(make_composition())
        libraries = open(f"/proc/{process._server._forkserver_pid}/maps").read()
        print("libpango" in libraries, os.environ.get("PYTHONPATH", "unset"))
        """,
    )
    assert done.stdout.split() == ["True", os.environ.get("PYTHONPATH", "unset")], done.stderr


def test_a_process_forked_from_one_that_typeset_typesets_too(tmp_path: Path) -> None:
    done = run_script(
        tmp_path,
        """
        warnings.simplefilter("ignore")
        first = typeset(make_composition()).sha256
        pid = os.fork()
        if pid == 0:
            os._exit(0 if typeset(make_composition()).sha256 == first else 1)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), typeset(make_composition()).pages)
        """,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["0", "1"]


def test_a_daemonic_process_typesets(tmp_path: Path) -> None:
    """Servers' workers may be daemons, which Python forbids to have children of its own kind."""
    done = run_script(
        tmp_path,
        """
        import multiprocessing
        multiprocessing.current_process()._config["daemon"] = True
        print(typeset(make_composition()).pages)
        """,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "1"


def test_threads_typeset_side_by_side() -> None:
    with ThreadPoolExecutor(process.AT_ONCE + process.WAITING) as pool:
        pdfs = list(pool.map(lambda _: typeset(make_composition()), range(6)))
    assert len({pdf.sha256 for pdf in pdfs}) == 1


def test_the_same_composition_gives_the_same_bytes() -> None:
    first, second = typeset(make_real_brief()), typeset(make_real_brief())
    assert first.content == second.content
    assert first.sha256 == hashlib.sha256(first.content).hexdigest()


def test_a_child_that_is_killed_is_reported_and_hurts_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    launch = process._Child._launch

    def launch_and_kill(child: process._Child, task: process._Task) -> None:
        launch(child, task)
        os.kill(child.pid, signal.SIGKILL)

    with monkeypatch.context() as patched:
        patched.setattr(process._Child, "_launch", launch_and_kill)
        with pytest.raises(
            TypesettingError, match=r"^The typesetting process was killed from outside"
        ):
            typeset(make_real_brief())
    assert typeset(make_composition()).pages == 1


def test_a_fork_server_that_hangs_is_late_and_replaced() -> None:
    process.run(None, Limits())
    pid = process._server._forkserver_pid
    os.kill(pid, signal.SIGSTOP)
    with pytest.raises(TypesettingError, match=r"^Typesetting took longer than 1 seconds"):
        process.run(None, Limits(wall=1))
    assert typeset(make_composition()).pages == 1
    assert process._server._forkserver_pid != pid
    assert os.path.isdir(process._home)


def test_a_fork_server_that_was_killed_is_started_again() -> None:
    typeset(make_composition())
    server = process._server._forkserver_pid
    assert server
    os.kill(server, signal.SIGKILL)
    os.waitid(os.P_PID, server, os.WEXITED | os.WNOWAIT)
    assert typeset(make_composition()).pages == 1


def test_a_server_that_cannot_be_reached_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when it dies between the question whether it lives and the job."""
    typeset(make_composition())
    failing = process._server

    def fail(_fds: list[int]) -> None:
        raise EOFError

    monkeypatch.setattr(failing, "connect_to_new_process", fail)
    assert typeset(make_composition()).pages == 1
    assert process._server is not failing


def test_a_machine_that_starts_nothing_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_child: process._Child, _task: process._Task) -> None:
        raise EOFError

    monkeypatch.setattr(process._Child, "_launch", fail)
    with pytest.raises(TypesettingError, match=r"process could not be started\.$"):
        typeset(make_composition())


@pytest.fixture
def busy() -> Iterator[None]:
    """Every slot taken, as by long briefs."""
    for _ in range(process.AT_ONCE):
        assert process._slots.acquire(blocking=False)
        assert process._places.acquire(blocking=False)
    yield
    for _ in range(process.AT_ONCE):
        process._slots.release()
        process._places.release()


BUSY = r"^The typesetter is busy; try again in a minute\.$"


@pytest.mark.usefixtures("busy")
def test_whoever_waits_longer_than_their_patience_is_told_so() -> None:
    with pytest.raises(TypesettingError, match=BUSY):
        typeset(make_composition(), limits=Limits(patience=0.05))


@pytest.mark.usefixtures("busy")
def test_waiting_counts_as_time() -> None:
    with pytest.raises(TypesettingError, match=BUSY):
        typeset(make_composition(), limits=Limits(wall=0.05))


@pytest.mark.usefixtures("busy")
def test_few_wait_and_the_rest_are_refused_at_once() -> None:
    waiting = Limits(patience=30)
    assert all(process._places.acquire(blocking=False) for _ in range(process.WAITING))
    with pytest.raises(TypesettingError, match=BUSY):
        typeset(make_composition(), limits=waiting)
    for _ in range(process.WAITING):
        process._places.release()


@pytest.mark.usefixtures("busy")
def test_versions_are_told_however_busy_it_is() -> None:
    assert process.run(None, Limits()).versions["weasyprint"]


def test_readers_keep_a_thread_of_the_server() -> None:
    unit = (ROOT / "deploy" / "thinktank.service").read_text()
    threads = re.search(r"--blocking-threads (\d+)", unit)
    assert threads
    assert int(threads[1]) > process.AT_ONCE + process.WAITING


def test_without_a_temporary_directory_a_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process.tempfile, "tempdir", str(tmp_path / "missing"))
    with pytest.raises(TypesettingError, match=r"^There is no room for temporary files"):
        typeset(make_composition())


def test_a_disk_that_fills_while_typesetting_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fill(_job: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(worker, "_confine", lambda *_: None)
    monkeypatch.setattr(worker, "_work", fill)
    ours, theirs = Pipe(duplex=False)
    with ours:
        worker.serve(theirs, None, Limits(), "")
        assert json.loads(ours.recv_bytes())["fault"].startswith("There is no room for temporary")


def test_nothing_is_left_behind_in_the_temporary_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    process.run(None, Limits())  # the server's directory is there as long as the server
    monkeypatch.setattr(process.tempfile, "tempdir", str(tmp_path))
    typeset(make_composition())
    with pytest.raises(TypesettingError):
        process.run(make_job("<p>x</p>" * 9000), Limits(wall=0.5))
    assert list(tmp_path.iterdir()) == []


def test_the_parent_carries_no_engine() -> None:
    code = "import briefs.pdf, sys, briefs.pdf.process; print('weasyprint' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_the_engine_is_loaded_once_and_without_django() -> None:
    """What the fork server preloads, every child carries."""
    code = (
        f"import {worker.ENGINE}, sys;"
        "print([n for n in ('django', 'briefs.models', 'briefs.composition') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_fingerprint_names_versions_and_digests() -> None:
    found = fingerprint()
    assert found["weasyprint"] == "70.0"
    assert found["pydyf"]
    assert all(found[name][0].isdigit() for name in ("pango", "harfbuzz", "freetype"))
    assert len(found["fonts"]) == len(found["templates"]) == 64
