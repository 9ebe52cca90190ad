"""Every note whole, once, at the foot of the page of its call: seen from the laid-out boxes.

The engine can lose, move and clip notes; a page that hides one must not be published."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from weasyprint.formatting_structure import boxes

Box = Any
TOLERANCE = 0.75  # CSS pixels: less than a hair
NOT_WORDS = re.compile(r"[\s\u00ad\u200b\u2010-]+")  # hyphenation and line ends change these
NOTE_ID = re.compile(r"fn-(\d+)")


@dataclass
class _Seen:
    """Where one note's calls and bodies stand: page numbers, and whether each body is whole."""

    calls: list[int] = field(default_factory=list)
    bodies: list[int] = field(default_factory=list)
    clipped: bool = False
    torn: bool = False


def faults(pages: Sequence[Any], numbers: Sequence[int]) -> list[str]:
    """Sentences about notes that are not as they must be; none if all is well. `pages` are the
    engine's, laid out; `numbers` are the notes that the document has."""
    seen: dict[int, _Seen] = defaultdict(_Seen)
    overlaps = []
    for page_number, page in enumerate(pages, start=1):
        page_box = page._page_box
        area = next((b for b in page_box.children if isinstance(b, boxes.FootnoteAreaBox)), None)
        root = page_box.children[0]
        for call in _calls(root):
            seen[_number(call)].calls.append(page_number)
        if area is not None:
            _look_at_notes(area, page_box, page_number, seen)
            if _bottom(root) > area.position_y + TOLERANCE:
                overlaps.append(f"Text and notes overlap on page {page_number}.")
    unknown = sorted(set(seen) - set(numbers))
    sentences = [f"Note {number} is printed but not known." for number in unknown]
    sentences.extend(filter(None, (_sentence(number, seen[number]) for number in numbers)))
    return sentences or overlaps


def _sentence(number: int, note: _Seen) -> str:
    if not note.calls:
        return f"Note {number} has lost its call."
    if not note.bodies:
        return f"Note {number} is missing."
    if len(note.calls) > 1 or len(note.bodies) > 1:
        return f"Note {number} is printed more than once."
    if note.clipped or note.calls != note.bodies:
        return (
            f"Note {number} is too long for the foot of its page; shorten it or move part of it "
            "into the text."
        )
    if note.torn:
        return f"Note {number} is not whole."
    return ""


def _look_at_notes(area: Box, page: Box, page_number: int, seen: dict[int, _Seen]) -> None:
    floor = area.position_y + area.margin_height()
    ceiling = page.content_box_y()
    for body in area.children:
        note = seen[_number(body)]
        note.bodies.append(page_number)
        note.clipped |= not all(
            line.position_y >= ceiling - TOLERANCE
            and line.position_y + line.height <= floor + TOLERANCE
            for line in _lines(body)
        ) or not all(
            text.position_x >= -TOLERANCE
            and text.position_x + text.width <= page.margin_width() + TOLERANCE
            for text in _texts(body)
        )
        note.torn |= _laid_out_words(body) != _words("".join(body.element.itertext()))


def _calls(root: Box) -> Iterator[Box]:
    return (box for box in root.descendants() if box.footnote is not None)


def _number(box: Box) -> int:
    match = NOTE_ID.fullmatch(box.element.get("id", "")) if box.element is not None else None
    return int(match[1]) if match else 0


def _lines(box: Box) -> Iterator[Box]:
    return (child for child in box.descendants() if isinstance(child, boxes.LineBox))


def _texts(box: Box) -> Iterator[Box]:
    return (
        child
        for child in box.descendants()
        if isinstance(child, boxes.TextBox) and not child.element_tag.endswith("::footnote-marker")
    )


def _laid_out_words(body: Box) -> str:
    return _words("".join(text.text for text in _texts(body)))


def _words(text: str) -> str:
    return NOT_WORDS.sub("", text)


def _bottom(root: Box) -> float:
    return max((line.position_y + line.height for line in _lines(root)), default=0.0)
