"""The home page, the list of briefs with its filters, and the pages of people and subjects."""

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from briefs.models import Author, Centre, Series, Topic
from tests.factories import make_author, make_brief, make_centre, make_edition, make_series

pytestmark = pytest.mark.django_db


def titles(client: Client, address: str) -> list[str]:
    response = client.get(address)
    assert response.status_code == 200, address
    return [edition.title for edition in response.context["listing"].rows]


def make_many(count: int) -> tuple[Author, Centre, Series]:
    author, centre, series = make_author("Amina"), make_centre(acronym="C"), make_series()
    for number in range(count):
        make_edition(
            title=f"Brief {number:02}",
            authors=[author],
            centre=centre,
            series=series,
            topics=("Trade",),
            dated=dt.date(2025, 1, 1) + dt.timedelta(days=number),
        )
    return author, centre, series


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_lists_make_the_same_queries_for_one_brief_and_for_fifty(client: Client) -> None:
    pages = ["/", "/briefs/", "/authors/", "/centres/", "/topics/", "/series/"]
    pages += ["/authors/amina/", "/centres/c/", "/topics/trade/", "/series/issue-brief/"]
    author, centre, series = make_many(1)
    for_one = {page: queries(client, page) for page in pages}
    for number in range(49):
        make_edition(
            title=f"Another {number}",
            authors=[author, make_author(f"Person {number}")],
            centre=centre,
            series=series,
            topics=("Trade", f"Topic {number}"),
        )
    assert {page: queries(client, page) for page in pages} == for_one
    assert max(for_one.values()) <= 10


def test_the_newest_brief_leads_and_a_list_is_newest_first(client: Client) -> None:
    make_many(3)
    assert client.get("/").context["lead"].title == "Brief 02"
    assert titles(client, "/briefs/") == ["Brief 02", "Brief 01", "Brief 00"]


def test_an_empty_site_has_all_its_lists(client: Client) -> None:
    for page in ["/", "/briefs/", "/authors/", "/centres/", "/topics/", "/series/", "/search/"]:
        assert client.get(page).status_code == 200


def test_filters_combine(client: Client) -> None:
    camea, acdc = make_centre("One", "CAMEA"), make_centre("Two", "ACDC")
    amina, talat = make_author("Amina"), make_author("Talat")
    series = make_series()
    old = dt.date(2024, 5, 1)
    make_edition(title="A", centre=camea, authors=[amina], topics=("Trade",), series=series)
    make_edition(title="B", centre=camea, authors=[talat, amina], topics=("Water",), dated=old)
    make_edition(title="C", centre=acdc, authors=[talat], topics=("Trade", "Water"), dated=old)
    assert set(titles(client, "/briefs/?centre=camea")) == {"A", "B"}
    assert set(titles(client, "/briefs/?author=amina")) == {"A", "B"}
    assert set(titles(client, "/briefs/?author=talat&centre=acdc")) == {"C"}
    assert set(titles(client, "/briefs/?topic=trade")) == {"A", "C"}
    assert set(titles(client, "/briefs/?topic=water&year=2024&author=amina")) == {"B"}
    assert set(titles(client, "/briefs/?series=issue-brief")) == {"A"}
    assert titles(client, "/briefs/?series=issue-brief&year=2024") == []
    assert titles(client, "/briefs/?centre=nowhere") == []


def test_a_filter_with_nothing_says_so_and_offers_the_way_back(client: Client) -> None:
    make_edition(title="A")
    html = client.get("/briefs/?centre=nowhere&year=2024").text
    assert "No brief is of all these." in html
    assert 'href="/briefs/?year=2024"' in html
    assert "noindex" in html


def test_only_what_has_a_current_edition_can_be_chosen(client: Client) -> None:
    make_centre("Without briefs", "NONE")
    make_brief(title="Draft", centre=make_centre("Of drafts", "DRAFTS"))
    make_edition(title="A", centre=make_centre("With briefs", "SOME"))
    html = client.get("/briefs/").text
    assert "With briefs" in html
    assert "Without briefs" not in html
    assert "Of drafts" not in html


