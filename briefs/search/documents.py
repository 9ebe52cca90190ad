"""What is searched of an edition: its frozen rows, as passages of plain text.

Reads editions alone; must not write."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from briefs import prose
from briefs.models import Edition, EditionSource
from briefs.search.words import words

# PostgreSQL refuses a text search vector of more than 1 MiB (and counts 16,383 places in it).
MAX_BYTES = 900_000
CSL_FIELDS = ("title", "container-title", "publisher", "URL", "archive_location", "DOI")
Passage = list[str]


@dataclass(frozen=True)
class Document:
    """Words by weight: those of the title, of subtitle and summary, of what is around the text
    (byline, centre, series, topics), and of the text. `text` is what excerpts are taken from."""

    edition_id: int
    title: list[Passage]
    summary: list[Passage]
    around: list[Passage]
    body: list[Passage]
    text: str

    @property
    def weighted(self) -> dict[str, list[Passage]]:
        return {"A": self.title, "B": self.summary, "C": self.around, "D": self.body}


def document(edition: Edition) -> Document:
    """Needs `bylines`, `topics` and `sources` prefetched, or asks for each."""
    around = list(_around(edition))
    body = [*prose.plain(edition.body).splitlines(), *_notes(edition), *_sources(edition)]
    summary = [edition.subtitle, *edition.summary.splitlines()]
    budget = _Budget(edition.language)
    return Document(
        edition_id=edition.pk,
        title=budget.passages([edition.title]),
        summary=budget.passages(summary),
        around=budget.passages(around),
        body=budget.passages(body),
        text="\n".join(" ".join(line.split()) for line in [*summary, *body, *around] if line),
    )


class _Budget:
    """Keys of passages, until an index would be too long."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.left = MAX_BYTES

    def passages(self, lines: list[str]) -> list[Passage]:
        return [list(self._keys(line)) for line in lines if line]

    def _keys(self, line: str) -> Iterator[str]:
        for word in words(line, self.language):
            self.left -= len(word.key.encode()) + 8
            if self.left < 0:
                return
            yield word.key


def _around(edition: Edition) -> Iterator[str]:
    for line in edition.bylines.all():
        yield ", ".join(filter(None, [line.name, line.role, line.affiliation, line.email]))
    yield " ".join(filter(None, [edition.centre_name, edition.centre_acronym]))
    yield " ".join(filter(None, [edition.series_name, str(edition.series_number or "")]))
    for topic in edition.topics.all():
        yield topic.name


def _notes(edition: Edition) -> Iterator[str]:
    for note in edition.notes:
        yield from note["text"].splitlines()


def _sources(edition: Edition) -> Iterator[str]:
    for source in edition.sources.all():
        yield " ".join([source.text, *(v for v in _values(source) if v not in source.text)])


def _values(source: EditionSource) -> Iterator[str]:
    csl: dict[str, Any] = source.csl
    yield from (str(csl[field]) for field in CSL_FIELDS if csl.get(field))
    for name in csl.get("author", []):
        yield " ".join(filter(None, [name.get("given"), name.get("family"), name.get("literal")]))
