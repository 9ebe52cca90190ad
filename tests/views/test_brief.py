"""The page of a brief and of its editions."""

import datetime as dt
import re
from html.parser import HTMLParser

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from briefs import search
from briefs.composition import read
from briefs.models import Address, Edition, Institute, Withdrawal
from tests.factories import (
    cite,
    make_author,
    make_brief,
    make_centre,
    make_edition,
    make_series,
    make_source,
    note,
)

pytestmark = pytest.mark.django_db


def test_a_brief_is_one_article_with_one_heading_and_linked_notes(client: Client) -> None:
    source = make_source("A Report on Trade")
    make_edition(
        title="Trade",
        slug="trade",
        body=f"<p>One.{note(cite(source) + '.')} Two.{note('See also <em>Dawn</em>.')}</p>",
    )
    html = client.get("/briefs/trade/").text
    assert html.count("<article") == html.count("<h1") == 1
    assert re.search(r'<section role="doc-endnotes"', html)
    for number in (1, 2):
        assert f'<a role="doc-noteref" id="fnref-{number}" href="#fn-{number}">' in html
        assert f'<li id="fn-{number}">' in html
        assert re.search(rf'<a role="doc-backlink" href="#fnref-{number}"', html)
    assert "A Report on Trade" in html


def test_a_brief_shows_what_its_edition_froze(client: Client) -> None:
    author = make_author("Amina Khan", role="Director", email="amina@example.org")
    brief = make_brief(
        title="Frozen",
        subtitle="Under it",
        slug="frozen",
        authors=[author],
        centre=make_centre("Centre for Ice", "ICE"),
        series=make_series("Issue Brief"),
        series_number=12,
        dated=dt.date(2025, 4, 7),
        disclaimer="Views are the author's.",
        licence="cc-by-4.0",
        topics=("Snow",),
    )
    make_edition(brief)
    brief.title = author.name = "Changed since"
    brief.save()
    author.save()
    html = client.get("/briefs/frozen/").text
    assert "Changed since" not in html
    for words in ("Frozen", "Under it", "Amina Khan", "Director", "amina@example.org", "Snow"):
        assert words in html
    assert '<time datetime="2025-04-07">7 April 2025</time>' in html
    assert "Views are the author&#x27;s." in html
    assert "https://creativecommons.org/licenses/by/4.0/" in html


def test_a_brief_can_be_cited_and_downloaded(client: Client) -> None:
    make_edition(
        title="Ties", slug="ties", authors=[make_author("Amina Khan")], dated=dt.date(2025, 4, 7)
    )
    html = client.get("/briefs/ties/").text
    assert re.search(r"Amina Khan</bdi>, “<bdi>Ties</bdi>”, .*April 7, 2025", html)
    for form in ("cite.bib", "cite.ris", "cite.json"):
        assert f'href="/briefs/ties/{form}"' in html
    assert 'href="/briefs/ties/ties.pdf"' in html
    assert "1 page," in html


