"""OpenDocument texts: made plain before conversion, and read a second time for their words.

Element names are those of OpenDocument 1.3 part 3. Pandoc loses text boxes and lists in notes."""

from lxml import etree

from briefs.manuscripts import ast, limits
from briefs.manuscripts.archive import DAMAGED, Archive, Tree, pack
from briefs.manuscripts.kinds import ODT_TYPE, PROTECTED
from briefs.manuscripts.manuscript import ManuscriptError
from briefs.manuscripts.tree import Reading

OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
MANIFEST = "{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}"
MATH = "{http://www.w3.org/1998/Math/MathML}"
XLINK = "{http://www.w3.org/1999/xlink}"
DC = "{http://purl.org/dc/elements/1.1/}"

FORWARDED = ("content.xml", "styles.xml", "meta.xml", "META-INF/manifest.xml")
UNSEEN = {
    OFFICE + "annotation",
    TEXT + "tracked-changes",
    TEXT + "note-citation",
    SVG + "title",
    SVG + "desc",
}
SPACES = {TEXT + "s": " ", TEXT + "tab": " ", TEXT + "line-break": " ", TEXT + "note": " "}
PARAGRAPHS = (TEXT + "p", TEXT + "h")


def read(archive: Archive) -> Reading:
    manifest = archive.xml_or_none("META-INF/manifest.xml")
    if manifest is not None and next(manifest.iter(MANIFEST + "encryption-data"), None) is not None:
        raise ManuscriptError(PROTECTED)
    trees = {name: archive.xml(name) for name in FORWARDED if name in archive.names}
    content = trees["content.xml"]
    body = content.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise ManuscriptError(DAMAGED)
    before = Reading([])
    _take_in_objects(archive, body, before)
    before.words += _lines(body)
    limits.check(
        words=limits.words_in(before.words),
        blocks=sum(1 for _ in body.iter(*PARAGRAPHS, TABLE + "table-cell")),
    )
    styles = trees.get("styles.xml")
    if styles is not None:
        for margin in styles.iter(STYLE + "header", STYLE + "footer"):
            before.margins += _lines(margin)
    _drop_unseen(body, before)
    _lift_text_boxes(body, before)
    _flatten_lists_in_notes(body)
    parts: dict[str, Tree | bytes] = {"mimetype": ODT_TYPE, **trees}
    reading = ast.convert(pack(parts), reader="odt")
    reading.words, reading.margins = before.words, before.margins
    reading.captions += before.captions
    reading.warnings = before.warnings + reading.warnings
    reading.title = _styled(content, body, "Title")
    reading.subtitle = _styled(content, body, "Subtitle")
    reading.language = _language(styles)
    return reading


def _take_in_objects(archive: Archive, body: Tree, reading: Reading) -> None:
    """Formulas, charts and tables of other programs lie in parts of their own. A formula is put in
    its place as it was typed; of all else the words are counted, so that they are reported."""
    for embedded in list(body.iter(DRAW + "object")):
        root = _object(archive, embedded)
        formula = next(root.iter(MATH + "math"), None) if root is not None else None
        typed = "" if formula is None else _formula(formula)
        frame = next(embedded.iterancestors(DRAW + "frame"), embedded)
        if typed:
            reading.warn(f"A formula was kept as plain text: “{typed[:160]}”; set it by hand.")
            _put_in_place(frame, typed)
            continue
        said = "" if root is None else " ".join(" ".join(_lines(root)).split())
        what = "formula" if formula is not None else "object of another program"
        reading.warn(f"A {what} was left out{f': “{said[:160]}”' if said else ''}; add it by hand.")
        reading.words += [said] if said else []
        _remove(embedded)


def _object(archive: Archive, embedded: Tree) -> Tree | None:
    """The content of an embedded object; none where it is missing or cannot be read safely."""
    if len(embedded):
        return embedded
    folder = (embedded.get(XLINK + "href") or "").removeprefix("./").strip("/")
    try:
        return archive.xml_or_none(f"{folder}/content.xml")
    except ManuscriptError:
        return None


def _formula(formula: Tree) -> str:
    """As its author typed it (StarMath keeps that beside the MathML), else its signs in order."""
    typed = formula.findtext(f".//{MATH}annotation") or " ".join(map(str, formula.itertext()))
    return " ".join(typed.split())


