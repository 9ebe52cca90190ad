"""The index can always be had again from the editions alone."""

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from briefs import search
from briefs.models import Edition, SearchDocument, triggers
from briefs.models.clock import database_now
from briefs.search import documents
from briefs.search.indexing import BATCH
from tests.factories import cite, make_author, make_brief, make_edition, make_source, note

SQLITE = connection.vendor == "sqlite"


@pytest.fixture
def facts_may_go() -> Any:
    """A flush deletes editions, which triggers refuse."""
    yield
    triggers.lift(connection)


def make_corpus() -> list[Edition]:
    source = make_source("Corridors of Salt")
    body = f"<p>Pomegranate orchards.{note(f'See. {cite(source)}')}</p>"
    authors = [make_author(f"Author {number}") for number in range(2)]
    made = [make_edition(make_brief(f"Brief {n}", body=body, authors=authors)) for n in range(4)]
    later = database_now() + dt.timedelta(hours=1)
    made.append(make_edition(make_brief("Later", topics=("x",)), public_from=later))
    return made


def contents() -> list[tuple[Any, ...]]:
    """All that is in the index."""
    queries = {
        True: [
            "SELECT edition_id, text FROM briefs_searchdocument ORDER BY 1",
            "SELECT rowid, title, summary, around, body FROM briefs_searchindex ORDER BY 1",
        ],
        False: [
            "SELECT edition_id, text, words::text, head::text FROM briefs_searchdocument ORDER BY 1"
        ],
    }[SQLITE]
    rows = []
    with connection.cursor() as cursor:
        for query in queries:
            cursor.execute(query)
            rows += cursor.fetchall()
    return rows


@pytest.mark.django_db
def test_a_rebuilt_index_is_the_one_that_the_verbs_wrote() -> None:
    for edition in make_corpus():
        search.index(edition)
    written = contents()
    assert search.rebuild() == 5
    assert contents() == written
    SearchDocument.objects.all().delete()
    assert search.rebuild() == 5
    assert contents() == written


@pytest.mark.django_db
def test_writing_an_edition_twice_changes_nothing() -> None:
    (edition, *_) = make_corpus()
    search.index(edition)
    written = contents()
    search.index(edition)
    assert contents() == written


@pytest.mark.django_db
def test_rebuilding_takes_a_constant_number_of_statements_for_a_batch(
    django_assert_max_num_queries: Any,
) -> None:
    assert len(make_corpus()) < BATCH
    with django_assert_max_num_queries(22 if SQLITE else 20):
        search.rebuild()


@pytest.mark.django_db
def test_a_text_too_long_for_an_index_is_indexed_as_far_as_it_goes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(documents, "MAX_BYTES", 2_000)
    body = "<p>firstword " + " ".join(f"w{number}" for number in range(400)) + " lastword</p>"
    search.index(make_edition(make_brief(body=body)))
    assert search.search("firstword").total == 1
    assert search.search("lastword").total == 0


@pytest.mark.django_db
def test_a_text_of_a_megabyte_is_indexed() -> None:
    body = "<p>" + " ".join(f"word{number}" for number in range(100_000)) + "</p>"
    search.index(make_edition(make_brief(body=body)))
    (hit,) = search.search("word50000").hits
    assert hit.excerpt


@pytest.mark.django_db
def test_a_broken_index_does_not_stop_a_publication(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> None:
        raise DatabaseError("malformed")

    edition = make_edition(make_brief())
    backend = f"briefs.search.{'sqlite' if SQLITE else 'postgresql'}"
    monkeypatch.setattr(f"{backend}.write", broken)
    search.index(edition)
    assert "run rebuild_search" in caplog.text
    assert Edition.objects.current().count() == 1


@pytest.mark.django_db
def test_the_command_says_how_many_and_may_be_run_again() -> None:
    make_corpus()
    for _ in range(2):
        output = StringIO()
        call_command("rebuild_search", stdout=output)
        assert output.getvalue() == "Search index rebuilt: 5 editions.\n"


@pytest.mark.django_db
def test_the_command_fails_with_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken() -> int:
        raise DatabaseError("disk full")

    monkeypatch.setattr(search, "rebuild", broken)
    with pytest.raises(CommandError, match=r"^The database refused: disk full$"):
        call_command("rebuild_search")


BREAKAGES = {
    True: [
        "DROP TABLE briefs_searchindex",
        "UPDATE briefs_searchindex_data SET block = x'00ff00ff'",
        "DELETE FROM briefs_searchindex_data",
        "DROP TABLE briefs_searchindex_data",
        "DROP TABLE briefs_searchindex_idx",
        "DROP TABLE briefs_searchindex_config",
        "DELETE FROM briefs_searchindex",
        "DELETE FROM briefs_searchdocument",
        "DROP TABLE briefs_searchdocument",
    ],
    False: [
        "ALTER TABLE briefs_searchdocument DROP COLUMN words",
        "DROP INDEX search_words",
        "UPDATE briefs_searchdocument SET words = '', head = NULL",
        "DELETE FROM briefs_searchdocument",
        "DROP TABLE briefs_searchdocument",
    ],
}[SQLITE]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("breakage", BREAKAGES)
def test_rebuilding_restores_the_same_hits_whatever_broke(
    breakage: str, facts_may_go: None
) -> None:
    for edition in make_corpus():
        search.index(edition)
    written = contents()
    hits = search.search("pomegranate").hits
    assert len(hits) == 4
    with connection.cursor() as cursor:
        cursor.execute(breakage)
    assert search.rebuild() == 5
    forget_schema()
    assert contents() == written
    assert search.search("pomegranate").hits == hits


def forget_schema() -> None:
    """As a new connection, which SQLite's database in memory cannot have: what a table lacks shows
    only when it is opened."""
    if SQLITE:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA writable_schema = RESET")


@pytest.mark.django_db(transaction=True)
def test_the_migration_runs_back_and_forward(facts_may_go: None) -> None:
    triggers.lift(connection)  # as `migrate` does before it has work to do
    MigrationExecutor(connection).migrate([("briefs", "0001_initial")])
    assert not {"briefs_searchdocument", "briefs_searchindex"} & set(
        connection.introspection.table_names()
    )
    executor = MigrationExecutor(connection)
    executor.migrate([key for key in executor.loader.graph.leaf_nodes() if key[0] == "briefs"])
    make_corpus()
    assert search.rebuild() == 5
    assert search.search("pomegranate").total == 4
