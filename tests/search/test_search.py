"""What is found, by whom, in which order: the same on both databases."""

import datetime as dt
import time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefs import search
from briefs.models import Author, Centre, Edition, Topic, Withdrawal
from briefs.models.clock import database_now
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


def published(
    title: str = "A Brief", *, edition: dict[str, Any] | None = None, **brief: Any
) -> Edition:
    made = make_edition(make_brief(title, **brief), **(edition or {}))
    search.index(made)
    return made


def titles(text: str, **options: Any) -> list[str]:
    return [hit.edition.title for hit in search.search(text, **options).hits]


def marked(pieces: search.Hit) -> list[str]:
    return [text for text, is_match in (*pieces.title, *pieces.excerpt) if is_match]


def soon() -> dt.datetime:
    return database_now().replace(microsecond=0) + dt.timedelta(hours=1)


def make_everything() -> Edition:
    source = make_source(
        "Corridors of Salt",
        authors=[{"family": "Qaderi", "given": "Zarmina"}],
        container_title="Daily Lantern",
        publisher="Harbour Press",
        url="https://example.org/caravan-news",
    )
    return published(
        "Ferryman",
        subtitle="Undertow",
        summary="A lighthouse.",
        authors=[make_author("Nilofar Sharifi", role="Cartographer")],
        centre=make_centre("Observatory of Rivers", "ZOR"),
        series=make_series("Meridian Papers"),
        series_number=7,
        topics=("Hydrology",),
        body=f"<p>A pomegranate orchard.{note(f'See the almanac. {cite(source)}')}</p>",
    )


@pytest.mark.parametrize(
    "text",
    [
        *("ferryman", "undertow", "lighthouse", "nilofar", "cartographer", "observatory", "zor"),
        *("meridian", "hydrology", "pomegranate", "almanac", "salt", "qaderi", "lantern"),
        *("harbour", "https://example.org/caravan-news", "caravan", "ferryman almanac hydrology"),
    ],
)
def test_every_part_of_an_edition_is_searched(text: str) -> None:
    make_everything()
    assert titles(text) == ["Ferryman"]


def test_an_author_is_found_by_the_address_in_the_byline() -> None:
    published("Hers", authors=[make_author(email="akhan@issi.example")])
    published("Another", authors=[make_author("Other", email="other@issi.example")])
    assert titles("akhan@issi.example") == titles("akhan") == ["Hers"]


def test_a_phrase_is_found_together_and_not_across_passages() -> None:
    published("One", body="<p>foreign ministers met</p>")
    published("Two", body="<p>ministers of foreign affairs</p>")
    published("Three", body="<p>all things foreign</p><p>ministers met</p>")
    assert titles('"foreign minister"') == ["One"]
    assert sorted(titles("foreign minister")) == ["One", "Three", "Two"]


def test_an_excluded_word_keeps_a_brief_out_wherever_it_stands() -> None:
    published("Kabul One", body="<p>peace</p>")
    published("Kabul Two", body="<p>trade</p>")
    assert titles("kabul -peace") == ["Kabul Two"]
    assert titles('kabul -"no such"') == ["Kabul Two", "Kabul One"]
    assert titles("-peace") == []


def test_a_beginning_is_found_when_asked_for() -> None:
    published("Afghanistan")
    assert titles("afghan*") == ["Afghanistan"]
    assert titles("afghan") == []


@pytest.mark.parametrize(
    ("language", "body", "text"),
    [
        ("en", "resetting their ties", "reset tie"),
        ("fr", "la sécurité économique", "economiques"),
        ("ru", "отношения с Россией", "отношений россия"),
        ("zh", "论中国经济的发展", "中国经济"),
        ("zh", "论中国经济的发展", "展"),
        ("zh", "论中国经济的发展", "中国 发展"),
        ("ar", "العَلاقات مع إيران", "العلاقات ايران"),
        ("ur", "پاکستان کی خارجہ پالیسی", "پاكستان"),
        ("ur", "ہمارے تعلقات", "همارے"),
        ("en", "Kraków and Łódź", "krakow lodz"),
        ("ru", "a paper on sanctions", "sanction"),
    ],
)
def test_words_are_found_in_their_language(language: str, body: str, text: str) -> None:
    published(language=language, body=f"<p>{body}</p>")
    assert titles(text) == ["A Brief"]


def test_chinese_characters_that_do_not_stand_together_are_not_a_word() -> None:
    published(language="zh", body="<p>中立的国家</p>")
    assert titles("中国") == []


def test_title_counts_before_summary_and_that_before_the_rest_newest_first() -> None:
    day = dt.date(2025, 1, 1)
    for number, (title, summary) in enumerate(
        [("Kabul old", ""), ("Kabul new", ""), ("Of it", "Kabul"), ("Nothing of it", "")]
    ):
        published(
            title, summary=summary, body="<p>Kabul</p>", dated=day + dt.timedelta(days=number)
        )
    assert titles("kabul") == ["Kabul new", "Kabul old", "Of it", "Nothing of it"]


def test_drafts_scheduled_withdrawn_and_superseded_texts_are_never_found() -> None:
    make_brief("Sentinel draft")
    published("Sentinel later", edition={"public_from": soon()})
    gone = published("Sentinel withdrawn")
    Withdrawal.record(brief=gone.brief, notice="Gone.")
    changed = published("Old sentinel", body="<p>formerly</p>")
    brief = changed.brief
    brief.title, brief.body = "New title", "<p>nowadays</p>"
    brief.save()
    search.index(make_edition(brief))
    brief.title = "Sentinel unpublished"
    brief.save()
    results = search.search("sentinel")
    assert (results.hits, results.total, results.pages) == ((), 0, 1)
    assert titles("formerly") == []
    assert titles("nowadays") == ["New title"]


