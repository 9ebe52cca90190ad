"""Readers: a file as an author sends it becomes a `Manuscript`, with nothing lost in silence.

Layer 0: imports `briefs.pandoc` only; no Django, no database, nothing written to disk."""

from briefs.manuscripts.manuscript import BylineEntry, Manuscript, ManuscriptError, ManuscriptNote
from briefs.manuscripts.reader import read

__all__ = ["BylineEntry", "Manuscript", "ManuscriptError", "ManuscriptNote", "read"]
