"""What somebody gives to be cited (BibTeX, RIS, CSL-JSON, an address, a reference as printed) as text
and references, in the order in which it stands.

Imports only briefs.pandoc and its own package. Each record is read by itself, so that a broken one
takes no other with it."""

import json
import re
from collections.abc import Iterator
from typing import Any

from briefs import pandoc

from .addresses import bare_doi, is_web_address
from .csl import Csl, clean
from .reading import Reference, Segment, parse
from .ris import NAMES, TEXTS, TYPES

MOST_RECORDS = 20
MOST_UNCLOSED = 5  # entries, each read to the end of the text
LONGEST = 200_000  # characters
BIBTEX = re.compile(r"@\s*([A-Za-z]+)\s*[{(]")
NO_RECORDS = {"comment", "preamble", "string"}
TITLE = re.compile(r"\b((?:book)?title\s*=\s*)(?=[{\"])", re.IGNORECASE)
RIS_LINE = re.compile(r"^([A-Z][A-Z0-9]) {1,2}- ?(.*)$")
RIS_DATE = re.compile(r"(\d{4})(?:[/-](\d{1,2}))?(?:[/-](\d{1,2}))?")
# Tags that other programs write for what `ris` writes in its own way (RIS specification, 2001/2011).
RIS_TYPES = {
    **{tag: kind for kind, tag in TYPES.items()},
    "JOUR": "article-journal",
    "EJOUR": "article-journal",
    "JFULL": "article-journal",
    "ABST": "article-journal",
    "INPR": "article-journal",
    "EBOOK": "book",
    "ECHAP": "chapter",
    "BLOG": "post-weblog",
    "STAT": "legislation",
    "ICOMM": "webpage",
    "ELEC": "webpage",
}
RIS_TEXTS = {
    **{tag: name for name, tag in TEXTS.items()},
    "T1": "title",
    "CT": "title",
    "BT": "container-title",
    "JF": "container-title",
    "JO": "container-title",
    "JA": "container-title-short",
    "L1": "URL",
}
LEFT_OUT = {"abstract", "keyword", "note", "title-short", "citation-key"}
BOOKS = {"book", "chapter", "report"}
RIS_NAMES = {
    **{tag: name for name, tag in NAMES.items()},
    "A1": "author",
    "A2": "editor",
    "ED": "editor",
    "A3": "collection-editor",
}


class RecordError(ValueError):
    """The records cannot be read; the message is a sentence for the person who gave them."""


def read(text: str) -> tuple[Segment, ...]:
    """The segments of what was given; all text where nothing in it is surely a reference.

    Raises RecordError where it has the shape of records and cannot be read, or is too long."""
    text = text.strip().lstrip("\ufeff")
    if len(text) > LONGEST:
        raise RecordError(f"That is longer than {LONGEST:,} characters.")
    for looks, reader in READERS:
        if looks(text):
            items = [_bare(item) for item in reader(text) if _says_something(item)]
            if not items:
                raise RecordError("No record could be read in this; look for a missing bracket.")
            return tuple(_parted([Reference(item) for item in items[:MOST_RECORDS]]))
    if is_web_address(text):
        return (Reference({"type": "webpage", "URL": text}),)
    if doi := bare_doi(text):
        return (Reference({"type": "article-journal", "DOI": doi}),)
    return parse(text)


def _parted(references: list[Segment]) -> Iterator[Segment]:
    for position, reference in enumerate(references):
        if position:
            yield "; "
        yield reference


def _bare(item: Csl) -> Csl:
    """Without what no note prints."""
    return {name: value for name, value in item.items() if name not in LEFT_OUT}


def _says_something(item: Csl) -> bool:
    return any(item.get(name) for name in ("title", "URL", "DOI", "author", "container-title"))


# CSL-JSON


def _is_json(text: str) -> bool:
    return re.match(r'\{\s*"|\[\s*\{', text) is not None


def _from_json(text: str) -> Iterator[Csl]:
    try:
        given = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise RecordError("This looks like CSL-JSON, but it is not valid JSON.") from error
    for item in given if isinstance(given, list) else [given]:
        if isinstance(item, dict):
            yield clean(item)


# BibTeX, by pandoc, which knows LaTeX


def _is_bibtex(text: str) -> bool:
    return text.startswith(("@", "%")) and BIBTEX.search(text) is not None


