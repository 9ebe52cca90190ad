"""Blocks as lines of inline content, for notes, captions and cells. Works on the tree alone."""

from briefs.manuscripts.tree import BLOCKS, Element, Node, text


def with_breaks(lines: list[list[Node]]) -> list[Node]:
    result: list[Node] = []
    for line in lines:
        result += [Element("br"), *line] if result else line
    return result


def loose(blocks: list[Element]) -> list[Node]:
    """The content of a list item or cell: bare text where one paragraph, or one before lists."""
    if blocks and blocks[0].tag == "p" and all(b.tag in ("ul", "ol") for b in blocks[1:]):
        return [*blocks[0].children, *blocks[1:]]
    return list(blocks)


def paragraphs(nodes: list[Node]) -> list[Element]:
    """Bare inline content put in a paragraph of its own, blocks as they are."""
    result: list[Element] = []
    for node in nodes:
        if isinstance(node, Element) and node.tag in BLOCKS:
            result.append(node)
        elif result and result[-1].tag == "p" and result[-1].attributes.get("loose"):
            result[-1].children.append(node)
        else:
            result.append(Element("p", [node], {"loose": "1"}))
    for block in result:
        block.attributes.pop("loose", None)
    return result


def flat_lines(block: Element) -> list[list[Node]]:
    """A block as lines of inline content."""
    if block.tag in ("ul", "ol"):
        return _list_lines(block)
    if block.tag == "tr":
        cells = [text(cell).strip() for cell in block.children]
        return [[" | ".join(cells)]]
    if any(isinstance(child, Element) and child.tag in BLOCKS for child in block.children):
        return [line for part in paragraphs(block.children) for line in flat_lines(part)]
    return [block.children] if block.children else []


def _list_lines(block: Element) -> list[list[Node]]:
    start = int(block.attributes.get("start", "1"))
    lines: list[list[Node]] = []
    for number, item in enumerate(block.children, start):
        label = f"{number}. " if block.tag == "ol" else "• "
        inner = flat_lines(item) if isinstance(item, Element) else []
        lines += [[label, *line] if index == 0 else line for index, line in enumerate(inner)]
    return lines