def test_rendering_a_composed_edition_asks_nothing_of_the_database(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    source = make_source("A Report")
    make_edition(body=f"<p>One.{note(cite(source))}</p>", topics=("Trade",))
    composition = read(Edition.objects.whole().get())
    context = {"composition": composition, "edition": None, "notes": "endnotes"}
    with django_assert_num_queries(0):
        html = render_to_string("briefs/_prose.html", context)
        html += render_to_string("briefs/_prose.html#references", context)
        html += render_to_string("briefs/_citation.html", context)
    assert html.count("A Report") >= 2


def test_the_queries_of_a_page_do_not_grow_with_the_brief(client: Client) -> None:
    def count(slug: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(f"/briefs/{slug}/")
        return len(captured)

    centre = make_centre()
    make_edition(slug="small", centre=centre, topics=("Trade",), body="<p>One.</p>")
    sources = [make_source(f"Source {number}") for number in range(20)]
    body = "".join(f"<p>Text{note(cite(source))}</p>" for source in sources)
    authors = [make_author(f"Person {number}") for number in range(5)]
    topics = tuple(f"Topic {number}" for number in range(5))
    large = make_brief(slug="large", centre=centre, authors=authors, topics=topics, body=body)
    for _ in range(3):
        make_edition(large)
    assert 0 <= count("large") - count("small") <= 1  # sources are asked for if there are any


def test_a_draft_a_pending_edition_and_an_unknown_address_are_one_and_the_same(
    client: Client,
) -> None:
    make_brief(slug="draft")
    tomorrow = dt.datetime.now(dt.UTC) + dt.timedelta(days=1)
    make_edition(slug="pending", public_from=tomorrow)
    answers = []
    for slug in ("draft", "pending", "unknown"):
        for address in (f"/briefs/{slug}/", f"/briefs/{slug}/editions/1/"):
            with CaptureQueriesContext(connection) as captured:
                response = client.get(address)
            headers = {name: value for name, value in response.items() if name != "Date"}
            answers.append((response.status_code, response.content, headers, len(captured)))
    assert all(answer == answers[0] for answer in answers)
    assert answers[0][0] == 404


def test_an_embargo_lifts_by_itself(client: Client) -> None:
    now = dt.datetime.now(dt.UTC)
    make_edition(title="Then", slug="then", public_from=now + dt.timedelta(hours=1))
    make_edition(title="Now", slug="now", public_from=now - dt.timedelta(minutes=1))
    assert client.get("/briefs/then/").status_code == 404
    assert client.get("/briefs/now/").status_code == 200
    assert [e.title for e in client.get("/briefs/").context["listing"].rows] == ["Now"]


def test_a_former_address_leads_to_the_current_one_for_pages_and_editions(client: Client) -> None:
    edition = make_edition(slug="new")
    Address.objects.create(slug="old", brief_id=edition.brief_id, current=False)
    for old, new in (
        ("/briefs/old/", "/briefs/new/"),
        ("/briefs/old/editions/1/", "/briefs/new/editions/1/"),
        ("/briefs/NEW/", "/briefs/new/"),
    ):
        response = client.get(old)
        assert (response.status_code, response["Location"]) == (301, new)


def test_a_withdrawn_brief_is_gone_with_its_notice_and_without_its_text(client: Client) -> None:
    Institute.objects.create(time_zone="Asia/Karachi")
    edition = make_edition(title="Sentinel title", slug="gone", body="<p>Sentinel words.</p>")
    Withdrawal.record(
        brief=edition.brief,
        notice="Taken back <at the author's wish>.",
        at=dt.datetime(2026, 5, 2, 22, 0, tzinfo=dt.UTC),
    )
    for address in ("/briefs/gone/", "/briefs/gone/editions/1/"):
        response = client.get(address)
        assert response.status_code == 410
        assert "Taken back &lt;at the author&#x27;s wish&gt;." in response.text
        assert "3 May 2026" in response.text  # where the institute is
        assert "Sentinel" not in response.text
    assert client.get("/briefs/gone/editions/2/").status_code == 404
    assert client.get("/briefs/").context["listing"].count == 0


def test_a_correction_says_what_changed_and_lists_all_editions(client: Client) -> None:
    brief = make_brief(title="Debts", slug="debts")
    make_edition(brief, public_from=dt.datetime(2026, 4, 1, tzinfo=dt.UTC))
    make_edition(
        brief,
        kind="correction",
        change_note="A figure was wrong.",
        public_from=dt.datetime(2026, 5, 3, tzinfo=dt.UTC),
    )
    html = client.get("/briefs/debts/").text
    assert re.search(r"Corrected 3 May 2026:</strong> A figure was wrong\.", html)
    assert 'href="/briefs/debts/editions/1/"' in html
    assert 'href="/briefs/debts/editions/2/"' in html
    assert "noindex" not in html


def test_a_superseded_edition_says_so_and_points_to_the_current_one(client: Client) -> None:
    brief = make_brief(title="Debts", slug="debts", body="<p>First words.</p>")
    make_edition(brief)
    brief.body = "<p>Better words.</p>"
    brief.save()
    make_edition(brief, kind="correction", change_note="Better.")
    html = client.get("/briefs/debts/editions/1/").text
    assert "First words." in html
    assert "This edition has been superseded." in html
    assert '<a href="/briefs/debts/">Read the current edition</a>' in html
    assert "noindex" not in html
    assert '<link rel="canonical" href="http://localhost:8000/briefs/debts/">' in html
    assert 'href="/briefs/debts/editions/1/debts.pdf"' in html
    assert "superseded" not in client.get("/briefs/debts/editions/2/").text


def test_an_edition_at_its_own_address_is_cited_as_such(client: Client) -> None:
    brief = make_brief(title="Debts", slug="debts")
    make_edition(brief)
    make_edition(brief, kind="correction", change_note="Better.")
    for number in (1, 2):
        html = client.get(f"/briefs/debts/editions/{number}/").text
        address = f"http://localhost:8000/briefs/debts/editions/{number}/"
        assert f', edition {number}, &lt;<a href="{address}">{address}</a>' in html
        assert "Cite this edition" in html
        assert ("The current edition, for reference managers" in html) is (number == 1)
    html = client.get("/briefs/debts/").text
    assert ', edition 2, &lt;<a href="http://localhost:8000/briefs/debts/">' in html
    assert "Cite this brief" in html


class Lines(HTMLParser):
    """The text of a page without any style: a line for each block."""

    BLOCKS = frozenset("article div footer h1 h2 h3 header li main ol p section title ul".split())

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.text += "\n" if tag in self.BLOCKS else ""

    def handle_endtag(self, tag: str) -> None:
        self.text += "\n" if tag in self.BLOCKS else ""

    def handle_data(self, data: str) -> None:
        self.text += " ".join(f"[{data}]".split())[1:-1]


def test_words_stand_apart_without_a_style_sheet(client: Client) -> None:
    centre = make_centre("Centre for Crossings")
    amina = make_author("Amina", role="Director", email="amina@example.org", centre=centre)
    whole = {"authors": [amina], "centre": centre, "series": make_series("Issue Brief")}
    make_edition(title="First", subtitle="Under it", slug="first", topics=("Trade",), **whole)
    make_edition(title="Second", subtitle="Under that", topics=("Trade",), **whole)
    lines = [
        line.strip()
        for page in ("/briefs/first/", "/briefs/", "/")
        for line in Lines(client.get(page).text).text.splitlines()
    ]
    assert "Amina, Director" in lines
    assert "amina@example.org" in lines
    assert "First: Under it" in lines
    assert "Second: Under that" in lines
    assert "Amina · Centre for Crossings" in lines


def test_lines_of_summary_and_disclaimer_are_kept(client: Client) -> None:
    make_edition(slug="two", summary="One <i>\nTwo", disclaimer="Views <b>\nare hers.")
    html = client.get("/briefs/two/").text
    assert "One &lt;i&gt;<br>Two" in html
    assert "Views &lt;b&gt;<br>are hers." in html


def test_a_table_scrolls_in_a_frame_that_the_keyboard_reaches(client: Client) -> None:
    table = "<table><tbody><tr><td>Long</td></tr></tbody></table>"
    edition = make_edition(slug="table", body=f"<p>One.{note('A note.')}</p>{table}")
    html = client.get("/briefs/table/").text
    assert f"<div class=wide role=group tabindex=0 aria-label=Table>{table}</div>" in html
    context = {"composition": read(edition), "notes": "feet"}
    assert "wide" not in render_to_string("briefs/_prose.html", context)


def test_a_retraction_is_said_wherever_the_brief_is(client: Client) -> None:
    brief = make_brief(title="Missiles", slug="missiles", topics=("Trade",))
    make_edition(brief)
    make_edition(brief, kind="retraction", change_note="The data were withdrawn.")
    make_edition(title="Near", slug="near", topics=("Trade",))
    search.rebuild()
    author = brief.bylines.get().author.get_absolute_url()
    for page in ("/", "/briefs/", "/briefs/near/", "/topics/trade/", author, "/search/?q=missiles"):
        assert re.search(r"Retracted:</span> (<mark>)?Missiles", client.get(page).text), page
    for page in ("/briefs/missiles/", *(f"/briefs/missiles/editions/{n}/" for n in (1, 2))):
        html = client.get(page).text
        assert "Retracted:</span> Missiles</h1>" in html
        assert "<title>RETRACTED: Missiles" in html
        assert "Retracted: <bdi>Missiles" in html  # to be cited
    assert '"creativeWorkStatus": "Retracted"' in client.get("/briefs/missiles/").text
    for form in ("bib", "ris", "json"):
        assert "RETRACTED" in client.get(f"/briefs/missiles/cite.{form}").text
    assert "RETRACTED: Missiles" in client.get("/feed.atom").text


def test_a_retraction_stands_at_the_head_of_all_editions(client: Client) -> None:
    brief = make_brief(title="Missiles", slug="missiles")
    make_edition(brief)
    make_edition(brief, kind="retraction", change_note="The data were withdrawn.")
    html = client.get("/briefs/missiles/").text
    assert re.search(r"Retracted:</span> Missiles</h1>", html)
    assert html.index("The data were withdrawn.") < html.index("<h1")
    assert "<title>RETRACTED: Missiles" in html
    assert "This brief has been retracted." in client.get("/briefs/missiles/editions/1/").text


def test_a_superseded_edition_links_nobody_who_has_no_page_any_more(client: Client) -> None:
    brief = make_brief(title="Two", slug="two", authors=[make_author("Left Since")])
    make_edition(brief)
    brief.bylines.all().delete()
    brief.bylines.create(author=make_author("Came Later"))
    make_edition(brief)
    html = client.get("/briefs/two/editions/1/").text
    assert "Left Since" in html
    assert "/authors/left-since/" not in html


def test_a_brief_from_right_to_left_says_so_and_the_interface_stays_english(
    client: Client,
) -> None:
    make_edition(title="پاک افغان تعلقات", slug="urdu", language="ur", body="<p>متن</p>")
    html = client.get("/briefs/urdu/").text
    assert '<html lang="en">' in html
    assert '<article class="brief" lang="ur" dir="rtl">' in html
    assert '<div class="after" lang="en" dir="ltr">' in html


def test_related_briefs_share_a_topic_or_the_centre(client: Client) -> None:
    centre = make_centre()
    make_edition(title="Itself", slug="itself", centre=centre, topics=("Trade",))
    make_edition(title="Same centre", centre=centre)
    make_edition(title="Same topic", topics=("Trade",))
    make_edition(title="Neither")
    related = client.get("/briefs/itself/").context["related"]
    assert {edition.title for edition in related} == {"Same centre", "Same topic"}


@pytest.mark.parametrize("number", ["0", "2", "01", "1" + "0" * 8, "9" * 30, "9" * 5000])
def test_an_edition_that_never_was_is_not_found(client: Client, number: str) -> None:
    make_edition(slug="one")
    assert client.get(f"/briefs/one/editions/{number}/").status_code == 404