def _from_bibtex(text: str) -> Iterator[Csl]:
    entries = list(_entries(text))
    strings = "\n".join(entry for kind, entry in entries if kind == "string")
    for kind, entry in entries[: 2 * MOST_RECORDS]:
        if kind not in NO_RECORDS:
            yield from _by_pandoc(f"{strings}\n{_with_titles_as_they_are(entry)}")


def _entries(text: str) -> Iterator[tuple[str, str]]:
    """Each entry with its kind, to the bracket that closes it; one that is never closed is none."""
    position = unclosed = 0
    while unclosed < MOST_UNCLOSED and (found := BIBTEX.search(text, position)):
        end = _closing(text, found.end() - 1)
        unclosed += end is None
        if end is not None:
            kind = found[1].lower()  # pandoc knows no round brackets
            yield kind, f"@{kind}{{{text[found.end() : end]}}}"
        position = found.end() if end is None else end + 1


def _closing(text: str, start: int) -> int | None:
    depth = 0
    for place in range(start, len(text)):
        if text[place] in "{(" and (text[place] == "{" or place == start):
            depth += 1
        elif text[place] == "}" or (text[place] == ")" and depth == 1 and text[start] == "("):
            depth -= 1
            if not depth:
                return place
    return None


def _with_titles_as_they_are(entry: str) -> str:
    """Pandoc writes English titles in small letters but for what stands in braces."""
    parts: list[str] = []
    position = 0
    for found in TITLE.finditer(entry):
        if found.start() < position:
            continue
        start = found.end()
        end = _closing(entry, start) if entry[start] == "{" else entry.find('"', start + 1)
        if end is None or end < 0:
            break
        parts += [entry[position:start], "{{", entry[start + 1 : end], "}}"]
        position = end + 1
    return "".join([*parts, entry[position:]])


def _by_pandoc(entry: str) -> Iterator[Csl]:
    try:
        written = pandoc.run(["--from", "bibtex", "--to", "csljson"], entry.encode(), timeout=5)
    except pandoc.PandocError:
        return
    for item in json.loads(written):
        item = clean(item)
        if item["type"] == "document" and item.get("URL"):
            item["type"] = "webpage"
        yield item


# RIS


def _is_ris(text: str) -> bool:
    first = RIS_LINE.match(text.partition("\n")[0].strip())
    return first is not None and first[1] == "TY"


def _from_ris(text: str) -> Iterator[Csl]:
    record: dict[str, list[str]] = {}
    tag = ""
    for line in [*text.splitlines(), "ER  - "]:
        found = RIS_LINE.match(line.strip("\r\n ")) or RIS_LINE.match(line.rstrip() + " ")
        if found is None:
            if tag and line.strip():  # a value goes on on the next line
                record[tag][-1] += f" {line.strip()}"
            continue
        tag = found[1]
        if tag == "ER":
            if record:
                yield clean(_item(record))
            record, tag = {}, ""
        else:
            record.setdefault(tag, []).append(found[2].strip())


def _item(record: dict[str, list[str]]) -> Csl:
    kind = RIS_TYPES.get(record.get("TY", [""])[0].upper(), "document")
    item: Csl = {"type": kind}
    texts = RIS_TEXTS | {"SN": "ISBN" if kind in BOOKS else "ISSN"}
    for tag, values in record.items():
        if tag in RIS_NAMES:
            item.setdefault(RIS_NAMES[tag], []).extend(map(_name, filter(None, values)))
        elif tag in texts and values[0]:
            item.setdefault(texts[tag], values[0])
    first, last = (record.get(tag, [""])[0] for tag in ("SP", "EP"))
    if first:
        item["page"] = f"{first}–{last}" if last and "-" not in first else first
    _set_dates(item, record)
    return item


def _set_dates(item: Csl, record: dict[str, list[str]]) -> None:
    for variable, tags in (("issued", ("DA", "PY", "Y1")), ("accessed", ("Y2",))):
        for tag in tags:
            if parts := _date(record.get(tag, [""])[0]):
                item[variable] = {"date-parts": [parts]}
                break


def _date(value: str) -> list[int]:
    found = RIS_DATE.match(value)
    return [int(part) for part in found.groups() if part] if found else []


def _name(written: str) -> dict[str, Any]:
    family, _, given = (part.strip() for part in written.partition(","))
    return {"family": family, "given": given} if given else {"literal": family}


READERS = ((_is_bibtex, _from_bibtex), (_is_ris, _from_ris), (_is_json, _from_json))
