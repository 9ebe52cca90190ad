"""BibTeX, as LaTeX and reference managers read it.

Pure. Our own writer, because pandoc's changes the case of titles. Every field is escaped for LaTeX
but `url` and `doi`, which BibTeX styles print verbatim.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import count, product
from string import ascii_lowercase
from typing import Any

from anyascii import anyascii

from .csl import Csl, clean, year
from .inlines import from_text, to_text

ENTRIES = {
    "article": "article",
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "review": "article",
    "review-book": "article",
    "book": "book",
    "classic": "book",
    "collection": "book",
    "chapter": "incollection",
    "entry-dictionary": "incollection",
    "entry-encyclopedia": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
    "manuscript": "unpublished",
}
FIELDS = {
    "volume": "volume",
    "issue": "number",
    "edition": "edition",
    "collection-title": "series",
    "publisher-place": "address",
    "note": "note",
    "DOI": "doi",
    "ISBN": "isbn",
    "ISSN": "issn",
    "URL": "url",
    "language": "language",
    "abstract": "abstract",
}
PUBLISHERS = {"techreport": "institution", "phdthesis": "school", "misc": "howpublished"}
CONTAINERS = {"article": "journal", "incollection": "booktitle", "inproceedings": "booktitle"}
VERBATIM = {"url", "doi"}
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
SPECIALS = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: f"\\{character}" for character in "&%$#_"},
}
# BibTeX counts braces, those after a backslash too: where they do not pair, by name.
LONE_BRACES = {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
TITLE_WORD = re.compile(r"([^\W_][\w’'-]*)")
SENTENCE_END = re.compile(r"[:?!.]\s")
LONGEST_PART = 24  # of a key, in letters: Chinese titles come as one word
SMALL = frozenset("a an and at by for from in of on or the to with".split())


def bibtex(items: Iterable[Mapping[str, Any]]) -> str:
    """One entry for each CSL-JSON item, in order, with keys of their own; ends in a line feed."""
    taken: set[str] = set()
    return "\n".join(_entry(clean(item), taken) for item in items)


def _entry(item: Csl, taken: set[str]) -> str:
    kind = ENTRIES.get(item["type"], "misc")
    lines = [f"  {name} = {value}," for name, value in _fields(item, kind).items()]
    return "\n".join([f"@{kind}{{{_key(item, taken)},", *lines, "}", ""])


def _fields(item: Csl, kind: str) -> dict[str, str]:
    fields: dict[str, str] = {}
    for role in ("author", "editor"):
        if role in item:
            fields[role] = f"{{{' and '.join(map(_name, item[role]))}}}"
    if "title" in item:
        fields["title"] = f"{{{_title(item['title'])}}}"
    if container := item.get("container-title"):
        fields[CONTAINERS.get(kind, "howpublished")] = _braced(container)
    if publisher := item.get("publisher") or item.get("authority"):
        name = PUBLISHERS.get(kind, "publisher")
        fields["publisher" if name in fields else name] = _braced(publisher)
    if pages := item.get("page"):
        fields["pages"] = _braced(re.sub(r"\s*[-–—]+\s*", "--", pages))
    if "number" in item and "issue" not in item:
        fields["number"] = _braced(item["number"])
    if "genre" in item:
        fields["type"] = _braced(item["genre"])
    fields |= _date(item)
    for name, field in FIELDS.items():
        if name in item and field not in fields:
            value = item[name]
            fields[field] = f"{{{_verbatim(value)}}}" if field in VERBATIM else _braced(value)
    return fields


def _date(item: Csl) -> dict[str, str]:
    fields: dict[str, str] = {}
    if published := year(item):
        fields["year"] = f"{{{published}}}"
        parts = item["issued"]["date-parts"][0]
        if len(parts) > 1:
            fields["month"] = MONTHS[parts[1] - 1]
        fields["date"] = f"{{{_iso(item['issued'])}}}"
    elif literal := item.get("issued", {}).get("literal"):
        fields["year"] = _braced(literal)
    if "date-parts" in item.get("accessed", {}):
        fields["urldate"] = f"{{{_iso(item['accessed'])}}}"
    return fields


def _iso(date: Csl) -> str:
    return "/".join(
        "-".join([f"{part[0]:04}", *(f"{number:02}" for number in part[1:])])
        for part in date["date-parts"]
    )


def _name(name: Mapping[str, str]) -> str:
    if "literal" in name:
        return "others" if name["literal"] == "et al." else _braced(name["literal"])
    particles = [name.get("dropping-particle"), name.get("non-dropping-particle")]
    family = " ".join(filter(None, [*particles, _protected(name["family"])]))
    return ", ".join(
        filter(None, [family, _and_free(name.get("suffix", "")), _and_free(name.get("given", ""))])
    )


def _and_free(text: str) -> str:
    """Part of a name; commas and "and" would end it."""
    return f"{{{_escaped(text)}}}" if re.search(r",|\band\b", text) else _escaped(text)


def _protected(family: str) -> str:
    """A family name of several words, whole."""
    return f"{{{_escaped(family)}}}" if re.search(r"[\s,]", family) else _escaped(family)


def _braced(text: str) -> str:
    return f"{{{_escaped(_plain(text))}}}"


def _title(text: str) -> str:
    """Words with capitals in braces, and any after a colon, so that no style changes their case."""
    whole = _plain(text)
    pieces = TITLE_WORD.split(whole)  # what parts words, and words, by turns
    words = [
        f"{{{_escaped(piece)}}}"
        if index % 2 and (piece != piece.lower() or SENTENCE_END.search(pieces[index - 1]))
        else _escaped(piece, of=whole)
        for index, piece in enumerate(pieces)
    ]
    return "".join(words)


def _plain(text: str) -> str:
    return to_text(from_text(text)) if re.search(r"</", text) else text


def _escaped(text: str, *, of: str = "") -> str:
    """`text`, a part `of` what stands in one field."""
    specials = SPECIALS if _is_balanced(of or text) else SPECIALS | LONE_BRACES
    return "".join(specials.get(character, character) for character in text)


def _is_balanced(text: str) -> bool:
    depth = 0
    for character in text:
        depth += (character == "{") - (character == "}")
        if depth < 0:
            return False
    return depth == 0


def _verbatim(text: str) -> str:
    """An address cannot be escaped; what would end the field is written as in an address."""
    replaced = {"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"}
    return "".join(replaced.get(character, character) for character in text)


def _key(item: Csl, taken: set[str]) -> str:
    """ "yousaf2025envoy": ASCII, and never twice."""
    names = item.get("author") or item.get("editor") or [{}]
    first = names[0].get("family") or names[0].get("literal") or item.get("container-title", "")
    words = [word for word in _ascii(item.get("title", "")).split() if word not in SMALL]
    parts = [*_ascii(first).split()[:1], year(item), *words[:1]]
    stem = "".join(part[:LONGEST_PART] for part in parts)
    if not re.search("[a-z]", stem):  # no name and no title in letters, of whatever script
        stem = _letters_of_address(item) + stem
    for suffix in _suffixes():
        if (key := stem + suffix) not in taken:
            taken.add(key)
            return key
    raise AssertionError("suffixes have no end")


def _letters_of_address(item: Csl) -> str:
    """The slug of a page, which is its own, if it has one."""
    slug = re.sub(r"[^a-z0-9]", "", item.get("URL", "").rstrip("/").rpartition("/")[2].lower())
    return slug[: 2 * LONGEST_PART] if re.search("[a-z]", slug) else "source"


def _suffixes() -> Iterable[str]:
    yield ""
    for length in count(1):
        yield from map("".join, product(ascii_lowercase, repeat=length))


def _ascii(text: str) -> str:
    """Transliterated, as slugs are, and in small letters."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "").replace("'", ""))
    kept = "".join(character for character in decomposed if not unicodedata.combining(character))
    return re.sub(r"[^a-z0-9]+", " ", anyascii(kept).lower()).strip()
