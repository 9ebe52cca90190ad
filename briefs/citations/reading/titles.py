"""How a printed reference begins: who, and the title, by which all else is told."""

import re
from dataclasses import dataclass, field
from typing import Any

from .dates import read_date
from .marks import DOI, ITALIC, QUOTED, URL, read_marks
from .names import read_names
from .outlets import is_institution
from .signals import ITALIC_SIGNAL, SIGNAL, end_of_signals

type Csl = dict[str, Any]

CONJUNCTION = re.compile(r"\s*(?:and|or|also|as well as)\s+$")
LOWER_LEAD = re.compile(
    r"(?:and|but|also|for|as|e\.g\.|i\.e\.|on|in)\b[^,:]{0,60}[,:]\s+", re.IGNORECASE
)
TITLE = re.compile(f"(?:{QUOTED})|(?:{ITALIC})")
PLAIN_END = re.compile(r"[,.;:)!?،，、。]|$")
AFTER_TITLE = re.compile(r"\s*(?:[,.;:(\[،，、。<]|$)|\s+(?:\*|\d|in\b|https?:|doi)", re.IGNORECASE)
LONE_QUOTE = re.compile(r'^([^"“”«»*<>]{12,300}?)[.,]?["”]\s*(?=[.,]|\s)')
EDITED = re.compile(
    r"(?:,\s*|\s+|\s*[(\[])(?:eds?\.?|editors?|dir\.|ред\.)[)\]]?,?$", re.IGNORECASE
)
YEAR_BEFORE = re.compile(r"\s*\(([^()]*\d{4}[a-z]?[^()]*)\)[.,:]?\s*$")
TREATY = re.compile(
    r"(?:(?:Full )?Text of (?:the )?)?(?:the )?(?:[A-Z][\w’'-]+\s+){0,4}"
    r"(?:Agreement|Treaty|Convention|Protocol|Covenant|Accords?|Pact|Memorandum of Understanding"
    r"|Joint Declaration|Charter)\b(?:\s+(?:between|on|of|for|concerning|relating|relative|against"
    r"|to)\b.*|$)"
)
LAW = re.compile(
    r"(?:The )?(?:[A-Z][\w’'()-]+\s+(?:of\s+|and\s+|the\s+|for\s+)*){0,8}"
    r"(?:Act|Ordinance|Order|Decree|Regulations?|Rules|Code|Law|Constitution|Amendment)"
    r"(?:,?\s+(?:of\s+)?\d{4})"
    r"|Constitution of (?:the )?[A-Z][\w ]+?,? \d{4}"
)
RESOLUTION = re.compile(
    r"(?:(?P<author>[^,]+),\s+)?(?P<title>Resolution\s+[\d/]+(?:\s+\(\d{4}\))?)(?=,|\.|$|\s)"
)
INTERVIEW = re.compile(
    r"(?P<author>[^,]+),\s+(?P<genre>(?:personal |telephone |phone |online |video )?"
    r"(?:interview|conversation|correspondence|communication|e-?mail)"
    r"(?: (?:by|with|to) (?:the )?authors?)?)(?=,)"
)
WHOLE_ADDRESS = re.compile(rf"\s*(?:{URL}|{DOI})\s*[.]?\s*", re.IGNORECASE)
LONGEST_TITLE = 60  # words


@dataclass(frozen=True)
class Opening:
    start: int  # where the reference begins; what stands before is the editor's
    end: int  # of the title
    csl: Csl = field(default_factory=dict)
    kind: str = ""  # the type, where the beginning says it
    is_work: bool = False  # the title is a whole work's: italic
    bare: bool = False


def open_reference(text: str) -> Opening | None:
    lead = len(text) - len(text.lstrip(" .,;:،，"))
    if signal := ITALIC_SIGNAL.match(text, lead):
        lead = signal.end()
    found = TITLE.search(text, lead)
    url = re.compile(URL, re.IGNORECASE).search(text)
    if found and not (url and url.start() < found.start()):
        return _titled(text, lead, found)
    return _bare(text, lead)


