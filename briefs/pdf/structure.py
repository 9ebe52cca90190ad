"""The structure tree of a PDF: what a screen reader says, in the order of the text.

One structure element for each element of the document, over however many pages its boxes stand:
the engine's own tree has another on each page, leaves notes without tags and reads running heads
aloud. A note stands after the paragraph that calls it. Rules: ISO 32000-1, 14.7 and 14.8 (structure),
ISO 14289-1, 7 (PDF/UA). Runs in the fork server's children only; `patch` puts it in place."""

from collections.abc import Iterator, Sequence
from typing import Any

import pydyf
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from briefs.pdf.grid import cell_attributes, fill
from briefs.pdf.kinds import BLOCKS, INLINE_NOTES, KINDS, NUMBERING, SEE_THROUGH
from briefs.pdf.nodes import Annotation, Mark, Node, in_order, in_spans
from briefs.pdf.splitting import is_resumed, line_of

Box = Any
Element = Any
POINTS = 0.75  # in a CSS pixel
REPEATED, DECORATION = "Repeated", "Decoration"  # artefacts; those of the margins: Header, Footer
TABLE_PARTS = {"table", "thead", "tbody", "tr"}
CELLS = {"th", "td"}


def set_aside(pages: Sequence[Any]) -> None:
    """Mark what is on the pages but not of the text, so that it is drawn as an artefact: running
    heads and feet, pictures without alternative text, heads of tables that are repeated."""
    heads: set[Element] = set()
    for page in pages:
        here: set[Element] = set()
        for box in page._page_box.children:
            _set_aside(box, heads, here, aside=_running(box))
        heads |= here


def _running(box: Box) -> str:
    """What a box of the page's margin is called among artefacts (ISO 32000-1, table 330)."""
    if not isinstance(box, boxes.MarginBox):
        return ""
    return "Footer" if box.at_keyword.startswith("@bottom") else "Header"


def _set_aside(box: Box, heads: set[Element], here: set[Element], *, aside: str) -> None:
    if box.element_tag == "thead" and isinstance(box, boxes.TableRowGroupBox):
        here.add(box.element)
        aside = aside or (REPEATED if box.element in heads else "")
    if isinstance(box, boxes.ReplacedBox):
        aside = aside or ("" if box.element.get("alt") else DECORATION)
    if isinstance(box, boxes.TextBox) and box.element_tag:
        again = box.element_tag.endswith("::footnote-marker") and is_resumed(box.element)
        aside = aside or (DECORATION if again else "")
    if isinstance(box, boxes.TextBox) and not box.text.strip():
        between = box.element_tag in NUMBERING  # white space between the items of a list
        aside = aside or (DECORATION if between else "")
    if aside:
        box.artefact = aside
        box.link = None
    for child in _children(box):
        _set_aside(child, heads, here, aside=aside)


def _children(box: Box) -> Iterator[Box]:
    for child in getattr(box, "children", ()):
        yield child._box if isinstance(child, AbsolutePlaceholder) else child


