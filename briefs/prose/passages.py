"""A body in the stored form as passages of words: what two bodies are compared by.

A passage is what is read in one go: a paragraph, a heading, an item, the row of a table. Each word
knows how it is written (bold, a link to …) and what stands after it; notes stand where they are
called, with words of their own."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from lxml.html import HtmlElement

from briefs.prose.allowed import BLOCKS
from briefs.prose.notes import NoteCite
from briefs.prose.tree import parse


class Kind(StrEnum):
    WORD = "word"  # or a sign
    BREAK = "break"
    CELL = "cell"  # the border between two cells of a row
    NOTE = "note"  # where one is called
    CITE = "cite"


@dataclass(frozen=True, slots=True)
class Token:
    """`text` is empty but for words and citations (the source's key); `marks` is how it is written:
    names of elements, and such as ("a", address)."""

    kind: Kind
    text: str = ""
    space: str = ""
    marks: tuple[tuple[str, str], ...] = ()
    note: int = 0
    cite: NoteCite | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.kind, self.text


type Path = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Passage:
    """`path` are the elements that it stands in, each with the attributes that matter."""

    path: Path
    tokens: tuple[Token, ...]

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for the same words with notes at the same places, whatever these say."""
        words = tuple(token.key for token in self.tokens)
        return words or tuple(step[0] for step in self.path)


@dataclass(frozen=True)
class Note:
    tokens: tuple[Token, ...]
    marks: tuple[tuple[str, str], ...] = ()


@dataclass
class Text:
    passages: list[Passage] = field(default_factory=list)
    notes: dict[int, Note] = field(default_factory=dict)


def read(body: str) -> Text:
    text = Text()
    root = parse(body)
    _Reader(text).flow(root, ())
    return text


def read_lines(lines: Iterable[str]) -> Text:
    """Plain text, a passage for each line."""
    return Text([Passage((("p",),), tuple(words(line, ()))) for line in lines])


SIGNS = r"""!-/:-@\[-`{-~\xa1-\xbf\u2010-\u2027\u2030-\u205e\u060c\u061b\u061f\u066a-\u066d\u06d4\u3000-\u303f\uff00-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"""
# Scripts that do not part words: each character stands for itself, with the marks that belong to it.
UNPARTED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u31f0-\u31ff\u3400-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
MARKS = "".join(
    chr(code)
    for code in (*range(0x0E00, 0x1100), *range(0x1780, 0x1800))
    if unicodedata.category(chr(code)) in {"Mn", "Mc"}
)
LETTERS = rf"[^\s{SIGNS}{UNPARTED}]"
WORD = re.compile(
    rf"(?:https?://|www\.)[^\s<>]*[^\s<>.,;:!?)\]»”’'\"]|{LETTERS}+(?:['’._/-]{LETTERS}+)*"
    rf"|[{UNPARTED}][{MARKS}\ufe00-\ufe0f\u3099\u309a]*|\S"
)


def words(text: str, marks: tuple[tuple[str, str], ...]) -> Iterator[Token]:
    """Space before the first word is given as a token without text."""
    found = list(WORD.finditer(text))
    if text[:1].isspace():
        yield Token(Kind.WORD, "", " ", marks)
    for index, match in enumerate(found):
        place = found[index + 1].start() if index + 1 < len(found) else len(text)
        space = "\xa0" if "\xa0" in text[match.end() : place] else " " * (place > match.end())
        yield Token(Kind.WORD, match[0], space, marks)


def signs_only(text: str) -> bool:
    return re.fullmatch(rf"[{SIGNS}]*", text) is not None


ATTRIBUTES = ("lang", "dir", "data-pull", "start", "scope", "colspan", "rowspan")
PASSAGES = BLOCKS - {"ul", "ol", "table", "thead", "tbody", "tr", "figure"}


class _Reader:
    """Goes through a body once. What stands loose between blocks is a passage too."""

    def __init__(self, text: Text) -> None:
        self.text = text
        self.run: list[Token] = []

    def flow(self, element: HtmlElement, path: Path) -> None:
        """What may hold blocks and words."""
        self._words(element.text, ())
        before = len(self.text.passages)
        for child in element:
            if child.tag in BLOCKS:
                self._end(path)
                self._block(child, (*path, _step(child)))
            else:
                self._inline(child, ())
            self._words(child.tail, ())
        self._end(path, needed=path != () and len(self.text.passages) == before)

    def _block(self, element: HtmlElement, path: Path) -> None:
        if element.tag == "tr":
            self._row(element, path)
        else:
            self.flow(element, path)

    def _row(self, row: HtmlElement, path: Path) -> None:
        """The words of all its cells, whatever blocks they stand in."""
        for place, cell in enumerate(row):
            if place:
                self.run.append(Token(Kind.CELL))
            marks = tuple(("cell", " ".join(step)) for step in [_step(cell)] if step != ("td",))
            self._cell(cell, marks)
        self._end(path, needed=True)

    def _cell(self, element: HtmlElement, marks: tuple[tuple[str, str], ...]) -> None:
        self._words(element.text, marks)
        for child in element:
            if child.tag in BLOCKS:
                if self.run and self.run[-1].kind is not Kind.CELL:
                    self.run.append(Token(Kind.BREAK))
                inner = marks if child.tag in {"p", "li"} else (*marks, (child.tag, ""))
                self._cell(child, inner)
            else:
                self._inline(child, marks)
            self._words(child.tail, marks)

    def _inline(self, element: HtmlElement, marks: tuple[tuple[str, str], ...]) -> None:
        if element.tag == "br":
            self.run.append(Token(Kind.BREAK))
        elif "data-note" in element.attrib:
            self._note(element, marks)
        elif element.tag == "cite":
            self._cite(element, marks)
        else:
            marks = tuple(sorted({*marks, *_marks(element)}))
            self._words(element.text, marks)
            for child in element:
                self._inline(child, marks)
                self._words(child.tail, marks)

    def _note(self, element: HtmlElement, marks: tuple[tuple[str, str], ...]) -> None:
        number = len(self.text.notes) + 1
        around, self.run = self.run, []
        self._words(element.text, ())
        for child in element:
            self._inline(child, ())
            self._words(child.tail, ())
        self.text.notes[number] = Note(tuple(_joined(self.run)), tuple(_marks(element)))
        self.run = [*around, Token(Kind.NOTE, marks=marks, note=number)]

    def _cite(self, element: HtmlElement, marks: tuple[tuple[str, str], ...]) -> None:
        cite = NoteCite(element.get("data-source", ""), element.get("data-locator", ""))
        self.run.append(Token(Kind.CITE, cite.source, marks=marks, cite=cite))

    def _words(self, text: str | None, marks: tuple[tuple[str, str], ...]) -> None:
        self.run += words(text or "", marks)

    def _end(self, path: Path, *, needed: bool = False) -> None:
        tokens = tuple(_joined(self.run))
        self.run = []
        if tokens or needed:
            self.text.passages.append(Passage(path, tokens))


def _joined(run: Iterable[Token]) -> Iterator[Token]:
    """Space goes to the word before it, whatever is written how; a word half in bold is two."""
    held: Token | None = None
    for token in run:
        if token.kind is Kind.WORD and not token.text:
            if held:
                space = held.space or token.space
                held = Token(held.kind, held.text, space, held.marks, held.note, held.cite)
            continue
        if held:
            yield held
        held = token
    if held:
        yield Token(held.kind, held.text, "", held.marks, held.note, held.cite)


def _step(element: HtmlElement) -> tuple[str, ...]:
    said = (f"{name}={element.get(name)}" for name in ATTRIBUTES if name in element.attrib)
    return (str(element.tag), *said)


def _marks(element: HtmlElement) -> Iterator[tuple[str, str]]:
    if element.tag == "a":
        yield "a", element.get("href", "")
    elif element.tag not in {"span", "cite"}:
        yield str(element.tag), ""
    for name in ("lang", "dir"):
        if name in element.attrib:
            yield name, element.get(name, "")
