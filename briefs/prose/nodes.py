"""The elements of the stored form on their way to text, and what those of figures and tables owe
each other."""

from dataclasses import dataclass, field
from html import escape

from briefs.prose.allowed import ATTRIBUTES


@dataclass(slots=True, eq=False)
class Node:
    tag: str  # "" when only its content is stored
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Node | str"] = field(default_factory=list)
    filled: bool = False  # by a word, a citation or a picture


VOID = frozenset({"br", "hr", "img"})
IN_ORDER = ("src", "alt", "width", "height")
assert set(IN_ORDER) == ATTRIBUTES["img"]


def serialised(node: Node | str) -> str:
    if isinstance(node, str):
        return escape(node, quote=False)
    content = "".join(map(serialised, node.children))
    if not node.tag:
        return content
    attributes = "".join(f' {name}="{_quoted(value)}"' for name, value in node.attributes.items())
    if node.tag in VOID:
        return f"<{node.tag}{attributes}>"
    return f"<{node.tag}{attributes}>{content}</{node.tag}>"


def _quoted(value: str) -> str:
    return escape(value, quote=False).replace('"', "&quot;")


# Figures: a picture stands first in its own, and nothing but one caption after it.


def picture(attributes: dict[str, str]) -> Node:
    return Node("img", {name: attributes[name] for name in IN_ORDER if name in attributes})


def has_picture(node: Node) -> bool:
    return node.tag == "figure" and any(_is(child, "img") for child in node.children[:1])


def has_caption(figure: Node) -> bool:
    return any(_is(child, "figcaption") for child in figure.children)


def take_picture(figure: Node, found: Node) -> bool:
    """Put it first in a figure that holds nothing yet, or a caption alone; False in any other."""
    kept = [child for child in figure.children if not _is_blank(child)] if figure.filled else []
    if figure.tag != "figure" or has_picture(figure) or len(kept) > 1:
        return False
    if kept and not _is(kept[0], "figcaption"):
        return False
    figure.children[:] = [found, *kept]
    return True


def settle_credit(caption: Node) -> None:
    """A credit stands last, one space after the caption's words; elsewhere it is only words."""
    children = caption.children
    while children and _is_blank(children[-1]):
        children.pop()
    for child in children[:-1]:
        if is_credit(child):
            child.tag = ""  # type: ignore[union-attr]
    if len(children) > 1 and is_credit(children[-1]):
        credit = children.pop()
        while children and (_is_blank(children[-1]) or _is(children[-1], "br")):
            children.pop()
        if children and isinstance(children[-1], str):
            children[-1] = children[-1].rstrip()
        children.extend([" ", credit] if children else [credit])


def is_credit(node: Node | str) -> bool:
    return isinstance(node, Node) and node.tag == "span" and "data-credit" in node.attributes


def _is(node: Node | str, tag: str) -> bool:
    return isinstance(node, Node) and node.tag == tag


def _is_blank(node: Node | str) -> bool:
    return isinstance(node, str) and not node.strip()


# Tables


def give_scopes(row: Node, *, in_head: bool) -> None:
    """A head that does not say so speaks for its row where other cells stand in it, else for its
    column."""
    along = not in_head and any(_is(cell, "td") for cell in row.children)
    for cell in row.children:
        if isinstance(cell, Node) and cell.tag == "th":
            cell.attributes.setdefault("scope", "row" if along else "col")
