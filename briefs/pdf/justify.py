"""Lines of Chinese end at the edge: what little room is left goes between all letters, because there
are no spaces to widen (Requirements for Chinese Text Layout, 3.2.4). Runs in the fork server's
children only; `patch` puts it in place."""

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline
from weasyprint.text.line_break import create_layout

from briefs.pdf.scripts import CHINESE

MOST = 2  # times the size of the letters: more room would tear a line apart
Box = Any

justify_by_engine = inline.justify_line


def justify_line(context: Any, line: Box, room: float) -> None:
    """In place of the engine's: `room` is what the line lacks, in CSS pixels."""
    texts = list(_texts(line))
    letters = sum(len(box.text) for box in texts)
    if not any(CHINESE.search(box.text) for box in texts):
        justify_by_engine(context, line, room)
    elif letters > 1 and room <= MOST * line.style["font_size"]:
        _spread(context, line, room / (letters - 1), 0)


def _texts(box: Box) -> Iterator[Box]:
    if isinstance(box, boxes.TextBox):
        yield box
    elif isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        for child in box.children:
            if child.is_in_normal_flow():
                yield from _texts(child)


def _spread(context: Any, box: Box, spacing: float, moved: float) -> float:
    """Widen the text in `box`, which those before it have moved; how far it moves what follows."""
    if isinstance(box, boxes.TextBox):
        box.position_x += moved
        box.style = box.style.copy()
        box.style["letter_spacing"] = spacing
        box.pango_layout = create_layout(box.text, box.style, context, None, 0)
        box.pango_layout.deactivate()
        wider = spacing * len(box.text)
        box.width += wider
        return moved + wider
    if not isinstance(box, (boxes.LineBox, boxes.InlineBox)):
        box.translate(moved, 0)
        return moved
    box.position_x += moved
    before = moved
    for child in box.children:
        if child.is_in_normal_flow():
            moved = _spread(context, child, spacing, moved)
    box.width += moved - before
    return moved
