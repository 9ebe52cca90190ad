"""What the operator's monitors ask, `healthz` and `readyz`: answered before anything looks at host,
scheme or session, because probes come by address, without TLS and without a cookie."""

import os
from collections.abc import Callable
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import Error
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from briefs.models.schema import waiting_migrations

type Answer = Callable[[HttpRequest], HttpResponseBase]


def answer_probes(get_response: Answer) -> Answer:
    """Middleware; belongs first in MIDDLEWARE."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        probe = PROBES.get(request.path_info)
        if probe is None:
            return get_response(request)
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        response = probe()
        response["Cache-Control"] = "no-store"
        response["X-Content-Type-Options"] = "nosniff"
        return response

    return answer


def healthz() -> HttpResponse:
    """The process answers. Touches neither database nor storage."""
    return _text("ok\n")


def readyz() -> HttpResponse:
    """200, or 503 with a line for each thing that fails; never an exception's own words, which may
    hold addresses and passwords."""
    faults = [fault for check in (_database, _storage) if (fault := check())]
    text = "".join(f"{fault}\n" for fault in faults)
    return _text(text or "ok\n", status=503 if faults else 200)


def _text(text: str, *, status: int = 200) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def _database() -> str:
    try:
        waiting = waiting_migrations()
    except Error:
        return "database: does not answer"
    return f"migrations: {waiting} not applied" if waiting else ""


def _storage() -> str:
    try:
        writable = _is_writable()
    except Exception:  # noqa: BLE001 (whatever a remote storage raises)
        writable = False
    return "" if writable else "storage: cannot be written"


def _is_writable() -> bool:
    """Whether files can be made in MEDIA_ROOT, or it can be made itself; of a storage elsewhere,
    whether it answers."""
    try:
        directory = Path(default_storage.path(""))
    except NotImplementedError:
        default_storage.exists("pdf")
        return True
    there = next((path for path in (directory, *directory.parents) if path.exists()), None)
    return there is not None and there.is_dir() and os.access(there, os.W_OK)


PROBES = {"/healthz": healthz, "/readyz": readyz}
