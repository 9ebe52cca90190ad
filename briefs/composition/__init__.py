"""What readers will see of a brief, as plain values: `compose` makes it from a draft, `read` from
a frozen edition. Page, preview and PDF render from these alone, without a query.

`compose` is in two steps: `gather` reads the rows of a brief into a `Draft`, `render` formats it
without the database. A form that is not saved makes a draft, too, from what was typed (`draft_of`).

Reads models; writes nothing; must not import outputs or the workflow."""

from briefs.composition.composing import compose, gather
from briefs.composition.digests import canonical, digest, facts, text_digest
from briefs.composition.drafts import Draft, byline_lines, compose_text, draft_of, render
from briefs.composition.frozen import read
from briefs.composition.values import (
    RIGHT_TO_LEFT,
    BylineLine,
    ComposedNote,
    ComposedSource,
    Composition,
    CompositionError,
    Letterhead,
    Topic,
)

__all__ = [
    "RIGHT_TO_LEFT",
    "BylineLine",
    "ComposedNote",
    "ComposedSource",
    "Composition",
    "CompositionError",
    "Draft",
    "Letterhead",
    "Topic",
    "byline_lines",
    "canonical",
    "compose",
    "compose_text",
    "digest",
    "draft_of",
    "facts",
    "gather",
    "read",
    "render",
    "text_digest",
]
