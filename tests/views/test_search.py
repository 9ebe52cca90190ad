"""The page of search; what is found, and in which order, is tested with `briefs.search`."""

import pytest
from django.test import Client

from briefs import search
from briefs.search import SearchUnavailable
from tests.factories import make_brief, make_centre, make_edition

pytestmark = pytest.mark.django_db


def make_found(**fields: object) -> None:
    search.index(make_edition(**fields))


def test_the_words_found_are_marked_and_lead_to_the_brief(client: Client) -> None:
    make_found(title="Ties", slug="ties", body="<p>The crossing at Torkham is open.</p>")
    html = client.get("/search/?q=torkham").text
    assert 'href="/briefs/ties/"' in html
    assert "<mark>Torkham</mark>" in html
    assert "1 brief" in html


def test_nothing_found_says_so_and_shows_other_ways(client: Client) -> None:
    html = client.get("/search/", {"q": "zebra <b>"}).text
    assert "Nothing found for" in html
    assert "zebra &lt;b&gt;" in html
    assert 'href="/topics/"' in html


def test_a_minus_alone_is_told_that_it_needs_a_word(client: Client) -> None:
    make_found(title="Rivers")
    html = client.get("/search/?q=-water").text
    assert "A minus needs a word beside it" in html
    assert "Nothing found" not in html


def test_the_page_asks_before_anything_was_asked(client: Client) -> None:
    response = client.get("/search/?q=%20")
    assert response.status_code == 200
    assert "Nothing found" not in response.text


def test_drafts_are_not_found(client: Client) -> None:
    make_brief(title="Torkham")
    assert client.get("/search/?q=torkham").context["results"].total == 0


def test_search_can_be_kept_to_a_centre(client: Client) -> None:
    one, two = make_centre("One", "ONE"), make_centre("Two", "TWO")
    make_found(title="Border one", centre=one)
    make_found(title="Border two", centre=two)
    hits = client.get("/search/?q=border&centre=two").context["results"].hits
    assert [hit.edition.title for hit in hits] == ["Border two"]
    assert client.get("/search/?q=border&centre=nowhere").context["results"].total == 2


def test_a_page_beyond_the_last_is_not_found(client: Client) -> None:
    make_found(title="Border")
    assert client.get("/search/?q=border&page=1").status_code == 200
    assert client.get("/search/?q=border&page=2").status_code == 404


def test_results_are_not_for_search_engines(client: Client) -> None:
    assert "noindex" in client.get("/search/?q=border").text
    assert "noindex" not in client.get("/search/").text


def test_search_out_of_order_says_so(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_args: object, **_options: object) -> None:
        raise SearchUnavailable("Search is out of order.")

    monkeypatch.setattr("briefs.views.search.find", broken)
    response = client.get("/search/?q=border")
    assert response.status_code == 503
    assert "Search is out of order." in response.text
