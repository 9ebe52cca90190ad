"""Notes made by hand: `[1]` or a raised figure in the text, and a list at the end or paragraphs at
the foot of the page that begin with the same figure. Works on the tree of any reader."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from briefs.manuscripts.tree import HEADINGS, Element, Node, Reading, call, text

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
FIGURES = str.maketrans(RAISED, "0123456789")
CALL = re.compile(rf"\[\[(\d{{1,3}})\]\]|\[(\d{{1,3}})\]|([{RAISED}]+(?:[,\u2009 ][{RAISED}]+)*)")
STRONG_LABEL = re.compile(rf"\s*(?:\[\[(\d{{1,3}})\]\]|\[(\d{{1,3}})\]|([{RAISED}]+))[.:)]?\s*")
WEAK_LABEL = re.compile(r"\s*(\d{1,3})(?:[.):]\s*|\s+)")
HEADING = re.compile(
    r"(?:end\s*|foot\s*)?notes|references|sources|citations|notes (?:and|&) references|حواشی|注释",
    re.IGNORECASE,
)
RAISED_NUMBERS = re.compile(r"\[?\d{1,3}\]?(?:\s*[,;]\s*\[?\d{1,3}\]?)*")
UNIT = re.compile(r"(?:\d\s?|\b)(?:[kcm]?m|ft|mi|sq)$")


@dataclass
class Definition:
    label: str
    content: list[Node]
    printed: str  # the label as it stands in the file
    block: Element
    more: list[Element] = field(default_factory=list)  # further paragraphs
    used: bool = False


def label_of(block: Element, *, weak: bool = False) -> str:
    """The number with which a paragraph begins as a note does, "" otherwise."""
    if block.tag != "p" or not block.children:
        return ""
    first = block.children[0]
    if isinstance(first, Element):
        if first.tag in ("strong", "em", "span") and first.children:
            return label_of(Element("p", first.children), weak=weak)
        return _figures(text(first)) if first.tag == "sup" else ""
    match = STRONG_LABEL.match(first) or (WEAK_LABEL.match(first) if weak else None)
    return _number(match) if match else ""


def bind(reading: Reading) -> None:
    """Takes the notes out of the text and puts calls where their numbers stand.

    A number without a note, and a note without a number, stay in the text and are reported."""
    called = {label for block in reading.blocks for label in _labels_called(block)}
    if not called:
        return
    items = _definitions(reading.blocks, called)
    bindings = _match(items)
    definitions = [item for item in items if isinstance(item, Definition)]
    if not any(definition.used for definition in definitions):
        return
    _put_calls(reading, items, bindings)
    reading.blocks = _without_notes(items)
    _drop_last_heading(reading)
    for definition in definitions:
        if not definition.used:
            shown = " ".join(text(definition.content).split())[:80]
            reading.warn(
                f"Note {definition.label} (“{shown}”) is called nowhere; it stayed in the text."
            )


def _definitions(blocks: list[Element], called: set[str]) -> list[Element | Definition]:
    """The blocks in order, with definitions in place of those that look like notes."""
    tail = _tail(blocks, called)
    items: list[Element | Definition] = []
    for index, block in enumerate(blocks):
        if index >= tail and block.tag == "ol":
            items += _from_list(block)
            continue
        label = label_of(block, weak=index >= tail)
        if label and label in called and _has_more(block, weak=index >= tail):
            items.append(_definition(block, label, weak=index >= tail))
        elif index >= tail and block.tag == "p" and items and isinstance(items[-1], Definition):
            items[-1].content += [Element("br"), *block.children]
            items[-1].more.append(block)
        else:
            items.append(block)
    return items


def _tail(blocks: list[Element], called: set[str]) -> int:
    """Where the list of notes at the end begins: after its heading, or with a last numbered list
    of as many entries as there are numbers in the text."""
    for index in range(len(blocks) - 1, -1, -1):
        if _is_heading(blocks[index]):
            rest = blocks[index + 1 :]
            labelled = rest and (rest[0].tag == "ol" or label_of(rest[0], weak=True))
            return index + 1 if labelled else len(blocks)
        if blocks[index].tag in HEADINGS:
            break
    numbers = {str(number) for number in range(1, len(called) + 1)}
    if blocks and blocks[-1].tag == "ol" and called == numbers:
        return len(blocks) - 1 if len(blocks[-1].children) == len(called) else len(blocks)
    start = len(blocks)
    while start and label_of(blocks[start - 1], weak=True) in called:
        start -= 1
    found = [label_of(block, weak=True) for block in blocks[start:]]
    return start if found and set(found) == called else len(blocks)


def _is_heading(block: Element) -> bool:
    shown = text(block).strip().rstrip(":")
    return block.tag in ("p", *HEADINGS) and HEADING.fullmatch(shown) is not None


def _from_list(block: Element) -> Iterator[Definition]:
    start = int(block.attributes.get("start", "1"))
    for number, item in enumerate(block.children, start):
        content: list[Node] = []
        for child in item.children if isinstance(item, Element) else [item]:
            paragraph = isinstance(child, Element) and child.tag == "p"
            content += [Element("br")] if paragraph and content else []
            content += child.children if isinstance(child, Element) and paragraph else [child]
        yield Definition(str(number), content, "", block)


def _definition(block: Element, label: str, *, weak: bool) -> Definition:
    children = list(block.children)
    first = children[0]
    if isinstance(first, Element) and first.tag == "sup":
        return Definition(label, children[1:], text(first), block)
    if isinstance(first, Element):
        inner = _definition(Element("p", list(first.children)), label, weak=weak)
        marked: list[Node] = [Element(first.tag, inner.content, first.attributes)]
        return Definition(label, marked + children[1:], inner.printed, block)
    match = STRONG_LABEL.match(first) or (WEAK_LABEL.match(first) if weak else None)
    end = match.end() if match else 0
    return Definition(label, [first[end:], *children[1:]], first[:end], block)


def _has_more(block: Element, *, weak: bool) -> bool:
    return bool(text(_definition(block, label_of(block, weak=weak), weak=weak).content).strip())


def _match(items: list[Element | Definition]) -> list[Definition | None]:
    """For each call in order its note: the next one with its number, since numbers may begin anew
    on each page; else one that stood before."""
    waiting: dict[str, list[int]] = {}
    latest: dict[str, Definition] = {}
    bindings: list[Definition | None] = []
    for item in items:
        if isinstance(item, Element):
            for label in _labels_called(item):
                waiting.setdefault(label, []).append(len(bindings))
                bindings.append(None)
            continue
        pending = waiting.pop(item.label, [])
        if pending or item.label not in latest:
            latest[item.label] = item
        for index in pending:
            bindings[index] = item
    for label, indexes in waiting.items():
        for index in indexes:
            bindings[index] = latest.get(label)
    for definition in filter(None, bindings):
        definition.used = True
    return bindings


def _put_calls(
    reading: Reading, items: list[Element | Definition], bindings: list[Definition | None]
) -> None:
    remaining = iter(bindings)
    keys: dict[int, str] = {}

    def bound(label: str) -> Element | None:
        definition = next(remaining)
        if definition is None:
            reading.warn(f"The number {label} in the text has no note; it stayed in the text.")
            return None
        if id(definition) not in keys:
            keys[id(definition)] = f"h{len(keys) + 1}"
            reading.notes[keys[id(definition)]] = definition.content
            reading.accounted.append(definition.printed)
        reading.accounted.append(label)
        return call(keys[id(definition)])

    for item in items:
        if isinstance(item, Element):
            item.children = _replace(item.children, bound)


def _without_notes(items: list[Element | Definition]) -> list[Element]:
    kept: list[Element] = []
    lists = {id(d.block) for d in items if isinstance(d, Definition) and d.used}
    for item in items:
        if isinstance(item, Element):
            kept.append(item)
        elif not item.used and id(item.block) in lists:  # one entry of a list whose others went
            kept.append(Element("p", [f"{item.label}. ", *item.content]))
        elif not item.used and (not kept or kept[-1] is not item.block):
            kept += [item.block, *item.more]
    return kept


def _drop_last_heading(reading: Reading) -> None:
    """The heading of the list of notes, when nothing is left under it."""
    while reading.blocks and reading.blocks[-1].tag == "hr":
        reading.blocks.pop()
    if reading.blocks and _is_heading(reading.blocks[-1]):
        reading.accounted.append(text(reading.blocks.pop()))


def _labels_called(block: Element) -> list[str]:
    found: list[str] = []

    def collect(label: str) -> None:
        found.append(label)

    _replace(block.children, collect)
    return found


def _replace(nodes: list[Node], bound: Callable[[str], Element | None]) -> list[Node]:
    """A copy of `nodes` with what `bound` gives for each number, or the number as it stands."""
    result: list[Node] = []
    for node in nodes:
        if isinstance(node, str):
            result += _replace_in_text(node, bound)
        elif node.tag == "sup" and RAISED_NUMBERS.fullmatch(text(node).strip()):
            new = [bound(label) for label in re.findall(r"\d+", text(node))]
            result += [found for found in new if found] if all(new) else [node]
        elif node.tag == "code":
            result.append(node)
        else:
            result.append(Element(node.tag, _replace(node.children, bound), node.attributes))
    return result


def _replace_in_text(value: str, bound: Callable[[str], Element | None]) -> Iterator[Node]:
    start = 0
    for match in CALL.finditer(value):
        if match[3] and UNIT.search(value[max(0, match.start() - 4) : match.start()]):
            continue
        yield value[start : match.start()]
        new = [bound(label) for label in re.findall(r"\d+", match[0].translate(FIGURES))]
        if all(new):
            yield from (found for found in new if found)
        else:
            yield match[0]
        start = match.end()
    yield value[start:]


def _number(match: re.Match[str]) -> str:
    return _figures(next(group for group in match.groups() if group))


def _figures(shown: str) -> str:
    figures = shown.translate(FIGURES).strip(" []().:")
    return str(int(figures)) if figures.isdecimal() and len(figures) <= 3 else ""
