"""Reading printed references."""

from .notes import Reference, Segment, parse, words

__all__ = ["Reference", "Segment", "parse", "words"]