def test_a_scheduled_edition_is_found_once_its_time_has_come() -> None:
    moment = soon()
    published("Embargoed", edition={"public_from": moment})
    assert titles("embargoed", at=moment - dt.timedelta(seconds=1)) == []
    assert titles("embargoed", at=moment) == ["Embargoed"]


def test_until_a_correction_is_public_the_former_edition_is_found() -> None:
    first = published("First words")
    brief, moment = first.brief, soon()
    brief.title = "Second words"
    brief.save()
    search.index(make_edition(brief, public_from=moment))
    assert titles("words") == ["First words"]
    assert titles("words", at=moment) == ["Second words"]


def test_a_cancelled_edition_leaves_nothing_to_find() -> None:
    pending = published("Cancelled", edition={"public_from": soon()})
    pending.delete()
    published("Another")
    assert titles("cancelled", at=soon()) == []


def test_a_search_is_narrowed_by_centre_topic_author_and_year() -> None:
    centre, author = make_centre("Here", "HR"), make_author("One Author")
    published("Mine", centre=centre, authors=[author], topics=("x",), dated=dt.date(2024, 5, 1))
    published("Other", dated=dt.date(2025, 5, 1))
    assert sorted(titles("some words")) == ["Mine", "Other"]
    for narrowing in (
        {"centre": Centre.objects.get(acronym="HR")},
        {"topic": Topic.objects.get(name="x")},
        {"author": Author.objects.get(name="One Author")},
        {"year": 2024},
    ):
        assert titles("some words", **narrowing) == ["Mine"]
    for year in (0, -5, 10**9, 2023):
        assert titles("some words", year=year) == []


def test_a_hit_shows_its_card_and_marked_pieces_without_a_further_query() -> None:
    make_everything()
    (hit,) = search.search("ferryman orchards").hits
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert hit.edition.slug == "ferryman"
        assert hit.edition.centre_name == "Observatory of Rivers"
        assert [line.name for line in hit.edition.bylines.all()] == ["Nilofar Sharifi"]
        assert hit.edition.dated
    assert not queries.captured_queries
    assert marked(hit) == ["Ferryman", "orchard"]


def test_markup_in_an_excerpt_is_text() -> None:
    published(body="<p>the &lt;script&gt;alert(1)&lt;/script&gt; tag</p>")
    (hit,) = search.search("alert").hits
    assert "".join(text for text, _ in hit.excerpt) == "the <script>alert(1)</script> tag"


def test_the_number_of_statements_does_not_grow() -> None:
    def statements() -> int:
        with CaptureQueriesContext(connection) as queries:
            search.search("words")
        return len(queries)

    published()
    one = statements()
    for _ in range(12):
        published()
    assert statements() == one <= 6


def test_pages_are_cut_and_a_page_that_is_not_there_is_the_last() -> None:
    for number in range(7):
        published(f"Brief {number}", dated=dt.date(2025, 1, 1 + number))
    results = search.search("words", per_page=3, page=2)
    assert [hit.edition.title for hit in results.hits] == ["Brief 3", "Brief 2", "Brief 1"]
    assert (results.total, results.pages, results.page) == (7, 3, 2)
    assert not results.total_is_capped
    assert titles("words", per_page=3, page=10**9) == ["Brief 0"]
    assert titles("words", per_page=3, page=-1)[0] == "Brief 6"


def test_a_count_goes_no_further_than_its_cap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("briefs.search.finding.MAX_TOTAL", 3)
    for number in range(5):
        published(f"Brief {number}", dated=dt.date(2025, 1, 1 + number))
    results = search.search("words", per_page=2, page=9)
    assert (results.total, results.total_is_capped, results.pages) == (3, True, 2)
    assert [hit.edition.title for hit in results.hits] == ["Brief 2"]


HOSTILE = [
    *("", " ", '"', "'", '""', "-", "*", "NEAR(", "NEAR(a b, 2)", "a AND", "OR", "NOT x", "a* b*"),
    *(
        "{title}: x",
        "title : x",
        "^x",
        "a + b",
        "x:*",
        "x & !y | z <-> w",
        "\\",
        "\\'",
        "%s %",
        "a'b",
    ),
    *(
        "\0",
        "a\0b",
        "\ud800x",
        "\ue000",
        "🙂",
        "\u202e",
        "中*",
        '-"',
        '"a" "',
        "'; DROP TABLE x; --",
    ),
    *("(" * 10_000, "[" * 10_000, '"' * 9_999, "x" * 100_000, "x " * 50_000, "中" * 100_000),
    *("á" * 300, "\u0301" * 300, "ﷺ" * 200, "-x " * 100, "a-b-c-d-" * 100),
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: repr(text[:12]))
def test_nothing_typed_is_an_error_or_slow(text: str) -> None:
    published()
    start = time.perf_counter()
    results = search.search(text)
    assert time.perf_counter() - start < 1
    results.query.encode()


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=80) | st.text(alphabet="\"'-*():^{}&|!<>\\ab中\0 ", max_size=60))
def test_no_query_breaks_the_database(text: str) -> None:
    search.search(text)


def test_a_broken_index_says_so_and_leaves_the_transaction_usable() -> None:
    published("Still here")
    with connection.cursor() as cursor:
        break_index(cursor)
    with pytest.raises(search.SearchUnavailable, match="out of order"):
        search.search("here")
    assert Edition.objects.current().get().title == "Still here"


def break_index(cursor: Any) -> None:
    if connection.vendor == "sqlite":
        cursor.execute("DROP TABLE briefs_searchindex")
    else:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE briefs_searchdocument DROP COLUMN words, DROP COLUMN head")
