"""HTML: decoded, its notes taken out whoever made them, and its words read from the tree.

Word, LibreOffice, Google Docs, pandoc and this site all write a note as two links that point at
each other; whatever has that shape is a note."""

import re

import lxml.html
from lxml import etree

from briefs.manuscripts import ast, limits
from briefs.manuscripts.archive import Tree, text_of
from briefs.manuscripts.kinds import decode
from briefs.manuscripts.manuscript import ManuscriptError
from briefs.manuscripts.tree import Reading

UNSEEN = {"head", "script", "style", "template", "title", "noscript"}
INLINE = set(
    "a abbr b bdi bdo big cite code em font i img ins kbd mark o:p q s samp small span strike strong "
    "sub sup time tt u var wbr".split()
)
MARKS = {*INLINE, "br", "img", "input"}
CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]{3,40})", re.IGNORECASE)
LIST_OF_NOTES = {"section", "ol", "ul", "div", "aside", "footer", "dl"}
LONGEST_CALL = 8
MOST_LINKS_IN_NOTE = 100
SHOWING_INPUTS = {"text", "search", "email", "url", "tel", "number", "button", "submit", "reset"}


def read(data: bytes) -> Reading:
    declared = CHARSET.search(data[:4096])
    content, guessed = decode(data, declared[1].decode("ascii") if declared else "")
    root = _parse(content)
    before = Reading([])
    before.words = _lines(root)
    inline = sum(1 for element in root.iter() if element.tag in MARKS)
    limits.check(
        words=limits.words_in(before.words),
        blocks=sum(1 for _ in root.iter()) - inline,
        marks=inline,
    )
    _take_notes_out(root, before)
    clean = lxml.html.tostring(root, encoding="unicode")
    reading = ast.convert(clean.encode(), reader="html-smart")
    reading.words = before.words
    reading.accounted += before.accounted
    reading.language = reading.language or root.get("lang", "")
    if len(list(root.iter("h1"))) == 1:  # what the page shows, not what its tab says
        reading.title = ""
    if guessed:
        reading.warn(f"The file is not UTF-8; it was read as {guessed}. Look at its accents.")
    return reading


