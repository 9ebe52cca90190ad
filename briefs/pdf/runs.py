"""Latin words with elements among them, in a text that runs from the right.

The engine puts the boxes of a line in order by the direction of what they stand in, whatever the
letters in them (UAX 9 would take a phrase with an italic title as one): so such a phrase gets an
element of its own that runs from the left. Pure: must not import the engine."""

import re
from typing import Any

from lxml import html

from briefs.prose.tree import inner, parse

Element = Any
RIGHT = r"\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc"
LETTER = r"A-Za-z\u00c0-\u024f\u0370-\u052f"
# As much of a text as goes with what is before it.
HEAD = re.compile(rf"^[^{RIGHT}]*[{LETTER}\d)\]”’%]")
BEGINNING = re.compile(rf"(?:[(\[“‘«]\s?){{,3}}[{LETTER}\d]")
RIGHTWARD = re.compile(f"[{RIGHT}]+")
STOPS = re.compile(rf"[،؛؟۔{RIGHT}]")
WITHIN = {"em", "strong", "a", "code", "sub", "sup", "s", "span"}


def set_apart(markup: str, direction: str) -> str:
    """`markup`, which runs in `direction` where it does not say otherwise, with such phrases in
    elements of their own."""
    root = parse(markup)
    _look(root, direction)
    return inner(root)


def _look(element: Element, around: str) -> None:
    own = element.get("dir", around)
    for child in list(element):
        _look(child, own)
    if own == "rtl":
        _set_apart(element)


def _set_apart(parent: Element) -> None:
    place = 0
    while place < len(parent):
        if not _is_latin(parent[place]):
            place += 1
            continue
        end = place + 1
        while end < len(parent) and _is_latin(parent[end]) and _joins(parent[end - 1].tail):
            end += 1
        _wrap(parent, place, end)
        place += 1


def _is_latin(element: Element) -> bool:
    """An inline element, and no note, whose words are all Latin."""
    if element.tag not in WITHIN or "data-note" in element.attrib or element.get("class"):
        return False
    text = element.text_content()
    return bool(re.search(f"[{LETTER}]", text)) and not re.search(f"[{RIGHT}]", text)


def _tail(text: str) -> str:
    """As much of a text as goes with what is after it."""
    since = max((found.end() for found in RIGHTWARD.finditer(text)), default=0)
    found = BEGINNING.search(text, since)
    return text[found.start() :] if found else ""


def _joins(between: str | None) -> bool:
    return not STOPS.search(between or "")


def _wrap(parent: Element, start: int, end: int) -> None:
    """The children from `start` to `end`, with the words that belong to them, set apart, where there
    are such words or several children."""
    before = (parent[start - 1].tail if start else parent.text) or ""
    after = parent[end - 1].tail or ""
    tail, head = _tail(before), HEAD.match(after)
    if not tail and not head and end - start == 1:
        return
    phrase = html.Element("span", {"class": "from-left"})
    phrase.text = tail
    kept = before.removesuffix(tail)
    if start:
        parent[start - 1].tail = kept
    else:
        parent.text = kept
    children = list(parent[start:end])
    children[-1].tail = head[0] if head else ""
    phrase.extend(children)
    phrase.tail = after[head.end() :] if head else after
    parent.insert(start, phrase)
