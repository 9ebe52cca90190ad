"""Files of public briefs: PDFs, pictures, `edition.json` and citations. What is a draft, pending,
withdrawn or elsewhere is decided in `lookup`. Must not import Brief; never typesets."""

import hashlib
import json
import re
from typing import IO, Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import content_disposition_header, parse_etags

from briefs import metadata
from briefs.citations import export
from briefs.composition import read
from briefs.models import Edition, EditionPicture, Institute
from briefs.views.lookup import by_address, edition_or_404
from briefs.views.public import public

# Seconds. A picture's address stands for its bytes for ever, but a withdrawal takes it away.
PICTURE_MAX_AGE = 60 * 60
BLOCK = 64 * 1024  # bytes
PICTURES = {"jpg": "image/jpeg", "png": "image/png"}
CITATIONS = {
    "bib": (export.bibtex, "application/x-bibtex"),
    "ris": (export.ris, "application/x-research-info-systems"),
    "json": (export.csl_json, "application/vnd.citationstyles.csl+json"),
}
RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


@public
@by_address
def pdf(request: HttpRequest, slug: str, name: str, number: int | None = None) -> HttpResponseBase:
    """The PDF as published; `name`, under which browsers save it, must be the slug."""
    if name != slug:
        raise Http404
    edition = edition_or_404(slug, number, whole=False)
    return _stored(
        request,
        edition.pdf_name,
        sha256=edition.pdf_sha256,
        size=edition.pdf_size,
        headers={
            "Content-Type": "application/pdf",
            "Content-Disposition": _inline(f"{slug}.pdf"),
            "Link": f'<{metadata.Links(slug).page}>; rel="canonical"',
        },
    )


@public
@by_address
def document(request: HttpRequest, slug: str) -> HttpResponseBase:
    edition = edition_or_404(slug)
    content = metadata.edition_document(
        read(edition),
        metadata.Links(slug),
        sha256=edition.sha256,
        pdf_sha256=edition.pdf_sha256,
        pdf_size=edition.pdf_size,
        pdf_pages=edition.pdf_pages,
    )
    text = json.dumps(content, ensure_ascii=False, indent=1)
    return _text(request, text, "application/json", f"{slug}.edition.json")


@public
@by_address
def cite(request: HttpRequest, slug: str, form: str) -> HttpResponseBase:
    if form not in CITATIONS:
        raise Http404
    item = metadata.citation_item(read(edition_or_404(slug)), metadata.Links(slug))
    write, content_type = CITATIONS[form]
    return _text(request, write([item]), content_type, f"{slug}.{form}")


@public
def picture(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture that something public shows; `name` is its SHA-256, with the width of a smaller
    one, and a suffix."""
    stem, _, suffix = name.partition(".")
    whole = f"images/{name[:2]}/{stem[:64]}.{suffix}"
    stored = f"images/{name[:2]}/{name}"
    if not _is_shown(whole) or not default_storage.exists(stored):
        raise Http404
    return _stored(
        request,
        stored,
        sha256=stem,
        size=default_storage.size(stored),
        headers={"Content-Type": PICTURES[suffix]},
        max_age=PICTURE_MAX_AGE,
    )


def _is_shown(name: str) -> bool:
    editions = Edition.objects.public()
    return (
        Institute.objects.filter(logo=name).exists()
        or editions.filter(cover=name).exists()
        or EditionPicture.objects.public().filter(address=name).exists()
        or editions.filter(letterhead__logo=name).exists()
    )


def _inline(filename: str) -> str:
    """For a browser to show, and to save under this name (RFC 6266)."""
    return content_disposition_header(as_attachment=False, filename=filename) or "inline"


def _text(request: HttpRequest, text: str, content_type: str, filename: str) -> HttpResponseBase:
    content = text.encode()
    response = HttpResponse(content, content_type=f"{content_type}; charset=utf-8")
    response["ETag"] = f'"{hashlib.sha256(content).hexdigest()}"'
    response["Content-Disposition"] = _inline(filename)
    patch_cache_control(response, public=True, max_age=settings.PUBLIC_MAX_AGE)
    conditional = get_conditional_response(request, etag=response["ETag"], response=response)
    return conditional or response


def _stored(
    request: HttpRequest,
    name: str,
    *,
    sha256: str,
    size: int,
    headers: dict[str, str],
    max_age: int = settings.PUBLIC_MAX_AGE,
) -> HttpResponseBase:
    """A stored file, or the part that was asked for (RFC 9110: 13, conditions; 14, ranges)."""
    etag = f'"{sha256}"'
    response: HttpResponseBase | None = get_conditional_response(request, etag=etag)
    if response is None:
        response = _part(request, name, etag, size)
        for header, value in headers.items():
            response[header] = value
        response["Accept-Ranges"] = "bytes"
    response["ETag"] = etag
    if response.status_code != 416:
        patch_cache_control(response, public=True, max_age=max_age)
    return response


def _part(request: HttpRequest, name: str, etag: str, size: int) -> HttpResponseBase:
    start, length = 0, size
    wanted = _range(request, etag, size)
    if wanted is not None:
        start, length = wanted
        if length < 1:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    response: HttpResponseBase
    if request.method == "HEAD":
        response = HttpResponse()
    else:
        response = FileResponse(_Section(default_storage.open(name), start, length))
        response.block_size = BLOCK
    if wanted is not None:
        response.status_code = 206
        response["Content-Range"] = f"bytes {start}-{start + length - 1}/{size}"
    response["Content-Length"] = str(length)
    return response


def _range(request: HttpRequest, etag: str, size: int) -> tuple[int, int] | None:
    """Start and length of the one range asked for; no length where it lies outside the file. None
    for the whole: no range, several, nonsense, or one of a file that has changed (If-Range)."""
    match = RANGE.fullmatch(request.headers.get("Range", "").strip())
    condition = request.headers.get("If-Range", etag)
    if match is None or request.method != "GET" or parse_etags(condition) != [etag]:
        return None
    first, last = match.groups()
    if not first:
        length = min(int(last), size) if last else 0
        return (size - length, length) if last else None
    start, end = int(first), min(int(last), size - 1) if last else size - 1
    if last and int(last) < start:
        return None
    return start, max(0, end - start + 1)


class _Section:
    """A part of an open file, as FileResponse reads it."""

    def __init__(self, file: IO[Any], start: int, length: int) -> None:
        self._file, self._left = file, length
        file.seek(start)

    def read(self, size: int) -> bytes:
        data: bytes = self._file.read(min(size, self._left))
        self._left -= len(data)
        return data

    def close(self) -> None:
        self._file.close()
