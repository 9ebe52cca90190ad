"""From a stream of tags to the stored form, in one pass and linear time.

Every word stays, and in its order: what may not stand where it stands gets the element that it
lacks (a paragraph, an item, a cell) or loses its tag. A tree by the HTML standard would be another
one: that moves the loose words of a table before it, and opens again in each paragraph what was
left open in the one before, so that a small text can become a large one."""

from collections import Counter
from dataclasses import dataclass, field

from briefs.prose import allowed, nodes
from briefs.prose.kinds import (
    BOUNDS,
    CELLS,
    DROPPED_IF_EMPTY,
    HEADING,
    KINDS,
    LACKING,
    OPEN_TO_INLINE_ENDS,
    PLACES,
    Kind,
)
from briefs.prose.nodes import Node
from briefs.prose.tokens import End, Start, Text, attributes, tokens
from briefs.prose.tree import ProseError


@dataclass(slots=True, eq=False)
class Open:
    """An element on the way down to where the next word goes."""

    name: str  # of its end tag
    kind: Kind
    node: Node  # where its content goes: of an element that is not stored, what is around it
    stored: bool = True
    implied: bool = False
    language: dict[str, str] = field(default_factory=dict)  # of containers, for their blocks
    lines: "Open | None" = None  # around this one, where this is of Kind.LINES
    started: bool = False
    new_line: bool = False


def build(value: str, *, one_line: bool = False) -> str:
    """The stored form of `value`; with `one_line`, of inline elements without any notes."""
    builder = _Builder(one_line=one_line)
    for token in tokens(value):
        match token:
            case Text(text):
                builder.text(text)
            case Start(name, written):
                builder.start(name, written)
            case End(name):
                builder.end(name)
    return builder.finish()


