"""Citations: printed references read, sources printed in house style, and exported.

Layer 0: no Django models, no database; of the project it imports briefs.pandoc alone.
"""

from .addresses import canonical_url, is_web_address
from .csl import clean
from .render import (
    Cite,
    Rendered,
    RenderedNote,
    RenderedReference,
    UnknownSource,
    render,
)

__all__ = [
    "Cite",
    "Rendered",
    "RenderedNote",
    "RenderedReference",
    "UnknownSource",
    "canonical_url",
    "clean",
    "is_web_address",
    "render",
]