def _titled(text: str, lead: int, found: re.Match[str]) -> Opening | None:
    italic = found.groupdict().get("italic")
    title = italic or next((value for value in found.groupdict().values() if value), "")
    if not re.search(r"\w", title):
        return None
    closed = title.rstrip()[-1] in ",.?!،"
    if not (closed or AFTER_TITLE.match(text, found.end())) or len(title.split()) > LONGEST_TITLE:
        return None
    csl: Csl = {"title": _bare_title(title)}
    start = _read_before(text, lead, found.start(), csl)
    if start is None:
        return None
    kind = ""
    if not italic and TREATY.fullmatch(csl["title"]) and "author" not in csl:
        kind = "treaty"
    return Opening(start, found.end(), csl, kind if _no_outlet(text, found) else "", bool(italic))


def _no_outlet(text: str, found: re.Match[str]) -> bool:
    return not re.match(r"\s*,?\s*\*", text[found.end() :])


def _bare_title(title: str) -> str:
    title = title.strip().rstrip(",،，").rstrip()
    return title[:-1] if title.endswith(".") and not re.search(r"(\.\.|\b\w)\.$", title) else title


def _read_before(text: str, lead: int, end: int, csl: Csl) -> int | None:
    """Reads the author before the title into `csl`; where the reference starts, if it does."""
    before = text[lead:end]
    conjunction = CONJUNCTION.match(before)
    signal = end_of_signals(before) or (conjunction.end() if conjunction else 0)
    start = lead + signal
    before = text[start:end]
    if not before.strip(" ,.:،，、："):
        return start if not before.strip() or signal else None
    if not re.search(r"[,.:)،，、：]\s*$", before) and not _is_bare_organisation(before):
        return None
    if year := YEAR_BEFORE.search(before):
        if date := read_date(year[1].strip()):
            csl["issued"] = date
        before = before[: year.start()] + ","
    role = "editor" if EDITED.search(before.strip(" ,.:") + ".") else "author"
    before = EDITED.sub("", before.strip(" ,:،，、："))
    skipped = _people(before, csl, role)
    return None if skipped is None else start + skipped


def _is_bare_organisation(text: str) -> bool:
    return is_institution(text.strip()) and len(text.split()) <= 6


def _people(before: str, csl: Csl, role: str) -> int | None:
    inverted = bool(re.search(r"\.\s*$|^[^,]+,[^,]+$", before)) or "issued" in csl
    bare = re.sub(r"(?<=[^\W\d_]{2})\.$", "", before.strip())
    if names := read_names(bare, inverted=inverted and not _two_people(bare)):
        csl[role] = names
        return 0
    if lead := LOWER_LEAD.match(before):
        rest = before[lead.end() :]
        if names := read_names(rest):
            csl[role] = names
            return lead.end()
    return None


def _two_people(text: str) -> bool:
    """ "Tahir Khan, Ali Jan": two names; "Khan, Tahir" is one turned."""
    first, _, rest = text.partition(",")
    return len(first.split()) > 1 and len(rest.split()) > 1


def _bare(text: str, lead: int) -> Opening | None:
    rest = text[lead:]
    if whole := WHOLE_ADDRESS.fullmatch(rest):
        kind = "webpage" if not whole["doi"] else "article-journal"
        return Opening(lead, lead, {}, kind, bare=True)
    signal = SIGNAL.match(rest)
    start = lead + (signal.end() if signal else 0)
    rest = text[start:]
    if lone := LONE_QUOTE.match(rest):
        title = _bare_title(lone[1])
        kind = "treaty" if TREATY.fullmatch(title) else ""
        return Opening(start, start + lone.end(), {"title": title}, kind)
    if (found := INTERVIEW.match(rest)) and (names := read_names(found["author"])):
        csl: Csl = {"author": names, "genre": found["genre"]}
        kind = "interview" if "interview" in found["genre"] else "personal_communication"
        return Opening(start, start + found.end(), csl, kind, bare=True)
    return _unquoted(rest, start)


def _unquoted(rest: str, start: int) -> Opening | None:
    """Titles known by their words alone: resolutions, treaties, laws."""
    if found := RESOLUTION.match(rest):
        author = read_names(found["author"]) if found["author"] else None
        if author or not found["author"]:
            csl: Csl = {"title": found["title"]} | ({"author": author} if author else {})
            return Opening(start, start + found.end(), csl, "report")
    if law := LAW.match(rest):
        return Opening(start, start + law.end(), {"title": law[0]}, "legislation", bare=True)
    marks = read_marks(rest)
    if marks and marks[0].kind == "text" and TREATY.fullmatch(marks[0].value):
        title = marks[0].value
        return Opening(start, start + marks[0].end, {"title": title}, "treaty", bare=True)
    return None
