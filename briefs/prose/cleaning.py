"""Which HTML a body may hold, and cleaning it: the one place where HTML is cleaned."""

import re
import unicodedata
import uuid
from collections.abc import Callable

import nh3
from lxml import html
from lxml.html import HtmlElement

from briefs.prose.tree import ProseError, inner, parse

BLOCKS = frozenset(
    "p h2 h3 h4 ul ol li blockquote table caption thead tbody tr th td figure figcaption hr".split()
)
INLINE = frozenset("em strong sub sup s code a br span cite".split())
LANGUAGE = {"lang", "dir"}
ATTRIBUTES = {
    "*": LANGUAGE,
    "a": {"href"},
    "ol": {"start"},
    "th": {"scope", "colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "span": {"data-note"},
    "cite": {"data-source", "data-locator"},
}
SCHEMES = {"http", "https", "mailto"}
DROPPED_WITH_CONTENT = {
    "script",
    "style",
    "template",
    "noscript",
    "iframe",
    "object",
    "svg",
    "math",
}

# What other editors write, and what it becomes here.
SYNONYMS = {
    "h1": "h2",
    "h5": "h4",
    "h6": "h4",
    "b": "strong",
    "i": "em",
    "strike": "s",
    "del": "s",
    "ins": "span",
    "u": "span",
    "small": "span",
    "tt": "code",
    "dl": "ul",
    "dt": "li",
    "dd": "li",
    "pre": "p",
}
CONTAINERS = frozenset(
    "div section article main header footer aside nav address center form fieldset details "
    "summary legend tfoot".split()
)
PHRASING_HOLDERS = frozenset("p h2 h3 h4 caption figcaption".split())
MAX_SPAN = 100
MAX_DEPTH = 60
MAX_PASSES = 6


def clean(value: str) -> str:
    """The stored form of `value`: only allowed HTML, notes holding inline content only.

    Idempotent. Keeps every word that a reader would have seen. Raises ProseError on nesting
    deeper than any brief has."""
    value = _without_control_characters(value)
    for _ in range(MAX_PASSES):
        before, value = value, _pass(value)
        if value == before:
            return value
    raise ProseError("The text is too tangled to be stored.")  # pragma: no cover


def _pass(value: str) -> str:
    """One round of cleaning. Badly nested input may need a second: parsers mend it differently."""
    lenient = nh3.clean(
        value,
        tags=BLOCKS | INLINE | set(SYNONYMS) | CONTAINERS,
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        clean_content_tags=DROPPED_WITH_CONTENT,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    root = parse(lenient)
    _refuse_deep_nesting(root)
    _rename(root)
    _settle_notes(root)
    _settle_spans(root)
    _settle_blocks(root)
    _wrap_loose_inline(root)
    _drop_empty(root)
    return nh3.clean(
        inner(root),
        tags=set(BLOCKS | INLINE),
        attributes=ATTRIBUTES,
        attribute_filter=_attribute,
        url_schemes=SCHEMES,
        link_rel=None,
    )


def clean_inline(value: str) -> str:
    """The stored form of a line: inline HTML without notes, blocks joined by spaces."""
    root = parse(clean(value))
    _inline_only(root, separator=" ")
    for element in list(root.iter("cite")):
        element.drop_tag()
    for element in list(root.iter("span")):
        element.attrib.pop("data-note", None)
        if not element.attrib:
            element.drop_tag()
    return inner(root).strip()


def _attribute(tag: str, name: str, value: str) -> str | None:
    checks: dict[str, Callable[[], str | None]] = {
        "dir": lambda: value if value in {"ltr", "rtl", "auto"} else None,
        "lang": lambda: (
            value if re.fullmatch(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*", value) else None
        ),
        "scope": lambda: value if value in {"row", "col"} else None,
        "start": lambda: value if re.fullmatch(r"\d{1,4}", value) else None,
        "colspan": lambda: _span(value),
        "rowspan": lambda: _span(value),
        "data-note": lambda: "",
        "data-source": lambda: _uuid(value),
        "href": lambda: value.strip() if re.match(r"(?i)\s*(https?://|mailto:)", value) else None,
    }
    return checks[name]() if name in checks else value


def _span(value: str) -> str | None:
    number = int(value) if re.fullmatch(r"\d{1,6}", value) else 0
    return str(min(number, MAX_SPAN)) if number > 1 else None


def _uuid(value: str) -> str | None:
    try:
        return str(uuid.UUID(value))
    except ValueError:
        return None


def _without_control_characters(value: str) -> str:
    """XML, PostgreSQL and the PDF engine refuse them; no reader ever saw them."""
    return "".join(
        character
        for character in value.replace("\r\n", "\n").replace("\r", "\n")
        if character in "\n\t"
        or (unicodedata.category(character) not in {"Cc", "Cs"} and not _is_noncharacter(character))
    )


def _is_noncharacter(character: str) -> bool:
    """U+FDD0…FDEF and the last two of each plane (Unicode, 23.7)."""
    return 0xFDD0 <= ord(character) <= 0xFDEF or ord(character) & 0xFFFE == 0xFFFE


def _refuse_deep_nesting(root: HtmlElement) -> None:
    stack = [(root, 0)]
    while stack:
        element, depth = stack.pop()
        if depth > MAX_DEPTH:
            raise ProseError(f"The text is nested more than {MAX_DEPTH} levels deep.")
        stack.extend((child, depth + 1) for child in element)


def _rename(root: HtmlElement) -> None:
    """Synonyms get their name; containers become paragraphs or dissolve."""
    for element in list(root.iterdescendants()):
        element.tag = SYNONYMS.get(element.tag, element.tag)
    for element in reversed(list(root.iterdescendants(*CONTAINERS))):
        if element.tag == "tfoot":
            element.tag = "tbody"
        elif any(child.tag in BLOCKS or child.tag in CONTAINERS for child in element):
            _wrap_loose_inline(element)
            element.drop_tag()
        else:
            element.tag = "p"


def _settle_notes(root: HtmlElement) -> None:
    for span in list(root.xpath(".//span[@data-note]")):
        if any(
            ancestor.get("data-note") is not None and ancestor.tag == "span"
            for ancestor in span.iterancestors()
        ):
            del span.attrib["data-note"]
            continue
        _inline_only(span, separator="<br>")
        _lift_out_of_links(span)
    for cite in list(root.iter("cite")):
        inside = any(a.get("data-note") is not None for a in cite.iterancestors("span"))
        if not inside or not cite.get("data-source"):
            cite.drop_tag()
        else:
            _empty_after(cite)


def _empty_after(cite: HtmlElement) -> None:
    """A citation is empty; words found inside stay, as text after it."""
    text = cite.text_content()
    for child in list(cite):
        cite.remove(child)
    cite.text = None
    cite.tail = text + (cite.tail or "")


def _inline_only(element: HtmlElement, *, separator: str) -> None:
    """Dissolve the blocks inside `element`, keeping their words apart."""
    for block in list(element.iterdescendants(*BLOCKS)):
        if block.getprevious() is not None or (_text_before(block)).strip():
            _insert_separator(block, separator)
    for block in list(element.iterdescendants(*BLOCKS)):
        block.drop_tag()


def _text_before(block: HtmlElement) -> str:
    previous = block.getprevious()
    parent = block.getparent()
    return (previous.tail if previous is not None else parent.text) or ""


def _insert_separator(block: HtmlElement, separator: str) -> None:
    if separator == "<br>":
        block.addprevious(html.Element("br"))
        return
    previous, parent = block.getprevious(), block.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + separator
    else:
        parent.text = (parent.text or "") + separator


def _lift_out_of_links(span: HtmlElement) -> None:
    """A note is never inside a link: such a link loses its tag, not its words."""
    for link in list(span.iterancestors("a")):
        link.drop_tag()


def _settle_spans(root: HtmlElement) -> None:
    for span in list(root.iter("span")):
        if not span.attrib:
            span.drop_tag()
    for link in list(root.iter("a")):
        if not link.get("href"):
            link.drop_tag()


def _settle_blocks(root: HtmlElement) -> None:
    """No block inside a paragraph, a heading or an inline element: those dissolve around it."""
    for element in reversed(list(root.iterdescendants(*PHRASING_HOLDERS, *INLINE))):
        if any(child.tag in BLOCKS for child in element):
            if element.tag in PHRASING_HOLDERS:
                _wrap_loose_inline(element)
            element.drop_tag()


def _wrap_loose_inline(root: HtmlElement) -> None:
    """Text and inline elements standing beside blocks get a paragraph of their own."""
    run: HtmlElement | None = None
    if (root.text or "").strip():
        run = html.Element("p")
        run.text, root.text = root.text, None
        root.insert(0, run)
    for child in list(root):
        if child is run:
            continue
        if child.tag in BLOCKS or child.tag in CONTAINERS:
            run = None
        elif run is None:
            run = html.Element("p")
            child.addprevious(run)
            _move(child, run)
            continue
        else:
            _move(child, run)
            continue
        if (child.tail or "").strip():
            run = html.Element("p")
            run.text, child.tail = child.tail, None
            child.addnext(run)


def _move(child: HtmlElement, run: HtmlElement) -> None:
    run.append(child)  # lxml moves the tail along


def _drop_empty(root: HtmlElement) -> None:
    """Paragraphs and notes without a word, a citation or a picture are slips of the keyboard."""
    for note in list(root.xpath(".//span[@data-note]")):
        if not note.text_content().strip() and note.find(".//cite") is None:
            note.drop_tree()
    for block in reversed(list(root.iterdescendants(*PHRASING_HOLDERS))):
        if not block.text_content().strip() and block.find(".//cite") is None:
            block.drop_tree()
