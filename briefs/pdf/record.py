"""The metadata that catalogues read, as XMP (ISO 16684-1; Dublin Core and rights are 8.3 and 8.5).
Pure."""

from xml.sax.saxutils import escape

from briefs.pdf.job import Record

NAMESPACES = (
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" '
    'xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"'
)


def xmp(record: Record) -> str:
    """What is known of `record`, as a description of the document that it stands in."""
    rights = f'<rdf:Alt><rdf:li xml:lang="x-default">{escape(record.rights)}</rdf:li></rdf:Alt>'
    elements = {
        "dc:language": _bag([record.language]),
        "dc:publisher": _bag([record.publisher]),
        "dc:identifier": escape(record.identifier),
        "dc:rights": rights if record.rights else "",
        "dc:subject": _bag(record.subjects),
        "xmpRights:Marked": "True" if record.rights else "",
        "xmpRights:WebStatement": escape(record.rights_url),
        "xmpMM:VersionID": escape(record.version),
    }
    known = (f"<{name}>{said}</{name}>" for name, said in elements.items() if said)
    return f'<rdf:Description rdf:about="" {NAMESPACES}>{"".join(known)}</rdf:Description>'


def _bag(values: "list[str] | tuple[str, ...]") -> str:
    items = "".join(f"<rdf:li>{escape(value)}</rdf:li>" for value in values if value)
    return f"<rdf:Bag>{items}</rdf:Bag>" if items else ""
