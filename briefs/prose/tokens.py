"""HTML as a stream of tags and text, in linear time; any text whatever is HTML here.

As the HTML standard (13.2.5) reads it, but for input that ends inside a tag, a comment or a
script: browsers show nothing of the rest then; here only the opening is skipped or shown as text,
so that no words are lost."""

import re
import sys
from collections.abc import Iterator
from html import unescape
from html.entities import html5
from typing import NamedTuple

from briefs.prose.allowed import MAX_TAGS
from briefs.prose.tree import ProseError

# No reader sees what they hold, nor would want to.
HIDDEN = frozenset({"script", "style", "template", "iframe"})

MARKUP = re.compile(r"<(?=[a-zA-Z/!?])")
TAG = re.compile(
    r"<(/?)([a-zA-Z][^\s/>]*+)"
    r"""((?:[^>=]++|=\s*+(?:"[^"]*+"|'[^']*+')?+)*+)>"""
)
TAG_TO_NEXT_BRACKET = re.compile(r"<(/?)([a-zA-Z][^\s/>]*+)([^>]*+)>")
ATTRIBUTE = re.compile(
    r"""([^\s/>=][^\s/>=]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>]*+))?+""",
)
REFERENCE = re.compile(r"&(?:#0*+[0-9]++|#[xX]0*+[0-9a-fA-F]++|[A-Za-z][A-Za-z0-9]{1,31}+);?")
PATIENCE = 10  # tags that never end, before quotation marks in tags are read no more

# XML, PostgreSQL and the PDF engine refuse control characters, surrogates and noncharacters
# (U+FDD0…FDEF and the last two of each plane: Unicode, 23.7); no reader ever saw them.
NONCHARACTERS = "".join(
    chr(plane + last) for plane in range(0, sys.maxunicode, 0x10000) for last in (0xFFFE, 0xFFFF)
)
UNSEEN = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{NONCHARACTERS}]+")


class Text(NamedTuple):
    text: str


class Start(NamedTuple):
    name: str
    attributes: str  # as written; see `attributes`


class End(NamedTuple):
    name: str


type Token = Text | Start | End


def tokens(value: str) -> Iterator[Token]:
    """Raises ProseError on more tags than any brief has."""
    scanner = _Scanner(visible(value))
    position = tags = 0
    while found := MARKUP.search(scanner.value, position):
        if (tags := tags + 1) > MAX_TAGS:
            raise ProseError(f"The text has more than {MAX_TAGS:,} tags.")
        if found.start() > position:
            yield _text(scanner.value[position : found.start()])
        token, position = scanner.markup(found.start())
        if token:
            yield token
    if position < len(scanner.value):
        yield _text(scanner.value[position:])


def attributes(written: str) -> dict[str, str]:
    """The first of each name, decoded."""
    found: dict[str, str] = {}
    for match in ATTRIBUTE.finditer(written):
        value = match[2] or ""
        if value[:1] in {'"', "'"} and len(value) > 1 and value[-1] == value[0]:
            value = value[1:-1]
        found.setdefault(match[1].lower(), value)
    return {
        name: visible(REFERENCE.sub(_dereferenced_in_attribute, value))
        for name, value in found.items()
    }


def visible(value: str) -> str:
    return UNSEEN.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))


def _text(value: str) -> Text:
    if "&" not in value:
        return Text(value)
    return Text(visible(REFERENCE.sub(_dereferenced, value)))


def _dereferenced(match: re.Match[str]) -> str:
    written = match[0]
    if written[1] != "#":
        return html5.get(written[1:], written)
    digits = written.rstrip(";").lstrip("&#xX0")
    return unescape(written) if len(digits) < 8 else "\ufffd"


def _dereferenced_in_attribute(match: re.Match[str]) -> str:
    """In an address, `&copy=2` is no copyright sign: only what ends in a semicolon is decoded."""
    return _dereferenced(match) if match[0].endswith(";") else match[0]


class _Scanner:
    """Where each piece of markup ends. What was once looked for in vain is not looked for again."""

    def __init__(self, value: str) -> None:
        self.value = value
        self.last_bracket = value.rfind(">")
        self.absent: set[str] = set()
        self.patience = PATIENCE

    def markup(self, start: int) -> tuple[Token | None, int]:
        """What stands at `start`, and where it ends."""
        if start > self.last_bracket:
            return Text(self.value[start:]), len(self.value)
        match = self._tag(start)
        if match is None:
            return self._other(start)
        name = match[2].lower()
        if match[1]:
            return End(name), match.end()
        if name in HIDDEN:
            return None, self._end_of_hidden(name, match.end())
        return Start(name, match[3]), match.end()

    def _tag(self, start: int) -> re.Match[str] | None:
        first = self.value[start + 1 : start + 3].lstrip("/")[:1]
        if not (first.isascii() and first.isalpha()):
            return None
        if self.patience:
            if match := TAG.match(self.value, start):
                return match
            self.patience -= 1
        return TAG_TO_NEXT_BRACKET.match(self.value, start)

    def _other(self, start: int) -> tuple[Token | None, int]:
        """A comment, a declaration, a processing instruction."""
        if self.value.startswith("<!--", start):
            end = self._find("-->", start + 2)
            return (None, end + 3) if end >= 0 else (Text("<!--"), start + 4)
        return None, self.value.index(">", start) + 1

    def _find(self, needle: str, start: int) -> int:
        if needle in self.absent:
            return -1
        end = self.value.find(needle, start)
        if end < 0:
            self.absent.add(needle)
        return end

    def _end_of_hidden(self, name: str, start: int) -> int:
        """After what is hidden; `start` itself if that never ends. Templates nest."""
        if name in self.absent:
            return start
        depth = 1
        for match in re.compile(rf"<(/?){name}(?=[\s/>])", re.IGNORECASE).finditer(
            self.value, start
        ):
            if match[1]:
                depth -= 1
            elif name == "template":
                depth += 1
            if not depth:
                return match.start()
        self.absent.add(name)
        return start
