"""A note too long for the foot of its page goes on at the foot of the next.

The engine lays a note out whole or, where it does not fit, runs it off the page. So a long one is cut
where its lines end: each line is a note of its own for the engine, of which the first alone is called
and numbered. As many as there is room for stay on the page of the call (`feet`); the engine carries
the others over. Runs in the fork server's children only."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby, pairwise
from typing import Any

from weasyprint.formatting_structure import boxes

Box = Any
Element = Any
MOST_LINES = 16  # of a note that is kept whole, whatever space that leaves on the page before
TOGETHER = 2  # lines, at least, that stand together where a note begins and where it ends
NOT_WORDS = re.compile(r"[\s\u200b\u2060]+")  # line ends change these
LETTER = re.compile(r"[^\s\u200b\u2060]")
GOES_ON, RESUMED = "goes-on", "resumed"
PIECE = re.compile(r"fn-(\d+)(?:\.(\d+))?")


@dataclass(frozen=True)
class Line:
    """Which note an element is of, and which line of it, if it is cut; the first is 0."""

    note: int
    line: int = 0


def line_of(element: Element) -> Line | None:
    found = PIECE.fullmatch(element.get("id") or "") if element is not None else None
    return Line(int(found[1]), int(found[2] or 0)) if found else None


def is_last_line(element: Element) -> bool:
    """Of a note that is cut."""
    return "more" in _classes(element) and GOES_ON not in _classes(element)


def is_resumed(element: Element) -> bool:
    """Whether its number is a repetition."""
    return RESUMED in _classes(element)


def words(text: str) -> str:
    return NOT_WORDS.sub("", text)


def texts(box: Box) -> Iterator[Box]:
    """The text of a laid-out note, without its number."""
    return (
        child
        for child in box.descendants()
        if isinstance(child, boxes.TextBox) and not child.element_tag.endswith("::footnote-marker")
    )


def areas(pages: Sequence[Any]) -> Iterator[tuple[int, Box]]:
    """The feet of pages that have notes, with the numbers of the pages, from 1."""
    for number, page in enumerate(pages, start=1):
        for box in page._page_box.children:
            if isinstance(box, boxes.FootnoteAreaBox):
                yield number, box


def split_long(pages: Sequence[Any], root: Element, *, also: Collection[int] = ()) -> bool:
    """Cut, in the document, the notes that stand on more lines than MOST_LINES, and those of the
    numbers `also`; whether there were any that can be cut and were not."""
    parents = {child: parent for parent in root.iter() for child in parent}
    found = False
    for _, area in areas(pages):
        for box in area.children:
            what = line_of(box.element)
            if what is None or what.line or GOES_ON in _classes(box.element):
                continue
            lengths = [len(words("".join(t.text for t in texts(line)))) for line in _lines(box)]
            least = 2 * TOGETHER if what.note in also else MOST_LINES
            if len(lengths) > least:
                _cut(box.element, parents[box.element], list(accumulate(lengths)))
                found = True
    return found


def name_resumed(pages: Sequence[Any], root: Element) -> bool:
    """Give the first line of a note on each later page its number again, so that nobody takes it for
    the note that stands before. Whether there is any; the lines stay where they are."""
    numbers = {
        what.note: e.get("data-number")
        for e in root.iter()
        if (what := line_of(e)) and not what.line
    }
    found = False
    for _, area in areas(pages):
        seen: set[int] = set()
        for box in area.children:
            what = line_of(box.element)
            if what and what.line and what.note not in seen:
                box.element.set("class", f"{box.element.get('class')} {RESUMED}")
                box.element.set("data-number", numbers[what.note])
                found = True
            seen.add(what.note if what else 0)
    return found


def _classes(element: Element) -> list[str]:
    return (element.get("class") or "").split() if element is not None else []


def _lines(box: Box) -> list[Box]:
    """The lines of a note; those within, where all of it stands in a box of its own."""
    for within in box.descendants():
        if "whole" in _classes(within.element) and isinstance(within, boxes.InlineBlockBox):
            box = within
            break
    return [child for child in box.children if isinstance(child, boxes.LineBox)]


def _cut(note: Element, parent: Element, ends: list[int]) -> None:
    """Into lines; `ends` are how many letters of the note stand before the end of each."""
    pieces = _Cutter(note, ends).pieces
    for place, piece in enumerate(pieces):
        classes = {
            "footnote": True,
            "beside": place == 0 and "beside" in _classes(note),
            "more": place > 0,
            "free": place >= TOGETHER,
            GOES_ON: piece is not pieces[-1],
        }
        piece.set("class", " ".join(filter(classes.get, classes)))
        if place:
            piece.set("id", f"{note.get('id')}.{place}")
    pieces[-1].tail = note.tail
    at = list(parent).index(note)
    parent[at : at + 1] = pieces


class _Cutter:
    """Walks through a note once and copies it into pieces. Spaces go with the letters before them; a
    line end where a piece ends is none of its own."""

    def __init__(self, note: Element, ends: list[int]):
        self.ends = [end for end, _ in groupby(ends)]
        self.seen = 0  # letters
        self.open: list[Element] = []  # the copies, in the piece at hand, of the elements around
        self.pieces: list[Element] = []
        self._enter(note)
        self._walk(note)

    def _walk(self, element: Element) -> None:
        self._text(element.text or "")
        for child in element:
            if child.tag != "br":
                self._enter(child)
                self._walk(child)
                self.open.pop()
            elif 0 < self.seen < self._end:
                self._enter(child)
                self.open.pop()
            self._text(child.tail or "")

    @property
    def _end(self) -> int:
        return self.ends[len(self.pieces) - 1]

    def _text(self, text: str) -> None:
        start = 0
        for letter in LETTER.finditer(text):
            if self.seen == self._end and len(self.pieces) < len(self.ends):
                self._append(text[start : letter.start()])
                start = letter.start()
                self._begin()
            self.seen += 1
        self._append(text[start:])

    def _append(self, text: str) -> None:
        last = self.open[-1]
        if len(last):
            last[-1].tail = (last[-1].tail or "") + text
        else:
            last.text = (last.text or "") + text

    def _enter(self, element: Element) -> None:
        copy = element.makeelement(element.tag, dict(element.attrib))
        if self.open:
            self.open[-1].append(copy)
        else:
            self.pieces.append(copy)
        self.open.append(copy)

    def _begin(self) -> None:
        """A new piece, in the same elements; those that would be left empty go into it alone."""
        around, self.open = self.open, []
        for element in around:
            self._enter(element)
        for parent, element in reversed(list(pairwise(around))):
            if not len(element) and not element.text:
                parent.remove(element)
