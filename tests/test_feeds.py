import datetime as dt
import re

import pytest
from django.test import Client
from lxml import etree

from briefs.models import Address, Institute, Withdrawal
from briefs.models.clock import database_now
from tests.factories import (
    make_author,
    make_brief,
    make_centre,
    make_edition,
    make_series,
)

pytestmark = pytest.mark.django_db
ATOM = {"a": "http://www.w3.org/2005/Atom"}
RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
IRI = re.compile(r"(https?://[^\s/]+/\S*|tag:[^\s:,]+,\d{4}(-\d\d){0,2}:\S+)")


def day(number: int) -> dt.datetime:
    """Morning of a day in January 2025."""
    return dt.datetime(2025, 1, number, 8, 30, tzinfo=dt.UTC)


def tomorrow() -> dt.datetime:
    return database_now() + dt.timedelta(days=1)


def instant(moment: dt.datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def read_feed(client: Client, path: str = "/feed.atom", **options) -> etree._Element:
    response = client.get(path, **options)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return etree.fromstring(response.content)


def texts(element: etree._Element, path: str) -> list[str]:
    return [str(value) for value in element.xpath(path, namespaces=ATOM)]


def entry_of(feed: etree._Element, title: str) -> etree._Element:
    (entry,) = feed.xpath(f"//a:entry[a:title='{title}']", namespaces=ATOM)
    return entry


def faults(feed: etree._Element) -> list[str]:
    """What RFC 4287 (4.1.1, 4.1.2, 4.2, 3.3) requires of a feed and its entries."""
    entries = feed.xpath("a:entry", namespaces=ATOM)
    found = []
    for holder in (feed, *entries):
        for name in ("id", "title", "updated"):
            if len(texts(holder, f"a:{name}")) != 1:
                found.append(f"{holder.tag}: not one {name}")
        for name in ("published", "summary", "content", "rights", "generator", "subtitle"):
            if len(texts(holder, f"a:{name}")) > 1:
                found.append(f"{holder.tag}: several {name}")
        if not texts(holder, "a:author/a:name/text()") + texts(feed, "a:author/a:name/text()"):
            found.append(f"{holder.tag}: no author")
        if not texts(holder, "a:link[@rel='alternate']/@href"):
            found.append(f"{holder.tag}: no alternate link")
    found += [
        f"no date: {date}"
        for date in texts(feed, "//a:updated/text() | //a:published/text()")
        if not RFC3339.fullmatch(date)
    ]
    found += [f"no IRI: {iri}" for iri in texts(feed, "//a:id/text()") if not IRI.fullmatch(iri)]
    found += [
        f"relative: {href}"
        for href in texts(feed, "//a:link/@href")
        if not href.startswith("http://localhost:8000/")
    ]
    ids = texts(feed, "//a:id/text()")
    if len(ids) != len(set(ids)):
        found.append("an id twice")
    if len(texts(feed, "a:link[@rel='self']/@href")) != 1:
        found.append("not one self link")
    return found


def test_a_feed_is_valid_atom(client: Client) -> None:
    brief = make_brief(
        "Ties & <Trade>",
        slug="ties",
        subtitle="A Start",
        summary="What happened.",
        authors=[make_author("Amina Khan", email="a@example.org"), make_author("Kamran Yousaf")],
        topics=("Trade", "Borders"),
        licence="cc-by-4.0",
        dated=dt.date(2026, 4, 7),
    )
    make_edition(brief, public_from=day(2))
    make_edition(title="Another", language="ur")
    feed = read_feed(client)
    assert faults(feed) == []
    entry = entry_of(feed, "Ties & <Trade>: A Start")
    assert texts(entry, "a:author/a:name/text()") == ["Amina Khan", "Kamran Yousaf"]
    assert texts(entry, "a:author/a:email/text()") == ["a@example.org"]
    assert texts(entry, "a:summary/text()") == ["What happened."]
    assert sorted(texts(entry, "a:category/@label")) == ["Borders", "Trade"]
    assert texts(entry, "a:published/text()") == [instant(day(2))]
    assert texts(entry, "a:link[@rel='alternate']/@href") == ["http://localhost:8000/briefs/ties/"]
    assert texts(entry, "a:rights/text()")[0].startswith("© 2026 Institute. CC BY 4.0")
    assert entry_of(feed, "Another").get("{http://www.w3.org/XML/1998/namespace}lang") == "ur"


def test_an_empty_feed_is_valid_and_stays_the_same(client: Client) -> None:
    first, second = client.get("/feed.atom"), client.get("/feed.atom")
    assert faults(etree.fromstring(first.content)) == []
    assert first.content == second.content
    again = client.get("/feed.atom", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304


def test_drafts_pending_and_withdrawn_briefs_are_not_in_a_feed(client: Client) -> None:
    make_brief("Draft")
    make_edition(title="Pending", public_from=tomorrow())
    withdrawn = make_edition(title="Withdrawn")
    Withdrawal.record(brief_id=withdrawn.brief_id, notice="Taken back.")
    brief = make_brief("Public")
    make_edition(brief, public_from=day(3))
    brief.title = "Changed since"
    brief.save()
    make_edition(brief, public_from=tomorrow())
    feed = read_feed(client)
    assert texts(feed, "a:entry/a:title/text()") == ["Public"]
    assert texts(feed, "a:entry/a:updated/text()") == [instant(day(3))]


@pytest.mark.parametrize(
    ("kind", "moves"),
    [("typo", False), ("correction", True), ("update", True), ("retraction", True)],
)
def test_updated_moves_with_every_change_but_a_typo(client: Client, kind: str, moves: bool) -> None:
    brief = make_brief("Ties")
    make_edition(brief, public_from=day(1))
    make_edition(brief, kind=kind, change_note="A figure.", public_from=day(3))
    (updated,) = texts(read_feed(client), "a:entry/a:updated/text()")
    assert updated == instant(day(3 if moves else 1))
    assert texts(read_feed(client), "a:updated/text()") == [updated]
    assert texts(read_feed(client), "a:entry/a:published/text()") == [instant(day(1))]


def test_a_typo_after_a_correction_keeps_the_moment_of_the_correction(client: Client) -> None:
    brief = make_brief("Teis")
    make_edition(brief, public_from=day(1))
    make_edition(brief, kind="correction", change_note="A figure.", public_from=day(2))
    brief.title = "Ties"
    brief.save()
    make_edition(brief, kind="typo", change_note="The title.", public_from=day(3))
    feed = read_feed(client)
    assert texts(feed, "a:entry/a:title/text()") == ["Ties"]
    assert texts(feed, "a:entry/a:updated/text()") == [instant(day(2))]


def test_a_change_is_told_and_a_retraction_marked(client: Client) -> None:
    brief = make_brief("Ties", summary="What happened.")
    make_edition(brief, public_from=day(2))
    make_edition(brief, kind="retraction", change_note="The data were wrong.")
    entry = entry_of(read_feed(client), "RETRACTED: Ties")
    assert texts(entry, "a:summary/text()") == [
        "Retraction: The data were wrong.\n\nWhat happened."
    ]


def test_an_entry_keeps_its_identity_at_a_new_address(client: Client) -> None:
    brief = make_brief("Ties", slug="ties")
    make_edition(brief, public_from=day(2))
    before = texts(read_feed(client), "a:entry/a:id/text()")
    Address.objects.filter(brief=brief).update(current=False)
    Address.objects.create(brief=brief, slug="new-ties", current=True)
    make_edition(brief, public_from=day(3))
    feed = read_feed(client)
    assert texts(feed, "a:entry/a:id/text()") == before
    assert texts(feed, "a:entry/a:link[@rel='alternate']/@href") == [
        "http://localhost:8000/briefs/new-ties/"
    ]


def test_the_newest_twenty_come_first(client: Client) -> None:
    for number in range(22):
        make_edition(title=f"Brief {number}", public_from=day(number + 1), authors=[])
    titles = texts(read_feed(client), "a:entry/a:title/text()")
    assert titles == [f"Brief {number}" for number in range(21, 1, -1)]


def test_each_centre_author_topic_and_series_has_a_feed(client: Client) -> None:
    make_edition(
        title="Ties",
        centre=make_centre("Centre for Africa", slug="africa"),
        series=make_series("Issue Brief", slug="issue-brief"),
        authors=[make_author("Amina Khan", slug="amina-khan")],
        topics=("Trade",),
    )
    make_edition(title="Another")
    for path, name in (
        ("/centres/africa/", "Centre for Africa"),
        ("/authors/amina-khan/", "Amina Khan"),
        ("/topics/trade/", "Trade"),
        ("/series/issue-brief/", "Issue Brief"),
    ):
        feed = read_feed(client, f"{path}feed.atom")
        assert faults(feed) == []
        assert texts(feed, "a:title/text()") == [f"{name} – Institute"]
        assert texts(feed, "a:entry/a:title/text()") == ["Ties"]
        assert texts(feed, "a:link[@rel='alternate']/@href") == [f"http://localhost:8000{path}"]
        assert texts(feed, "a:link[@rel='self']/@href") == [f"http://localhost:8000{path}feed.atom"]


def test_what_has_no_current_edition_has_no_feed(client: Client) -> None:
    make_brief(
        centre=make_centre("Centre for Africa", slug="africa"),
        series=make_series("Issue Brief", slug="issue-brief"),
        authors=[make_author("Amina Khan", slug="amina-khan")],
        topics=("Trade",),
    )
    paths = (
        "centres/africa",
        "authors/amina-khan",
        "topics/trade",
        "series/issue-brief",
        "topics/x",
    )
    assert {client.get(f"/{path}/feed.atom").status_code for path in paths} == {404}


def test_addresses_in_a_feed_never_come_from_the_request(client: Client) -> None:
    make_edition()
    headers = {"Host": "evil.example", "X-Forwarded-Host": "evil.example"}
    assert b"evil" not in client.get("/feed.atom", headers=headers).content


def test_characters_that_xml_cannot_hold_are_left_out(client: Client) -> None:
    Institute.objects.update_or_create(id=1, defaults={"name": "In\x0bstitute", "tagline": "\x01T"})
    make_edition(title="A\x0c \ufffe]]>&amp; 😀")
    feed = read_feed(client)
    assert faults(feed) == []
    assert texts(feed, "a:entry/a:title/text()") == ["A ]]>&amp; 😀"]
    assert texts(feed, "a:subtitle/text()") == ["T"]


def test_a_feed_costs_the_same_queries_for_1_brief_and_for_50(
    client: Client, django_assert_num_queries
) -> None:
    centre = make_centre(slug="africa")
    for number in range(50):
        make_edition(
            title=f"Brief {number}",
            centre=centre,
            authors=[make_author(f"Author {number}")],
            topics=("Trade",),
        )
        if number in {0, 49}:
            with django_assert_num_queries(6):
                client.get("/feed.atom")
            with django_assert_num_queries(7):
                client.get("/centres/africa/feed.atom")
