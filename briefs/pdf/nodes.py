"""The pieces of a structure tree before they are objects of a PDF. Pure: no engine."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from briefs.pdf.kinds import BLOCKS


@dataclass(eq=False)
class Node:
    """A structure element to be. `kids` are other nodes, marks (page, number) of content, and link
    annotations."""

    kind: str
    parent: "Node | None" = None
    kids: list[Any] = field(default_factory=list)
    more: dict[str, Any] = field(default_factory=dict)
    notes: list["Node"] = field(default_factory=list)
    after: Any = None  # of a note: the kid that it follows, or how many kids were there before it

    def has(self, kind: str) -> bool:
        return any(isinstance(kid, Node) and kid.kind == kind for kid in self.kids)

    def add(self, kind: str, **more: Any) -> "Node":
        node = Node(kind, self, more=more)
        self.kids.append(node)
        return node


@dataclass(frozen=True)
class Mark:
    page: int
    number: int


@dataclass(frozen=True)
class Annotation:
    page: int
    link: Any


def in_spans(node: Node, kids: list[Any]) -> Iterator[Any]:
    """Pieces of text among elements as elements, too: some readers take all text of an element before
    what stands in it."""
    if not any(isinstance(kid, Node) for kid in kids):
        yield from kids
        return
    for is_text, run in groupby(kids, key=lambda kid: isinstance(kid, Mark)):
        if is_text:
            yield Node("Span", node, list(run))
        else:
            yield from run


def in_order(node: Node) -> Iterator[Any]:
    """The kids, each with the notes that follow it; notes called in the text of `node` itself stand
    before the next block in it, or at its end."""
    following: dict[Any, list[Node]] = {}
    for note in node.notes:
        following.setdefault(note.after, []).append(note)
    waiting: list[Node] = []
    for place, kid in enumerate(node.kids):
        waiting += following.pop(place, ())
        if isinstance(kid, Node) and kid.kind in BLOCKS:
            yield from waiting
            waiting = []
        yield kid
        if isinstance(kid, Node):
            yield from following.pop(kid, ())
    yield from waiting
    for notes in following.values():
        yield from notes
