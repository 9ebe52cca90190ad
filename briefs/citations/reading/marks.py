"""The marks that structure a printed reference: quotations, italics, addresses, dates, locators."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .dates import DATE, YEAR

QUOTED = (
    r"“(?P<q1>[^“”]*(?:“[^“”]*”[^“”]*)*)”"
    r'|"(?P<q2>[^"“”]+)"'
    r'|[“"](?P<q3>[^"“”]+)[”"]'
    r"|«\s?(?P<q4>[^«»]+?)\s?»"
    r"|《(?P<q5>[^《》]+)》"
    r"|「(?P<q6>[^「」]+)」"
    r"|„(?P<q7>[^„“”]+)[“”]"
    r"|”(?P<q8>[^“”]+)“"
    r"|(?<![\w’])‘(?P<q9>(?:[^‘’]|’(?=\w))+)’(?!\w)"
)
ITALIC = r"\*(?P<italic>[^*]+)\*"
WEB = r"(?:https?://|www\.)"
URL = rf"<(?P<url>{WEB}[^<>\s]+)>|(?P<bare>{WEB}[^\s<>\"“”«»]*[^\s<>\"“”«».,;:!?，。；])"
DOI = r"(?:doi:?\s*)(?P<doi>10\.\d{4,9}/[^\s,;]+)"
ACCESSED = (
    r"[(\[]?(?:(?:last|date)\s+)?(?:accessed|retrieved|consulted|viewed|visited|consulté le"
    r"|дата обращения:?|اخذ کردہ|تاريخ الوصول|تاریخ دسترسی|访问日期[:：]?|访问于?)"
    rf"(?:\s+on)?:?\s*(?P<accessed>{DATE})[)\]]?"
)
SYMBOL = r"(?P<symbol>\b(?:[ASE]|ST|HRC|CCPR|CERD|DP)/[A-Z0-9][\w./()–-]*\d\)?)"
TREATY_SERIES = r"(?P<series>\b\d+ (?:U\.?N\.?T\.?S\.?|LNTS|I\.?L\.?M\.?|UST) \d+)"
NUMBERS = r"[\divxlcdm]+(?:\s?[–-]\s?[\divxlcdm]+)?"
LOCATOR = (
    r"(?P<locator>(?:esp(?:ecially)?\.?\s+)?(?:第\s?\d+(?:\s?[–-]\s?\d+)?\s?页|(?:\b(?:pp?|paras?|arts?|secs?|chaps?|ch|fn|figs?|cl|сс?|стр)\."
    r"|\b(?:pages?|paragraphs?|articles?|sections?|chapters?|figures?|tables?|annex|clause|note)\b"
    rf"|¶+|§+|ص\b)(?<!\bp\.(?=m))\s*{NUMBERS}(?:\(\w+\))*(?:\s*(?:,|and|&)\s*{NUMBERS}\b(?!\s+\w))*))(?![\w])"
)
JOURNAL = (
    r"(?:vol(?:ume)?\.?\s*)?(?P<volume>\d{1,4})"
    r"(?:,?\s*(?:nos?|issue|iss)\.?\s*(?P<issue>[\d–/-]+)|\s?\((?P<issue_in>\d{1,3}[\d–/-]*)\))?"
    rf"(?:,?\s*\((?P<when>(?:{DATE}|{YEAR}))\))?"
    r"(?:\s*:\s*(?P<page>[A-Za-z]?\d+(?:\s?[–-]\s?[A-Za-z]?\d+)?))?(?!\w)"
)
PARENTHESIS = r"\((?P<parenthesis>[^()]*(?:\([^()]*\)[^()]*)*)\)"
EDITION = r"(?P<edition>\d+)(?:st|nd|rd|th) ed(?:ition|n)?\b\.?"
BARE_NUMBERS = r"(?<=[,:;]\s)(?P<numbers>\d{1,4}(?:\s?[–-]\s?\d{1,4})?)(?=\s*(?:[,.;]|$))(?!\.\d)"
KINDS = [
    ("quoted", QUOTED),
    ("italic", ITALIC),
    ("doi", DOI),
    ("url", URL),
    ("accessed", ACCESSED),
    ("date", rf"(?P<date>{DATE})"),
    ("symbol", SYMBOL),
    ("series", TREATY_SERIES),
    ("edition", EDITION),
    ("issue", r"第\s?(?P<issue>\d+)\s?期"),
    ("locator", LOCATOR),
    ("parenthesis", PARENTHESIS),
    ("numbers", BARE_NUMBERS),
]
CAPITALS = ("symbol", "series")  # "S/RES/1373" is a document, "s/2" is not
PATTERNS = [
    (kind, re.compile(pattern, 0 if kind in CAPITALS else re.IGNORECASE)) for kind, pattern in KINDS
]
JOURNAL_MARK = re.compile(r"\s*,?\s*" + JOURNAL, re.IGNORECASE)
SEPARATOR = re.compile(r"\s*(?:[,;:]\s+|[，、،。；：]\s*|\.\s+(?=[^\W\d_])|[.,;:]$)\s*")
INITIAL = re.compile(
    r"(?:\b\w|\b(?:No|no|Vol|vol|St|Dr|Mr|Mrs|Ms|Prof|ed|eds|trans|Gen|Col|Lt|U\.S|U\.N))$"
)
ABBREVIATED = re.compile(r"\b\w\.\w$")  # "4:15 p.m"
IDEOGRAPHS = "\u3000"
TRAILING = ".,;:!?’'”\"»。，；"


@dataclass(frozen=True)
class Mark:
    kind: str  # one of KINDS, "journal" or "text"
    value: str
    start: int
    end: int
    groups: dict[str, str]


def read_marks(text: str) -> list[Mark]:
    """All of `text` but separators, in order; what is no mark is "text", one per clause."""
    marks: list[Mark] = []
    position = plain_from = 0
    while position < len(text):
        mark = _mark_at(text, position, marks[-1] if marks and plain_from == position else None)
        if mark is None:
            position += 1
            continue
        marks += _clauses(text, plain_from, mark.start)
        marks.append(mark)
        position = plain_from = mark.end
    marks += _clauses(text, plain_from, len(text))
    return marks


def trimmed_url(url: str) -> str:
    """A bare address without the punctuation of the sentence around it."""
    while url and (url[-1] in TRAILING or _closes_nothing(url)):
        url = url[:-1]
    return url


def _closes_nothing(url: str) -> bool:
    opening = {")": "(", "]": "["}.get(url[-1], "")
    return bool(opening) and url.count(url[-1]) > url.count(opening)


def _mark_at(text: str, position: int, before: Mark | None) -> Mark | None:
    if before and before.kind == "italic" and (found := JOURNAL_MARK.match(text, position)):
        groups = _groups(found)
        if "volume" in groups and len(groups) > 1:
            return Mark("journal", found[0], position, found.end(), groups)
    spaced = not position or text[position - 1] >= IDEOGRAPHS  # which stand without spaces
    if not spaced and text[position].isalnum() and text[position - 1].isalnum():
        return None
    for kind, pattern in PATTERNS:
        if found := pattern.match(text, position):
            return _made(kind, found)
    return None


def _made(kind: str, found: re.Match[str]) -> Mark:
    groups = _groups(found)
    if bare := groups.get("bare"):
        url = trimmed_url(bare)
        return Mark(kind, url, found.start(), found.start() + len(url), groups)
    if doi := groups.get("doi"):
        trimmed = trimmed_url(doi)
        return Mark(kind, trimmed, found.start(), found.end() - len(doi) + len(trimmed), groups)
    if kind == "accessed" or kind == "quoted":
        return Mark(kind, next(iter(groups.values())).strip(), found.start(), found.end(), groups)
    value = groups.get(kind) or groups.get("url") or found[0]
    return Mark(kind, value.strip(), found.start(), found.end(), groups)


def _groups(found: re.Match[str]) -> dict[str, str]:
    return {key: value for key, value in found.groupdict().items() if value}


def _clauses(text: str, start: int, end: int) -> Iterator[Mark]:
    position = start
    for separator in SEPARATOR.finditer(text, start, end):
        before = text[position : separator.start()]
        if separator[0].startswith(".") and INITIAL.search(before):
            continue
        yield from _clause(text, position, separator.start())
        position = separator.end()
    yield from _clause(text, position, end)


def _clause(text: str, start: int, end: int) -> Iterator[Mark]:
    value = text[start:end]
    stripped = value.strip(" \t\n.,;:，、،。；：()[]<>")
    if stripped:
        offset = start + value.index(stripped)
        if ABBREVIATED.search(stripped) and text[offset + len(stripped) :].startswith("."):
            stripped += "."
        yield Mark("text", stripped, offset, offset + len(stripped), {})
