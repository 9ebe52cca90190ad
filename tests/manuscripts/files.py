"""Odd Word and OpenDocument files, built by hand part by part."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMESPACES = (
    f'xmlns:w="{W}" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"

LONG = (
    "This opening paragraph is long enough, with its many plain words, for any reader to see that "
    "the text of the brief itself begins here and that no line of a byline can be meant by it."
)


def make_zip(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in parts.items():
            target.writestr(name, content)
    return buffer.getvalue()


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def paragraph(*content: str, style: str = "") -> str:
    inner = "".join(part if part.startswith("<") else run(part) for part in content)
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{inner}</w:p>"


def note_call(number: int, kind: str = "footnote") -> str:
    return f'<w:r><w:{kind}Reference w:id="{number}"/></w:r>'


def text_box(*paragraphs: str) -> str:
    """As Word writes it: a drawing, and the same again for old versions."""
    box = f"<w:txbxContent>{''.join(paragraphs)}</w:txbxContent>"
    return (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:inline>"
        f"<a:graphic><a:graphicData uri='wps'><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp>"
        "</a:graphicData></a:graphic></wp:inline></w:drawing></mc:Choice><mc:Fallback><w:pict>"
        f"<v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )


def make_docx(
    *blocks: str,
    notes: dict[int, str] | None = None,
    endnotes: dict[int, str] | None = None,
    links: dict[str, str] | None = None,
    parts: dict[str, str | bytes] | None = None,
    prolog: str = "",
) -> bytes:
    """A Word file of `blocks`; notes are numbered paragraphs, links are relation ids → URL."""
    overrides = {"document": "document.main", "styles": "styles", "numbering": "numbering"}
    files: dict[str, str | bytes] = {
        "word/document.xml": f"{prolog}<w:document {NAMESPACES}><w:body>{''.join(blocks)}"
        "</w:body></w:document>",
        "word/styles.xml": _styles(),
        "word/numbering.xml": _numbering(),
    }
    related = {"rS": ("styles", "styles.xml", ""), "rN": ("numbering", "numbering.xml", "")}
    for kind, entries in (("footnote", notes), ("endnote", endnotes)):
        if entries:
            inner = "".join(
                f'<w:{kind} w:id="{number}">{content}</w:{kind}>'
                for number, content in entries.items()
            )
            files[f"word/{kind}s.xml"] = f"<w:{kind}s {NAMESPACES}>{inner}</w:{kind}s>"
            overrides[f"{kind}s"] = f"{kind}s"
            related[f"r{kind}"] = (f"{kind}s", f"{kind}s.xml", "")
    for name, url in (links or {}).items():
        related[name] = ("hyperlink", url, ' TargetMode="External"')
    relations = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"{mode}/>'
        for name, (kind, target, mode) in related.items()
    )
    types = "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{WORD_TYPE}.{kind}+xml"/>'
        for part, kind in overrides.items()
    )
    files |= {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="xml" '
        'ContentType="application/xml"/><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}'
        "</Relationships>",
        "word/_rels/footnotes.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}'
        "</Relationships>",
    }
    return make_zip(files | (parts or {}))


def _styles() -> str:
    names = {
        "Title": "Title",
        "Subtitle": "Subtitle",
        "Heading1": "heading 1",
        "Heading2": "heading 2",
        "Quote": "Quote",
    }
    return (
        f"<w:styles {NAMESPACES}>"
        + "".join(
            f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
            for key, name in names.items()
        )
        + "</w:styles>"
    )


def _numbering() -> str:
    """List 1 has bullets, list 2 numbers, three levels each."""
    forms = {1: "bullet", 2: "decimal"}
    abstract = "".join(
        f'<w:abstractNum w:abstractNumId="{key}">'
        + "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            f'<w:lvlText w:val="%{level + 1}."/></w:lvl>'
            for level in range(3)
        )
        + "</w:abstractNum>"
        for key, form in forms.items()
    )
    used = "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="{key}"/></w:num>' for key in forms
    )
    return f"<w:numbering {NAMESPACES}>{abstract}{used}</w:numbering>"


def list_item(text: str, *, numbered: bool = False, level: int = 0) -> str:
    number = 2 if numbered else 1
    return (
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        f"</w:pPr>{run(text)}</w:p>"
    )


def table(*rows: tuple[str, ...]) -> str:
    inner = ""
    for index, row in enumerate(rows):
        head = "" if index else "<w:trPr><w:tblHeader/></w:trPr>"
        cells = "".join(f"<w:tc><w:p>{run(cell)}</w:p></w:tc>" for cell in row)
        inner += f"<w:tr>{head}{cells}</w:tr>"
    look = '<w:tblPr><w:tblLook w:firstRow="1"/></w:tblPr>'
    grid = "<w:tblGrid>" + "<w:gridCol/>" * len(rows[0]) + "</w:tblGrid>"
    return f"<w:tbl>{look}{grid}{inner}</w:tbl>"


ODT_NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in {
        "office": "office",
        "text": "text",
        "draw": "drawing",
        "style": "style",
        "table": "table",
        "svg": "svg-compatible",
        "fo": "xsl-fo-compatible",
    }.items()
)
ODT_EXTRA = 'xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def make_odt(
    body: str, *, parts: dict[str, str | bytes] | None = None, prolog: str = "", manifest: str = ""
) -> bytes:
    root = f'{ODT_NAMESPACES} {ODT_EXTRA} office:version="1.3"'
    entries = (
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="'
        f'{ODT_TYPE}"/><manifest:file-entry manifest:full-path="content.xml" '
        f'manifest:media-type="text/xml">{manifest}</manifest:file-entry>'
    )
    return make_zip(
        {
            "mimetype": ODT_TYPE,
            "content.xml": f"{prolog}<office:document-content {root}><office:body><office:text>"
            f"{body}</office:text></office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {root}><office:font-face-decls/>"
            "<office:styles/><office:automatic-styles/><office:master-styles/>"
            "</office:document-styles>",
            "META-INF/manifest.xml": '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:'
            f'opendocument:xmlns:manifest:1.0">{entries}</manifest:manifest>',
        }
        | (parts or {})
    )
