"""Tables made ready for paper: a wide one is marked by its number of columns, so that the style
sheet can set it smaller; a word that would widen its column beyond measure may be broken. What is
too wide even so, the check refuses. Pure: must not import the engine."""

import re

TABLE = re.compile(r"<table\b[^>]*>.*?</table>", re.DOTALL)
ROW = re.compile(r"<tr\b[^>]*>(.*?)(?=<tr\b|</tr>|</table>)", re.DOTALL)
CELL = re.compile(r"<(t[hd])\b([^>]*)>(.*?)(?=<t[hdr]\b|</t[hdr]>|</tbody>|</table>)", re.DOTALL)
SPAN = re.compile(r'\bcolspan="?(\d{1,4})')
TAG = re.compile(r"<[^>]*>")
LONG_WORD = re.compile(r"(?=\S*[^\W\d_]{3})\S{21,}")  # with letters: figures are never broken
CLASSES = ((11, "narrowest"), (9, "narrower"), (6, "narrow"))  # from so many columns on


def fitted(html: str) -> str:
    """`html` with classes on wide tables and on cells with words that may have to be broken."""
    return TABLE.sub(lambda table: _fitted(table[0]), html)


def columns(table: str) -> int:
    """The number of columns of a table, those that cells span included."""
    return max((_width(row) for row in ROW.findall(table)), default=0)


def _width(row: str) -> int:
    spans = (SPAN.search(attributes) for _, attributes, _ in CELL.findall(row))
    return sum(int(span[1]) if span else 1 for span in spans)


def _fitted(table: str) -> str:
    table = CELL.sub(_breakable, table)
    count = columns(table)
    name = next((name for least, name in CLASSES if count >= least), "")
    return table.replace("<table", f'<table class="{name}"', 1) if name else table


def _breakable(cell: re.Match[str]) -> str:
    if not LONG_WORD.search(TAG.sub(" ", cell[3])):
        return cell[0]
    if 'class="' in cell[2]:
        return cell[0].replace('class="', 'class="long ', 1)
    return f'<{cell[1]} class="long"{cell[2]}>{cell[3]}'
