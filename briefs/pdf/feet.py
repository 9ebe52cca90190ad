"""How notes find room at the feet of pages; three functions in place of the engine's (see `patch`).

To fit one more line on a page, the engine's `_linebox_layout` pushes notes that are already laid out
to the next page, ignores `footnote-policy`, and can drop the notes of that very line (9 of 2,093
notes lost, 44 moved). It finds those notes in `context.current_page_footnotes`; here it is given a
context in which that list is empty, so that it breaks before the line instead: 0 lost, 0 moved.

A note that `splitting` has cut takes what room there is: its lines, but for the first two, make way
for notes that are called on the page, and go on at the foot of the next."""

from itertools import groupby
from math import inf
from typing import Any

from weasyprint.formatting_structure import build
from weasyprint.layout import LayoutContext, block

from briefs.pdf.splitting import TOGETHER, Line, is_last_line, line_of

Footnote = Any

linebox_layout_by_engine = block._linebox_layout
overflows_by_engine = LayoutContext.overflows_page

# Of a row of a table the engine lays out one cell after the other: notes of a later one may then take
# the room in which lines of an earlier one stand. What was lacking so on each page is kept free.
kept_free: dict[int, float] = {}


def _order(footnote: Footnote) -> tuple[int, int]:
    what = line_of(footnote.element) or Line(0)
    return what.note, what.line


def _may_be_carried(footnote: Footnote) -> bool:
    """Whether it is a line of a long note that may stand on a later page than the call."""
    return _order(footnote)[1] >= TOGETHER


class _Context(LayoutContext):  # type: ignore[misc]
    """The same context (it shares its attributes) in which no note looks movable."""

    current_page_footnotes = property(lambda _self: ())

    def __init__(self, context: LayoutContext):
        self.__dict__ = context.__dict__
        self.__dict__["_whole"] = context

    @property
    def reported_footnotes(self) -> list[Footnote]:
        """Those carried over to the next page. Lines do not count: other notes need not wait for
        the rest of a long one."""
        return [note for note in self._whole.reported_footnotes if not _may_be_carried(note)]

    def layout_footnote(self, footnote: Footnote) -> bool:
        """Whether it does not fit."""
        whole = self._whole
        if not _may_be_carried(footnote):
            overflows: bool = whole.layout_footnote(footnote)
            while overflows and _carry_over_last_line(whole):
                overflows = whole._update_footnote_area()
            self.__dict__["_makes_room"] = True  # not before: laying out notes asks, too
            return overflows
        if any(map(_may_be_carried, whole.reported_footnotes)):
            whole.footnotes.remove(footnote)  # no room was left for one before it
            whole.reported_footnotes.append(footnote)
            return True
        return bool(whole.layout_footnote(footnote))

    def overflows_page(self, bottom_space: float, position_y: float) -> bool:
        """Asked after a note was laid out, too; then lines make way for it."""
        whole = self._whole
        overflows: bool = whole.overflows_page(bottom_space, position_y)
        if self.__dict__.pop("_makes_room", False):
            while overflows and _carry_over_last_line(whole):
                whole._update_footnote_area()
                overflows = whole.overflows_page(bottom_space, position_y)
        return overflows

    def unlayout_footnote(self, footnote: Footnote) -> None:
        self._whole.unlayout_footnote(footnote)

    def report_footnote(self, footnote: Footnote) -> None:
        whole = self._whole
        if footnote not in whole.reported_footnotes:
            whole.report_footnote(footnote)
            if is_last_line(footnote.element) and _carry_over_last_line(whole):
                whole._update_footnote_area()


def _carry_over_last_line(context: LayoutContext) -> bool:
    """Of each note so many stay as stand together, and the last one is never carried over alone.
    Whether there was one."""
    lines: list[Footnote] = []
    for _, of_note in groupby(context.current_page_footnotes, key=lambda line: _order(line)[0]):
        lines += filter(_may_be_carried, list(of_note)[TOGETHER:])
    carried = lines[-2:] if lines and is_last_line(lines[-1].element) else lines[-1:]
    for line in carried:
        context.current_page_footnotes.remove(line)
    context.reported_footnotes.extend(carried)
    context.reported_footnotes.sort(key=_order)
    return bool(carried)


def overflows_page(context: LayoutContext, bottom_space: float, position_y: float) -> bool:
    """In place of `LayoutContext.overflows_page`."""
    bottom_space += kept_free.get(context.current_page, 0)
    return bool(overflows_by_engine(context, bottom_space, position_y))


def linebox_layout(context: LayoutContext, *arguments: Any) -> Any:
    """In place of `block._linebox_layout`."""
    if not isinstance(context, _Context):
        context = _Context(context)
    return linebox_layout_by_engine(context, *arguments)


def update_footnote_area(context: LayoutContext) -> bool:
    """In place of `LayoutContext._update_footnote_area`: makes room for the notes of this page, in
    their order, and says whether they are too many.

    Each note is laid out once, because all pages are of one width; the engine lays out all of a
    page's notes anew for each that is added."""
    whole = context.__dict__.get("_whole", context)
    area, notes = whole.current_footnote_area, whole.current_page_footnotes
    notes.sort(key=_order)
    if area.height != "auto":
        whole.page_bottom += area.margin_height()
    area.children = notes
    wanted = sum(_height(whole, note) for note in notes)
    area.height = min(wanted, area.max_height)
    whole.page_bottom -= area.margin_height()
    return bool(wanted > area.max_height)


def _height(context: LayoutContext, footnote: Footnote) -> float:
    if not hasattr(footnote, "laid_out_height"):
        alone = context.current_footnote_area.deepcopy()
        alone.children = [footnote.deepcopy()]
        alone.height, alone.max_height = "auto", inf
        page = context.current_footnote_area.page
        laid_out = block.block_level_layout(
            context, build.create_anonymous_boxes(alone), -inf, None, page
        )
        footnote.laid_out_height = laid_out[0].height
    return float(footnote.laid_out_height)
