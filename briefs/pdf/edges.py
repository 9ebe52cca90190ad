"""Words that run off the page: the engine draws a table or a word that is too wide, or a row that
is too tall, over the paper's edge without complaint. Seen from the laid-out boxes."""

from collections.abc import Iterator, Sequence
from typing import Any

from weasyprint.formatting_structure import boxes

from briefs.pdf.links import text_of

Box = Any
MILLIMETRE = 96 / 25.4  # in CSS pixels
SIDE = 5 * MILLIMETRE  # nearer to the edge many printers print nothing
FOOT = 4 * MILLIMETRE  # further below the text stands the running foot


def faults(pages: Sequence[Any]) -> list[str]:
    """A sentence for each table or word that leaves its page; none if all is well."""
    sentences = (
        _sentence(text, tables, number)
        for number, page in enumerate(pages, start=1)
        for text, tables in _outside(page._page_box)
    )
    return list(dict.fromkeys(sentences))


def _outside(page: Box) -> Iterator[tuple[Box, list[Any]]]:
    left, right = SIDE, page.margin_width() - SIDE
    floor = page.content_box_y() + page.height + FOOT
    for text, tables in _texts(page, []):
        if (
            text.position_x < left
            or text.position_x + text.width > right
            or text.position_y < 0
            or text.position_y + text.height > floor
        ):
            yield text, tables


def _texts(box: Box, tables: list[Any]) -> Iterator[tuple[Box, list[Any]]]:
    """Every text below `box`, each with the tables that it stands in. Running heads and feet are the
    style sheet's, notes the other check's."""
    for child in box.children:
        if isinstance(child, boxes.MarginBox | boxes.FootnoteAreaBox):
            continue
        if isinstance(child, boxes.TextBox):
            if child.text.strip():
                yield child, tables
        elif isinstance(child, boxes.ParentBox):
            table = isinstance(child, boxes.TableBox) and child.element_tag == "table"
            yield from _texts(child, [*tables, child.element] if table else tables)


def _sentence(text: Box, tables: list[Any], page: int) -> str:
    if tables:
        what = f"The table {_quoted(_name(tables[0]))}"
        advice = "give it fewer or narrower columns, or shorter rows"
    else:
        what = _quoted(text.text)
        advice = "make it shorter or part it"
    return f"{what} runs off page {page}: {advice}."


def _name(table: Any) -> str:
    """What an editor knows a table by: its caption, else its first words."""
    caption = table.find("caption")
    if caption is not None:
        return text_of(caption)
    cells = (text_of(cell) for cell in table.iter() if cell.tag in {"th", "td"})
    return " ".join(filter(None, cells))


def _quoted(words: str) -> str:
    words = " ".join(words.replace("\u200b", "").split())
    return f"“{words[:47]}…”" if len(words) > 48 else f"“{words}”"
