"""The search itself: which current editions speak of something, best first.

Found is what matches anywhere. Order: all terms in the title, then in title and summary, then the
others; newest first within each. The same on both databases."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from types import ModuleType
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Case, F, Value, When

from briefs.models import Author, Centre, Edition, EditionByline, EditionTopic, Topic
from briefs.search import postgresql, sqlite
from briefs.search.excerpts import Pieces, excerpt, highlight
from briefs.search.query import Query, parse

MAX_TOTAL = 1_000
MAX_PER_PAGE = 100
BACKENDS: dict[str, ModuleType] = {"postgresql": postgresql, "sqlite": sqlite}


class SearchUnavailable(Exception):
    """The index cannot be asked; the message is a sentence for the reader."""


@dataclass(frozen=True)
class Hit:
    """`edition` has what cards have (`Edition.objects.cards()`); `title` and `excerpt` are pieces
    of plain text, each with whether it matches."""

    edition: Edition
    title: Pieces
    excerpt: Pieces


@dataclass(frozen=True)
class Results:
    """`total` counts up to MAX_TOTAL; `page` is one that exists, of `pages` (at least 1). With
    `only_excluded` nothing was found because all that was typed was -excluded."""

    query: str
    hits: tuple[Hit, ...] = ()
    total: int = 0
    total_is_capped: bool = False
    page: int = 1
    pages: int = 1
    only_excluded: bool = False


def search(
    text: str,
    *,
    at: dt.datetime | None = None,
    centre: Centre | None = None,
    topic: Topic | None = None,
    author: Author | None = None,
    year: int | None = None,
    page: int = 1,
    per_page: int = 20,
) -> Results:
    """Of the editions current at `at` (default: now). Whatever `text` holds is fine; without a
    word to look for (nothing, signs, only -excluded ones) nothing is found. Raises
    SearchUnavailable."""
    query = parse(text)
    if query.excluded and not query.wanted:
        return Results(query.text, only_excluded=True)
    if not query.wanted or (year is not None and not 1 <= year <= 9999):
        return Results(query.text)
    scope = _scope(at, centre=centre, topic=topic, author=author, year=year)
    per_page = min(max(per_page, 1), MAX_PER_PAGE)
    try:
        with _bounded():
            found = _ranked(scope, query)
            total = min(len(found), MAX_TOTAL)
            pages = max(-(-total // per_page), 1)
            page = min(max(page, 1), pages)
            shown = found[:total][(page - 1) * per_page : page * per_page]
            hits = tuple(_hits(shown, query, at))
    except DatabaseError as error:
        raise SearchUnavailable(
            "Search is out of order at the moment. Please browse the briefs instead."
        ) from error
    return Results(query.text, hits, total, len(found) > MAX_TOTAL, page, pages)


def _scope(
    at: dt.datetime | None,
    *,
    centre: Centre | None,
    topic: Topic | None,
    author: Author | None,
    year: int | None,
) -> Any:
    scope = Edition.objects.current(at)
    if centre is not None:
        scope = scope.filter(centre=centre)
    if topic is not None:
        tagged = EditionTopic.objects.filter(topic=topic)
        scope = scope.filter(pk__in=tagged.values("edition"))
    if author is not None:
        written = EditionByline.objects.filter(author=author)
        scope = scope.filter(pk__in=written.values("edition"))
    if year is not None:
        scope = scope.filter(dated__year=year)
    return scope


@contextmanager
def _bounded() -> Iterator[None]:
    """A failure leaves the caller's transaction usable. SQLite gets none of its own: it would
    take the lock for writing."""
    within = connection.in_atomic_block
    if connection.vendor == "sqlite" and not within:
        yield
        return
    with transaction.atomic():
        if not within:
            with connection.cursor() as cursor:
                BACKENDS[connection.vendor].bound(cursor)
        yield


def _ranked(scope: Any, query: Query) -> list[int]:
    """Keys of what is found, in order; at most a few more than MAX_TOTAL."""
    backend = BACKENDS[connection.vendor]
    wanted = replace(query, excluded=())
    everywhere = scope.filter(pk__in=backend.everywhere(query))
    in_head = everywhere if query.excluded else scope
    in_title = Case(When(pk__in=backend.in_title(wanted), then=Value(1)), default=Value(0))
    first = in_head.filter(pk__in=backend.in_head(wanted)).order_by(
        in_title.desc(), "-dated", "-id"
    )
    newest = everywhere.order_by("-dated", "-id")
    return list(dict.fromkeys([*_keys(first), *_keys(newest)]))


def _keys(editions: Any) -> list[int]:
    return list(editions.values_list("pk", flat=True)[: MAX_TOTAL + 1])


def _hits(shown: list[int], query: Query, at: dt.datetime | None) -> Iterator[Hit]:
    """Asks for `current` again: what was withdrawn since the first statement is not shown."""
    cards: Any = (
        Edition.objects.current(at)
        .filter(pk__in=shown)
        .cards()
        .annotate(searched=F("search_document__text"))
    )
    by_key = {edition.pk: edition for edition in cards}
    for edition in filter(None, map(by_key.get, shown)):
        yield Hit(
            edition=edition,
            title=highlight(edition.title, query, edition.language),
            excerpt=excerpt(edition.searched or "", query, edition.language),
        )