class _Builder:
    def __init__(self, *, one_line: bool) -> None:
        self.one_line = one_line
        self.root = Open("", Kind.LINES if one_line else Kind.ROOT, Node(""))
        self.stack = [self.root]
        self.open = Counter[str]()  # by name, so that a stray end tag costs nothing
        self.lines = self.root if one_line else None  # the innermost of Kind.LINES
        self.note: Open | None = None

    @property
    def top(self) -> Open:
        return self.stack[-1]

    def finish(self) -> str:
        self._close_from(1)
        return "".join(nodes.serialised(child) for child in self.root.node.children)

    def text(self, text: str) -> None:
        if text.strip():
            self._ready_for_words()
            self.top.node.filled = True
            if self.lines:
                self.lines.started = True
        elif self._is_needless(text):
            return
        self.top.node.children.append(text)

    def _is_needless(self, space: str) -> bool:
        """At the head of a line; beside a picture; or between items or cells, where only ASCII
        spaces may stand."""
        if self.lines:
            return self.lines.new_line
        foreign = self.top.kind in LACKING and bool(space.strip(" \t\n"))
        return foreign or nodes.has_picture(self.top.node)

    def start(self, name: str, written: str) -> None:
        tag = allowed.SYNONYMS.get(name, name)
        if tag not in allowed.KNOWN:
            return
        checked: dict[str, str] = {}
        for key, value in attributes(written).items() if written else ():
            if (kept := allowed.attribute(tag, key, value)) is not None:
                checked[key] = kept
        if tag in allowed.INLINE:
            self._start_inline(name, tag, checked)
        elif tag == "img":
            self._show(checked)
        elif self.lines and not self._ends_caption(tag):
            self.lines.new_line = True
            if tag != "hr":
                self._push(Open(name, Kind.LINE, self.top.node, stored=False))
        else:
            self._start_block(name, tag, checked)

    def end(self, name: str) -> None:
        if name == "br":
            self.start("br", "")
            return
        tag = allowed.SYNONYMS.get(name, name)
        name = _end_of(name)
        if not self.open[name]:
            return
        bounds = BOUNDS.get(name, CELLS - {name})
        for place in range(len(self.stack) - 1, 0, -1):
            entry = self.stack[place]
            if entry.name == name:
                self._close_from(place)
                return
            if tag in allowed.INLINE:
                if entry.kind not in OPEN_TO_INLINE_ENDS:
                    return
            elif entry.name in bounds:
                return

    # Inline elements

    def _start_inline(self, name: str, tag: str, checked: dict[str, str]) -> None:
        if self.lines and nodes.is_credit(self.lines.node):  # plain words
            if tag == "br":
                self.lines.new_line = True
            else:
                self._push(Open(name, Kind.INLINE, self.top.node, stored=False))
            return
        self._ready_for_words()
        if tag == "br":
            self.top.node.children.append(Node("br", checked))
            return
        if tag == "a" and "href" in checked:
            self._end_link()
        if checked.pop("data-credit", None) is not None and self._at_caption():
            self._open_lines(Open(name, Kind.LINES, Node("span", {"data-credit": ""})))
            return
        is_note = "data-note" in checked and not self.note and not self.one_line
        if not is_note:
            checked.pop("data-note", None)
        if is_note:
            self._open_note(name, checked)
        elif tag == "cite":
            self._cite(checked)
            self._push(Open(name, Kind.INLINE, self.top.node, stored=False))
        elif (tag == "span" and not checked) or (tag == "a" and "href" not in checked):
            self._push(Open(name, Kind.INLINE, self.top.node, stored=False))
        else:
            self._store(Open(name, Kind.INLINE, Node(tag, checked)))

    def _open_note(self, name: str, checked: dict[str, str]) -> None:
        self._unlink()
        self.note = Open(name, Kind.LINES, Node("span", checked))
        self._open_lines(self.note)

    def _open_lines(self, entry: Open) -> None:
        if self.lines:
            self.lines.started = True
        entry.lines, self.lines = self.lines, entry
        self._store(entry)

    def _at_caption(self) -> bool:
        """Whether a credit may stand here: in the caption of a figure itself."""
        node = self.top.node
        return node.tag == "figcaption" and self.lines is not None and self.lines.node is node

    def _cite(self, checked: dict[str, str]) -> None:
        """A citation is empty; words found inside stay, as text after it. So does a locator that
        is longer than any."""
        if not self.note or "data-source" not in checked:
            return
        self._unlink()
        locator = checked.get("data-locator", "")
        if len(locator) > allowed.MAX_LOCATOR:
            del checked["data-locator"]
        self.top.node.children.append(Node("cite", checked))
        self.top.node.filled = self.note.started = True
        if len(locator) > allowed.MAX_LOCATOR:
            self.text(f", {locator}")

    def _end_link(self) -> None:
        for place, entry in enumerate(self.stack):
            if entry.stored and entry.node.tag == "a":
                self._close_from(place)
                return

    def _unlink(self) -> None:
        """A note or a citation is never inside a link: such a link loses its tag."""
        for entry in self.stack:
            if entry.stored and entry.node.tag == "a":
                entry.node.tag = ""

    def _ready_for_words(self) -> None:
        """Words stand in a paragraph, an item or a cell; in a note, maybe on a new line."""
        if self.lines:
            if self.lines.new_line and self.lines.started:
                plain = self.one_line or nodes.is_credit(self.lines.node)
                self.top.node.children.append(" " if plain else Node("br"))
            self.lines.new_line = False
            return
        self._leave_picture()
        self._ready_for_blocks()
        if self.top.kind in {Kind.ROOT, Kind.CONTAINER}:
            self._store(Open("p", Kind.PHRASING, Node("p", dict(self.top.language))))

    # Blocks

    def _start_block(self, name: str, tag: str, checked: dict[str, str]) -> None:
        self._end_words()
        if tag not in allowed.CONTAINERS:
            self._leave_picture(tag)
        if tag in PLACES:
            if not self._find_place(tag):
                tag = "div"
        elif tag == "li":
            self._find_list()
        elif tag in {"ul", "ol"}:
            self._find_item()
        if tag not in PLACES and tag != "li":
            self._ready_for_blocks()
        if tag in allowed.CONTAINERS:
            language = self.top.language | _language(checked)
            self._push(Open(name, Kind.CONTAINER, self.top.node, stored=False, language=language))
            return
        node = Node(tag, self.top.language | checked)
        if tag == "hr":
            self.top.node.children.append(node)
            return
        entry = Open(name, KINDS[tag], node, lines=self.lines)
        self._store(entry)
        if entry.kind is Kind.LINES:
            self.lines = entry

    def _end_words(self) -> None:
        while self.top.kind in {Kind.INLINE, Kind.PHRASING}:
            self._close_from(len(self.stack) - 1)

    def _show(self, checked: dict[str, str]) -> None:
        """A picture of ours, in a figure of its own; none among words, and no other."""
        if self.lines or "src" not in checked:
            return
        self._end_words()
        picture = nodes.picture(checked)
        if not nodes.take_picture(self.top.node, picture):
            if self.top.node.tag == "figure":
                self._leave(self.top.node)
            self._ready_for_blocks()
            self._store(Open("figure", Kind.FLOW, Node("figure", dict(self.top.language))))
            nodes.take_picture(self.top.node, picture)
        self.top.node.filled = True

    def _leave_picture(self, tag: str = "") -> None:
        """Beside a picture stands its caption; all else comes after the figure."""
        figure = self.top.node
        if nodes.has_picture(figure) and (tag != "figcaption" or nodes.has_caption(figure)):
            self._leave(figure)

    def _leave(self, node: Node) -> None:
        self._close_from(next(n for n, entry in enumerate(self.stack) if entry.node is node))

    def _ready_for_blocks(self) -> None:
        """Blocks stand in an item or a cell, not in a list or a table itself."""
        if self.top.kind is Kind.LIST and self.top.implied:
            self._close_from(len(self.stack) - 1)
        while lacking := LACKING.get(self.top.kind):
            self._store(Open(lacking, KINDS[lacking], Node(lacking), implied=True))

    def _find_place(self, tag: str) -> bool:
        """Close what is open in the table, down to where `tag` belongs; False without a table."""
        for place in range(len(self.stack) - 1, 0, -1):
            if self.stack[place].kind in PLACES[tag]:
                self._close_from(place + 1)
                break
        else:
            return False
        while PLACES.get(LACKING[self.top.kind], frozenset()) < PLACES[tag]:
            lacking = LACKING[self.top.kind]
            self._store(Open(lacking, KINDS[lacking], Node(lacking), implied=True))
        return True

    def _find_list(self) -> None:
        """Close what is open in the list, down to where an item belongs; without one, begin it."""
        for place in range(len(self.stack) - 1, 0, -1):
            entry = self.stack[place]
            if entry.kind is Kind.LIST:
                self._close_from(place + 1)
                return
            if entry.kind is not Kind.CONTAINER and entry.node.tag != "li":
                break
        self._ready_for_blocks()
        self._store(Open("ul", Kind.LIST, Node("ul"), implied=True))

    def _find_item(self) -> None:
        """A list in a list belongs to the item before it."""
        if self.top.kind is Kind.LIST and not self.top.implied:
            items = [child for child in self.top.node.children[-2:] if isinstance(child, Node)]
            if items:
                self._push(Open("li", Kind.FLOW, items[-1]))

    def _ends_caption(self, tag: str) -> bool:
        """The rest of a table after a caption that was left open."""
        if not self.lines or self.lines.node.tag != "caption" or tag not in PLACES:
            return False
        if any(entry.kind is Kind.LINE and entry.name == "table" for entry in self.stack):
            return False
        self._close_from(self.stack.index(self.lines))
        return True

    # The stack

    def _store(self, entry: Open) -> None:
        self.top.node.children.append(entry.node)
        self._push(entry)

    def _push(self, entry: Open) -> None:
        if len(self.stack) > allowed.MAX_DEPTH:
            raise ProseError(f"The text is nested more than {allowed.MAX_DEPTH} levels deep.")
        entry.name = _end_of(entry.name)
        self.open[entry.name] += 1
        self.stack.append(entry)

    def _close_from(self, place: int) -> None:
        while len(self.stack) > place:
            self._closed(self.stack.pop())

    def _closed(self, entry: Open) -> None:
        self.open[entry.name] -= 1
        if entry.kind is Kind.LINE and self.lines:
            self.lines.new_line = True
        if entry is self.note:
            self.note = None
        if entry is self.lines:
            self.lines = entry.lines
        if not entry.stored:
            return
        if entry.node.tag == "figcaption":
            nodes.settle_credit(entry.node)
        elif entry.node.tag == "tr":
            nodes.give_scopes(entry.node, in_head=self.top.node.tag == "thead")
        if entry.node.filled:
            self.top.node.filled = True
        elif entry.implied or entry.kind in DROPPED_IF_EMPTY:
            self._drop_last()

    def _drop_last(self) -> None:
        """Paragraphs and notes without a word or a citation are slips of the keyboard."""
        siblings = self.top.node.children
        siblings.pop()
        last = siblings[-1] if siblings else None
        if self.top.kind is Kind.FLOW and isinstance(last, str) and last.strip():
            siblings.append(" ")  # words before and after it stay apart


def _end_of(name: str) -> str:
    """Any heading's end tag ends any heading."""
    return "heading" if HEADING.fullmatch(name) else name


def _language(checked: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in checked.items() if name in allowed.LANGUAGE}
