"""How a page is painted: in the order in which it is read, each note after the block that calls it,
the mark of a list's item before the item, and what is not of the text as an artefact. Some readers go
by the order of painting, and checkers compare it with the structure tree. Runs in the fork server's
children only; `patch` puts it in place."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pydyf
from weasyprint import Page, draw
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.pdf.stream import Stream
from weasyprint.stacking import StackingContext

from briefs.pdf import streams

Box = Any
Blocks = dict[Box, Any]  # a block and the blocks in it, in the order of painting

_marked_by_engine = Stream.marked
_stacked_by_engine = StackingContext.from_page.__func__
_draw_blocks_by_engine = draw.draw_block_level
_paint_by_engine = Page.paint

KEPT = {"element", "element_tag", "children", "at_keyword", "link_annotation", "artefact"}


@contextmanager
def marked(stream: Any, box: Box, tag: str) -> Iterator[None]:
    """In place of `Stream.marked`: what `structure.set_aside` has set aside has no place in the
    structure."""
    aside = getattr(box, "artefact", "")
    if aside in {"Header", "Footer"}:
        kind = pydyf.Dictionary({"Type": "/Pagination", "Subtype": f"/{aside}"})
        stream.begin_marked_content("Artifact", kind)
        yield
        stream.end_marked_content()
        return
    with stream.artifact() if aside else _marked_by_engine(stream, box, tag):
        yield


def paint(page: Any, stream: Any, *arguments: Any) -> None:
    """In place of `Page.paint`. A page that is painted takes a fifth of its memory: its stream is
    compressed, and of its boxes the structure tree needs only what they stand for and where pictures
    are."""
    _paint_by_engine(page, stream, *arguments)
    if stream.compress:
        streams.compress(stream)
    for box in list(page._page_box.descendants(placeholders=True)):
        if not isinstance(box, (boxes.ReplacedBox, AbsolutePlaceholder)):
            box.__dict__ = {name: value for name, value in vars(box).items() if name in KEPT}


@classmethod  # type: ignore[misc]
def stacked(cls: type, page: Any) -> Any:
    """In place of `StackingContext.from_page`."""
    context = _stacked_by_engine(cls, page)
    contexts = context.zero_z_contexts
    text = [other for other in contexts if other.box.element is not None]
    for other in text:
        _move_marks(other)
        _move_pictures(other)
    area = next((c for c in contexts if isinstance(c.box, boxes.FootnoteAreaBox)), None)
    if area is not None:
        notes = {block.element: (block, within) for block, within in area.blocks_and_cells.items()}
        for other in text:
            _move_notes(other.box, other.blocks_and_cells, notes)
        for other in text:
            _move_lines(other.box, other.blocks_and_cells, notes)
        if text:
            _put_first(text[0].blocks_and_cells, list(notes.values()))
        area.blocks_and_cells = {}
    return context


def draw_blocks(page: Any, stream: Any, blocks: Blocks) -> None:
    """In place of `draw.draw_block_level`."""
    for block, within in blocks.items():
        if (before := getattr(block, "painted_before", None)) is not None:
            draw.draw_stacking_context(stream, before)
        _draw_blocks_by_engine(page, stream, {block: within})


def _move_marks(context: Any) -> None:
    """The engine paints the marks of items, being positioned, after all text."""
    marks = {
        other.box.element: other
        for other in context.zero_z_contexts
        if (other.box.element_tag or "").endswith("::marker")
    }
    for block in _all_blocks(context.blocks_and_cells):
        if block.element_tag == "li" and block.element in marks:
            block.painted_before = marks.pop(block.element)
            context.zero_z_contexts.remove(block.painted_before)


def _move_pictures(context: Any) -> None:
    """The engine paints pictures, being clipped, after all text: here before their captions."""
    pictures = {
        other.box.element: other
        for other in context.zero_z_contexts
        if isinstance(other.box, boxes.BlockReplacedBox)
    }
    for block in _all_blocks(context.blocks_and_cells):
        if block.element_tag == "figure":
            for element in block.element:
                if element in pictures:
                    block.painted_before = pictures.pop(element)
                    context.zero_z_contexts.remove(block.painted_before)


def _all_blocks(blocks: Blocks) -> Iterator[Box]:
    for block, within in blocks.items():
        yield block
        yield from _all_blocks(within)


def _move_notes(box: Box, within: Blocks, notes: dict[Any, tuple[Box, Blocks]]) -> None:
    """Put the notes that are called in the lines of `box` before the blocks in it."""
    for child, blocks in within.items():
        _move_notes(child, blocks, notes)
    _put_first(within, [notes.pop(element) for element in _called(box) if element in notes])


def _move_lines(box: Box, within: Blocks, notes: dict[Any, tuple[Box, Blocks]]) -> None:
    """Put the lines of long notes that were called on a page before after what `box` has here of the
    block that called them. Where nothing of it is left, they are read before all else."""
    for child, blocks in within.items():
        _move_lines(child, blocks, notes)
    if notes and any(isinstance(line, boxes.LineBox) for line in getattr(box, "children", ())):
        inside = set(box.element.iter())
        _put_first(within, [notes.pop(element) for element in list(notes) if element in inside])


def _put_first(within: Blocks, notes: list[tuple[Box, Blocks]]) -> None:
    if notes:
        rest = dict(within)
        within.clear()
        within.update([*notes, *rest.items()])


def _called(box: Box) -> Iterator[Any]:
    for line in getattr(box, "children", ()):
        if isinstance(line, boxes.LineBox):
            inside = (b for b in line.descendants() if getattr(b, "footnote", None) is not None)
            yield from (call.element for call in inside)
