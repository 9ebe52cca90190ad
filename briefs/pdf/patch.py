"""The changes to the engine, and only to the version that they were made for.

`feet` finds room for notes, `structure` makes the structure tree, `painting` paints in its order."""

import weasyprint
from weasyprint import draw
from weasyprint.layout import LayoutContext, block
from weasyprint.pdf.stream import Stream
from weasyprint.stacking import StackingContext

from briefs.pdf import feet, painting, structure

VERSION = "70.0"


class WrongEngineError(ImportError):
    """Another WeasyPrint than the one that was measured."""


def apply() -> None:
    """Patch the engine. Raises WrongEngineError on any version but VERSION."""
    if weasyprint.__version__ != VERSION:
        found = weasyprint.__version__
        raise WrongEngineError(f"The PDF engine is WeasyPrint {found}; {VERSION} is needed.")
    block._linebox_layout = feet.linebox_layout
    LayoutContext._update_footnote_area = feet.update_footnote_area
    weasyprint.pdf.add_tags = structure.add_tags
    Stream.marked = painting.marked
    StackingContext.from_page = painting.stacked
    draw.draw_block_level = painting.draw_blocks


def lift() -> None:
    """Put the stock layout back (for tests that show what the patch is for)."""
    block._linebox_layout = feet.linebox_layout_by_engine