@pytest.mark.parametrize("page", ["0", "-1", "x", "1.0", "01", "٣", "9999999", "1 or 1=1"])
def test_a_page_that_is_no_number_is_refused(client: Client, page: str) -> None:
    for address in ("/briefs/", "/authors/", "/search/"):
        assert client.get(address, {"page": page}).status_code == 400


@pytest.mark.parametrize("year", ["0", "20255", "x", "-2025", "٢٠٢٥"])
def test_a_year_that_is_none_is_refused(client: Client, year: str) -> None:
    assert client.get("/briefs/", {"year": year}).status_code == 400


@pytest.mark.parametrize("name", ["centre", "topic", "series", "author", "year"])
def test_a_filter_longer_than_any_slug_is_refused(client: Client, name: str) -> None:
    assert client.get("/briefs/", {name: "a" * 121}).status_code == 400


def test_no_page_repeats_a_question_without_end(client: Client) -> None:
    html = client.get("/search/", {"q": "river" * 10_000}).text
    assert len(html) < 20_000


def test_pages_part_a_long_list_without_losing_or_repeating_a_brief(client: Client) -> None:
    make_many(45)
    seen = [title for page in (1, 2, 3) for title in titles(client, f"/briefs/?page={page}")]
    assert seen == [f"Brief {number:02}" for number in reversed(range(45))]
    assert client.get("/briefs/?page=4").status_code == 404


def test_links_to_other_pages_keep_the_filters_and_nothing_else(client: Client) -> None:
    make_many(45)
    html = client.get("/briefs/?centre=c&utm_source=x&page=2").text
    assert 'rel="prev" href="?centre=c"' in html
    assert 'rel="next" href="?centre=c&amp;page=3"' in html
    assert "utm_source" not in html
    assert '<link rel="canonical" href="http://localhost:8000/briefs/?centre=c&amp;page=2">' in html


def test_who_or_what_has_no_current_edition_has_no_page(client: Client) -> None:
    brief = make_brief(
        title="Draft",
        authors=[make_author("Drafter")],
        centre=make_centre("Drafts", "DRAFTS"),
        series=make_series("Drafts"),
        topics=("Drafting",),
    )
    addresses = ["/authors/drafter/", "/centres/drafts/", "/series/drafts/", "/topics/drafting/"]
    for address in addresses:
        assert client.get(address).status_code == 404
    make_edition(brief)
    for address in addresses:
        assert client.get(address).status_code == 200


def test_a_topic_may_have_letters_of_any_script(client: Client) -> None:
    make_edition(title="A", topics=("افغانستان",))
    topic = Topic.objects.get()
    assert titles(client, topic.get_absolute_url()) == ["A"]
    assert titles(client, f"/briefs/?topic={topic.slug}") == ["A"]


def test_an_authors_centre_is_linked_only_if_it_has_a_page(client: Client) -> None:
    empty = make_centre("Empty Centre", "EMPTY")
    make_edition(title="A", authors=[make_author("Amina", centre=empty)])
    html = client.get("/authors/amina/").text
    assert "Empty Centre" in html
    assert "/centres/empty/" not in html


def test_what_was_retracted_says_so_in_lists(client: Client) -> None:
    brief = make_brief(title="Wrong")
    make_edition(brief)
    make_edition(brief, kind="retraction", change_note="All wrong.")
    for page in ("/", "/briefs/"):
        assert "Retracted:</span> Wrong" in client.get(page).text


def test_an_index_says_what_it_counts(client: Client) -> None:
    make_edition(centre=make_centre("One"), topics=("Trade", "Water"))
    assert '<p class="margin">1 centre</p>' in client.get("/centres/").text
    assert '<p class="margin">2 topics</p>' in client.get("/topics/").text
