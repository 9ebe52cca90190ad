"""The child's side of a job: take the limits, call the engine, send the result as plain data.

Imports the engine by name, because only the fork server and its children shall carry it."""

import errno
import gc
import importlib
import json
import os
import resource
import sys
import tempfile
from multiprocessing.connection import Connection

from briefs.pdf.job import NO_ROOM, Job, Limits, Outcome, TypesettingError

ENGINE = "briefs.pdf.engine"


def serve(connection: Connection, job: Job | None, limits: Limits, scratch: str) -> None:
    """Run one job under `limits` and reply on `connection`: a JSON header, then the PDF's bytes."""
    try:
        _confine(limits, scratch)
        outcome = _work(job)
        if len(outcome.content) > limits.output:
            raise TypesettingError(f"The PDF is larger than {limits.output // 1024**2} MiB.")
    except TypesettingError as error:
        return _send(connection, {"fault": str(error)})
    except MemoryError:
        memory = limits.memory // 1024**2
        return _send(connection, {"fault": f"Typesetting needs more than {memory} MiB of memory."})
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        return _send(
            connection, {"fault": NO_ROOM if full else f"The engine failed: {error}"[:500]}
        )
    except RecursionError:
        return _send(connection, {"fault": "The text is nested too deeply to be typeset."})
    except BaseException as error:  # noqa: BLE001 - whatever the engine raises is this job's failure alone
        name = type(error).__name__
        return _send(connection, {"fault": f"The engine failed: {name}: {error}"[:500]})
    _send(connection, {"pages": outcome.pages, "versions": outcome.versions}, outcome.content)


def _work(job: Job | None) -> Outcome:
    engine = importlib.import_module(ENGINE)
    outcome: Outcome = engine.versions() if job is None else engine.typeset(job)
    return outcome


def _confine(limits: Limits, scratch: str) -> None:
    """Processor, memory, files; scratch space of its own; no fonts but the bundled ones."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (limits.cpu, limits.cpu + 2))
    resource.setrlimit(resource.RLIMIT_AS, (limits.memory, limits.memory))
    gc.set_threshold(50_000, 20, 1_000)  # a child lives for one job: little of it is ever garbage
    tempfile.tempdir = scratch
    os.environ["FONTCONFIG_FILE"] = os.path.join(scratch, "fonts.conf")
    os.environ["TMPDIR"] = scratch
    sys.stdin = None


def _send(connection: Connection, header: dict[str, object], content: bytes | None = None) -> None:
    connection.send_bytes(json.dumps(header).encode())
    if content is not None:
        connection.send_bytes(content)
    connection.close()
