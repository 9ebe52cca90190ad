"""How text is parted between pages: no line of a paragraph alone, no head without its text."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from briefs.pdf.document import job_for
from tests.pdf.compositions import make_composition, make_random_brief
from tests.pdf.engine import lay_out
from tests.pdf.hard import HARD, job

HEADS = {"h2", "h3", "h4", "caption"}
BLOCKS = {"p", "li", "td", "th", "blockquote", "table", "figure", "ul", "ol", *HEADS}
LEAST = 2  # lines that stand together


def lines_of_blocks(page: Any) -> Iterator[tuple[Any, Any]]:
    """The lines of the text on a page, with the elements of their blocks, from top to bottom."""
    for block in page._page_box.children[0].descendants():
        for line in getattr(block, "children", ()):
            if type(line).__name__ == "LineBox" and block.element is not None:
                yield block.element, line


def faults(pages: Any) -> list[str]:
    found = []
    counts: dict[Any, list[int]] = defaultdict(list)
    for number, page in enumerate(pages, start=1):
        here: dict[Any, int] = defaultdict(int)
        last = None
        for element, line in lines_of_blocks(page):
            if element.tag in BLOCKS and any(
                getattr(b, "text", "").strip() for b in line.descendants()
            ):
                here[element] += 1
                last = element
        for element, count in here.items():
            counts[element].append(count)
        if last is not None and last.tag in HEADS and number < len(pages):
            found.append(f"page {number} ends with a head: {last.text}")
    for element, each in counts.items():
        if element.tag in {"p", "li"} and len(each) > 1 and min(each[0], each[-1]) < LEAST:
            found.append(f"a line stands alone: {each} of {''.join(element.itertext())[:40]}")
    return found


@pytest.mark.parametrize("name", HARD)
def test_hard_documents(name: str) -> None:
    assert faults(lay_out(job(name)).pages) == []


@pytest.mark.parametrize("seed", range(12))
def test_random_briefs(seed: int) -> None:
    brief = make_random_brief(seed, paragraphs=14, notes=18, longest=(60, 200)[seed % 2])
    assert faults(lay_out(job_for(brief)).pages) == []


def at_every_height(css: str = "") -> list[str]:
    """The faults of a head that comes down the page, line by line, until it is on the next."""
    found = []
    for count in range(24, 40):
        lines = "<br>".join(["A line."] * count)
        body = f"<p>{lines}</p><h2>A head</h2><p>{'Its text. ' * 40}</p>"
        laid_out = job_for(make_composition(body=body))
        found += faults(lay_out(replace(laid_out, css=laid_out.css + css)).pages)
    return found


def test_heads_stay_with_their_text() -> None:
    assert at_every_height() == []


@pytest.mark.parametrize("count", range(22, 34))
def test_no_row_stands_alone_on_a_page(count: int) -> None:
    rows = "<tr><td>One</td><td>Two</td></tr>" * count
    body = f"<p>Before.</p><table><thead><tr><th>A</th><th>B</th></tr></thead>{rows}</table>"
    each = []
    for page in lay_out(job_for(make_composition(body=body, summary="Words. " * 40))).pages:
        boxes = page._page_box.children[0].descendants()
        each.append(sum(b.element_tag == "tr" and b.children[0].element_tag == "td" for b in boxes))
    assert sum(each) == count
    assert all(rows != 1 for rows in each)


def test_the_measure_can_fail() -> None:
    assert at_every_height(".prose h2 { break-after: auto !important }") != []
    assert at_every_height(".prose p { orphans: 1 !important; widows: 1 !important }") != []
