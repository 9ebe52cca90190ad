"""What readers will see of a brief, as plain values, from which page, preview and PDF render.

Imports nothing of this project but briefs.prose."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from briefs import prose

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "sd", "ug", "ur"})


class CompositionError(ValueError):
    """The draft cannot be composed; the message is a sentence for the editor."""


@dataclass(frozen=True)
class BylineLine:
    """An author as printed in one edition."""

    name: str
    role: str = ""
    affiliation: str = ""
    email: str = ""
    slug: str = ""
    author: int = 0


@dataclass(frozen=True)
class ComposedNote:
    """A numbered note, its sources formatted in house style; `sources` are their keys."""

    number: int
    html: str
    text: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True)
class ComposedSource:
    """A line of the list of references; `notes` are the numbers of the notes that cite it."""

    key: str
    csl: dict[str, Any]
    html: str
    text: str
    notes: tuple[int, ...] = ()


@dataclass(frozen=True)
class Letterhead:
    """The institute as it signed an edition. `logo` is a content address, or empty; `paper` is empty
    for A4; `digits` is "own" where numbers are in the digits of the brief's language."""

    name: str
    short_name: str = ""
    tagline: str = ""
    address: str = ""
    email: str = ""
    phone: str = ""
    url: str = ""
    accent: str = "#1f4e5f"
    logo: str = ""
    paper: str = ""
    digits: str = ""


@dataclass(frozen=True)
class Topic:
    name: str
    slug: str
    topic: int = 0


@dataclass(frozen=True)
class Composition:
    """A whole brief, ready to print. `body` is cleaned HTML in which `<span data-note="N"></span>`
    stands where note N is called."""

    title: str
    body: str
    dated: dt.date
    letterhead: Letterhead
    subtitle: str = ""
    summary: str = ""
    language: str = "en"
    centre: str = ""
    centre_acronym: str = ""
    centre_slug: str = ""
    centre_key: int | None = None
    series: str = ""
    series_slug: str = ""
    series_key: int | None = None
    series_number: int | None = None
    byline: tuple[BylineLine, ...] = ()
    topics: tuple[Topic, ...] = ()
    disclaimer: str = ""
    licence: str = ""
    notes: tuple[ComposedNote, ...] = ()
    references: tuple[ComposedSource, ...] = ()
    lists_references: bool = False
    cover: str = ""
    cover_alt: str = ""
    number: int = 1
    kind: str = "original"
    change_note: str = ""
    public_from: dt.datetime | None = None
    address: str = ""

    @property
    def direction(self) -> str:
        """`rtl` for the scripts that are written from right to left, else `ltr`."""
        return "rtl" if self.language.split("-")[0] in RIGHT_TO_LEFT else "ltr"

    @property
    def segments(self) -> Iterator[tuple[str, ComposedNote | None]]:
        """The body in pieces, each with the note called after it."""
        notes = {note.number: note for note in self.notes}
        for html, number in prose.segments(self.body):
            yield html, notes[number] if number else None

    @property
    def authors(self) -> str:
        """The names of the byline, as running text."""
        names = [line.name for line in self.byline]
        return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def alphabetical(topics: Iterable[Topic]) -> tuple[Topic, ...]:
    """The same order on every database, whatever its collation."""
    return tuple(sorted(topics, key=lambda topic: (topic.name.casefold(), topic.name)))
