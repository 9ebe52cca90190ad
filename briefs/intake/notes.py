"""The notes of a manuscript become those of a draft, their sources found or made.

A note whose form in house style would not say every word of it stands as it was printed. Must not
import the package itself."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape

from django.core.exceptions import ValidationError

from briefs import citations
from briefs.intake.sources import Sources, draft
from briefs.manuscripts import ManuscriptNote
from briefs.models import Source
from briefs.pandoc import PandocError

MAX_LOCATOR = 200  # Citation.locator

type Segments = tuple[citations.Segment, ...]


@dataclass(frozen=True)
class Cited:
    """A citation in a note; what is too long for its locator stands after it, as text."""

    source: Source
    locator: str
    rest: str

    @property
    def html(self) -> str:
        place = f' data-locator="{escape(self.locator)}"' if self.locator else ""
        cite = f'<cite data-source="{self.source.pk}"{place}></cite>'
        return cite + escape(self.rest, quote=False)


type Parts = list[str | Cited]


class Notes:
    """The notes by their numbers: `html` in the stored form, `parsed` as they were taken."""

    def __init__(
        self,
        notes: Sequence[ManuscriptNote],
        parsed: Mapping[int, Segments],
        language: str,
        warnings: list[str],
    ) -> None:
        self.warnings = warnings
        self.sources = Sources(warnings)
        self.refused: set[int] = set()  # which a warning of their own names
        cited = {n.number: parts for n in notes if (parts := self._parts(n, parsed[n.number]))}
        for number in self._unfaithful(notes, cited, language):
            del cited[number]
        self.sources.keep({part.source.pk for parts in cited.values() for part in _cites(parts)})
        self.html = {note.number: note.html for note in notes}
        self.html |= {number: _html(parts) for number, parts in cited.items()}
        as_printed = [note for note in notes if note.number not in cited]
        self.parsed = dict(parsed) | {n.number: (n.text_as_printed,) for n in as_printed}
        self._say_how_many_stand_as_printed(as_printed)

    def _parts(self, note: ManuscriptNote, segments: Segments) -> Parts:
        """Text and citations; nothing if the note is all prose, was not read in order, or its source
        cannot be stored."""
        if all(isinstance(segment, str) for segment in segments):
            return []
        if not citations.is_in_place(note.text_as_printed, segments):
            return []
        try:
            drafts = [s if isinstance(s, str) else (draft(s), s.locator) for s in segments]
        except ValidationError as error:
            self.warnings.append(
                f"Note {note.number} was kept as plain text, because its source cannot be stored: "
                + " ".join(error.messages)
            )
            self.refused.add(note.number)
            return []
        return [
            printed_to_html(part)
            if isinstance(part, str)
            else Cited(self.sources.take(part[0]), *places(part[1]))
            for part in drafts
        ]

    def _unfaithful(
        self, notes: Sequence[ManuscriptNote], cited: Mapping[int, Parts], language: str
    ) -> list[int]:
        """Notes that house style would print without one of their words, or in disorder.

        Each citation is printed in full here: a short form and *ibid.* stand for that."""
        drafts = {number: _in_full(number, parts) for number, parts in cited.items()}
        sources = {cite.key: source.csl for row in drafts.values() for cite, source in row.cites}
        try:
            rendered = citations.render(
                [row.content for row in drafts.values()], sources, language=language
            )
        except PandocError as error:
            self.warnings.append(f"All notes stand as printed; the converter failed: {error}")
            return list(cited)
        listed = {reference.key: reference.text for reference in rendered.references}
        printed = {note.number: note.text_as_printed for note in notes}
        return [
            number
            for (number, row), shown in zip(drafts.items(), rendered.notes, strict=True)
            if not citations.is_faithful(
                printed[number],
                shown.text,
                references=[listed.get(cite.key, "") for cite, _ in row.cites],
                items=[sources[cite.key] for cite, _ in row.cites],
            )
        ]

    def _say_how_many_stand_as_printed(self, notes: Sequence[ManuscriptNote]) -> None:
        count = sum(
            note.number not in self.refused and citations.looks_like_reference(note.text_as_printed)
            for note in notes
        )
        if count:
            stand = "1 note stands" if count == 1 else f"{count} notes stand"
            references = "its reference was" if count == 1 else "their references were"
            self.warnings.append(
                f"{stand} as printed, because {references} not understood beyond doubt."
            )


@dataclass(frozen=True)
class _InFull:
    """A note in which every citation is the first of its source."""

    content: list[str | citations.Cite]
    cites: list[tuple[citations.Cite, Source]]


def _in_full(number: int, parts: Parts) -> _InFull:
    row = _InFull([], [])
    for place, part in enumerate(parts):
        if isinstance(part, str):
            row.content.append(part)
            continue
        cite = citations.Cite(f"{number}-{place}", part.locator)
        row.cites.append((cite, part.source))
        row.content.append(cite)
        if part.rest:
            row.content.append(escape(part.rest, quote=False))
    return row


def _cites(parts: Parts) -> list[Cited]:
    return [part for part in parts if isinstance(part, Cited)]


def _html(parts: Parts) -> str:
    return "".join(part if isinstance(part, str) else part.html for part in parts)


def places(locator: str) -> tuple[str, str]:
    """What fits into a locator, at whole words, and the rest with its space before it."""
    if len(locator) <= MAX_LOCATOR:
        return locator, ""
    words, _, _ = locator[: MAX_LOCATOR + 1].rpartition(" ")
    place = words or locator[:MAX_LOCATOR]
    return place, locator[len(place) :]


PRINTED = re.compile(r"\*(?P<italic>[^*]+)\*|<(?P<url>https?://[^<>\s]+)>")


def printed_to_html(text: str) -> str:
    """Text in the printed form (`*italics*`, `<URL>`) as inline HTML."""

    def piece(match: re.Match[str]) -> str:
        if match["italic"]:
            return f"<em>{escape(match['italic'], quote=False)}</em>"
        url = match["url"]
        return f'<a href="{escape(url)}">{escape(url, quote=False)}</a>'

    parts: list[str] = []
    end = 0
    for match in PRINTED.finditer(text):
        parts += [escape(text[end : match.start()], quote=False), piece(match)]
        end = match.end()
    html = "".join([*parts, escape(text[end:], quote=False)])
    return html.replace("\n", "<br>")


EMPHASIS = re.compile(r"</?(?:em|i)\b[^>]*>")
LINK = re.compile(r'<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
TAG = re.compile(r"<[a-zA-Z/][^<>]*>")


def html_to_printed(html: str) -> str:
    """The inverse, for a note in the stored form that cites nothing yet."""

    def link(match: re.Match[str]) -> str:
        words = TAG.sub("", match[2]).strip()
        url = f"\0{match[1]}\1"  # not yet in its brackets, in which it would be a tag
        return url if words == match[1] else f"{words} {url}"

    text = EMPHASIS.sub("*", LINK.sub(link, html.replace("<br>", "\n")))
    return unescape(TAG.sub("", text).replace("\0", "<").replace("\1", ">"))
