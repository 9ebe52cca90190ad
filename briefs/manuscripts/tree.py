"""The small tree that all readers build and that becomes the stored form. No project imports.

A block or inline is an `Element`, text is a plain `str`, and a note's call is an empty
`<span data-note="KEY">`; keys are settled to numbers once the order of the calls is known."""

import html as escaping
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby

type Node = Element | str

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
VOID = frozenset({"br", "hr"})
BLOCKS = frozenset(
    {*HEADINGS, *"p ul ol li blockquote table caption thead tbody tr th td hr".split()}
)
SPACES = re.compile(r"[ \t\r\n\f\v]+")
BARE_URL = re.compile(r"https?://[^\s<>\"“”«»\ue000-\uf8ff]+")
AFTER_URL = ".,;:!?'’”)]}"


@dataclass
class Element:
    tag: str
    children: list[Node] = field(default_factory=list)
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass
class Reading:
    """A file as its reader understood it, before front matter and notes by hand are recognised.

    `words` is the visible text by the file's own account, taken without the converter;
    `margins` is text that stands outside the running text (running heads); `accounted` is text
    that was not kept because it became structure (the label of a note, the word "Email:")."""

    blocks: list[Element]
    notes: dict[str, list[Node]] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    margins: list[str] = field(default_factory=list)
    accounted: list[str] = field(default_factory=list)
    title: str = ""
    subtitle: str = ""
    summary: str = ""
    date: str = ""
    authors: list[dict[str, str]] = field(default_factory=list)
    language: str = ""
    warnings: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)  # what describes each, "" if nothing does
    captions: list[str] = field(default_factory=list)  # of pictures; they stand as paragraphs

    def warn(self, sentence: str) -> None:
        if sentence not in self.warnings:
            self.warnings.append(sentence)


def call(key: str) -> Element:
    return Element("span", [], {"data-note": key})


def is_call(node: Node) -> bool:
    return isinstance(node, Element) and "data-note" in node.attributes


def walk(nodes: Iterable[Node]) -> Iterator[Element]:
    """Every element in the order of the text, parents first."""
    for node in nodes:
        if isinstance(node, Element):
            yield node
            yield from walk(node.children)


def calls(nodes: Iterable[Node]) -> Iterator[Element]:
    return (element for element in walk(nodes) if is_call(element))


def text(node: Node | list[Node]) -> str:
    """The text as a reader sees it, calls and markup left out."""
    if isinstance(node, str):
        return node
    if isinstance(node, list):
        return "".join(text(child) for child in node)
    return "\n" if node.tag == "br" else "".join(text(child) for child in node.children)


def words(nodes: Iterable[Node]) -> str:
    """The text for comparing: blocks, breaks and calls part words as they do on the page."""
    parts = []
    for node in nodes:
        if isinstance(node, str):
            parts.append(node)
        elif node.tag in BLOCKS or node.tag == "br" or is_call(node):
            parts += [" ", words(node.children), " "]
        else:
            parts.append(words(node.children))
    return "".join(parts)


def html(nodes: Iterable[Node]) -> str:
    return "".join(_html(node) for node in nodes)


def _html(node: Node) -> str:
    if isinstance(node, str):
        return escaping.escape(node, quote=False)
    attributes = "".join(
        f' {name}="{escaping.escape(value)}"' for name, value in node.attributes.items()
    )
    if node.tag in VOID:
        return f"<{node.tag}{attributes}>"
    return f"<{node.tag}{attributes}>{html(node.children)}</{node.tag}>"


def printed(nodes: Iterable[Node]) -> str:
    """A note as a plain-text edition prints it: *italics* and <URL>."""
    return "".join(_printed(node) for node in nodes).strip()


