"""Word files: made plain before conversion, and read a second time for the words they hold.

Pandoc loses text boxes and whatever stands in w:dir and w:bdo, so these are unwrapped first;
tracked changes are accepted here. Element names are those of ECMA-376 part 1, clause 17."""

import re
from collections.abc import Iterator

from lxml import etree

from briefs.manuscripts import ast, limits
from briefs.manuscripts.archive import DAMAGED, Archive, Tree, pack, text_of
from briefs.manuscripts.manuscript import ManuscriptError
from briefs.manuscripts.tree import Reading

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"

FORWARDED = re.compile(r"\[Content_Types\]\.xml|_rels/\.rels|word/(_rels/)?[^/]+\.(xml|rels)")
CAPTION = re.compile(
    r"(?:fig(?:ure|\.)|map|chart|photo(?:graph)?|image|picture|graph|illustration)\s*\d*\s*[.:–—]",
    re.IGNORECASE,
)
STORIES = ("document", "footnotes", "endnotes")
MARGINS = ("hdr", "ftr")
TRANSPARENT = tuple(W + name for name in ("dir", "bdo", "smartTag", "customXml", "ins", "moveTo"))
DELETED = tuple(W + name for name in ("del", "moveFrom"))
UNSEEN = {*DELETED, MC + "Fallback", W + "rPr", W + "pPr", W + "sdtPr", W + "tblPr"}
HOLDERS = (MC + "AlternateContent", W + "drawing", W + "pict", W + "object")
BREAKS = {W + name: " " for name in ("tab", "br", "cr", "footnoteReference", "endnoteReference")}
LETTERS = {**BREAKS, W + "noBreakHyphen": "-", W + "p": "\n"}


def read(archive: Archive) -> Reading:
    parts: dict[str, Tree | bytes] = {
        name: archive.xml(name) for name in archive.names if FORWARDED.fullmatch(name)
    }
    roots = [part for part in parts.values() if not isinstance(part, bytes)]
    if any(root.tag.startswith(STRICT) for root in roots):
        raise ManuscriptError(
            "The file is a “Strict Open XML” document; save it as “Word Document (.docx)”."
        )
    stories = [root for root in roots if root.tag in [W + name for name in STORIES]]
    if not any(story.tag == W + "document" for story in stories):
        raise ManuscriptError(DAMAGED)
    before = Reading([])
    for story in stories:
        _drop_unprinted(story, before)
    before.words = [*_called_lines(stories), *_drawn_words(archive)]
    limits.check(
        words=limits.words_in(before.words),
        blocks=sum(1 for story in stories for _ in story.iter(W + "p", W + "tc")),
    )
    margins = [root for root in roots if root.tag in [W + name for name in MARGINS]]
    before.margins = [line for margin in margins for line in _lines(margin)]
    for root in roots:
        _report(root, before)
    for story in stories:
        _accept_changes(story, before)
        _lift_text_boxes(story, before)
        _unwrap(story)
    reading = ast.convert(pack(parts), reader="docx")
    _merge(reading, before)
    reading.language = _language(roots)
    reading.title = reading.title or _styled(roots, "title")
    reading.subtitle = reading.subtitle or _styled(roots, "subtitle")
    return reading


def _merge(reading: Reading, before: Reading) -> None:
    """Pictures were counted in the file itself, with those that stood in drawings."""
    reading.pictures, reading.captions = before.pictures, before.captions
    reading.warnings = before.warnings + reading.warnings
    reading.words, reading.margins = before.words, before.margins


# The words, by the file's own account


def _called_lines(stories: list[Tree]) -> Iterator[str]:
    """The text of all stories, without notes that are called nowhere but in deleted text."""
    called = {
        (str(mark.tag).removesuffix("Reference"), mark.get(W + "id"))
        for story in stories
        for mark in story.iter(W + "footnoteReference", W + "endnoteReference")
        if next(mark.iterancestors(*DELETED), None) is None
    }
    for story in stories:
        notes = list(story.iterchildren(W + "footnote", W + "endnote"))
        for part in notes or [story]:
            if not notes or (part.tag, part.get(W + "id")) in called:
                yield from _lines(part)


