"""Where a passage stands that somebody quoted, in a text that may have been edited since: its words,
with some before and after them (the TextQuoteSelector of the Web Annotation Data Model, 4.2.4).

The desk's scripts follow the same rule (static/js/desk/anchors.js). White space of any kind and the
ends of blocks count as one space, so that splitting or joining paragraphs moves no passage."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from lxml.html import HtmlElement

from briefs.prose.tree import parse

CONTEXT = 32  # characters kept before and after
ENOUGH = 20  # so many characters of quotation and context must stand there
MOST_PLACES = 500  # at which the same words are looked at
KEY = 12  # so many characters of each context say where a changed passage begins and ends
SAME_NOTE = 24
HAN = "\u3400-\u9fff\uf900-\ufaff"  # written without spaces: each character counts as a word
TOKEN = re.compile(rf"[{HAN}]|[^\W_{HAN}]+")
WHITE = re.compile(r"[\s\ufeff]+")
PARTING = frozenset(
    "p h2 h3 h4 ul ol li blockquote table caption thead tbody tr th td figure figcaption hr br".split()
)

type Place = tuple[int, int]


@dataclass(frozen=True)
class Anchor:
    exact: str
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class NoteAt:
    """A note: how many characters of the text stand before its call, and what it says."""

    at: int
    words: str


@dataclass(frozen=True)
class Text:
    words: str
    notes: tuple[NoteAt, ...] = ()

    @cached_property
    def tokens(self) -> list[tuple[str, int, int]]:
        found = TOKEN.finditer(self.words)
        return [(match[0].lower(), match.start(), match.end()) for match in found]


def text_of(body: str, names: Mapping[str, str] | None = None) -> Text:
    """The words of a body in the stored form, and its notes, with sources named by `names`."""
    words, pending, notes = "", False, []
    for piece in _pieces(parse(body)):
        if isinstance(piece, HtmlElement):
            notes.append(NoteAt(len(words), _note(piece, names or {})))
            continue
        joined = WHITE.sub(" ", piece)
        core = joined.strip(" ")
        pending = pending or joined.startswith(" ")
        if core:
            words += f" {core}" if pending and words else core
            pending = joined.endswith(" ")
    return Text(words, tuple(notes))


def _pieces(element: HtmlElement) -> Iterator[str | HtmlElement]:
    parts = element.tag in PARTING
    if parts:
        yield " "
    if element.get("data-note") is not None:
        yield element
    else:
        yield element.text or ""
        for child in element:
            yield from _pieces(child)
            yield child.tail or ""
    if parts:
        yield " "


def _note(span: HtmlElement, names: Mapping[str, str]) -> str:
    words = span.text or ""
    for child in span.iter():
        if child is not span:
            place = f", {child.get('data-locator')}" if child.get("data-locator") else ""
            cited = (
                child.tag == "cite" and names.get(child.get("data-source", ""), "Source") + place
            )
            words += " " if child.tag == "br" else cited or child.text or ""
            words += child.tail or ""
    return WHITE.sub(" ", words).strip()


def anchor_of(text: Text, start: int, end: int) -> Anchor:
    """The anchor of a place, kept so that it is found again."""
    words = text.words
    return Anchor(words[start:end], words[max(0, start - CONTEXT) : start], words[end:][:CONTEXT])


def find(text: Text, anchor: Anchor) -> Place | None:
    """Where the passage stands now: word for word; else, changed, where the words around it still
    stand; else where most of its pairs of words stand together. None if it is gone."""
    exact = WHITE.sub(" ", anchor.exact).strip()
    if not exact:
        return None
    return (
        _verbatim(text.words, exact, anchor)
        or _between(text.words, exact, anchor)
        or _resembling(text, exact)
    )


def _verbatim(words: str, exact: str, anchor: Anchor) -> Place | None:
    """The occurrence with most of its context; a short one needs some."""
    place, most = None, -1
    for start in _occurrences(words, exact):
        around = _around(words, start, start + len(exact), anchor)
        if around > most:
            place, most = (start, start + len(exact)), around
    whole = len(exact) + len(anchor.before) + len(anchor.after)
    return place if len(exact) + most >= min(ENOUGH, whole) else None


def _between(words: str, exact: str, anchor: Anchor) -> Place | None:
    left, right = anchor.before[-KEY:], anchor.after[:KEY]
    if len(left) + len(right) < KEY:
        return None
    place, most = None, -1
    for begin in _occurrences(words, left) if left else [0]:
        start = begin + len(left)
        reach = start + 2 * len(exact) + 2 * KEY  # what ends further away is not looked at
        end = words.find(right, start, reach) if right else len(words)
        piece = words[start:end]
        if end < 0 or len(piece) > 2 * len(exact) + KEY or not piece.strip():
            continue
        around = _around(words, start, end, anchor)
        if around > most:
            start += len(piece) - len(piece.lstrip())
            place, most = (start, start + len(piece.strip())), around
    return place


def _resembling(text: Text, exact: str) -> Place | None:
    sought = [match[0].lower() for match in TOKEN.finditer(exact)]
    pairs = set(pairwise(sought))
    have = text.tokens
    hits = [i for i in range(len(have) - 1) if (have[i][0], have[i + 1][0]) in pairs]
    best, place, first = 0, None, 0
    for last, hit in enumerate(hits):
        while hit - hits[first] >= 1.5 * len(sought):
            first += 1
        if last - first + 1 > best:
            best, place = last - first + 1, (have[hits[first]][1], have[hit + 1][2])
    return place if best >= max(3, (len(sought) - 1) / 2) else None


def find_note(text: Text, anchor: Anchor) -> int | None:
    """Which note it is now, counted from 0: by the words around its call and by its own."""
    found, most = None, 0.0
    for index, note in enumerate(text.notes):
        around = _around(text.words, note.at, note.at, anchor)
        score = around + 2 * CONTEXT * _likeness(note.words, anchor.exact)
        if score > most:
            found, most = index, score
    return found if most >= min(SAME_NOTE, len(anchor.before) + len(anchor.after)) else None


def _likeness(one: str, other: str) -> float:
    """Dice's coefficient of their words: 1 if they are the same, 0 if none is shared."""
    first, second = (set(TOKEN.findall(words.lower())) for words in (one, other))
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0


def _occurrences(words: str, sought: str) -> Iterator[int]:
    start = words.find(sought)
    for _ in range(MOST_PLACES):
        if start < 0:
            return
        yield start
        start = words.find(sought, start + 1)


def _around(words: str, start: int, end: int, anchor: Anchor) -> int:
    """How many characters of the context stand right before and right after."""
    before, after = words[max(0, start - CONTEXT) : start], words[end : end + CONTEXT]
    return _shared(before[::-1], anchor.before[::-1]) + _shared(after, anchor.after)


def _shared(one: str, other: str) -> int:
    shared = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        shared += 1
    return shared
