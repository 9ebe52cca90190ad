"""What crawlers ask: sitemap and robots.txt. Addresses come from SITE_URL, never from the request.
Methods and errors are those of every public page: `urls.py` wraps these views. Must not import
Brief or views."""

import datetime as dt
from collections.abc import Iterable, Iterator

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from lxml import etree
from lxml.builder import ElementMaker

from briefs.metadata import absolute
from briefs.models import Edition

BRIEFS_PER_PAGE = 10_000  # the protocol allows 50,000 addresses in a file
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
E = ElementMaker(namespace=NAMESPACE, nsmap={None: NAMESPACE})
STATIC_PAGES = ("home", "briefs", "about")
NOT_FOR_CRAWLERS = ("/admin/", "/review/", "/search/")

Row = tuple[str, dt.datetime | None]


def sitemap(request: HttpRequest) -> HttpResponse:
    """Everything on one page or, beyond 10,000 briefs, an index of pages."""
    pages = _pages()
    if pages == 1:
        return _urlset(_rows(page=1))
    addresses = (absolute("sitemap-page", page) for page in range(1, pages + 1))
    return _xml(E.sitemapindex(*(E.sitemap(E.loc(address)) for address in addresses)))


def sitemap_page(request: HttpRequest, page: int) -> HttpResponse:
    if page > _pages():
        raise Http404
    return _urlset(_rows(page))


def _pages() -> int:
    """One at least: it also holds what is not a brief."""
    return max(1, -(-Edition.objects.current().count() // BRIEFS_PER_PAGE))


def _rows(page: int) -> Iterator[Row]:
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
    patch_cache_control(response, public=True, max_age=settings.PUBLIC_MAX_AGE)
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
    patch_cache_control(response, public=True, max_age=settings.PUBLIC_MAX_AGE)
    return response
