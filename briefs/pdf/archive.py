"""What makes one file a PDF/A-3a and a PDF/UA-1 at once: its metadata say both, and its sources are
attached. Rules: ISO 19005-3, 6.6 (metadata) and 6.8 (attachments); ISO 14289-1, 5. Runs in the fork
server's children only."""

import re
from collections.abc import Callable
from typing import Any

import pydyf
from weasyprint import Attachment

from briefs.pdf.fetcher import AssetFetcher
from briefs.pdf.job import File, Job
from briefs.pdf.record import xmp

VARIANT = "pdf/a-3a"
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
        _describe(pdf, xmp(job.record).encode() + ACCESSIBLE)
        if "AF" in pdf.catalog:
            pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))  # each once
        for found in pdf.objects:
            if isinstance(found, pydyf.Dictionary) and "Dest" in found and "Contents" in found:
                _say_where(found, job)

    return finish


def _say_where(link: Any, job: Job) -> None:
    """What a reader hears of a link between call and note (ISO 14289-1, 7.18.5)."""
    if place := PLACE.fullmatch(link["Dest"].string):
        words = job.to_text if place[1] else job.to_note
        number = place[2].translate(str.maketrans("0123456789", job.figures))
        link["Contents"] = pydyf.String(words.format(number))


def _describe(pdf: Any, more: bytes) -> None:
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    (content,) = stream.stream
    stream.stream = [content.replace(END, more + END)]
    stream.compress = False  # ISO 19005-3 allows it, but what reads metadata may not
