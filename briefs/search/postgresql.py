"""The index on PostgreSQL: two text search vectors beside each SearchDocument, `words` of
everything by weight, and the small `head` of title (A), subtitle and summary (B) for ranking.

Words come folded and stemmed, so vectors and queries are written out: neither a text search
configuration nor an extension is needed."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.backends.utils import CursorWrapper
from django.db.models.expressions import RawSQL

from briefs.search.documents import Document, Passage
from briefs.search.query import Query, Term

MAX_PLACE, MAX_PLACES = 16_383, 255
TIMEOUT_MS = 3_000

UPSERT = """
    INSERT INTO briefs_searchdocument (edition_id, text, words, head)
    VALUES (%s, %s, %s::tsvector, %s::tsvector)
    ON CONFLICT (edition_id) DO UPDATE
    SET text = excluded.text, words = excluded.words, head = excluded.head
"""


def write(cursor: CursorWrapper, documents: Iterable[Document]) -> None:
    for document in documents:
        weighted = document.weighted
        head = {weight: weighted[weight] for weight in "AB"}
        row = (document.edition_id, document.text, vector(weighted), vector(head))
        cursor.execute(UPSERT, row)


def is_sound(cursor: CursorWrapper) -> bool:
    cursor.execute(
        "SELECT count(*) FROM pg_indexes WHERE schemaname = ANY (current_schemas(false)) "
        "AND indexname IN ('search_words', 'search_head')"
    )
    return bool(cursor.fetchone()[0] == 2)


def repair(cursor: CursorWrapper) -> None:
    """Put columns and indexes in place that someone took away."""
    for column in ("words", "head"):
        cursor.execute(
            f"ALTER TABLE briefs_searchdocument ADD COLUMN IF NOT EXISTS {column} tsvector"
        )
        cursor.execute(
            f"CREATE INDEX IF NOT EXISTS search_{column} "
            f"ON briefs_searchdocument USING gin ({column})"
        )


def settle(cursor: CursorWrapper) -> None:
    """After much was written."""
    cursor.execute("ANALYZE briefs_searchdocument")


def bound(cursor: CursorWrapper) -> None:
    """For this transaction: the index, never a scan of every vector; and no more than 3 s."""
    cursor.execute(
        "SELECT set_config('enable_seqscan', 'off', true), "
        "set_config('statement_timeout', %s, true)",
        [str(TIMEOUT_MS)],
    )


def everywhere(query: Query) -> RawSQL:
    return _matching("words", _expression(query))


def in_head(query: Query) -> RawSQL:
    return _matching("head", _expression(query))


def in_title(query: Query) -> RawSQL:
    return _matching("head", _expression(query, weight="A"))


def vector(weighted: dict[str, list[Passage]]) -> str:
    """The literal of a vector; a place is left free after each passage, which no phrase spans."""
    places: defaultdict[str, list[str]] = defaultdict(list)
    for weight, place, key in _places(weighted):
        if len(places[key]) < MAX_PLACES:
            places[key].append(f"{min(place, MAX_PLACE)}{weight}")
    return " ".join(f"{_quoted(key)}:{','.join(found)}" for key, found in places.items())


def _places(weighted: dict[str, list[Passage]]) -> Iterator[tuple[str, int, str]]:
    place = 0
    for weight, passages in weighted.items():
        for passage in passages:
            for key in passage:
                place += 1
                yield weight, place, key
            place += 1


def _matching(column: str, expression: str) -> RawSQL:
    """`+ 0` keeps the planner to the index of words: it takes a match for cheap, and would rather
    go through all vectors in the order of the key, unpacking each."""
    return RawSQL(
        f"SELECT edition_id + 0 FROM briefs_searchdocument WHERE {column} @@ %s::tsquery",
        [expression],
    )


def _expression(query: Query, weight: str = "") -> str:
    wanted = [_term(term, weight) for term in query.wanted]
    return " & ".join([*wanted, *(f"!{_term(term, weight)}" for term in query.excluded)])


def _term(term: Term, weight: str) -> str:
    return f"({' | '.join(_phrase(keys, term, weight) for keys in term.variants)})"


def _phrase(keys: tuple[str, ...], term: Term, weight: str) -> str:
    quoted = [_quoted(key) + (f":{weight}" if weight else "") for key in keys]
    if term.prefix:
        quoted[-1] = f"{_quoted(keys[-1])}:{weight}*"
    return f"({' <-> '.join(quoted)})"


def _quoted(key: str) -> str:
    return "'" + key.replace("\\", "\\\\").replace("'", "''") + "'"
