"""Between text, HTML and pandoc's inline elements.

Pure. What enters is data of a source, plain or with CSL's own markup (<i>, <sup>, <span>); what
leaves is escaped HTML of two elements, <em> and <a>, or plain text.
"""

import re
from collections.abc import Iterable
from html import escape, unescape
from typing import Any

from .addresses import is_web_address

type Inline = dict[str, Any]

BREAKS = {"Space": " ", "SoftBreak": " ", "LineBreak": " "}
CONTENT_AT_END = {"Span", "Quoted", "Cite"}  # {"t": …, "c": [attributes, [inlines]]}
CONTENT_ONLY = {"Strong", "Underline", "Strikeout", "Superscript", "Subscript", "SmallCaps"}
QUOTES = {"SingleQuote": ("‘", "’"), "DoubleQuote": ("“", "”")}
CSL_MARKUP = re.compile(r"<(/?)(i|em|b|strong|sup|sub|sc|span)((?:\s[^<>]*)?)>", re.IGNORECASE)
ITALIC = {"i", "em"}
QUOTATION = re.compile(r'“([^“”"]+)”|(?<![\w"])"([^“”"]+)"(?!\w)')
OPENING_APOSTROPHE = re.compile(r"(^|[\s(\[{“\"–—/])'(?=\w)")
DECADE = re.compile(r"(^|\s)'(?=\d\d(?:s\b|\b))")


def curled(text: str) -> str:
    """Straight quotation marks and apostrophes as printers set them."""
    text = DECADE.sub(r"\1’", text)
    text = OPENING_APOSTROPHE.sub(r"\1‘", text).replace("'", "’")
    text = re.sub(r'(^|[\s(\[{‘–—/])"(?=\S)', r"\1“", text)
    return text.replace('"', "”")


def from_text(text: str) -> list[Inline]:
    """Inlines of a CSL text field: <i> kept, other markup dropped, anything else literal."""
    return _quoted(_emphasised(text))


def to_html(inlines: Iterable[Inline]) -> str:
    return "".join(_html(inline) for inline in inlines)


def to_text(inlines: Iterable[Inline]) -> str:
    return "".join(_text(inline) for inline in inlines)


def plain(html: str) -> str:
    """The text of clean inline HTML."""
    text = re.sub(r"<br\s*/?>", "\n", html)
    return unescape(re.sub(r"<[a-zA-Z/!][^<>]*>", "", text))


def without_notes(inlines: Iterable[Inline]) -> list[Inline]:
    """Citations as citeproc set them, out of the Cite and Note in which a note style puts them."""
    bare: list[Inline] = []
    for inline in inlines:
        if inline["t"] == "Cite":
            bare += without_notes(inline["c"][1])
        elif inline["t"] == "Note":
            for block in inline["c"]:
                bare += without_notes(block["c"])
        else:
            bare.append(inline)
    return bare


def _emphasised(text: str) -> list[tuple[str, bool]]:
    """Runs of text, each with whether it is italic; markup without its partner stays text."""
    paired = _paired_markup(text)
    runs: list[tuple[str, bool]] = []
    depth = position = 0
    for match in CSL_MARKUP.finditer(text):
        if match.start() not in paired:
            continue
        runs.append((text[position : match.start()], depth > 0))
        position = match.end()
        if match[2].lower() in ITALIC:
            depth += -1 if match[1] else 1
    runs.append((text[position:], depth > 0))
    return [run for run in runs if run[0]]


def _paired_markup(text: str) -> set[int]:
    opened: list[tuple[str, int]] = []
    paired: set[int] = set()
    for match in CSL_MARKUP.finditer(text):
        name = match[2].lower()
        if not match[1]:
            opened.append((name, match.start()))
        elif opened and opened[-1][0] == name:
            paired |= {opened.pop()[1], match.start()}
    return paired


def _quoted(runs: list[tuple[str, bool]]) -> list[Inline]:
    inlines: list[Inline] = []
    for text, italic in runs:
        content = _quotations(text)
        inlines += [{"t": "Emph", "c": content}] if italic else content
    return inlines


def _quotations(text: str) -> list[Inline]:
    """Quotations as elements, so that within a quoted title citeproc sets the inner marks."""
    inlines: list[Inline] = []
    position = 0
    for match in QUOTATION.finditer(text):
        inlines += _words(text[position : match.start()])
        inner = _words(match[1] or match[2])
        inlines.append({"t": "Quoted", "c": [{"t": "DoubleQuote"}, inner]})
        position = match.end()
    return inlines + _words(text[position:])


def _words(text: str) -> list[Inline]:
    pieces = re.split(r"( )", curled(text))
    return [
        {"t": "Space"} if piece == " " else {"t": "Str", "c": piece} for piece in pieces if piece
    ]


def _html(inline: Inline) -> str:
    kind = inline["t"]
    content: Any = inline.get("c")
    if kind == "Emph":
        return f"<em>{to_html(content)}</em>"
    if kind == "Link":
        text, (url, _) = to_html(content[1]), content[2]
        return f'<a href="{escape(url)}">{text}</a>' if is_web_address(url) else text
    return _other(inline, to_html) if kind != "Str" else escape(content, quote=False)


def _text(inline: Inline) -> str:
    kind = inline["t"]
    content: Any = inline.get("c")
    if kind == "Emph":
        return to_text(content)
    if kind == "Link":
        return to_text(content[1])
    return _other(inline, to_text) if kind != "Str" else str(content)


def _other(inline: Inline, write: Any) -> str:
    kind = inline["t"]
    content: Any = inline.get("c")
    if kind in BREAKS:
        return BREAKS[kind]
    if kind == "Quoted":
        opening, closing = QUOTES[content[0]["t"]]
        return f"{opening}{write(content[1])}{closing}"
    if kind in CONTENT_AT_END:
        return str(write(content[1]))
    if kind in CONTENT_ONLY:
        return str(write(content))
    raise ValueError(f"pandoc set a citation with an element that no field can hold: {kind}")
