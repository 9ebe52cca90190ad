"""The structure tree of a PDF as a reader of it finds it: kinds, text and pages."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pdfplumber
import pikepdf


@dataclass(frozen=True)
class Content:
    """A marked piece of a page: its number there, and what it says."""

    page: int
    number: int
    text: str


@dataclass(frozen=True)
class Element:
    kind: str
    attributes: dict[str, Any]
    kids: list["Element | Content"] = field(default_factory=list)
    links: int = 0

    def __iter__(self) -> Iterator["Element"]:
        """Itself and all elements within, in the order of reading."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid

    @property
    def contents(self) -> Iterator[Content]:
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.contents
            else:
                yield kid

    @property
    def text(self) -> str:
        return "".join(content.text for content in self.contents)

    def find(self, *kinds: str) -> list["Element"]:
        return [element for element in self if element.kind in kinds]

    def get(self, name: str) -> Any:
        return self.attributes.get(name)


def read_tree(content: bytes) -> Element:
    """The root's only child."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages, start=1)}
        (document,) = pdf.Root.StructTreeRoot.K
        return _Reader(_texts(content), pages).element(document, 0)


def _texts(content: bytes) -> dict[tuple[int, int], str]:
    texts: dict[tuple[int, int], str] = {}
    with pdfplumber.open(io.BytesIO(content)) as document:
        for page in document.pages:
            for char in page.chars:
                if char["mcid"] is not None:
                    key = (page.page_number, char["mcid"])
                    texts[key] = texts.get(key, "") + char["text"]
    return texts


class _Reader:
    def __init__(self, texts: dict[tuple[int, int], str], pages: dict[Any, int]):
        self.texts = texts
        self.pages = pages

    def element(self, found: Any, page: int) -> Element:
        page = self.pages[found.Pg.objgen] if "/Pg" in found else page
        attributes = {str(key)[1:]: value for key, value in found.items()}
        if "/A" in found:
            attributes |= {str(key)[1:]: value for key, value in found.A.items()}
        kids = found.get("/K", [])
        kids = list(kids) if isinstance(kids, pikepdf.Array) else [kids]
        links = sum(1 for kid in kids if self._type(kid) == "/OBJR")
        read = [self._kid(kid, page) for kid in kids if self._type(kid) != "/OBJR"]
        plain = {key: _plain(value) for key, value in attributes.items()}
        return Element(str(found.S)[1:], plain, read, links)

    def _type(self, kid: Any) -> str:
        return str(kid.get("/Type", "")) if isinstance(kid, pikepdf.Dictionary) else ""

    def _kid(self, kid: Any, page: int) -> Element | Content:
        if isinstance(kid, pikepdf.Dictionary) and self._type(kid) != "/MCR":
            return self.element(kid, page)
        if isinstance(kid, pikepdf.Dictionary):
            page, kid = self.pages[kid.Pg.objgen], kid.MCID
        return Content(page, int(kid), self.texts.get((page, int(kid)), ""))


def _plain(value: Any) -> Any:
    """As a Python value that outlives the file; names without their slash."""
    if isinstance(value, pikepdf.Name):
        return str(value)[1:]
    if isinstance(value, pikepdf.Array):
        return [_plain(item) for item in value]
    if isinstance(value, pikepdf.Dictionary):
        return None
    return str(value) if isinstance(value, pikepdf.String) else value
