"""Which way a block runs: as its own words do, whatever the language around it."""

import re
import unicodedata
from collections.abc import Iterator

from lxml.html import HtmlElement

from briefs.prose.allowed import BLOCKS
from briefs.prose.columns import mark_figures
from briefs.prose.tree import inner, parse

RIGHT_TO_LEFT = {"R", "AL"}  # Unicode's bidirectional classes (UAX 9, table 4)
NO_WORD = re.compile(r"\b(?:https?://|www\.)\S+")  # an address is Latin in every language
ROWS = {"thead", "tbody", "tr"}  # their cells change places with their direction
NO_LETTER = re.compile(r"[\W\d_]+")


def direction(text: str, usual: str) -> str:
    """`rtl` or `ltr`: not the usual one where the first letter and half of all run the other way.
    (The first alone decides for browsers, `dir="auto"`: an Arabic text that opens with OPEC too.)"""
    letters = NO_LETTER.sub("", NO_WORD.sub("", text))
    rightward = [unicodedata.bidirectional(letter) in RIGHT_TO_LEFT for letter in letters]
    if not rightward or rightward[0] == (usual == "rtl"):
        return usual
    others = rightward.count(rightward[0])
    return ("rtl" if rightward[0] else "ltr") if 2 * others >= len(rightward) else usual


def directed(html: str, usual: str) -> str:
    """The stored or frozen form, with `dir` on each block that runs otherwise than what is around
    it and does not say so by itself, and a class on the cells of columns of figures."""
    root = parse(html)
    _direct(root, usual)
    mark_figures(root)
    return inner(root)


def directed_line(html: str, usual: str) -> str:
    """A note or reference, in an element that says its direction where that is not the usual one."""
    own = direction(_own_text(parse(html)), usual)
    return html if own == usual else f'<span class="line" dir="{own}">{html}</span>'


def _direct(element: HtmlElement, around: str) -> None:
    for child in element:
        own = around
        if child.tag in BLOCKS - ROWS:
            said = child.get("dir", "auto")
            own = direction(_own_text(child), around) if said == "auto" else said
            if own != around and "dir" not in child.attrib:
                child.set("dir", own)
        _direct(child, own)


def _own_text(element: HtmlElement) -> str:
    """Without what says its own direction, unless that is all there is."""
    own = "".join(_pieces(element))
    return own if NO_LETTER.sub("", own) else str(element.text_content())


def _pieces(element: HtmlElement) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if "dir" not in child.attrib:
            yield from _pieces(child)
        yield child.tail or ""
