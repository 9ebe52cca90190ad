"""What differs between two texts of a brief: its fields, byline and topics, and the words of its
body."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format

from briefs import prose
from briefs.composition import RIGHT_TO_LEFT
from briefs.licences import Licence
from briefs.models import Brief
from briefs.models.brief import LANGUAGES
from briefs.models.revision import TEXT
from briefs.revisions.snapshots import Snapshot

MOST_NAMED = 3  # fields, in few words
LINES = ("title", "subtitle", "summary", "disclaimer", "cover_alt")  # words, line by line


@dataclass(frozen=True)
class Difference:
    """`name` is the field's, as in a form."""

    name: str
    label: str
    found: prose.Comparison

    @property
    def anchor(self) -> str:
        """Of the field in the form of a brief."""
        return "bylines-group" if self.name == "byline" else f"id_{self.name}"


@dataclass(frozen=True)
class Differences:
    fields: tuple[Difference, ...]
    body: prose.Comparison
    language: str

    @property
    def direction(self) -> str:
        return "rtl" if self.language in RIGHT_TO_LEFT else "ltr"

    @property
    def is_empty(self) -> bool:
        return not self.fields and self.body.is_empty

    @property
    def in_few_words(self) -> str:
        """As in "+120 −14 words, 2 notes added, title"."""
        parts = [*_counted(self.body), *self._named()]
        if not parts and not self.body.is_empty:
            parts.append("formatting")
        return ", ".join(parts)

    def _named(self) -> list[str]:
        labels = [difference.label.lower() for difference in self.fields]
        rest = len(labels) - MOST_NAMED
        return labels if rest <= 1 else [*labels[:MOST_NAMED], f"{rest} other fields"]


def _counted(body: prose.Comparison) -> Iterator[str]:
    came, went = body.words(prose.Op.ADDED), body.words(prose.Op.REMOVED)
    if came or went:
        counts = [f"+{came}" if came else "", f"−{went}" if went else ""]
        yield f"{' '.join(filter(None, counts))} {'word' if came + went == 1 else 'words'}"
    if any(change.state is prose.State.MOVED_HERE for change in body.passages):
        yield "text moved"
    for state in (prose.State.ADDED, prose.State.REMOVED, prose.State.CHANGED):
        if notes := sum(note.state is state for note in body.notes):
            yield f"{notes} {'note' if notes == 1 else 'notes'} {state}"


def differences(before: Snapshot, after: Snapshot) -> Differences:
    return Differences(
        tuple(_fields(before, after)),
        prose.compare(before.body, after.body, before.names | after.names),
        after.language,
    )


def _fields(before: Snapshot, after: Snapshot) -> Iterator[Difference]:
    """In the order of the form."""
    for name in TEXT:
        if name in before.fields and name in after.fields and name != "body":
            yield from _difference(name, _label(name), shown(before, name), shown(after, name))
        if name == "subtitle":
            lines = ([line.printed for line in rows] for rows in (before.byline, after.byline))
            yield from _difference("byline", "Byline", *lines)
    topics = (sorted(each.topics.values(), key=str.casefold) for each in (before, after))
    yield from _difference("topics", "Topics", *topics)


def _label(name: str) -> str:
    label = str(getattr(Brief._meta.get_field(name), "verbose_name", name))
    return label[:1].upper() + label[1:]


def _difference(
    name: str, label: str, before: Iterable[str], after: Iterable[str]
) -> Iterator[Difference]:
    found = prose.compare_lines(before, after)
    if not found.is_empty:
        yield Difference(name, label, found)


def shown(snapshot: Snapshot, name: str) -> list[str]:
    """The value as people read it, line by line; nothing where it is empty."""
    value = snapshot.fields.get(name)
    if value in (None, ""):
        return []
    if name in LINES:
        return str(value).splitlines()
    return [_word(snapshot, name, value)]


def _word(snapshot: Snapshot, name: str, value: Any) -> str:
    if name in {"centre", "series"}:
        return snapshot.names.get(name, f"One that was deleted since (number {value})")
    if name == "dated":
        return date_format(date.fromisoformat(value))
    if name == "language":
        return str(dict(LANGUAGES).get(value, value))
    if name == "licence":
        return str(dict(Licence.choices).get(value, value))
    if name == "cover":
        return f"Picture {str(value).rpartition('/')[2][:8]}"
    return str(value)