def _parse(content: str) -> Tree:
    content = re.sub(r"\A\s*<\?xml[^>]*\?>", "", content)
    parser = lxml.html.HTMLParser(
        no_network=True, remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        return lxml.html.document_fromstring(content, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ManuscriptError("The file holds no text.") from error


def _lines(root: Tree) -> list[str]:
    parts: list[str] = []
    _collect(root, parts)
    return [line for line in "".join(parts).split("\0") if line.strip()]


def _collect(element: Tree, parts: list[str]) -> None:
    tag = str(element.tag)
    edge = "" if tag in INLINE else "\0"
    number = tag == "sup" and text_of(element).strip(" []").isdigit()
    around = " " if number else edge
    if tag not in UNSEEN:
        parts += [around, element.text or "", _instead_of_text(element)]
        for child in element.iterchildren(tag=etree.Element):
            _collect(child, parts)
        parts.append(around)
    parts.append(element.tail or "")


def _instead_of_text(element: Tree) -> str:
    """Words that a page shows out of an attribute; a picture that has one is reported as such."""
    if element.tag == "img" and not element.get("src"):
        return f" {element.get('alt') or ''} "
    if element.tag == "input" and element.get("type", "text").lower() in SHOWING_INPUTS:
        return f" {element.get('value') or ''} "
    return ""


def _take_notes_out(root: Tree, reading: Reading) -> None:
    named = {
        name: element
        for element in root.iter()
        for name in (element.get("name"), element.get("id"))
        if name
    }
    order = {element: index for index, element in enumerate(root.iter())}
    links = [link for link in root.iter("a") if (link.get("href") or "").startswith("#")]
    limits.check(notes=len(links) // 2)
    near = {target: _links_near(target, links) for target in _targets(links, named)}
    pairs = []
    for link in links:
        target = named.get((link.get("href") or "")[1:])
        back = _back_link(link, near[target], named) if target is not None else None
        if back is not None and order[link] < order[back] and _is_short(link):
            pairs.append((link, back))
    backs = {back for _, back in pairs}
    containers = {back: _container(back, backs) for back in backs}
    body = root.find("body")
    for number, (link, back) in enumerate(pairs, 1):
        if body is not None:
            _move(link, back, containers, f"9{number:04}", body, reading)


def _targets(links: list[Tree], named: dict[str, Tree]) -> set[Tree]:
    return {named[name] for link in links if (name := (link.get("href") or "")[1:]) in named}


def _links_near(target: Tree, links: list[Tree]) -> list[Tree]:
    """The links in (or at) a target, in their order; none where it is too much for one note."""
    around = {target, *target.iterdescendants("a"), *target.iterancestors("a")}
    if len(around) > MOST_LINKS_IN_NOTE:
        return []
    return sorted(around.intersection(links), key=links.index)


def _back_link(link: Tree, near: list[Tree], named: dict[str, Tree]) -> Tree | None:
    """That of the links near the target of `link` which leads back to it."""
    for other in near:
        if other is link:
            continue
        origin = named.get((other.get("href") or "")[1:])
        if origin is not None and (
            origin is link or link in origin.iterdescendants("a") or link in origin.iterancestors()
        ):
            return other
    return None


def _is_short(link: Tree) -> bool:
    return len(text_of(link).strip()) <= LONGEST_CALL


def _container(back: Tree, backs: set[Tree]) -> Tree:
    """The list item, or the paragraph with those that belong to it, that holds one note."""
    item = next(back.iterancestors("li", "p", "dd", "td", "div", "aside"), back)
    while item.tag == "p":
        parent = item.getparent()
        if parent is None or parent.tag not in ("li", "div", "aside", "dd"):
            break
        alone = not any(
            other in backs for other in parent.iterdescendants("a") if other is not back
        )
        if not alone or any(child.tag not in ("p", "ul", "ol") for child in parent):
            break
        item = parent
    return item


def _move(
    link: Tree, back: Tree, containers: dict[Tree, Tree], key: str, body: Tree, reading: Reading
) -> None:
    """The call becomes a mark in the text, the note a division at the end of the document."""
    container = containers[back]
    if container.tag == "body" or link in container.iterdescendants("a"):
        return
    reading.accounted += [text_of(link), text_of(back)]
    raised = link.getparent()
    alone = raised is not None and raised.tag == "sup" and len(raised) == 1
    if raised is not None and alone and text_of(raised).strip() == text_of(link).strip():
        link = raised
    _replace(link, ast.CALL.format(key))
    wrapper = back.getparent()
    _replace(back, "")
    if wrapper is not None and wrapper.tag in ("sup", "span") and not text_of(wrapper).strip():
        _replace(wrapper, "")
    division = etree.SubElement(body, "div", id=f"{ast.NOTE_ID}{key}")
    holder = container.getparent()
    _replace(container, "")
    if container.tag in ("p", "div"):
        division.append(container)
    else:
        division.text = container.text
        division.extend(list(container))
    if holder is not None:
        _drop_empty(holder, body, reading)


def _drop_empty(holder: Tree, body: Tree, reading: Reading) -> None:
    """The list of notes when it is empty, with its heading and rule."""
    while holder is not body and holder.tag in LIST_OF_NOTES:
        rest = [child for child in holder if child.tag not in ("hr", "h1", "h2", "h3", "h4")]
        heading = text_of(holder).strip()
        if rest or len(heading) > 40:
            return
        reading.accounted.append(heading)
        parent = holder.getparent()
        if parent is None:
            return
        _replace(holder, "")
        holder = parent


def _replace(element: Tree, text: str) -> None:
    """Puts text in an element's place and keeps the text that followed it."""
    holder = element.getparent()
    if holder is None:
        return
    before, text = element.getprevious(), text + (element.tail or "")
    if before is not None:
        before.tail = (before.tail or "") + text
    else:
        holder.text = (holder.text or "") + text
    element.tail = None
    holder.remove(element)
