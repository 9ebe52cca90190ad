"""A brief's notes and references in house style, through one run of pandoc's citeproc.

Imports only briefs.pandoc and its own package. Each citation goes to pandoc as a bare Cite of its
own, so that the prose of a note is never touched; what must not change on the way (addresses,
locators other than pages) goes as a token and is put back.
"""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from .. import pandoc
from .addresses import is_web_address
from .csl import Csl, clean, short_title
from .inlines import Inline, curled, from_text, plain, to_html, to_text, without_notes

STYLE = Path(__file__).with_name("house.csl")
API_VERSION = [1, 23, 1]  # pandoc-types of pandoc 3
RICH = {"title", "title-short", "container-title", "collection-title", "event-title"}
ADDRESS = "https://address.invalid/"
LOCATOR_TOKEN = re.compile(r"locator(\d+)x")
# A source that is never printed: stands between two citations so that they are not *ibid.*, and is
# cited once with a page and once with pages, to learn how the language labels them.
BREAK = "break"
PAGE, PAGE_RANGE = "4", "4–5"
# "4", "4-6", "4, 7–9", "p. 4", "pp. 4–6", "pages iv-vi": printed with the label of the language.
NUMBERS = r"[ivxlcdm\d]+(?:\s*[-–]\s*[ivxlcdm\d]+)?"
PAGES = re.compile(
    rf"(?:(?:pp?|pgs?|pages?)\b\.?\s*)?({NUMBERS}(?:\s*(?:,|&)\s*{NUMBERS})*)", re.IGNORECASE
)
KEPT_ANSWERS, KEPT_BYTES = 24, 256 * 1024  # the latter of a question: of 300 citations, about
ET_AL = "et al."  # the last of the names, where print named no more of them
NAMES_CUT_SHORT = 11  # et-al-min of the list of references in house.csl
LANGUAGES = {"zh-hans": "zh-CN", "zh-hant": "zh-TW", "nb": "nb-NO", "no": "nb-NO"}
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
SENTENCE_END = re.compile(r"[.!?…。！？۔؟][”’\"')\]»]*\s*$|^\s*$")
ONE_STOP = re.compile(r"\.(?!\.)")
ABBREVIATION = re.compile(
    r"(?<!\w)(?:c[fp]r?|e\.g|i\.e|esp|vgl|z\. ?B|см|ср|цит)\.\s*$", re.IGNORECASE
)


@dataclass(frozen=True)
class Cite:
    key: str
    locator: str = ""


@dataclass(frozen=True)
class RenderedNote:
    html: str
    text: str


@dataclass(frozen=True)
class RenderedReference:
    key: str
    html: str
    text: str


@dataclass(frozen=True)
class Rendered:
    notes: tuple[RenderedNote, ...]
    references: tuple[RenderedReference, ...]


class UnknownSource(LookupError):
    """A note cites what is not among the sources. `rendered` holds the rest, with visible marks."""

    def __init__(self, keys: Sequence[str], rendered: Rendered) -> None:
        super().__init__(f"These cited sources do not exist: {', '.join(keys)}.")
        self.keys = tuple(keys)
        self.rendered = rendered


def render(
    notes: Sequence[Sequence[str | Cite]],
    sources: Mapping[str, Mapping[str, Any]],
    *,
    language: str,
) -> Rendered:
    """Notes and list of references, as HTML of <em> and <a> and as plain text.

    Strings in a note are clean inline HTML and stay as they are. Raises UnknownSource (with
    everything else rendered) and PandocError.
    """
    job = _Job(notes, sources)
    clusters, references = job.run(language)
    rendered = Rendered(
        tuple(_note(note, index, clusters) for index, note in enumerate(notes)), references
    )
    if job.unknown:
        raise UnknownSource(job.unknown, rendered)
    return rendered


type Position = tuple[int, int]  # of a note, of a citation in it
type Clusters = dict[Position, list[Inline]]


@dataclass(frozen=True)
class _Address:
    url: str
    archived: str


