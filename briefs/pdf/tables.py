"""Tables made ready for paper: a wide one is marked by its number of columns, so that the style
sheet can set it smaller; a word that would widen its column beyond measure may be broken. What is
too wide even so, the check refuses. Pure: must not import the engine."""

import re
from typing import Any

from briefs.prose.columns import cells, rows
from briefs.prose.tree import inner, parse

Element = Any
LONGEST = 20  # letters of a word that is never broken
LETTERS = re.compile(r"[^\W\d_]{3}")  # figures are never broken
CLASSES = ((11, "narrowest"), (9, "narrower"), (6, "narrow"))  # from so many columns on


def fitted(html: str) -> str:
    """`html` with classes on wide tables and on cells with words that may have to be broken."""
    if "<table" not in html:
        return html
    root = parse(html)
    for table in root.iter("table"):
        count = columns(table)
        name = next((name for least, name in CLASSES if count >= least), "")
        _classify(table, name)
        for row in rows(table):
            for cell in cells(row):
                _classify(cell, "long" if _has_long_word(cell) else "")
    return inner(root)


def columns(table: Element) -> int:
    """The number of columns of a table, those that cells span included."""
    spans = ([int(cell.get("colspan") or 1) for cell in cells(row)] for row in rows(table))
    return max(map(sum, spans), default=0)


def _classify(element: Element, name: str) -> None:
    if name:
        element.set("class", " ".join(filter(None, [element.get("class"), name])))


def _has_long_word(cell: Element) -> bool:
    words = " ".join(cell.itertext()).split()
    return any(len(word) > LONGEST and LETTERS.search(word) for word in words)
