"""The index on SQLite: the FTS5 table `briefs_searchindex`, a row for each SearchDocument under
the edition's number.

Words come folded and stemmed, so its tokenizer only cuts at spaces. No trigger ties the tables: a
broken index must not stop a publication or a cancellation. What a deleted document leaves is
joined to no edition, and swept at the next writing."""

from collections.abc import Iterable

from django.db import DatabaseError, transaction
from django.db.backends.utils import CursorWrapper
from django.db.models.expressions import RawSQL

from briefs.search.documents import Document, Passage
from briefs.search.query import Query, Term

TABLE = "briefs_searchindex"
CREATE = f"CREATE VIRTUAL TABLE {TABLE} USING fts5(title, summary, around, body, tokenize='ascii')"
BREAK = "\ue000"  # for private use, so in nobody's query: a phrase does not span passages
SHADOWS = ("config", "content", "data", "docsize", "idx")


def write(cursor: CursorWrapper, documents: Iterable[Document]) -> None:
    rows = list(documents)
    cursor.execute(
        f"DELETE FROM {TABLE} WHERE rowid IN (SELECT id FROM {TABLE}_docsize "
        f"EXCEPT SELECT edition_id FROM briefs_searchdocument)"
    )
    cursor.executemany(
        "INSERT INTO briefs_searchdocument (edition_id, text) VALUES (%s, %s) "
        "ON CONFLICT (edition_id) DO UPDATE SET text = excluded.text",
        [(document.edition_id, document.text) for document in rows],
    )
    cursor.executemany(
        f"INSERT OR REPLACE INTO {TABLE} (rowid, title, summary, around, body) "
        f"VALUES (%s, %s, %s, %s, %s)",
        [(document.edition_id, *map(_column, document.weighted.values())) for document in rows],
    )


def is_sound(cursor: CursorWrapper) -> bool:
    """Its tables are asked for by name: of a lost one the check below says nothing for as long as
    the connection remembers what stood in it."""
    cursor.execute(f"SELECT name FROM sqlite_master WHERE name LIKE '{TABLE}%%'")
    existing = {name for (name,) in cursor.fetchall()}
    if not {TABLE, *(f"{TABLE}_{shadow}" for shadow in SHADOWS)} <= existing:
        return False
    try:
        with transaction.atomic():
            cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('integrity-check')")
    except DatabaseError:
        return False
    return True


def repair(cursor: CursorWrapper) -> None:
    """Make the table anew. A broken one cannot be dropped, so it is struck off the schema first;
    what it kept its index in are plain tables then."""
    cursor.execute("PRAGMA writable_schema = ON")
    cursor.execute(f"DELETE FROM sqlite_master WHERE name = '{TABLE}'")
    cursor.execute("PRAGMA writable_schema = RESET")
    for shadow in SHADOWS:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}_{shadow}")
    cursor.execute(CREATE)


def settle(cursor: CursorWrapper) -> None:
    """After much was written."""
    cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('optimize')")


def bound(cursor: CursorWrapper) -> None:
    """Nothing to set."""


def everywhere(query: Query) -> RawSQL:
    return _matching(_expression(query))


def in_head(query: Query) -> RawSQL:
    return _matching(f"{{title summary}} : ({_expression(query)})")


def in_title(query: Query) -> RawSQL:
    return _matching(f"{{title}} : ({_expression(query)})")


def _column(passages: list[Passage]) -> str:
    return f" {BREAK} ".join(" ".join(passage) for passage in passages)


def _matching(expression: str) -> RawSQL:
    return RawSQL(f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s", [expression])


def _expression(query: Query) -> str:
    wanted = " AND ".join(_term(term) for term in query.wanted)
    excluded = " OR ".join(_term(term) for term in query.excluded)
    return f"({wanted}) NOT ({excluded})" if excluded else wanted


def _term(term: Term) -> str:
    star = " *" if term.prefix else ""
    return f"({' OR '.join(f'"{" ".join(keys)}"{star}' for keys in term.variants)})"
