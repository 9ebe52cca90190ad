"""What crawlers and the operator's monitors ask: sitemap, robots.txt, healthz, readyz. Addresses
come from SITE_URL, never from the request. Methods and errors are those of every public page:
`urls.py` wraps these views. Must not import Brief or views."""

import datetime as dt
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.cache import never_cache
from lxml import etree
from lxml.builder import ElementMaker

from briefs.metadata import absolute
from briefs.models import Edition

MAX_AGE = 60  # seconds for which a cache may keep what crawlers read
BRIEFS_PER_PAGE = 10_000  # the protocol allows 50,000 addresses in a file
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
E = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
STATIC_PAGES = ("home", "briefs", "about")
NOT_FOR_CRAWLERS = ("/admin/", "/review/", "/search/")

Row = tuple[str, dt.datetime | None]


def sitemap(request: HttpRequest) -> HttpResponse:
    """Everything on one page or, beyond 10,000 briefs, an index of pages."""
    pages = -(-Edition.objects.current().count() // BRIEFS_PER_PAGE)
    if pages <= 1:
        return _urlset(_rows(page=1))
    addresses = (absolute("sitemap-page", page) for page in range(1, pages + 1))
    return _xml(E.sitemapindex(*(E.sitemap(E.loc(address)) for address in addresses)))


def sitemap_page(request: HttpRequest, page: int) -> HttpResponse:
    rows = list(_rows(page)) if page else []
    if not rows:
        raise Http404
    return _urlset(rows)


def _rows(page: int) -> Iterator[Row]:
    """Page 1 also holds whatever is not a brief."""
    if page == 1:
        yield from ((absolute(name), None) for name in STATIC_PAGES)
        yield from _listed()
    start = (page - 1) * BRIEFS_PER_PAGE
    editions = Edition.objects.current().addressed().order_by("brief_id")
    briefs = editions.values_list("slug", "public_from")[start : start + BRIEFS_PER_PAGE]
    yield from ((absolute("brief", slug), moment) for slug, moment in briefs)


def _listed() -> Iterator[Row]:
    current = Edition.objects.current()
    for name, things in (
        ("centre", current.centres()),
        ("author", current.authors()),
        ("series", current.series()),
        ("topic", current.topics()),
    ):
        for slug in things.order_by("slug").values_list("slug", flat=True):
            yield absolute(name, slug), None


def _urlset(rows: Iterable[Row]) -> HttpResponse:
    return _xml(E.urlset(*(_url(*row) for row in rows)))


def _url(address: str, changed: dt.datetime | None) -> etree._Element:
    url = E.url(E.loc(address))
    if changed:
        url.append(E.lastmod(changed.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")))
    return url


def _xml(root: etree._Element) -> HttpResponse:
    content = etree.tostring(root, encoding="utf-8", xml_declaration=True)
    response = HttpResponse(content, content_type="application/xml; charset=utf-8")
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return response


def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in NOT_FOR_CRAWLERS),
        "",
        f"Sitemap: {absolute('sitemap')}",
        "",
    ]
    response = HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return response


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. Touches neither database nor storage."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
def readyz(request: HttpRequest) -> HttpResponse:
    """200, or 503 with a line for each thing that fails; never an exception's own words, which may
    hold addresses and passwords."""
    faults = [fault for check in (_database, _storage) if (fault := check())]
    text = "".join(f"{fault}\n" for fault in faults) or "ok\n"
    status = 503 if faults else 200
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


def _database() -> str:
    try:
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return "database: does not answer"
    return f"migrations: {len(plan)} not applied" if plan else ""


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
