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
    """Give each row as many columns as the widest, with empty cells in the gaps and at the end
    (ISO 14289-1, 7.5). No cell reaches into another."""
    parts = [_placed(rows) for rows in _rows(table)]
    widest = max((max(taken, default=-1) + 1 for part in parts for _, taken in part), default=0)
    for part in parts:
        for row, taken in part:
            there = (taken.get(place) or _empty(row) for place in range(widest))
            row.kids = list(dict.fromkeys(cell for cell in there if cell.parent is row))


def _empty(row: Node) -> Node:
    return Node("TD", row, more={"A": {"O": "/Table"}})


def _placed(rows: list[Node]) -> list[tuple[Node, dict[int, Node]]]:
    """The rows, each with the cells that stand in its columns, those from above included."""
    for left, row in enumerate(reversed(rows), start=1):
        _shorten(row, rows_left=left)
    grid: list[dict[int, Node]] = [{} for _ in rows]
    for number, row in enumerate(rows):
        column = 0
        for cell in row.kids:
            attributes = cell.more["A"]
            while column in grid[number]:
                column += 1
            width = 1
            while width < attributes.get("ColSpan", 1) and column + width not in grid[number]:
                width += 1
            if width < attributes.get("ColSpan", 1):
                attributes["ColSpan"] = width
            for below in grid[number : number + attributes.get("RowSpan", 1)]:
                below |= dict.fromkeys(range(column, column + width), cell)
            column += width
    return list(zip(rows, grid, strict=True))


def _shorten(row: Node, *, rows_left: int) -> None:
    """No cell reaches below the last row."""
    for cell in row.kids:
        span = cell.more["A"].get("RowSpan", 1)
        if span > rows_left:
            cell.more["A"]["RowSpan"] = rows_left
