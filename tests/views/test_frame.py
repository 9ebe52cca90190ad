"""What holds of every public page: methods, headers, errors, weight."""

import gzip
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from django.urls import reverse

from briefs.models import Institute
from briefs.views import public
from tests.factories import make_author, make_centre, make_edition, make_series

pytestmark = pytest.mark.django_db

INDEXES = ["home", "briefs", "authors", "centres", "topics", "series-index", "search", "about"]


@pytest.fixture
def pages() -> list[str]:
    """The address of a page of each kind."""
    author, centre, series = make_author(), make_centre(), make_series()
    make_edition(authors=[author], centre=centre, series=series, topics=("Trade",), slug="a-brief")
    brief = [reverse("brief", args=["a-brief"]), reverse("edition", args=["a-brief", 1])]
    subjects = [row.get_absolute_url() for row in (author, centre, series)]
    return [*map(reverse, INDEXES), *brief, *subjects, reverse("topic", args=["trade"])]


def test_every_page_is_public_and_cacheable_and_sets_no_cookie(
    client: Client, pages: list[str]
) -> None:
    for page in pages:
        response = client.get(page)
        assert response.status_code == 200, page
        assert response["Cache-Control"] == "public, max-age=60", page
        assert response["ETag"], page
        assert not response.cookies, page
        assert "Cookie" not in response.get("Vary", ""), page


def test_no_page_carries_an_inline_style_a_script_or_a_nonce(
    client: Client, pages: list[str]
) -> None:
    for page in [*pages, "/nowhere/", "/briefs/?page=0"]:
        html = client.get(page).text
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|nonce", html), page
        assert set(re.findall(r"<script[^>]*>", html)) <= {'<script type="application/ld+json">'}


