"""The printed lines that stand before the text, and what each says by itself."""

import re
from dataclasses import dataclass

from briefs.manuscripts import dates
from briefs.manuscripts.byline import BY, EMAIL, is_place, is_role
from briefs.manuscripts.tree import HEADINGS, Element, Node, map_text, split_at, text

DISCLAIMER = re.compile(
    r"[(\[*]*\s*(?:disclaimer\s*[:–—-]?\s*)?(?:the\s+)?(?:views?|opinions?|ideas)\b.{0,60}?"
    r"\b(?:express|contain|present|stat)ed\b.*",
    re.IGNORECASE | re.DOTALL,
)
LINE_END = re.compile(r"(\n|[ \t\xa0]+[|·][ \t\xa0]+)")
PROSE_FROM = 250  # characters: no line of a title or byline is as long
SENTENCE_FROM = 14  # words
MOST_LINES = 30


@dataclass
class Line:
    """One printed line before the text, and whether it became a field."""

    nodes: list[Node]
    block: int
    heading: bool
    shown: str
    taken: bool = False


def opening_lines(blocks: list[Element]) -> list[Line]:
    """The lines before the first paragraph of the text itself."""
    lines: list[Line] = []
    for index, block in enumerate(blocks):
        whole = " ".join(text(block).split())
        if block.tag not in ("p", *HEADINGS) or len(lines) > MOST_LINES:
            break
        heading = block.tag in HEADINGS
        if heading or is_disclaimer(whole):
            lines.append(Line(block.children, index, heading, whole))
        elif _is_prose(whole):
            break
        else:
            lines += [Line(run, index, heading, _shown(run)) for run in _runs(block.children)]
    return lines


def _runs(children: list[Node]) -> list[list[Node]]:
    """The printed lines of a paragraph: at breaks, at line ends in the source, at " | "."""
    parted = map_text(children, lambda value: [part for part in LINE_END.split(value) if part])
    runs = split_at(parted, _is_line_end)
    return [run for run in runs if text(run).strip()]


def _is_line_end(node: Node) -> bool:
    return LINE_END.fullmatch(node) is not None if isinstance(node, str) else node.tag == "br"


def _shown(nodes: list[Node]) -> str:
    return " ".join(text(nodes).split())


def _is_prose(whole: str) -> bool:
    ended = re.search(r"[.!?。۔][\"”’)]*$", whole)
    return len(whole) > PROSE_FROM or bool(ended and len(whole.split()) > SENTENCE_FROM)


def is_disclaimer(shown: str) -> bool:
    return len(shown) < 600 and DISCLAIMER.fullmatch(shown) is not None


def is_plain_fact(shown: str) -> bool:
    """Whether a line says by itself what it is."""
    return bool(
        is_disclaimer(shown) or dates.parse(shown) or EMAIL.search(shown) or BY.fullmatch(shown)
    )


def is_byline(shown: str) -> bool:
    return len(shown) < 120 and (is_role(shown) or is_place(shown))
