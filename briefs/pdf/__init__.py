"""A composition becomes a PDF: rendered here as HTML, typeset in a bounded child process, and
checked there from the laid-out boxes.

Reads compositions; must not import search, metadata or anything above. The public names are found
when first asked for: the child process imports its modules through this package too, and shall
carry neither Django nor models."""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefs.pdf.document import Pdf, typeset
    from briefs.pdf.job import PREVIEW, Limits, TypesettingError
    from briefs.pdf.provenance import fingerprint

__all__ = ["PREVIEW", "Limits", "Pdf", "TypesettingError", "fingerprint", "typeset"]

HOMES = {
    "PREVIEW": "job",
    "Limits": "job",
    "Pdf": "document",
    "TypesettingError": "job",
    "fingerprint": "provenance",
    "typeset": "document",
}


def __getattr__(name: str) -> Any:
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(f"{__name__}.{HOMES[name]}"), name)
