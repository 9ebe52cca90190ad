"""Every note whole, once, beginning at the foot of the page of its call: seen from the laid-out boxes.

The engine can lose, move and clip notes; a page that hides one must not be published."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes

from briefs.pdf.splitting import areas, line_of, texts, words

Box = Any
Element = Any
TOLERANCE = 0.75  # CSS pixels: less than a hair


@dataclass
class _Seen:
    """Where one note's calls and the pieces of its body stand: page numbers; what is printed of it;
    and whether a piece is clipped."""

    calls: list[int] = field(default_factory=list)
    pieces: list[tuple[int, int]] = field(default_factory=list)  # (piece, page)
    printed: dict[int, str] = field(default_factory=dict)
    clipped: bool = False

    @property
    def is_doubled(self) -> bool:
        return len(self.calls) > 1 or len(self.pieces) != len(self.printed)

    @property
    def is_displaced(self) -> bool:
        """Whether it does not begin where it is called, or does not go on in order. The rest of an
        earlier note may fill a page between."""
        pages = [page for _, page in sorted(self.pieces)]
        return pages[0] != self.calls[0] or pages != sorted(pages)


def expected(root: Element, numbers: Sequence[int]) -> dict[int, str]:
    """The words of each note as the document has them, before any is cut."""
    found = dict.fromkeys(numbers, "")
    for element in root.iter("span"):
        if (what := line_of(element)) is not None:
            found[what.note] = words("".join(element.itertext()))
    return found


def too_long(pages: Sequence[Any], notes: Mapping[int, str]) -> set[int]:
    """The numbers of those that are clipped or moved."""
    seen = _look(pages)
    return {
        number
        for number in notes
        if seen[number].calls
        and seen[number].pieces
        and (seen[number].clipped or seen[number].is_displaced)
    }


def faults(pages: Sequence[Any], notes: Mapping[int, str]) -> list[str]:
    """Sentences about notes that are not as they must be; none if all is well. `pages` are the
    engine's, laid out; `notes` is what the document has, as `expected` says."""
    seen = _look(pages)
    unknown = sorted(set(seen) - set(notes))
    sentences = [f"Note {number} is printed but not known." for number in unknown]
    found = (_sentence(number, seen[number], notes[number]) for number in notes)
    sentences.extend(filter(None, found))
    return sentences or [
        f"Text and notes overlap on page {page}: shorten the rows of the table there, or its notes."
        for page in overlaps(pages)
    ]


def overlaps(pages: Sequence[Any]) -> dict[int, float]:
    """By how much the text stands in the notes, in CSS pixels, by page, from 1."""
    found = {}
    for number, area in areas(pages):
        lacking = _bottom(pages[number - 1]._page_box.children[0]) - area.position_y
        if lacking > TOLERANCE:
            found[number] = lacking
    return found


def _sentence(number: int, note: _Seen, wanted: str) -> str:
    if not note.calls:
        return f"Note {number} has lost its call."
    if not note.pieces:
        return f"Note {number} is missing."
    if note.is_doubled:
        return f"Note {number} is printed more than once."
    if note.clipped or note.is_displaced:
        return (
            f"Note {number} is too long for the foot of its page; shorten it or move part of it "
            "into the text."
        )
    if "".join(printed for _, printed in sorted(note.printed.items())) != wanted:
        return f"Note {number} is not whole."
    return ""


def _look(pages: Sequence[Any]) -> dict[int, _Seen]:
    seen: dict[int, _Seen] = defaultdict(_Seen)
    for page_number, page in enumerate(pages, start=1):
        for call in _calls(page._page_box.children[0]):
            what = line_of(call.element)
            if what is None or what.line == 0:
                seen[what.note if what else 0].calls.append(page_number)
    for page_number, area in areas(pages):
        page_box = pages[page_number - 1]._page_box
        _look_at_notes(area, page_box, page_number, seen)
    return seen


def _look_at_notes(area: Box, page: Box, page_number: int, seen: dict[int, _Seen]) -> None:
    floor = area.position_y + area.margin_height()
    ceiling = page.content_box_y()
    for body in area.children:
        what = line_of(body.element)
        number, piece = (what.note, what.line) if what else (0, 0)
        note = seen[number]
        note.pieces.append((piece, page_number))
        note.printed[piece] = words("".join(text.text for text in texts(body)))
        note.clipped |= not all(
            line.position_y >= ceiling - TOLERANCE
            and line.position_y + line.height <= floor + TOLERANCE
            for line in _lines(body)
        ) or not all(
            text.position_x >= -TOLERANCE
            and text.position_x + text.width <= page.margin_width() + TOLERANCE
            for text in texts(body)
        )


def _calls(root: Box) -> Iterator[Box]:
    return (box for box in root.descendants() if box.footnote is not None)


def _lines(box: Box) -> Iterator[Box]:
    return (child for child in box.descendants() if isinstance(child, boxes.LineBox))


def _bottom(root: Box) -> float:
    return max((line.position_y + line.height for line in _lines(root)), default=0.0)
