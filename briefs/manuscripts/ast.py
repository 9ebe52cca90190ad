"""Pandoc's JSON syntax tree → our tree (pandoc-types 1.23). What we do not know stays as text.

Imports `briefs.pandoc` for the conversion; the mapping itself is pure."""

import html
import json
import re
from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from briefs import pandoc
from briefs.manuscripts.archive import DAMAGED
from briefs.manuscripts.lines import flat_lines, loose, paragraphs, with_breaks
from briefs.manuscripts.manuscript import ManuscriptError
from briefs.manuscripts.tree import HEADINGS, Element, Node, Reading, call, is_call, text, tidy

type Json = Any

# A reader that took notes out beforehand leaves CALL.format(key) in the text and the note's
# content in a <div id="manuscript-note-KEY">.
CALL = "\ue000{}\ue001"
CALL_PATTERN = re.compile("\ue000(\\d+)\ue001")
NOTE_ID = "manuscript-note-"

SECONDS = 10  # a hundred times what a long brief takes

MARKS = {
    "Emph": "em",
    "Strong": "strong",
    "Strikeout": "s",
    "Superscript": "sup",
    "Subscript": "sub",
}
LINKS = ("http://", "https://", "mailto:")
TAG = re.compile(r"<!--.*?-->|<[/!?]?[a-zA-Z][^>]*>", re.DOTALL)


def convert(data: bytes, *, reader: str, lines: bool = False) -> Reading:
    """What pandoc's `reader` makes of `data`; with `lines`, line ends in the source are kept as
    "\\n" (they may part the lines of a byline). Raises ManuscriptError."""
    try:
        output = pandoc.run(
            ["--from", reader, "--to", "json", "--wrap=preserve"], data, timeout=SECONDS
        )
    except pandoc.PandocError as error:
        if str(error).startswith(pandoc.FAILED):  # not too slow, not too large: it cannot be read
            raise ManuscriptError(DAMAGED) from error
        raise ManuscriptError(str(error)) from error
    document = json.loads(output)
    converter = Converter(lines=lines)
    converter.reading.blocks = converter.blocks(document["blocks"])
    converter.metadata(document["meta"])
    return converter.reading