class _Job:
    """What one run asks of pandoc, and the tokens with which its answer is read."""

    def __init__(
        self, notes: Sequence[Sequence[str | Cite]], sources: Mapping[str, Mapping[str, Any]]
    ) -> None:
        cited = [cite.key for note in notes for cite in note if isinstance(cite, Cite)]
        known = dict.fromkeys(key for key in cited if key in sources)
        self.unknown = list(dict.fromkeys(key for key in cited if key not in sources))
        self.identifiers = {key: f"s{number}" for number, key in enumerate(known)}
        self.addresses: list[_Address] = []
        self.locators: dict[str, str] = {}
        self.references = [self._reference(key, clean(sources[key])) for key in known]
        self.cites = list(_ordered(notes, known))

    def run(self, language: str) -> tuple[Clusters, tuple[RenderedReference, ...]]:
        """Every citation by its position, and the references in the order of the list."""
        if not self.cites:
            return {}, ()
        *probes, bibliography = _citeproc(self._document(language))
        self._read_labels(probes[:2])
        paragraphs = probes[2:]
        clusters: Clusters = {}
        for (position, _), paragraph in zip(self.cites, paragraphs, strict=True):
            if position:
                clusters[position] = self._restored(without_notes(paragraph["c"]))
        return clusters, tuple(self._listed(bibliography))

    def _document(self, language: str) -> Csl:
        breaker = _metadata({"id": BREAK, "type": "document", "title": BREAK})
        return {
            "pandoc-api-version": API_VERSION,
            "meta": {
                "lang": _metadata(_locale(language)),
                "references": {"t": "MetaList", "c": [*self.references, breaker]},
            },
            "blocks": [
                *(_cluster(BREAK, locator) for locator in (PAGE, PAGE_RANGE)),
                *(self._cluster(cite) for _, cite in self.cites),
            ],
        }

    def _reference(self, key: str, item: Csl) -> Inline:
        for role in ("author", "editor"):
            if role in item:
                item[role] = _with_others(item[role])
        if title := item.get("title"):
            item.setdefault("title-short", short_title(title))
        archived = ""
        if is_web_address(item.get("archive_location", "")):
            archived = item.pop("archive_location")
        if url := item.get("URL") or archived:
            self.addresses.append(_Address(url, archived if archived != url else ""))
            item["URL"] = f"{ADDRESS}{len(self.addresses) - 1}"
        return _metadata({**item, "id": self.identifiers[key]})

    def _cluster(self, cite: Cite) -> Inline:
        key = self.identifiers.get(cite.key, cite.key)
        return _cluster(key, self._locator(cite.locator))

    def _locator(self, locator: str) -> str:
        """A token for it: citeproc takes a number of two digits for no number, and labels none."""
        locator = " ".join(locator.split())
        return self.locators.setdefault(locator, f"locator{len(self.locators)}x") if locator else ""

    def _read_labels(self, probes: Sequence[Inline]) -> None:
        page, pages = (to_text(without_notes(probe["c"])).rpartition(", ")[2] for probe in probes)
        between = re.search(rf"{PAGE_RANGE[0]}(\D+){PAGE_RANGE[-1]}", pages)
        dash = between[1] if between else "–"
        self.printed = [
            _printed_locator(locator, page, pages.replace(dash, "–"), dash)
            for locator in self.locators
        ]

    def _restored(self, inlines: Iterable[Inline]) -> list[Inline]:
        restored: list[Inline] = []
        for inline in inlines:
            kind = inline["t"]
            content: Any = inline.get("c")
            if kind == "Str":
                text = LOCATOR_TOKEN.sub(lambda match: self.printed[int(match[1])], content)
                restored.append({"t": "Str", "c": text})
            elif kind == "Link" and content[2][0].startswith(ADDRESS):
                restored += self._links(int(content[2][0].removeprefix(ADDRESS)))
            else:
                restored.append(inline)
        return restored

    def _links(self, number: int) -> list[Inline]:
        address = self.addresses[number]
        if not address.archived:
            return [_link(address.url)]
        opening, closing = {"t": "Str", "c": " ["}, {"t": "Str", "c": "]"}
        return [_link(address.url), opening, _link(address.archived), closing]

    def _listed(self, bibliography: Inline) -> Iterable[RenderedReference]:
        keys = {f"ref-{identifier}": key for key, identifier in self.identifiers.items()}
        for entry in bibliography["c"][1]:
            if key := keys.get(entry["c"][0][0]):
                inlines = self._restored(inline for block in entry["c"][1] for inline in block["c"])
                yield RenderedReference(key, to_html(inlines), to_text(inlines))


def _ordered(
    notes: Sequence[Sequence[str | Cite]], known: Iterable[str]
) -> Iterable[tuple[Position | None, Cite]]:
    """Citations in order; where *ibid.* would be wrong, with another one in between.

    Citeproc takes the citation before for the one in the note before. It is not, if prose or a
    second source stands between: *ibid.* is only for the first citation of a note, where the note
    before cites that source, once, and no other.
    """
    known = set(known)
    before: list[Cite] = []
    last = ""
    for index, note in enumerate(notes):
        cites = [cite for cite in note if isinstance(cite, Cite)]
        for place, cite in enumerate(cites):
            if cite.key not in known:
                continue
            ibid = place == 0 and [other.key for other in before] == [cite.key]
            if cite.key == last and not ibid:
                yield None, Cite(BREAK)
            yield (index, place), cite
            last = cite.key
        before = cites


