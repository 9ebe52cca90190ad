"""One child process per job, forked from a server that holds the engine, and bounded.

The server is Python's own (`multiprocessing.forkserver`), started when first needed and gone with
this process. It is an instance of our own, used directly, for three reasons: a child must never
import this process's `__main__` (manage.py, a server's console script, a script without a guard);
daemonic processes may have jobs too; and nobody else's preloads mix with ours. Written for
Python 3.13. Must not import the engine."""

import contextlib
import io
import json
import os
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from multiprocessing import Pipe, popen_forkserver, reduction, util
from multiprocessing.connection import Connection, wait
from multiprocessing.context import set_spawning_popen
from multiprocessing.forkserver import ForkServer, read_signed
from pathlib import Path
from typing import Any

from briefs.pdf import worker
from briefs.pdf.job import FONTS_CONF, HOME, NO_ROOM, Job, Limits, Outcome, TypesettingError

READY = "briefs.pdf.ready"
AT_ONCE = 2
WAITING = 1  # with those at work one less than a server's threads, so that readers have one
HUNG = 0.5  # seconds without an answer; a job that had less left says nothing of the server
BUSY = "The typesetter is busy; try again in a minute."
_slots = threading.BoundedSemaphore(AT_ONCE)
_places = threading.BoundedSemaphore(AT_ONCE + WAITING)
_starting = threading.Lock()


def _new_server() -> ForkServer:
    server = ForkServer()
    server.set_forkserver_preload([worker.ENGINE, READY])
    return server


_server = _new_server()
_home = ""


def _forget_server() -> None:
    """After a fork of this process, the server is the parent's child, not ours."""
    global _server, _home, _slots, _places, _starting
    _server, _home = _new_server(), ""
    _starting = threading.Lock()
    _slots = threading.BoundedSemaphore(AT_ONCE)
    _places = threading.BoundedSemaphore(AT_ONCE + WAITING)


def _ensure_server() -> None:
    """Start the server where it is not running. It finds our modules through the environment,
    because CPython 3.13.0 and .1 hand it `sys.path` and leave it unread (gh-126631)."""
    with _starting:
        path = os.pathsep.join(filter(None, sys.path))
        with _environment({"PYTHONPATH": path, HOME: _make_home()}):
            _server.ensure_running()


def _make_home() -> str:
    """Where the server keeps its faces, for as long as this process lives."""
    global _home
    if not os.path.isdir(_home):
        _home = tempfile.mkdtemp(prefix="brief-pdf-server-")
        util.Finalize(None, shutil.rmtree, (_home, True), exitpriority=0)
    return _home


@contextlib.contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ |= values
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


def _replace(server: Any, *, kill: bool = False) -> None:
    """Let another server take the place of one that failed, unless another thread saw to it."""
    global _server, _home
    pid, alive = server._forkserver_pid, server._forkserver_alive_fd
    with _starting:
        if _server is not server:
            return
        _server, _home = _new_server(), ""  # the other takes its own away with it
    if kill:
        os.kill(pid, signal.SIGKILL)
    if alive is not None:
        os.close(alive)  # it ends when nobody holds this
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, os.WNOHANG)


os.register_at_fork(after_in_child=_forget_server)


class _Task:
    """What the fork server's child unpickles and runs."""

    def __init__(self, connection: Connection, job: Job | None, limits: Limits, scratch: str):
        self.arguments = connection, job, limits, scratch

    def _bootstrap(self, _parent_sentinel: int) -> int:
        worker.serve(*self.arguments)
        return 0


class _NoAnswerError(Exception):
    """The fork server has not answered when a job's time was up; whether it had time to."""

    def __init__(self, *, hangs: bool):
        super().__init__("The fork server does not answer.")
        self.hangs = hangs


class _Child(popen_forkserver.Popen):
    """As the standard one, but from our own server, and without importing `__main__`."""

    _fds: list[int]

    def __init__(self, task: _Task, due: float):
        self._due = due
        super().__init__(task)  # type: ignore[arg-type]  # all it asks of a task is to be picklable

    def _launch(self, task: _Task) -> None:
        message = io.BytesIO()
        set_spawning_popen(self)
        try:
            reduction.dump({"name": "typesetting", "dir": "/", "sys_path": sys.path}, message)
            reduction.dump(task, message)
        finally:
            set_spawning_popen(None)
        _ensure_server()
        self.sentinel, inbox = _server.connect_to_new_process(self._fds)
        self.finalizer = util.Finalize(self, os.close, (self.sentinel,))
        patience = max(0, self._due - time.monotonic())
        if not wait([self.sentinel], patience):
            os.close(inbox)
            raise _NoAnswerError(hangs=patience >= HUNG)
        self.pid = read_signed(self.sentinel)
        with open(inbox, "wb") as stream:
            stream.write(message.getbuffer())