class Tree:
    """Nodes for elements, made when their first content is met."""

    def __init__(self, root: Element):
        self.root = Node("Document")
        self.nodes: dict[Element, Node] = {root: self.root}
        self.parents = {child: parent for parent in root.iter() for child in parent}
        self.notes: dict[int, Node] = {}
        self.levels: list[int] = []  # of the headings above what comes next

    def take(self, page: int, box: Box, tags: dict[Box, dict[str, Any]], height: float) -> None:
        """The content of `box`, which stands on a page of `height`, and of all below it."""
        if getattr(box, "link_annotation", None) is not None:
            self._node(box).kids.append(Annotation(page, box.link_annotation))
        if tag := tags.pop(box, None):
            node = self._node(box)
            node.kids.append(Mark(page, tag["mcid"]))
            if isinstance(box, boxes.ReplacedBox):
                node.more["A"] = _layout(box, height)
        for child in _children(box):
            self.take(page, child, tags, height)

    def _node(self, box: Box) -> Node:
        """Where the content of a box goes."""
        node = self._of(box.element)
        match (box.element_tag or "").partition("::")[2]:
            case "footnote-call":
                return self._reference(box.element)
            case "footnote-marker":
                return self._once(box.element, "Lbl", node, linked=True)
            case "marker":
                return self._once(box.element, "Lbl", node)
        return _content(node)

    def _once(self, element: Element, kind: str, parent: Node, *, linked: bool = False) -> Node:
        key = (element, kind)
        if key not in self.nodes:
            node = Node(kind, parent)
            parent.kids.insert(0, node)
            self.nodes[key] = node.add("Link") if linked else node
        return self.nodes[key]

    def _reference(self, note: Element) -> Node:
        """The call of a note, a link to it."""
        key = (note, "Reference")
        if key not in self.nodes:
            around = _content(self._of(self.parents[note]))
            self.nodes[key] = around.add("Reference").add("Link")
        return self.nodes[key]

    def _of(self, element: Element) -> Node:
        if element not in self.nodes:
            self.nodes[element] = self._made(element)
        return self.nodes[element]

    def _made(self, element: Element) -> Node:
        if (what := line_of(element)) is not None:
            return self._note(element, what.note)
        parent = self._of(self.parents[element])
        if element in self.nodes:  # made with its table
            return self.nodes[element]
        if element.tag == "table":
            return self._table(element, _content(parent))
        kind = self._kind(element)
        language = {"Lang": element.get("lang")} if element.get("lang") else {}
        if not kind and not language:
            return parent
        if kind not in {"Lbl", "LBody"}:
            parent = _content(parent)
        node = parent.add(kind or "Span", **language)
        if element.tag in NUMBERING:
            bare = element.get("class") in {"byline", "references"}
            numbering = "None" if bare else NUMBERING[element.tag]
            node.more["A"] = {"O": "/List", "ListNumbering": f"/{numbering}"}
        if element.tag == "img":
            node.more["Alt"] = element.get("alt")
        return node

    def _kind(self, element: Element) -> str:
        if element.tag in SEE_THROUGH:
            return ""
        kind = KINDS.get(element.tag, "")
        if kind[:1] == "H" and kind[1:].isdigit():  # no level may be left out (ISO 14289-1, 7.4.2)
            while self.levels and self.levels[-1] >= int(kind[1:]):
                self.levels.pop()
            self.levels.append(int(kind[1:]))
            return f"H{len(self.levels)}"
        return kind

    def _note(self, element: Element, number: int) -> Node:
        """After the block that calls it; within it, where nothing may stand beside it. One for all
        lines of a note that is cut."""
        if number in self.notes:
            return self.notes[number]
        around = self._of(self.parents[element])
        while around.kind not in BLOCKS and around.parent:
            around = around.parent
        home = _content(around)
        after: Any = len(home.kids)
        if around.kind not in INLINE_NOTES and around.parent:
            home, after = around.parent, around
        node = self.notes[number] = Node("Note", home, more={"ID": element.get("id")}, after=after)
        home.notes.append(node)
        return node

    def _table(self, element: Element, parent: Node) -> Node:
        """With all its rows and cells, also those where nothing stands."""
        node = self.nodes[element] = parent.add("Table")
        for part in self._parts(element):
            if part.tag in TABLE_PARTS - {"table"} or part.tag == "caption":
                self.nodes[part] = self.nodes[self.parents[part]].add(KINDS[part.tag])
            elif part.tag in CELLS:
                cell = self.nodes[self.parents[part]].add(KINDS[part.tag])
                cell.more["A"] = cell_attributes(part, row=self.parents[part])
                self.nodes[part] = cell
        if node.has("THead") and not node.has("TBody"):  # ISO 32000-1, table 337
            node.add("TBody").add("TR")
        fill(node)
        return node

    def _parts(self, table: Element) -> Iterator[Element]:
        """What is in a table, without what is in tables in its cells."""
        for child in table:
            if child.tag != "table":
                yield child
                yield from self._parts(child)