def test_the_policy_allows_no_inline_code(client: Client, pages: list[str]) -> None:
    for page in [*pages, "/nowhere/"]:
        policy = client.get(page)["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "nonce" not in policy


def test_a_page_answers_head_like_get_and_refuses_other_methods(
    client: Client, pages: list[str]
) -> None:
    strict = Client(enforce_csrf_checks=True)
    for page in pages:
        head = client.head(page)
        assert (head.status_code, head.content) == (200, b"")
        for method in ("POST", "PUT", "DELETE", "PATCH", "OPTIONS"):
            refused = strict.generic(method, page)
            assert refused.status_code == 405, (method, page)
            assert refused["Allow"] == "GET, HEAD"


def test_a_page_that_has_not_changed_is_not_sent_again(client: Client, pages: list[str]) -> None:
    for page in pages:
        etag = client.get(page)["ETag"]
        assert client.get(page, headers={"If-None-Match": etag}).status_code == 304


def test_an_address_without_its_slash_is_sent_to_the_one_with_it(
    client: Client, pages: list[str]
) -> None:
    for page in pages[1:]:
        response = client.get(page.rstrip("/"))
        assert (response.status_code, response["Location"]) == (301, page)


def test_unknown_parameters_change_nothing(client: Client, pages: list[str]) -> None:
    for page in pages:
        plain = client.get(page).content
        strange = client.get(page, {"utm_source": "x", "author__user__password": "'\"><script>"})
        assert strange.content == plain, page


def test_a_null_character_is_refused(client: Client, pages: list[str]) -> None:
    for page in pages:
        assert client.get(page + "?q=%00").status_code == 400
        assert client.get(page + "?%00=1").status_code == 400


@pytest.mark.parametrize(
    "path",
    ["/topics/%00/", "/topics/%00/feed.atom", "/topics/a%00b/", "/briefs/%00/", "/authors/%00/"],
)
def test_a_null_character_in_an_address_is_not_found(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_what_is_refused_is_kept_by_no_cache(client: Client, rf: RequestFactory) -> None:
    assert client.get("/briefs/?page=0")["Cache-Control"] == "no-store"
    assert client.get("/about/?q=%00")["Cache-Control"] == "no-store"
    refused = public.forbidden(rf.get("/admin/briefs/institute/"))
    assert (refused.status_code, refused["Cache-Control"]) == (403, "no-store, private")


def test_the_page_of_a_bad_request_fits_a_host_that_is_none(client: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["briefs.example.org"]
    response = client.get("/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert response["Cache-Control"] == "no-store"
    assert "the name of the site" in response.text


@pytest.fixture
def questions() -> Iterator[list[str]]:
    """The database is down; these are the questions that it was asked."""
    asked: list[str] = []

    def refuse(_execute: object, sql: str, *_args: object) -> None:
        asked.append(sql)
        raise OperationalError("connection to postgres://root:secret@db failed")

    with connection.execute_wrapper(refuse):
        yield asked


@pytest.mark.parametrize(
    "path",
    [
        *("/", "/briefs/", "/briefs/a/", "/briefs/a/a.pdf", "/topics/a/", "/search/?q=a"),
        *("/feed.atom", "/sitemap.xml", "/nowhere/", "/nowhere", "/briefs/?page=0", "/?q=%00"),
    ],
)
def test_without_a_database_a_page_asks_once_and_says_when_to_come_back(
    client: Client, questions: list[str], path: str
) -> None:
    response = client.get(path)
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert response["Cache-Control"] == "no-store"
    assert "cannot be shown just now" in response.text
    assert "secret" not in response.text
    assert len(questions) == 1


def test_the_sheets_of_a_page_of_trouble_are_files(client: Client, questions: list[str]) -> None:
    for name in re.findall(r'href="/static/([^"]+)"', client.get("/").text):
        assert finders.find(name), name
    assert "/style/" not in client.get("/").text


@pytest.mark.parametrize("path", ["/nowhere", "/nowhere/", "/sitemap-0.xml"])
def test_an_unknown_address_is_not_found_also_where_debug_is_on(
    client: Client, settings: Any, path: str
) -> None:
    plain = client.get(path)
    settings.DEBUG = True
    response = client.get(path)
    assert response.status_code == plain.status_code == 404
    assert response.content == plain.content
    assert client.get("/briefs").status_code == 301


def test_what_is_not_found_says_so_in_our_own_dress(client: Client) -> None:
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert response["Cache-Control"] == "no-cache"
    assert "noindex" in response.text
    assert 'type="search"' in response.text


def test_the_page_of_a_server_error_asks_nothing_of_the_database(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setattr("briefs.views.public.Institute.load", broken)
    client.raise_request_exception = False
    response = client.get("/about/")
    assert response.status_code == 500
    assert "Something went wrong" in response.text
    assert "secret" not in response.text


def test_every_page_has_one_heading_a_title_and_a_canonical_address(
    client: Client, pages: list[str]
) -> None:
    Institute.objects.create(name="Institute of Tests", short_name="IT")
    for page in pages:
        html = client.get(page).text
        assert len(re.findall(r"<h1\b", html)) == 1, page
        assert re.search(r"<title>[^<]*\w[^<]*</title>", html), page
        assert html.count('<link rel="canonical" href="http://localhost:8000/') == 1, page
        assert len(set(re.findall(r'\sid="([^"]+)"', html))) == len(
            re.findall(r'\sid="([^"]+)"', html)
        ), page


def test_the_host_of_the_request_is_never_printed(client: Client, pages: list[str]) -> None:
    for page in pages:
        assert "evil.example" not in client.get(page, headers={"Host": "evil.example"}).text


def test_names_are_escaped_wherever_they_stand(client: Client) -> None:
    bad = "<img src=x onerror=alert(1)>\"'&"
    author = make_author(bad, role=bad, biography=bad)
    centre = make_centre(bad, description=bad)
    make_edition(
        title=bad, subtitle=bad, summary=bad, authors=[author], centre=centre, topics=(bad,),
        disclaimer=bad, slug="bad",
    )  # fmt: skip
    Institute.objects.create(name=bad, tagline=bad, about=bad, contact=bad, address=bad)
    for page in ["/", "/briefs/", "/briefs/bad/", "/topics/", "/about/", f"/?q={bad}"]:
        assert "<img src=x" not in client.get(page).text, page
    for page in [author.get_absolute_url(), centre.get_absolute_url()]:
        assert "<img src=x" not in client.get(page).text, page
    for field in ("q", "centre", "year", "page"):
        assert "<img src=x" not in client.get("/search/", {field: bad}).text
        assert "<img src=x" not in client.get("/briefs/", {field: bad}).text


def test_a_short_brief_and_the_sheet_fit_the_first_packets(client: Client) -> None:
    make_edition(slug="a-brief")
    html = client.get("/briefs/a-brief/").content
    sheet = client.get("/style/site.css").content
    assert len(gzip.compress(html)) + len(gzip.compress(sheet)) < 8_500