def _put_in_place(frame: Tree, words: str) -> None:
    inside = next(frame.iterancestors(*PARAGRAPHS), None) is not None
    span = etree.Element(TEXT + ("span" if inside else "p"))
    span.text = words
    frame.addprevious(span)
    _remove(frame)


def _lines(root: Tree) -> list[str]:
    parts: list[str] = []
    _collect(root, parts)
    return [line for line in "".join(parts).split("\n") if line.strip()]


def _collect(element: Tree, parts: list[str]) -> None:
    """Text stands directly in the elements, so tails count inside paragraphs."""
    if element.tag in PARAGRAPHS:
        parts.append("\n")
    parts.append(element.text or "")
    for child in element.iterchildren(tag=etree.Element):
        if child.tag not in UNSEEN:
            parts.append(SPACES.get(str(child.tag), ""))
            _collect(child, parts)
            parts.append(SPACES.get(str(child.tag), ""))
        parts.append(child.tail or "")
    if element.tag in PARAGRAPHS:
        parts.append("\n")


def _drop_unseen(body: Tree, reading: Reading) -> None:
    for change in list(body.iter(TEXT + "tracked-changes")):
        reading.warn("Tracked changes were accepted: insertions are in, deletions are out.")
        _remove(change)
    for comment in list(body.iter(OFFICE + "annotation")):
        author = comment.findtext(DC + "creator") or "someone"
        said = " ".join(line for part in comment.iter(TEXT + "p") for line in _lines(part))
        reading.warn(f"A comment by {author} was left out: “{said[:300]}”")
        _remove(comment)


def _lift_text_boxes(body: Tree, reading: Reading) -> None:
    """The paragraphs of a text box are put after the paragraph that it hangs on."""
    for box in reversed(list(body.iter(DRAW + "text-box"))):
        anchor = next(box.iterancestors(*PARAGRAPHS), None)
        if anchor is None:  # anchored to the page: stands beside the paragraphs
            anchor = next(box.iterancestors(DRAW + "frame"), None)
        if anchor is None:
            continue
        said = " ".join(_lines(box))
        if said and next(box.iter(DRAW + "image"), None) is not None:
            reading.captions.append(" ".join(said.split()))
        for block in reversed(list(box)):
            _add_after(anchor, block)
        if said:
            reading.warn(
                "A text box now stands after the paragraph that it was anchored to: "
                f"“{said[:160]}{'…' if len(said) > 160 else ''}”"
            )


def _flatten_lists_in_notes(body: Tree) -> None:
    """A list in a note becomes paragraphs, which pandoc keeps."""
    for note in body.iter(TEXT + "note-body"):
        for part in reversed(list(note)):
            if part.tag != TEXT + "list":
                continue
            for paragraph in reversed(list(part.iter(*PARAGRAPHS))):
                _add_after(part, paragraph)
                paragraph.text = "• " + (paragraph.text or "")
            note.remove(part)


def _add_after(anchor: Tree, block: Tree) -> None:
    """lxml moves an element with its tail; here tails are white space between blocks."""
    block.tail = None
    tail, anchor.tail = anchor.tail, None
    anchor.addnext(block)
    block.tail = tail


def _remove(element: Tree) -> None:
    """Without the element, with the text that follows it."""
    holder = element.getparent()
    if holder is None:
        return
    before, tail = element.getprevious(), element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        holder.text = (holder.text or "") + tail
    element.tail = None
    holder.remove(element)


def _styled(content: Tree, body: Tree, wanted: str) -> str:
    """The first paragraph in the style `wanted`, or in an automatic style made from it."""
    names = {wanted}
    for style in content.iter(STYLE + "style"):
        if style.get(STYLE + "parent-style-name") == wanted:
            names.add(style.get(STYLE + "name") or wanted)
    for paragraph in list(body.iter(*PARAGRAPHS))[:12]:
        if paragraph.get(TEXT + "style-name") in names:
            return " ".join(" ".join(_lines(paragraph)).split())
    return ""


def _language(styles: Tree | None) -> str:
    if styles is None:
        return ""
    for properties in styles.iterfind(f".//{STYLE}default-style/{STYLE}text-properties"):
        language, country = properties.get(FO + "language"), properties.get(FO + "country")
        if language and language not in ("none", "zxx"):
            return f"{language}-{country}" if country and country != "none" else language
    return ""