class Converter:
    """Walks the syntax tree once; notes and warnings gather in `reading`."""

    def __init__(self, *, lines: bool = False) -> None:
        self.reading = Reading([])
        self._line = "\n" if lines else " "
        self._note = 0

    # Metadata

    def metadata(self, meta: Json) -> None:
        self.reading.title = self.meta_text(meta.get("title"))
        self.reading.subtitle = self.meta_text(meta.get("subtitle"))
        self.reading.summary = self.meta_text(meta.get("abstract") or meta.get("description"))
        self.reading.date = self.meta_text(meta.get("date"))
        self.reading.language = self.meta_text(meta.get("lang"))
        self.reading.accounted.append(self.reading.language)
        author = meta.get("author") or meta.get("authors")
        for entry in author["c"] if author and author["t"] == "MetaList" else [author]:
            if entry:
                self.reading.authors.append(self._author(entry))

    def _author(self, value: Json) -> dict[str, str]:
        if value["t"] != "MetaMap":
            return {"name": self.meta_text(value)}
        return {key: self.meta_text(entry) for key, entry in value["c"].items()}

    def meta_text(self, value: Json) -> str:
        if not value:
            return ""
        if value["t"] == "MetaInlines":
            return self._words(self.inlines(value["c"]))
        if value["t"] == "MetaBlocks":
            return self._words(self.flat(value["c"]))
        if value["t"] == "MetaList":
            return ", ".join(filter(None, map(self.meta_text, value["c"])))
        return str(value["c"]) if value["t"] == "MetaString" else ""

    def _words(self, nodes: list[Node]) -> str:
        return " ".join(text(nodes).split())

    # Blocks

    def blocks(self, items: Iterable[Json]) -> list[Element]:
        result: list[Element] = []
        for item in items:
            result += self._BLOCKS.get(item["t"], Converter._unknown_block)(self, item)
        return result

    def _paragraph(self, item: Json) -> list[Element]:
        children = self.inlines(item["c"])
        return [Element("p", children)] if children else []

    def _heading(self, item: Json) -> list[Element]:
        level, _, inlines = item["c"]
        children = self.inlines(inlines)
        return [Element(HEADINGS[min(level, 6) - 1], children)] if children else []

    def _quote(self, item: Json) -> list[Element]:
        children = self.blocks(item["c"])
        return [Element("blockquote", list(children))] if children else []

    def _bullets(self, item: Json) -> list[Element]:
        return [Element("ul", [self._list_item(entry) for entry in item["c"]])]

    def _numbers(self, item: Json) -> list[Element]:
        (start, *_), entries = item["c"]
        attributes = {"start": str(start)} if start != 1 else {}
        return [Element("ol", [self._list_item(entry) for entry in entries], attributes)]

    def _list_item(self, items: list[Json]) -> Element:
        return Element("li", loose(self.blocks(items)))

    def _definitions(self, item: Json) -> list[Element]:
        result: list[Element] = []
        for term, definitions in item["c"]:
            result.append(Element("p", [Element("strong", self.inlines(term))]))
            for definition in definitions:
                result += self.blocks(definition)
        return result

    def _lines(self, item: Json) -> list[Element]:
        return [Element("p", with_breaks([self.inlines(line) for line in item["c"]]))]

    def _code(self, item: Json) -> list[Element]:
        lines: list[list[Node]] = [[line] for line in item["c"][1].splitlines()]
        return [Element("p", [Element("code", with_breaks(lines))])]

    def _div(self, item: Json) -> list[Element]:
        (identifier, _, attributes), children = item["c"]
        if identifier.startswith(NOTE_ID):
            self.reading.notes[identifier.removeprefix(NOTE_ID)] = tidy(self.flat(children))
            return []
        result = self.blocks(children)
        for block in result:
            for name, value in _language(attributes).items():
                block.attributes.setdefault(name, value)
        return result

    def _figure(self, item: Json) -> list[Element]:
        _, (_, caption), children = item["c"]
        pictures = len(self.reading.pictures)
        blocks, below = self.blocks(children), self.blocks(caption)
        if len(self.reading.pictures) > pictures and below:
            self.reading.captions.append(" ".join(text(list(below)).split()))
        return [*blocks, *below]

    def _raw(self, item: Json) -> list[Element]:
        plain = self._stripped(item["c"][1]).strip()
        return [Element("p", [plain])] if plain else []

    def _unknown_block(self, item: Json) -> list[Element]:
        self.reading.warn(f"A part of the text ({item['t']}) is not supported; see its words.")
        return [Element("p", list(_texts(item.get("c"))))]

    # Tables

    def _table(self, item: Json) -> list[Element]:
        _, (_, caption), columns, head, bodies, foot = item["c"]
        parts: list[Node] = []
        title = tidy(self.flat(caption))
        if title:
            parts.append(Element("caption", title))
        rows = self._rows(head[1], "th")
        if rows:
            parts.append(Element("thead", list(rows)))
        body: list[Element] = []
        for _, row_heads, more_heads, more_rows in bodies:
            body += self._rows(more_heads, "th")
            body += self._rows(more_rows, "td", row_heads=row_heads)
        body += self._rows(foot[1], "td")
        if len(columns) == 1 and len(rows) + len(body) == 1:
            return self._boxed(rows + body, title)
        parts.append(Element("tbody", list(body)))
        return [Element("table", parts)] if rows or body else []

    def _boxed(self, rows: list[Element], title: list[Node]) -> list[Element]:
        """A table of one cell is a frame around text, not a table."""
        self.reading.warn("A table of one cell was read as a quotation; look at it.")
        cell = rows[0].children[0]
        content = paragraphs(cell.children) if isinstance(cell, Element) else []
        caption = [Element("p", title)] if title else []
        return [*caption, Element("blockquote", list(content))] if content else caption

    def _rows(self, rows: list[Json], tag: str, *, row_heads: int = 0) -> list[Element]:
        result = []
        for _, cells in rows:
            made = [
                self._cell(cell, "th" if index < row_heads else tag)
                for index, cell in enumerate(cells)
            ]
            if made:
                result.append(Element("tr", list(made)))
        return result

    def _cell(self, cell: Json, tag: str) -> Element:
        _, _, rows, columns, children = cell
        spans = {"rowspan": rows, "colspan": columns}
        attributes = {name: str(value) for name, value in spans.items() if value > 1}
        blocks = self.blocks(children)
        if any(block.tag == "table" for block in blocks):
            self.reading.warn("A table inside a table was written out as lines of text.")
            return Element(tag, tidy(self.flat(children)), attributes)
        return Element(tag, loose(blocks), attributes)

    # Inline

    def inlines(self, items: Iterable[Json]) -> list[Node]:
        result: list[Node] = []
        for item in items:
            result += self._INLINES.get(item["t"], Converter._unknown_inline)(self, item)
        return result

    def _string(self, item: Json) -> list[Node]:
        parts = CALL_PATTERN.split(item["c"])
        return [call(part) if index % 2 else part for index, part in enumerate(parts) if part]

    def _mark(self, item: Json) -> list[Node]:
        children = self.inlines(item["c"])
        tag = MARKS[item["t"]]
        if not text(children).strip() or (tag == "sup" and all(map(is_call, children))):
            return children
        return [Element(tag, children)]

    def _plain_mark(self, item: Json) -> list[Node]:
        children = self.inlines(item["c"])
        if item["t"] == "Underline" and text(children).strip():
            self.reading.warn("Underlining was left out; the words stand in plain letters.")
        return children

    def _quoted(self, item: Json) -> list[Node]:
        kind, inlines = item["c"]
        left, right = "‘’" if kind["t"] == "SingleQuote" else "“”"
        return [left, *self.inlines(inlines), right]

    def _cite(self, item: Json) -> list[Node]:
        return self.inlines(item["c"][1])

    def _verbatim(self, item: Json) -> list[Node]:
        return [Element("code", [item["c"][1]])]

    def _math(self, item: Json) -> list[Node]:
        self.reading.warn(f"A formula was kept as code: {item['c'][1][:80]}")
        return [Element("code", [item["c"][1]])]

    def _raw_inline(self, item: Json) -> list[Node]:
        return [self._stripped(item["c"][1])]

    def _stripped(self, raw: str) -> str:
        if "<!--" in raw:
            self.reading.warn("A comment in the source of the file was left out.")
        return html.unescape(TAG.sub("", raw))

    def _link(self, item: Json) -> list[Node]:
        _, inlines, (target, _) = item["c"]
        children = self.inlines(inlines)
        inside = [node for node in children if not is_call(node)]
        found = [node for node in children if is_call(node)]
        if target.lower().startswith(LINKS) and text(inside).strip():
            return [Element("a", inside, {"href": target}), *found]
        if target and not target.startswith("#"):
            self.reading.warn(f"A link to “{target[:120]}” was left out; its words were kept.")
        return children

    def _image(self, item: Json) -> list[Node]:
        _, inlines, (_, title) = item["c"]
        shown = " ".join(text(self.inlines(inlines)).split())
        self.reading.pictures.append(shown or title)
        return []

    def _footnote(self, item: Json) -> list[Node]:
        self._note += 1
        key = f"n{self._note}"
        self.reading.notes[key] = []  # its place in the order, before notes that it may hold
        self.reading.notes[key] = tidy(self.flat(item["c"]))
        return [call(key)]

    def _span(self, item: Json) -> list[Node]:
        (_, _, attributes), inlines = item["c"]
        children = self.inlines(inlines)
        language = _language(attributes)
        return [Element("span", children, language)] if language and children else children

    def _unknown_inline(self, item: Json) -> list[Node]:
        self.reading.warn(f"A part of the text ({item['t']}) is not supported; see its words.")
        return list(_texts(item.get("c")))

    # Blocks as one line of inline content, for notes and captions

    def flat(self, items: Iterable[Json]) -> list[Node]:
        return with_breaks([line for block in self.blocks(items) for line in flat_lines(block)])

    _BLOCKS: ClassVar[dict[str, Callable[["Converter", Json], list[Element]]]] = {
        "Para": _paragraph,
        "Plain": _paragraph,
        "Header": _heading,
        "BlockQuote": _quote,
        "BulletList": _bullets,
        "OrderedList": _numbers,
        "DefinitionList": _definitions,
        "LineBlock": _lines,
        "CodeBlock": _code,
        "Div": _div,
        "Figure": _figure,
        "RawBlock": _raw,
        "Table": _table,
        "HorizontalRule": lambda _self, _item: [Element("hr")],
        "Null": lambda _self, _item: [],
    }
    _INLINES: ClassVar[dict[str, Callable[["Converter", Json], list[Node]]]] = {
        "Str": _string,
        "Space": lambda _self, _item: [" "],
        "SoftBreak": lambda self, _item: [self._line],
        "LineBreak": lambda _self, _item: [Element("br")],
        **dict.fromkeys(MARKS, _mark),
        "SmallCaps": _plain_mark,
        "Underline": _plain_mark,
        "Quoted": _quoted,
        "Cite": _cite,
        "Code": _verbatim,
        "Math": _math,
        "RawInline": _raw_inline,
        "Link": _link,
        "Image": _image,
        "Note": _footnote,
        "Span": _span,
    }


def _language(attributes: list[tuple[str, str]]) -> dict[str, str]:
    return {name: value for name, value in attributes if name in ("lang", "dir") and value}


def _texts(value: Json) -> Iterable[str]:
    """Every word of a part of the tree that we do not know."""
    if isinstance(value, dict):
        if value.get("t") == "Str":
            yield value["c"]
        elif value.get("t") in ("Space", "SoftBreak", "LineBreak"):
            yield " "
        else:
            yield from _texts(value.get("c"))
    elif isinstance(value, list):
        for entry in value:
            yield from _texts(entry)
            yield " " if isinstance(entry, list) else ""
