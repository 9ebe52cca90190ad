"""Reading printed references."""

from .notes import Reference, Segment, parse
from .words import words

__all__ = ["Reference", "Segment", "parse", "words"]
