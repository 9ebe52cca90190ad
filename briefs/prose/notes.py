"""Taking notes out of a body and putting markers in; the plain words of some HTML."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape

from lxml import html
from lxml.html import HtmlElement

from briefs.prose.pictures import sized
from briefs.prose.tree import inner, parse


@dataclass(frozen=True)
class NoteCite:
    """A citation inside a note: the source's UUID and the place in it, as printed ("p. 4")."""

    source: str
    locator: str = ""


NotePart = str | NoteCite


def take_notes(body: str) -> tuple[str, list[tuple[NotePart, ...]]]:
    """Split the stored form into the frozen form and its notes, in the order of their calls.

    A note in another language than the text around it comes in a span that says so."""
    root = parse(body)
    notes: list[tuple[NotePart, ...]] = []
    for number, span in enumerate(root.xpath(".//span[@data-note]"), start=1):
        notes.append(tuple(_parts(_content(span))))
        tail = span.tail
        span.clear()
        span.tail = tail
        span.set("data-note", str(number))
    return sized(inner(root), {}), notes


def _content(span: HtmlElement) -> str:
    language = "".join(
        f' {name}="{escape(span.attrib[name])}"' for name in ("lang", "dir") if name in span.attrib
    )
    return f"<span{language}>{inner(span)}</span>" if language else inner(span)


def put_notes(body: str, notes: dict[int, str]) -> str:
    """The inverse: put each note's inline HTML in place of its marker (`notes` by number)."""

    def note(match: re.Match[str]) -> str:
        return f'<span data-note="">{notes[int(match[1])]}</span>'

    return MARKER.sub(note, body)


MARKER = re.compile(r'<span data-note="(\d+)"></span>')


def segments(body: str) -> Iterator[tuple[str, int | None]]:
    """Pieces of the frozen form, each with the number of the note called after it (last: None)."""
    pieces = MARKER.split(body)
    numbers = [*map(int, pieces[1::2]), None]
    yield from zip(pieces[0::2], numbers, strict=True)


def plain(value: str) -> str:
    """The words of some HTML, blocks apart by line breaks, note markers gone."""
    value = re.sub(r"<br>|</(?:p|h[1-6]|li|tr|blockquote|caption|figcaption|table)>", "\n", value)
    value = re.sub(r"</t[hd]>", "\t", value)
    return str(parse(value).text_content()).strip()


def paragraphs(body: str) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Each block of the frozen form: its text, and its calls as (note, offset), where the offset
    counts the characters of the text before the call. Blocks inside blocks come by themselves."""
    for block in parse(body).iter(*TEXT_BLOCKS):
        text, calls = "", []
        for piece in _pieces(block):
            if isinstance(piece, int):
                calls.append((piece, len(text)))
            else:
                text += piece
        if text.strip() or calls:
            yield text, calls


TEXT_BLOCKS = ("p", "h2", "h3", "h4", "li", "td", "th", "caption", "figcaption", "blockquote")
INNER_BLOCKS = frozenset({*TEXT_BLOCKS, "ul", "ol", "table", "hr", "figure"})


def _pieces(element: HtmlElement) -> Iterator[str | int]:
    yield element.text or ""
    for child in element:
        if number := child.get("data-note"):
            yield int(number)
        elif child.tag not in INNER_BLOCKS:
            yield from _pieces(child)
        yield child.tail or ""


def excerpt(value: str, *, words: int = 45, characters: int = 320) -> str:
    """The beginning of some HTML as plain text, with an ellipsis if cut: at most `words` words
    and `characters` characters, because some scripts do not part words."""
    text = plain(value).split()
    whole, cut = " ".join(text), " ".join(text[:words])
    if len(cut) > characters:
        cut = cut[: _end_before(cut, characters)].rstrip()
    return cut if cut == whole else cut.rstrip(PAUSES) + "…"


PAUSES = ",;:，、；：،؛"
BREAK = re.compile(rf"\s|(?<=[{PAUSES}.!?。．！？…۔؟।])")
JOINERS = {"\u200c", "\u200d"}


def _end_before(text: str, limit: int) -> int:
    """Where to cut: after the last word or clause, else, in the midst, after a whole letter."""
    breaks = [match.start() for match in BREAK.finditer(text, limit // 2, limit + 1)]
    if breaks:
        return breaks[-1]
    end = limit
    while end > 1 and _joined(text, end):
        end -= 1
    return end


def _joined(text: str, place: int) -> bool:
    """Whether the character at `place` belongs to the one before."""
    pair = text[place - 1 : place + 1]
    return unicodedata.category(pair[-1]).startswith("M") or bool(JOINERS & set(pair))


def cited_sources(body: str) -> list[NoteCite]:
    """Every citation of a body in the stored form, in order."""
    return [part for parts in take_notes(body)[1] for part in parts if isinstance(part, NoteCite)]


CITE = re.compile(r"<cite\b([^>]*)></cite>")


def _parts(note: str) -> Iterator[NotePart]:
    for position, piece in enumerate(CITE.split(note)):
        if position % 2:
            attributes = html.fragment_fromstring(f"<cite{piece}></cite>").attrib
            yield NoteCite(attributes["data-source"], attributes.get("data-locator", ""))
        elif piece:
            yield piece
