"""The HTML of a body: what is allowed, cleaning it, and taking its notes out and putting markers in.

Pure: text in, text out; must not import models or Django.

Stored form (a draft): a note stands where its number stands, as
`<span data-note="">inline <cite data-source="UUID" data-locator="p. 4"></cite> more</span>`.
A picture stands in a figure: `<figure><img src="images/ab/SHA-256.jpg" alt="…" width="…" height="…">
<figcaption>inline <span data-credit="">Photo: …</span></figcaption></figure>`.
Frozen form (an edition): `<span data-note="N"></span>` stands there, and the notes are a list.

The way in: `tokens` reads, `building` puts in order, `cleaning` sanitises; `allowed` says what may
be. The way out: `notes`, `direction`. Two bodies side by side: `comparison`."""

from briefs.prose.changes import Change, Comparison, Fold, NoteChange, Op, Piece, State
from briefs.prose.cleaning import clean, clean_inline
from briefs.prose.comparison import compare, compare_lines
from briefs.prose.direction import directed, directed_line, direction
from briefs.prose.notes import (
    NoteCite,
    NotePart,
    cited_sources,
    excerpt,
    paragraphs,
    plain,
    put_notes,
    segments,
    take_notes,
)
from briefs.prose.pictures import Shown, img, pictures, rewritten, sized
from briefs.prose.tree import ProseError

__all__ = [
    "Change",
    "Comparison",
    "Fold",
    "NoteChange",
    "NoteCite",
    "NotePart",
    "Op",
    "Piece",
    "ProseError",
    "Shown",
    "State",
    "cited_sources",
    "clean",
    "clean_inline",
    "compare",
    "compare_lines",
    "directed",
    "directed_line",
    "direction",
    "excerpt",
    "img",
    "paragraphs",
    "pictures",
    "plain",
    "put_notes",
    "rewritten",
    "segments",
    "sized",
    "take_notes",
]
