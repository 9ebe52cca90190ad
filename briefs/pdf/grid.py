"""Tables in the structure tree: what heads speak for, and rows of one length. Pure: no engine."""

from collections.abc import Iterator
from typing import Any

from briefs.pdf.nodes import Node

Element = Any


def cell_attributes(element: Element, *, row: Element) -> dict[str, Any]:
    """The attributes of a cell. A head speaks for its row where other cells stand in it."""
    attributes: dict[str, Any] = {"O": "/Table"}
    for name, key in (("colspan", "ColSpan"), ("rowspan", "RowSpan")):
        if int(element.get(name) or 1) > 1:
            attributes[key] = int(element.get(name))
    if element.tag == "th":
        scope = element.get("scope") or ("row" if any(c.tag == "td" for c in row) else "col")
        attributes["Scope"] = "/Row" if scope == "row" else "/Column"
    return attributes


def _rows(table: Node) -> Iterator[list[Node]]:
    """The rows of a table, by the part of it that they stand in."""
    parts = [kid for kid in table.kids if kid.kind in {"THead", "TBody"}] or [table]
    for part in parts:
        yield [kid for kid in part.kids if kid.kind == "TR"]


def fill(table: Node) -> None:
    """Give each row as many columns as the widest, with empty cells (ISO 14289-1, 7.5)."""
    widths: list[tuple[Node, int]] = []
    for rows in _rows(table):
        hanging: dict[int, int] = {}  # columns that cells of rows above reach down into
        for left, row in enumerate(reversed(rows)):
            _shorten(row, rows_left=left + 1)
        for row in rows:
            column, taken = 0, hanging
            hanging = {place: rest - 1 for place, rest in taken.items() if rest > 1}
            for cell in row.kids:
                while column in taken:
                    column += 1
                attributes = cell.more["A"]
                for place in range(column, column + attributes.get("ColSpan", 1)):
                    if attributes.get("RowSpan", 1) > 1:
                        hanging[place] = attributes["RowSpan"] - 1
                column += attributes.get("ColSpan", 1)
            widths.append((row, max([column, *(place + 1 for place in taken)])))
    widest = max((width for _, width in widths), default=0)
    for row, width in widths:
        for _ in range(widest - width):
            row.add("TD", A={"O": "/Table"})


def _shorten(row: Node, *, rows_left: int) -> None:
    """No cell reaches below the last row."""
    for cell in row.kids:
        span = cell.more["A"].get("RowSpan", 1)
        if span > rows_left:
            cell.more["A"]["RowSpan"] = rows_left