def _note(note: Sequence[str | Cite], index: int, clusters: Clusters) -> RenderedNote:
    html, text = "", ""
    place = 0
    between: str | None = None  # the markup since the last citation, if there was one
    for item in note:
        if isinstance(item, str):
            if between == "" and text.endswith(".") and ONE_STOP.match(item):
                item = item[1:]  # "Ibid." ends the sentence, too
            html, text = html + item, text + plain(item)
            between = None if between is None else between + plain(item)
            continue
        if between is not None and not between.strip():
            html, text = f"{html.rstrip()}; ", f"{text.rstrip()}; "
        inlines = clusters.get((index, place))
        if inlines is not None:
            begins = SENTENCE_END.search(text) and not ABBREVIATION.search(text)
            inlines = _capitalised(inlines) if begins else inlines
            html, text = html + to_html(inlines), text + to_text(inlines)
        else:
            mark = f"[unknown source {item.key}]"
            html, text = html + escape(mark), text + mark
        place, between = place + 1, ""
    return RenderedNote(html, text)


def _capitalised(inlines: list[Inline]) -> list[Inline]:
    """*Ibid.* at the head of a sentence; names and titles keep their own first letter."""
    if not inlines:
        return inlines
    first = inlines[0]
    if first["t"] != "Emph" or not to_text(first["c"]).islower():
        return inlines
    word, *rest = first["c"]
    capital = {"t": "Str", "c": word["c"][:1].upper() + word["c"][1:]}
    return [{"t": "Emph", "c": [capital, *rest]}, *inlines[1:]]


def _citeproc(document: Csl) -> list[Inline]:
    asked = json.dumps(document).encode()
    answer = _kept_answer(asked) if len(asked) <= KEPT_BYTES else _answer(asked)
    blocks: list[Inline] = json.loads(answer)["blocks"]
    return blocks


def _answer(asked: bytes) -> bytes:
    return pandoc.run(["--from=json", "--to=json", "--citeproc", f"--csl={STYLE}"], asked)


# Whoever types asks for the same citations again and again: prose is no part of the question.
_kept_answer = lru_cache(KEPT_ANSWERS)(_answer)


def _with_others(names: list[dict[str, str]]) -> list[dict[str, str]]:
    """ "A and et al.": so many names that the style, too, prints the first and *et al.*"""
    if len(names) < 2 or names[-1].get("literal") != ET_AL:
        return names
    return names[:-1] + [{"literal": ET_AL}] * NAMES_CUT_SHORT


def _cluster(identifier: str, locator: str) -> Inline:
    suffix = [{"t": "Str", "c": ","}, {"t": "Space"}, {"t": "Str", "c": f"{{{locator}}}"}]
    citation = {
        "citationId": identifier,
        "citationPrefix": [],
        "citationSuffix": suffix if locator else [],
        "citationMode": {"t": "NormalCitation"},
        "citationNoteNum": 0,
        "citationHash": 0,
    }
    return {"t": "Para", "c": [{"t": "Cite", "c": [[citation], []]}]}


def _printed_locator(locator: str, page: str, pages: str, dash: str) -> str:
    """Pages with the label of the language; every other locator as typed, with an en dash."""
    found = PAGES.fullmatch(locator)
    if not found:
        return curled(re.sub(r"(?<=\d)-(?=\d)", "–", locator))
    numbers = re.sub(r"\s*[-–]\s*", dash, found[1])
    return (
        pages.replace(PAGE_RANGE, numbers)
        if re.search(r"\W", numbers)
        else page.replace(PAGE, numbers)
    )


def _metadata(value: Any, field: str = "") -> Inline:
    if isinstance(value, Mapping):
        return {"t": "MetaMap", "c": {key: _metadata(part, key) for key, part in value.items()}}
    if isinstance(value, list):
        return {"t": "MetaList", "c": [_metadata(part) for part in value]}
    if field in RICH:
        return {"t": "MetaInlines", "c": from_text(value)}
    return {"t": "MetaString", "c": str(value)}


def _link(url: str) -> Inline:
    return {"t": "Link", "c": [["", [], []], [{"t": "Str", "c": url}], [url, ""]]}


def _locale(language: str) -> str:
    tag = language.replace("_", "-")
    return LANGUAGES.get(tag.lower(), tag) if LANGUAGE.fullmatch(tag) else "en-US"
