"""What makes one file a PDF/A-3a and a PDF/UA-1 at once: its metadata say both, and its sources are
attached. Rules: ISO 19005-3, 6.6 (metadata) and 6.8 (attachments); ISO 14289-1, 5. Runs in the fork
server's children only."""

import re
import zlib
from collections.abc import Callable
from typing import Any

import pydyf
from weasyprint import Attachment
from weasyprint.pdf.stream import Stream

from briefs.pdf.fetcher import AssetFetcher
from briefs.pdf.job import File, Job

VARIANT = "pdf/a-3a"
LEVEL = 6
END = b"</rdf:RDF>"
PLACE = re.compile(r"(call-)?fn-(\d+)")  # where the links between calls and notes lead
# The schema has to be described, because PDF/A does not know it.
ACCESSIBLE = b"""\
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1" />\
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>\
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">\
<pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>\
</rdf:li></rdf:Seq></pdfaSchema:property>\
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>"""


def attachment(file: File) -> Attachment:
    return Attachment(
        string=file.content,
        url_fetcher=AssetFetcher({}),
        name=file.name,
        description=file.description,
        created=file.moment,
        modified=file.moment,
        relationship="Data",
    )


def finisher(job: Job) -> Callable[[Any, Any], None]:
    """What lays the last hand at the PDF, before it is written."""

    def finish(_document: Any, pdf: Any) -> None:
        _say_both(pdf)
        if "AF" in pdf.catalog:
            pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))  # each once
        for found in pdf.objects:
            if isinstance(found, pydyf.Stream) and found.compress:
                _compress(found)
            elif isinstance(found, pydyf.Stream):
                _end_otherwise(found)
            elif isinstance(found, pydyf.Dictionary) and "Dest" in found and "Contents" in found:
                _say_where(found, job)

    return finish


def _end_otherwise(picture: Any) -> None:
    """The same as `_compress` for what is compressed already: once more, if it ends as it must not."""
    content = b"".join(map(pydyf._to_bytes, picture.stream))
    if not content.endswith(b"\r") or "Filter" not in picture.extra:
        return
    picture.stream = [zlib.compress(content, 0)]
    picture.extra["Filter"] = pydyf.Array(["/FlateDecode", picture.extra["Filter"]])
    if "DecodeParms" in picture.extra:
        picture.extra["DecodeParms"] = pydyf.Array(["null", picture.extra["DecodeParms"]])


def _say_where(link: Any, job: Job) -> None:
    """What a reader hears of a link between call and note (ISO 14289-1, 7.18.5)."""
    if place := PLACE.fullmatch(link["Dest"].string):
        words = job.to_text if place[1] else job.to_note
        link["Contents"] = pydyf.String(words.format(place[2]))


def _say_both(pdf: Any) -> None:
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    (content,) = stream.stream
    stream.stream = [content.replace(END, ACCESSIBLE + END)]
    stream.compress = False  # ISO 19005-3 allows it, but what reads metadata may not


def _compress(stream: Any) -> None:
    """As the engine does, but at a level that takes half the time for one part in a hundred.

    A stream that ends in a carriage return looks one byte too long, because the line feed before
    `endstream` is taken for the other half of a line end. The last byte is that of the checksum."""
    raw = b"\n".join(map(pydyf._to_bytes, stream.stream))
    while zlib.adler32(raw) & 0xFF == ord("\r") and isinstance(stream, Stream):
        raw += b"\n"  # among what is painted, white space says nothing
    stream.compress = False
    if zlib.adler32(raw) & 0xFF == ord("\r"):
        stream.stream = [raw]
        return
    stream.stream = [zlib.compress(raw, LEVEL)]
    stream.extra["Filter"] = "/FlateDecode"