def _lines(root: Tree) -> list[str]:
    """The visible text, a line for each paragraph; deleted text is not visible."""
    parts: list[str] = []
    _collect(root, parts)
    lines = "".join(parts).split("\n")
    return [line for line in lines if line.strip()]


def _collect(element: Tree, parts: list[str]) -> None:
    for child in element.iterchildren(tag=etree.Element):
        if child.tag in UNSEEN:
            continue
        if child.tag in (W + "t", A + "t"):
            parts.append(child.text or "")
        elif child.tag == V + "textpath":  # WordArt
            parts += ["\n", child.get("string") or "", "\n"]
        elif child.tag == W + "fldChar":
            parts.append(_unfilled(child))
        elif child.tag == W + "r" and _is_raised_number(child):
            parts.append(f" {text_of(child, W + 't')} ")
        elif child.tag == W + "txbxContent":
            parts.append("\n")
            _collect(child, parts)
        else:
            _collect(child, parts)
            parts.append(LETTERS.get(str(child.tag), ""))


def _unfilled(field: Tree) -> str:
    """What a form field shows as long as nobody has filled it in."""
    default = field.find(f"{W}ffData/{W}textInput/{W}default")
    run = field.getparent()
    if default is None or run is None:
        return ""
    for sibling in run.itersiblings(W + "r"):
        if text_of(sibling, W + "t"):
            return ""
        if sibling.find(f"{W}fldChar[@{W}fldCharType='end']") is not None:
            break
    return f"\n{default.get(W + 'val') or ''}\n"


def _is_raised_number(run: Tree) -> bool:
    """A note call typed by hand, which stands against a word without being part of it."""
    raised = run.find(f"{W}rPr/{W}vertAlign")
    return (
        raised is not None
        and raised.get(W + "val") == "superscript"
        and text_of(run, W + "t").strip().isdigit()
    )


def _drawn_words(archive: Archive) -> list[str]:
    """Words in charts and SmartArt, which stand in parts of their own and are never converted."""
    names = [
        name for name in archive.names if re.fullmatch(r"word/(diagrams/data|charts/).*\.xml", name)
    ]
    found = []
    for name in names:
        root = archive.xml(name)
        found += [text_of(paragraph, A + "t") for paragraph in root.iter(A + "p")]
    return [line for line in found if line.strip()]


# What is reported


def _report(root: Tree, reading: Reading) -> None:
    if root.tag == W + "comments":
        for comment in root.iter(W + "comment"):
            author = comment.get(W + "author") or "someone"
            said = " ".join(_lines(comment))
            reading.warn(f"A comment by {author} was left out: “{said[:300]}”")
    elif root.tag in [W + name for name in STORIES]:
        _report_pictures(root, reading)
        if root.find(f".//{W}altChunk") is not None:
            reading.warn("The file embeds another document, which was left out.")


def _report_pictures(root: Tree, reading: Reading) -> None:
    pictures = [
        element
        for element in root.iter(A + "blip", V + "imagedata")
        if next(element.iterancestors(MC + "Fallback"), None) is None
    ]
    for picture in pictures:
        holder = next(picture.iterancestors(WP + "inline", WP + "anchor"), None)
        properties = holder.find(WP + "docPr") if holder is not None else None
        described = properties.get("descr", "") if properties is not None else ""
        reading.pictures.append(described)
        reading.captions += _captions(picture)
    if root.find(f".//{A}graphicData[@uri]") is not None:
        uris = {data.get("uri", "").rsplit("/", 1)[-1] for data in root.iter(A + "graphicData")}
        if uris & {"chart", "diagram"}:
            reading.warn("A chart or diagram was left out.")


