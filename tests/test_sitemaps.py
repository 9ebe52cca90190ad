import datetime as dt

import pytest
from django.test import Client
from lxml import etree

from briefs import sitemaps
from briefs.models import Address, Withdrawal
from briefs.models.clock import database_now
from tests.factories import make_author, make_brief, make_centre, make_edition, make_series

SITE = "http://localhost:8000"
MAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


def day(number: int) -> dt.datetime:
    return dt.datetime(2025, 1, number, 8, 30, tzinfo=dt.UTC)


def addresses(client: Client, path: str = "/sitemap.xml", **options) -> dict[str, str]:
    """Address → lastmod, "" for none."""
    response = client.get(path, **options)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    root = etree.fromstring(response.content)
    return {
        row.findtext("s:loc", namespaces=MAP): row.findtext("s:lastmod", "", namespaces=MAP)
        for row in root
    }


@pytest.mark.django_db
def test_the_sitemap_holds_pages_briefs_and_what_is_listed(client: Client) -> None:
    make_edition(
        slug="ties",
        centre=make_centre("Centre for Africa", slug="africa"),
        series=make_series("Issue Brief", slug="issue-brief"),
        authors=[make_author("Amina Khan", slug="amina-khan")],
        topics=("Trade",),
        public_from=day(1),
    )
    make_centre("Centre without briefs", slug="empty")
    make_brief(slug="draft", authors=[make_author("Nobody", slug="nobody")])
    make_edition(slug="pending", authors=[], public_from=database_now() + dt.timedelta(days=1))
    withdrawn = make_edition(slug="withdrawn", authors=[])
    Withdrawal.record(brief_id=withdrawn.brief_id, notice="Taken back.")
    Address.objects.create(slug="former", brief_id=withdrawn.brief_id, current=False)
    assert addresses(client) == {
        f"{SITE}/": "",
        f"{SITE}/briefs/": "",
        f"{SITE}/about/": "",
        f"{SITE}/centres/africa/": "",
        f"{SITE}/authors/amina-khan/": "",
        f"{SITE}/series/issue-brief/": "",
        f"{SITE}/topics/trade/": "",
        f"{SITE}/briefs/ties/": "2025-01-01T08:30:00Z",
    }


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["typo", "correction", "update", "retraction"])
def test_lastmod_moves_with_every_edition(client: Client, kind: str) -> None:
    brief = make_brief(slug="ties")
    make_edition(brief, public_from=day(1))
    make_edition(brief, kind=kind, change_note="A comma.", public_from=day(2))
    make_edition(brief, public_from=database_now() + dt.timedelta(days=1))
    assert addresses(client)[f"{SITE}/briefs/ties/"] == "2025-01-02T08:30:00Z"


@pytest.mark.django_db
def test_a_large_sitemap_becomes_an_index_of_pages(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemaps, "BRIEFS_PER_PAGE", 2)
    for number in range(5):
        make_edition(slug=f"brief-{number}", authors=[])
    pages = [f"{SITE}/sitemap-{number}.xml" for number in (1, 2, 3)]
    assert list(addresses(client)) == pages
    listed = [address for page in pages for address in addresses(client, page.removeprefix(SITE))]
    assert listed == [
        *(f"{SITE}/", f"{SITE}/briefs/", f"{SITE}/about/"),
        *(f"{SITE}/briefs/brief-{number}/" for number in range(5)),
    ]
    for number in (0, 4, "01", 999999999999999, "9" * 5000):
        assert client.get(f"/sitemap-{number}.xml").status_code == 404


@pytest.mark.django_db
def test_a_small_sitemap_has_one_page(client: Client) -> None:
    assert list(addresses(client, "/sitemap-1.xml")) == list(addresses(client))
    assert client.get("/sitemap-2.xml").status_code == 404


@pytest.mark.django_db
def test_addresses_never_come_from_the_request(client: Client) -> None:
    make_edition()
    for path in ("/sitemap.xml", "/robots.txt"):
        response = client.get(path, headers={"Host": "evil.example"})
        assert b"evil" not in response.content
        assert SITE.encode() in response.content


@pytest.mark.django_db
def test_a_sitemap_costs_the_same_queries_for_1_brief_and_for_50(
    client: Client, django_assert_num_queries
) -> None:
    for number in range(50):
        make_edition(authors=[make_author(f"Author {number}")], topics=(f"Topic {number}",))
        if number in {0, 49}:
            with django_assert_num_queries(6):
                client.get("/sitemap.xml")


def test_robots_are_kept_from_the_desk_reviews_and_search(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /review/",
        "Disallow: /search/",
        "",
        f"Sitemap: {SITE}/sitemap.xml",
    ]