def run(job: Job | None, limits: Limits) -> Outcome:
    """Typeset `job` (without one: only report versions) in a child process. Raises
    TypesettingError with a sentence for each limit, for a failed check and for a dead child."""
    due = time.monotonic() + limits.wall
    with contextlib.nullcontext() if job is None else _turn(limits), _scratch() as scratch:
        child, inbox = _start(job, limits, scratch, due)
        with inbox:
            try:
                return _result(child, inbox, limits, due)
            finally:
                _end(child)


@contextlib.contextmanager
def _turn(limits: Limits) -> Iterator[None]:
    """One of few places; they are few because whoever waits holds a thread that readers need."""
    places, slots = _places, _slots
    if not places.acquire(blocking=False):
        raise TypesettingError(BUSY)
    try:
        if not slots.acquire(timeout=max(0, min(limits.patience, limits.wall))):
            raise TypesettingError(BUSY)
        try:
            yield
        finally:
            slots.release()
    finally:
        places.release()


@contextlib.contextmanager
def _scratch() -> Iterator[str]:
    """A temporary directory with a configuration that knows no fonts but the bundled ones."""
    with contextlib.ExitStack() as stack:
        try:
            scratch = stack.enter_context(
                tempfile.TemporaryDirectory(prefix="brief-pdf-", ignore_cleanup_errors=True)
            )
            conf = FONTS_CONF.format(scratch=scratch)
            Path(scratch, "fonts.conf").write_text(conf, encoding="utf-8")
        except OSError as error:
            raise TypesettingError(NO_ROOM) from error
        yield scratch


def _start(job: Job | None, limits: Limits, scratch: str, due: float) -> tuple[_Child, Connection]:
    """A child at work, and where it will reply. A server may have died since it was last asked, so
    a second one is tried; one that does not answer is killed, for whoever comes next."""
    for _ in range(2):
        server = _server
        ours, theirs = Pipe(duplex=False)
        try:
            with theirs:
                return _Child(_Task(theirs, job, limits, scratch), due), ours
        except _NoAnswerError as error:
            ours.close()
            if error.hangs:
                _replace(server, kill=True)
            raise TypesettingError(_late(limits)) from error
        except (OSError, EOFError) as error:
            ours.close()
            _replace(server)
            failure = error
    raise TypesettingError("The typesetting process could not be started.") from failure


def _result(child: _Child, connection: Connection, limits: Limits, due: float) -> Outcome:
    """The child's reply, read as data only: what typesets is not trusted."""
    deadline = threading.Timer(max(0, due - time.monotonic()), _kill, [child])
    deadline.daemon = True
    deadline.start()
    try:
        header = json.loads(connection.recv_bytes(64 * 1024))
        content = connection.recv_bytes(limits.output) if "pages" in header else b""
    except (EOFError, OSError, ValueError) as error:
        late = time.monotonic() >= due
        raise TypesettingError(_how_it_died(child, limits, late=late)) from error
    finally:
        deadline.cancel()
    if "fault" in header:
        raise TypesettingError(str(header["fault"]))
    return Outcome(content, int(header.get("pages", 0)), header.get("versions", {}))


def _how_it_died(child: _Child, limits: Limits, *, late: bool) -> str:
    if late:
        return _late(limits)
    code = child.wait(timeout=2)
    if code == -signal.SIGXCPU:
        return f"Typesetting took more than {limits.cpu} seconds of processor time."
    if code == -signal.SIGKILL:
        return "The typesetting process was killed from outside (SIGKILL); try again."
    if code in {-signal.SIGABRT, -signal.SIGTRAP, -signal.SIGSEGV}:
        name, memory = signal.Signals(-code).name, limits.memory // 1024**2
        return (
            f"The engine crashed ({name}), as it does when {memory} MiB of memory are not enough."
        )
    return "The typesetting process ended without a result; try again."


def _late(limits: Limits) -> str:
    return f"Typesetting took longer than {limits.wall:g} seconds and was stopped."


def _kill(child: _Child) -> None:
    if child.poll() is None:
        os.kill(child.pid, signal.SIGKILL)


def _end(child: _Child) -> None:
    """Leave no child behind, whatever happened."""
    if child.wait(timeout=2) is None:
        _kill(child)
        child.wait(timeout=2)
    child.close()