def _content(node: Node) -> Node:
    """The part of a list's item in which its text stands."""
    if node.kind != "LI":
        return node
    bodies = (kid for kid in node.kids if isinstance(kid, Node) and kid.kind == "LBody")
    return next(bodies, None) or node.add("LBody")


def _layout(box: Box, height: float) -> dict[str, Any]:
    left, top = box.content_box_x(), box.content_box_y()
    edges = (left, height - top - box.height, left + box.width, height - top)
    return {
        "O": "/Layout",
        "Placement": "/Block",
        "BBox": pydyf.Array(round(edge * POINTS, 3) for edge in edges),
    }


def add_tags(pdf: Any, document: Any, _version: Any, streams: Sequence[Any]) -> None:
    """In place of the engine's function of this name."""
    root = document.pages[0]._page_box.children[0].element
    tree = Tree(root)
    for number, (page, stream) in enumerate(zip(document.pages, streams, strict=True)):
        tags = dict(stream._tags)
        for box in page._page_box.children:
            if not isinstance(box, boxes.MarginBox):
                tree.take(number, box, tags, page.height)
        if tags:
            raise AssertionError(f"{len(tags)} pieces of page {number + 1} are in no structure.")
    _Writer(pdf, [len(stream._tags) for stream in streams]).write(tree.root)
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})


class _Writer:
    """Nodes become objects of the PDF."""

    def __init__(self, pdf: Any, marks: list[int]):
        self.pdf = pdf
        self.pages: list[list[Any]] = [["null"] * count for count in marks]
        self.links: list[Any] = []
        self.names: dict[str, Any] = {}

    def write(self, root: Node) -> None:
        tree = self._object({"Type": "/StructTreeRoot"})
        document = self._element(root, tree)
        tree["K"] = pydyf.Array([document.reference])
        tree["ParentTree"] = self._parent_tree().reference
        tree["ParentTreeNextKey"] = len(self.pages) + len(self.links)
        if self.names:
            tree["IDTree"] = self._names().reference
        self.pdf.catalog["StructTreeRoot"] = tree.reference

    def _object(self, values: dict[str, Any]) -> Any:
        made = pydyf.Dictionary(values)
        self.pdf.add_object(made)
        return made

    def _element(self, node: Node, parent: Any) -> Any:
        element = self._object({"Type": "/StructElem", "S": f"/{node.kind}", "P": parent.reference})
        for name, value in node.more.items():
            if name == "A":
                element[name] = pydyf.Dictionary(value)
            else:
                element[name] = pydyf.String(value)
        if "ID" in node.more:
            self.names[node.more["ID"]] = element.reference
        pages = [kid.page for kid in node.kids if not isinstance(kid, Node)]
        if pages:
            element["Pg"] = self.pdf.page_references[pages[0]]
        kids = pydyf.Array()
        for kid in in_spans(node, list(in_order(node))):
            if isinstance(kid, Node):
                kids.append(self._element(kid, element).reference)
            else:
                kids.append(self._content(kid, element, pages[0]))
        element["K"] = kids
        return element

    def _content(self, kid: Mark | Annotation, element: Any, page: int) -> Any:
        reference = self.pdf.page_references[kid.page]
        if isinstance(kid, Annotation):
            kid.link["StructParent"] = len(self.pages) + len(self.links)
            self.links.append(element.reference)
            return pydyf.Dictionary({"Type": "/OBJR", "Obj": kid.link.reference, "Pg": reference})
        self.pages[kid.page][kid.number] = element.reference
        if kid.page == page:
            return kid.number
        return pydyf.Dictionary({"Type": "/MCR", "Pg": reference, "MCID": kid.number})

    def _parent_tree(self) -> Any:
        numbers = pydyf.Array()
        for number, marks in enumerate(self.pages):
            numbers.extend((number, pydyf.Array(marks)))
        for number, link in enumerate(self.links, start=len(self.pages)):
            numbers.extend((number, link))
        return self._object({"Nums": numbers})

    def _names(self) -> Any:
        names = pydyf.Array()
        for name, reference in sorted(self.names.items()):
            names.extend((pydyf.String(name), reference))
        return self._object({"Names": names})