def _captions(picture: Tree) -> Iterator[str]:
    """The paragraphs around a picture that Word, or their first word, calls captions."""
    for paragraph in list(picture.iterancestors(W + "p"))[-1:]:
        for near in (paragraph.getprevious(), paragraph, paragraph.getnext()):
            if near is None or near.tag != W + "p":
                continue
            style = near.find(f"{W}pPr/{W}pStyle")
            said = " ".join(" ".join(_lines(near)).split())
            named = style is not None and "caption" in (style.get(W + "val") or "").lower()
            if said and (named or CAPTION.match(said)):
                yield said


# Made plain


def _drop_unprinted(story: Tree, reading: Reading) -> None:
    """What Word does not print, or makes anew each time: hidden text and tables of contents."""
    for part in list(story.iter(W + "docPartGallery")):
        holder = next(part.iterancestors(W + "sdt"), None)
        if part.get(W + "val") == "Table of Contents" and holder is not None:
            reading.warn("The table of contents was left out.")
            _remove(holder)
    hidden = []
    for mark in list(story.iter(W + "vanish")):
        run = next(mark.iterancestors(W + "r"), None)
        if run is not None and mark.get(W + "val") not in ("0", "false", "off"):
            hidden.append(text_of(run, W + "t"))
            _remove(run)
    if "".join(hidden).strip():
        reading.warn(f"Hidden text was left out: “{''.join(hidden)[:300]}”")


def _accept_changes(story: Tree, reading: Reading) -> None:
    changed = False
    for element in list(story.iter(*DELETED, W + "ins", W + "moveTo")):
        changed = True
        holder = element.getparent()
        if holder is None or element.tag not in DELETED:
            continue
        if holder.tag == W + "trPr":  # a deleted row of a table
            row = holder.getparent()
            if row is not None:
                _remove(row)
        elif holder.tag != W + "rPr":  # there it marks a paragraph's end; pandoc joins these
            _remove(element)
    if changed:
        reading.warn("Tracked changes were accepted: insertions are in, deletions are out.")


def _lift_text_boxes(story: Tree, reading: Reading) -> None:
    """The paragraphs of a text box are put after the paragraph that it hangs on."""
    for fallback in list(story.iter(MC + "Fallback")):
        holder = fallback.getparent()
        if holder is not None and holder.find(MC + "Choice") is not None:
            _remove(fallback)
    for box in reversed(list(story.iter(W + "txbxContent"))):  # inner boxes first
        outermost = list(box.iterancestors(*HOLDERS))
        anchor = next(box.iterancestors(W + "p"), None)
        if anchor is None or not outermost:
            continue
        said = " ".join(_lines(box))
        for block in reversed(list(box)):
            anchor.addnext(block)
        if said:
            reading.warn(
                "A text box now stands after the paragraph that it was anchored to: "
                f"“{said[:160]}{'…' if len(said) > 160 else ''}”"
            )


def _unwrap(story: Tree) -> None:
    for element in list(story.iter(*TRANSPARENT)):
        holder = element.getparent()
        if holder is None or holder.tag in (W + "rPr", W + "trPr", W + "numPr"):
            continue
        index = holder.index(element)
        for child in reversed(list(element)):
            if child.tag not in (W + "smartTagPr", W + "customXmlPr"):
                holder.insert(index, child)
        holder.remove(element)


def _remove(element: Tree) -> None:
    holder = element.getparent()
    if holder is not None:
        holder.remove(element)


def _styled(roots: list[Tree], wanted: str) -> str:
    """The first paragraph in the style named `wanted`; pandoc sees it only at the very top."""
    names = {
        style.get(W + "styleId")
        for root in roots
        for style in root.iterchildren(W + "style")
        for name in style.iterchildren(W + "name")
        if (name.get(W + "val") or "").lower() == wanted
    }
    body = next(root for root in roots if root.tag == W + "document")
    for paragraph in list(body.iter(W + "p"))[:15]:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        if style is not None and style.get(W + "val") in names:
            return " ".join(" ".join(_lines(paragraph)).split())
    return ""


def _language(roots: list[Tree]) -> str:
    """The language of the default style."""
    for root in roots:
        if root.tag == W + "styles":
            found = root.find(f"{W}docDefaults//{W}lang")
            return (found.get(W + "val") or "") if found is not None else ""
    return ""
