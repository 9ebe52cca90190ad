"""The changes to the engine, and only to the version that they were made for.

`feet` finds room for notes, `justify` for Chinese letters, `structure` makes the structure tree, `painting` paints in its order,
`glyphs` says which letters its glyphs are."""

from typing import Any

import pydyf
import weasyprint
from weasyprint import draw
from weasyprint.layout import LayoutContext, block, inline
from weasyprint.pdf import fonts
from weasyprint.pdf.stream import Stream
from weasyprint.stacking import StackingContext

from briefs.pdf import feet, glyphs, justify, painting, streams, structure

VERSION = "70.0"


class WrongEngineError(ImportError):
    """Another WeasyPrint than the one that was measured."""


class _Arrays:
    """The engine's door to C, for subsets of faces. It asks for an array type of each length, and
    each new type is parsed as C for some milliseconds; the type without a length is parsed once."""

    def __init__(self, ffi: Any):
        self._ffi = getattr(ffi, "_ffi", ffi)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ffi, name)

    def new(self, kind: str, *values: Any) -> Any:
        known = kind.startswith("hb_codepoint_t[") and values
        return self._ffi.new("hb_codepoint_t[]" if known else kind, *values)


def apply() -> None:
    """Patch the engine. Raises WrongEngineError on any version but VERSION."""
    if weasyprint.__version__ != VERSION:
        found = weasyprint.__version__
        raise WrongEngineError(f"The PDF engine is WeasyPrint {found}; {VERSION} is needed.")
    block._linebox_layout = feet.linebox_layout
    LayoutContext.overflows_page = feet.overflows_page
    LayoutContext._update_footnote_area = feet.update_footnote_area
    inline.justify_line = justify.justify_line
    weasyprint.pdf.add_tags = structure.add_tags
    Stream.marked = painting.marked
    weasyprint.Page.paint = painting.paint
    pydyf.Stream.data = property(streams.data)
    fonts.ffi = _Arrays(fonts.ffi)
    StackingContext.from_page = painting.stacked
    draw.draw_block_level = painting.draw_blocks
    draw.text.draw_first_line = glyphs.draw_line


def lift() -> None:
    """Put the stock layout back (for tests that show what the patch is for)."""
    block._linebox_layout = feet.linebox_layout_by_engine
