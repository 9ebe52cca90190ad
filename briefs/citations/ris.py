"""RIS, as EndNote, Zotero and Mendeley read it. Pure.

A line is a tag of two characters, two spaces, a hyphen, a space and the value; records end in ER.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from .csl import Csl, clean
from .inlines import from_text, to_text

TYPES = {
    "article": "JOUR",
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "bill": "BILL",
    "book": "BOOK",
    "chapter": "CHAP",
    "dataset": "DATA",
    "entry-dictionary": "DICT",
    "entry-encyclopedia": "ENCYC",
    "hearing": "HEAR",
    "interview": "PCOMM",
    "legal_case": "CASE",
    "legislation": "STAT",
    "manuscript": "UNPB",
    "map": "MAP",
    "motion_picture": "MPCT",
    "paper-conference": "CPAPER",
    "patent": "PAT",
    "personal_communication": "PCOMM",
    "post": "ELEC",
    "post-weblog": "BLOG",
    "regulation": "STAT",
    "report": "RPRT",
    "software": "COMP",
    "standard": "STAND",
    "thesis": "THES",
    "webpage": "ELEC",
}
TEXTS = {
    "title": "TI",
    "title-short": "ST",
    "container-title": "T2",
    "collection-title": "T3",
    "publisher": "PB",
    "publisher-place": "CY",
    "volume": "VL",
    "issue": "IS",
    "number": "M1",
    "edition": "ET",
    "genre": "M3",
    "abstract": "AB",
    "DOI": "DO",
    "ISBN": "SN",
    "ISSN": "SN",
    "language": "LA",
    "note": "N1",
    "URL": "UR",
    "archive_location": "L2",
}
NAMES = {"author": "AU", "editor": "ED", "translator": "A4"}


def ris(items: Iterable[Mapping[str, Any]]) -> str:
    """One record for each CSL-JSON item; lines end in CR LF, as the format has them."""
    return "".join(f"{line}\r\n" for item in items for line in _record(clean(item)))


def _record(item: Csl) -> Iterator[str]:
    yield _line("TY", TYPES.get(item["type"], "GEN"))
    for role, tag in NAMES.items():
        for name in item.get(role, ()):
            yield _line(tag, _name(name))
    for field, tag in TEXTS.items():
        if value := item.get(field):
            yield _line(tag, to_text(from_text(value)) if "</" in value else value)
    yield from _pages(item.get("page", ""))
    yield from _dates(item)
    yield _line("ER", "")
    yield ""


def _pages(pages: str) -> Iterator[str]:
    first, _, last = pages.replace("–", "-").partition("-")
    if first:
        yield _line("SP", first.strip())
    if last:
        yield _line("EP", last.strip())


def _dates(item: Csl) -> Iterator[str]:
    issued = item.get("issued", {})
    if parts := issued.get("date-parts"):
        yield _line("PY", f"{parts[0][0]:04}")
        yield _line("DA", _date(parts[0]))
    elif literal := issued.get("literal"):
        yield _line("PY", literal)
    if parts := item.get("accessed", {}).get("date-parts"):
        yield _line("Y2", _date(parts[0]))


def _date(parts: list[int]) -> str:
    """YYYY/MM/DD/ with what is not known left empty."""
    year, month, day = [*parts, 0, 0][:3]
    return "/".join([f"{year:04}", f"{month:02}" if month else "", f"{day:02}" if day else "", ""])


def _name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    particles = [name.get("dropping-particle"), name.get("non-dropping-particle")]
    family = " ".join(filter(None, [*particles, name["family"]]))
    return ", ".join(filter(None, [family, name.get("given"), name.get("suffix")]))


def _line(tag: str, value: str) -> str:
    return f"{tag}  - {' '.join(value.split())}"
