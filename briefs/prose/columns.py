"""Columns of figures, which stand under each other by their ends."""

import re
from collections import defaultdict
from collections.abc import Iterator

from lxml.html import HtmlElement

LETTER, DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")
SPANNING = re.compile(r"[2-9]|\d{2,}")


def mark_figures(root: HtmlElement) -> None:
    """`class="figure"` on the cells of each column whose cells below its head hold figures alone. A
    table in which a cell goes over several rows is left as it is."""
    for table in root.iter("table"):
        if not any(SPANNING.fullmatch(cell.get("rowspan", "")) for cell in table.iter("td", "th")):
            _mark(table)


def _mark(table: HtmlElement) -> None:
    columns: dict[int, list[HtmlElement]] = defaultdict(list)
    for row in rows(table):
        for place, cell in _placed(row):
            columns[place].append(cell)
    for cells in columns.values():
        said = [cell.text_content().strip() for cell in cells if cell.tag == "td"]
        if any(said) and all(map(_is_figure, filter(None, said))):
            for cell in cells:
                if cell.tag == "td" or cell.getparent().getparent().tag == "thead":
                    cell.set("class", "figure")


def _is_figure(text: str) -> bool:
    return bool(DIGIT.search(text)) and not LETTER.search(text)


def rows(table: HtmlElement) -> Iterator[HtmlElement]:
    """Its own, without those of tables in its cells."""
    for row in table.iter("tr"):
        if next(row.iterancestors("table")) is table:
            yield row


def cells(row: HtmlElement) -> Iterator[HtmlElement]:
    yield from row.iterchildren("td", "th")


def _placed(row: HtmlElement) -> Iterator[tuple[int, HtmlElement]]:
    """The cells that stand in one column, with its number."""
    place = 0
    for cell in cells(row):
        span = int(cell.get("colspan") or 1)
        if span == 1:
            yield place, cell
        place += span
