"""Citations: printed references read, sources printed in house style, and exported.

Layer 0: no Django models, no database; of the project it imports briefs.pandoc alone.
"""

from .addresses import canonical_url, is_web_address
from .csl import clean
from .export import bibtex, csl_json, ris
from .fidelity import is_faithful, is_in_place, looks_like_reference
from .reading import Reference, Segment, parse
from .records import RecordError, read
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
    "RecordError",
    "Reference",
    "Rendered",
    "RenderedNote",
    "RenderedReference",
    "Segment",
    "UnknownSource",
    "bibtex",
    "canonical_url",
    "clean",
    "csl_json",
    "is_faithful",
    "is_in_place",
    "is_web_address",
    "looks_like_reference",
    "parse",
    "read",
    "render",
    "ris",
]