def _printed(node: Node) -> str:
    if isinstance(node, str):
        return BARE_URL.sub(_in_angles, node)
    inner = "".join(_printed(child) for child in node.children)
    if node.tag == "br":
        return "\n"
    if node.tag == "em" and inner.strip():
        bare = inner.strip()
        return inner.replace(bare, f"*{bare}*", 1)
    if node.tag != "a":
        return inner
    href, shown = node.attributes.get("href", ""), text(node)
    if href.startswith("mailto:"):
        return shown
    if shown.strip() == href or BARE_URL.fullmatch(shown.strip()):
        return f"<{shown.strip()}>"
    return f"{inner} <{href}>"


def _in_angles(match: re.Match[str]) -> str:
    url = bare_url(match[0])
    return f"<{url}>{match[0][len(url) :]}"


def bare_url(found: str) -> str:
    """The address without the punctuation of the sentence; a closing bracket of its own stays."""
    while found and found[-1] in AFTER_URL:
        if found[-1] == ")" and found.count("(") >= found.count(")"):
            break
        found = found[:-1]
    return found


def map_text(nodes: list[Node], change: Callable[[str], list[Node]]) -> list[Node]:
    """The same nodes with each text replaced by what `change` makes of it."""
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            result += change(node)
        else:
            node.children = map_text(node.children, change)
            result.append(node)
    return result


def tidy(nodes: list[Node]) -> list[Node]:
    """Neighbouring texts joined, white space single, none at the ends, none before a call."""
    return _trim(_trim(_settle(nodes), last=False), last=True)


def _settle(nodes: list[Node]) -> list[Node]:
    for node in nodes:
        if isinstance(node, Element):
            node.children = _settle(node.children)
    result: list[Node] = []
    kept = (node for node in nodes if not _is_hollow(node))
    for is_text, run in groupby(kept, lambda node: isinstance(node, str)):
        if is_text:  # joined once: a long paragraph comes in very many pieces
            joined = SPACES.sub(" ", "".join(map(str, run)))
            joined = joined.lstrip(" ") if result and _ends_line(result[-1]) else joined
            result += [joined] if joined else []
            continue
        for node in run:
            if is_call(node) or _ends_line(node):
                result = _trim(result, last=True)
            result.append(node)
    return result


def _is_hollow(node: Node) -> bool:
    if isinstance(node, str):
        return not node
    return not node.children and node.tag not in VOID and not is_call(node)


def _ends_line(node: Node) -> bool:
    return isinstance(node, Element) and node.tag == "br"


def _trim(nodes: list[Node], *, last: bool) -> list[Node]:
    """Without white space and breaks at one end, also inside marks."""
    while nodes:
        index = -1 if last else 0
        node = nodes[index]
        if isinstance(node, str):
            nodes[index] = node.rstrip(" \n") if last else node.lstrip(" \n")
            if nodes[index]:
                break
        elif node.tag != "br":
            if is_call(node) or node.tag == "hr" or node.tag in BLOCKS:
                break
            node.children = _trim(node.children, last=last)
            if node.children:
                break
        nodes.pop(index)
    return nodes


def split_at(nodes: list[Node], is_break: Callable[[Node], bool]) -> list[list[Node]]:
    """The runs between breaks; a break inside a mark parts the mark."""
    runs: list[list[Node]] = [[]]
    for node in nodes:
        if is_break(node):
            runs.append([])
        elif isinstance(node, Element) and any(is_break(child) for child in node.children):
            parts = split_at(node.children, is_break)
            pieces: list[Node] = [Element(node.tag, p, dict(node.attributes)) for p in parts]
            runs[-1].append(pieces[0])
            runs += [[piece] for piece in pieces[1:]]
        else:
            runs[-1].append(node)
    return runs


def linked(nodes: list[Node]) -> list[Node]:
    """Bare web addresses made links; what is a link already stays as it is."""
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            result += _links(node)
            continue
        if node.tag not in ("a", "code"):
            node.children = linked(node.children)
        result.append(node)
    return result


def _links(value: str) -> Iterator[Node]:
    start = 0
    for match in BARE_URL.finditer(value):
        url = bare_url(match[0])
        if match.start() > start:
            yield value[start : match.start()]
        yield Element("a", [url], {"href": url})
        start = match.start() + len(url)
    if start < len(value):
        yield value[start:]
