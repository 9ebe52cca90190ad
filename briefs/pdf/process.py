"""One child process per job, forked from a server that holds the engine, and bounded.

The server is Python's own (`multiprocessing.forkserver`), started when first needed and gone with
this process. It is an instance of our own, used directly, for three reasons: a child must never
import this process's `__main__` (manage.py, a server's console script, a script without a guard);
daemonic processes may have jobs too; and nobody else's preloads mix with ours. Written for
Python 3.13. Must not import the engine."""

import io
import json
import os
import signal
import sys
import tempfile
import threading
import time
from multiprocessing import Pipe, popen_forkserver, reduction, util
from multiprocessing.connection import Connection
from multiprocessing.context import set_spawning_popen
from multiprocessing.forkserver import ForkServer, read_signed
from pathlib import Path

from briefs.pdf import worker
from briefs.pdf.job import Job, Limits, Outcome, TypesettingError

AT_ONCE = 2
FONTS_CONF = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig><cachedir>{scratch}/cache</cachedir></fontconfig>
"""

_slots = threading.BoundedSemaphore(AT_ONCE)
_starting = threading.Lock()


def _new_server() -> ForkServer:
    server = ForkServer()
    server.set_forkserver_preload([worker.ENGINE])
    return server


_server = _new_server()


def _forget_server() -> None:
    """After a fork of this process, the server is the parent's child, not ours."""
    global _server, _slots, _starting
    _server = _new_server()
    _starting = threading.Lock()
    _slots = threading.BoundedSemaphore(AT_ONCE)


def _ensure_server() -> None:
    """Start the server where it is not running. It finds our modules through the environment,
    because CPython 3.13.0 and .1 hand it `sys.path` and leave it unread (gh-126631)."""
    with _starting:
        before = os.environ.get("PYTHONPATH")
        os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        try:
            _server.ensure_running()
        finally:
            if before is None:
                del os.environ["PYTHONPATH"]
            else:
                os.environ["PYTHONPATH"] = before


os.register_at_fork(after_in_child=_forget_server)


class _Task:
    """What the fork server's child unpickles and runs."""

    def __init__(self, connection: Connection, job: Job | None, limits: Limits, scratch: str):
        self.arguments = connection, job, limits, scratch

    def _bootstrap(self, _parent_sentinel: int) -> int:
        worker.serve(*self.arguments)
        return 0


class _Child(popen_forkserver.Popen):
    """As the standard one, but from our own server, and without importing `__main__`."""

    _fds: list[int]

    def __init__(self, task: _Task):
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
        self.pid = read_signed(self.sentinel)
        with open(inbox, "wb") as stream:
            stream.write(message.getbuffer())


def run(job: Job | None, limits: Limits) -> Outcome:
    """Typeset `job` (without one: only report versions) in a child process. Raises
    TypesettingError with a sentence for each limit, for a failed check and for a dead child."""
    with _slots, tempfile.TemporaryDirectory(prefix="brief-pdf-") as scratch:
        conf = Path(scratch, "fonts.conf")
        conf.write_text(FONTS_CONF.format(scratch=scratch), encoding="utf-8")
        ours, theirs = Pipe(duplex=False)
        with ours:
            try:
                with theirs:
                    child = _Child(_Task(theirs, job, limits, scratch))
            except (OSError, EOFError) as error:
                raise TypesettingError("The typesetting process could not be started.") from error
            try:
                return _result(child, ours, limits)
            finally:
                _end(child)


def _result(child: _Child, connection: Connection, limits: Limits) -> Outcome:
    """The child's reply, read as data only: what typesets is not trusted."""
    deadline = threading.Timer(limits.wall, _kill, [child])
    deadline.daemon = True
    started = time.monotonic()
    deadline.start()
    try:
        header = json.loads(connection.recv_bytes(64 * 1024))
        content = connection.recv_bytes(limits.output) if "pages" in header else b""
    except (EOFError, OSError, ValueError) as error:
        late = time.monotonic() - started >= limits.wall
        raise TypesettingError(_how_it_died(child, limits, late=late)) from error
    finally:
        deadline.cancel()
    if "fault" in header:
        raise TypesettingError(str(header["fault"]))
    return Outcome(content, int(header.get("pages", 0)), header.get("versions", {}))


def _how_it_died(child: _Child, limits: Limits, *, late: bool) -> str:
    if late:
        return f"Typesetting took longer than {limits.wall:g} seconds and was stopped."
    code = child.wait(timeout=2)
    if code == -signal.SIGXCPU:
        return f"Typesetting took more than {limits.cpu} seconds of processor time."
    if code in {-signal.SIGABRT, -signal.SIGTRAP, -signal.SIGSEGV, -signal.SIGKILL}:
        memory = limits.memory // 1024**2
        return f"The engine failed; the brief may need more than {memory} MiB of memory."
    return "The typesetting process ended without a result."


def _kill(child: _Child) -> None:
    if child.poll() is None:
        os.kill(child.pid, signal.SIGKILL)


def _end(child: _Child) -> None:
    """Leave no child behind, whatever happened."""
    if child.wait(timeout=2) is None:
        _kill(child)
        child.wait(timeout=2)
    child.close()
