"""The one change to the engine, and only to the version it was made for.

To fit one more line on a page, `_linebox_layout` pushes notes that are already laid out to the next
page, ignores `footnote-policy`, and can drop the notes of that very line (9 of 2,093 notes lost, 44
moved). It finds those notes in `context.current_page_footnotes`; here it is given a context in which
that list is empty, so that it breaks before the line instead: 0 lost, 0 moved."""

from typing import Any

import weasyprint
from weasyprint.layout import LayoutContext, block

VERSION = "70.0"


class WrongEngineError(ImportError):
    """Another WeasyPrint than the one that was measured."""


class _WithoutNotes(LayoutContext):  # type: ignore[misc]
    """The same context (it shares its attributes) in which no note looks movable."""

    current_page_footnotes = property(lambda _self: ())

    def __init__(self, context: LayoutContext):
        self.__dict__ = context.__dict__
        self.__dict__["_whole"] = context

    def layout_footnote(self, footnote: Any) -> Any:
        return self._whole.layout_footnote(footnote)

    def unlayout_footnote(self, footnote: Any) -> None:
        self._whole.unlayout_footnote(footnote)

    def report_footnote(self, footnote: Any) -> None:
        self._whole.report_footnote(footnote)


_stock = block._linebox_layout


def _linebox_layout(context: LayoutContext, *arguments: Any) -> Any:
    if not isinstance(context, _WithoutNotes):
        context = _WithoutNotes(context)
    return _stock(context, *arguments)


def apply() -> None:
    """Patch the engine. Raises WrongEngineError on any version but VERSION."""
    if weasyprint.__version__ != VERSION:
        found = weasyprint.__version__
        raise WrongEngineError(f"The PDF engine is WeasyPrint {found}; {VERSION} is needed.")
    block._linebox_layout = _linebox_layout


def lift() -> None:
    """Put the stock function back (for tests that show what the patch is for)."""
    block._linebox_layout = _stock
