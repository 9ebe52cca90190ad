"""One printed reference → the fields of its source. Unsure means None: the text then stays text."""

import re
from dataclasses import dataclass, field
from typing import Any

from ..addresses import bare_doi
from .dates import read_date
from .kinds import THESIS, kind_of, settle
from .marks import Mark, read_marks
from .names import Name, read_names
from .outlets import host, is_institution, is_periodical
from .signals import SIGNAL
from .titles import Opening, open_reference

type Csl = dict[str, Any]

STRUCTURE = {
    "issue",
    "url",
    "doi",
    "accessed",
    "date",
    "journal",
    "symbol",
    "series",
    "locator",
    "numbers",
}
WHERE = ("URL", "DOI", "container-title", "publisher", "editor", "number")
COMMENTS = {"text", "quoted", "italic"}  # with which a new sentence may begin
EVIDENCE = ("URL", "DOI", "issued", "accessed", "volume", "number")
SERIES = re.compile(
    r"(?P<genre>(?:[\w’'&-]+\s+){0,5}(?:Report|Paper|Brief|Briefing|Note|Memo|Memorandum|Study|Series"
    r"|Bulletin|Monograph|Fact ?Sheet|Document|Commentary|Analysis|Backgrounder|Cm|Resolution))\s+"
    r"(?P<number>(?:(?:No|Nr|Number)\.?\s*)?#?[A-Z]?\d[\w/.–-]*)",
    re.IGNORECASE,
)
NUMBERED = re.compile(r"(?P<genre>[^\W\d_a-z][^\d,.]*?)\s+(?P<number>No\.?\s*\d[\w/.–-]*)")
NUMBER = re.compile(r"(?:No|Nr|Number)\.?\s*[A-Z\d][\w/.–-]*(?:\s+of\s+\d{4})?", re.IGNORECASE)
GENRES = re.compile(
    r"(?:speech|address|remarks|keynote(?: address| speech)?|lecture|statement|testimony"
    r"|press (?:release|conference|briefing|statement)|news release|joint statement|communiqué"
    r"|video|podcast|audio|transcript|op-?ed|opinion|editorial|letter|blog(?: post)?|fact ?sheet"
    r"|(?:working|discussion|policy|research|briefing|occasional) paper|(?:issue|policy) brief"
    r"|data ?set"
    r"|report|memo(?:randum)?|unpublished manuscript|map|infographic)",
    re.IGNORECASE,
)
EDITORS = re.compile(r"(?:eds?\.|edited)\s+(?:by\s+)?(?P<names>.+)", re.IGNORECASE)
TRANSLATORS = re.compile(r"(?:trans\.|translated)\s+(?:by\s+)?(?P<names>.+)", re.IGNORECASE)
INTERVIEWERS = re.compile(r"interview(?:ed)? (?:by|with) (?P<names>.+)", re.IGNORECASE)
LABELS = re.compile(
    r"(?:also )?(?:available|online|retrieved|accessed)(?: (?:at|from|in|via|online))?|url|at|from"
    r"|via|link|archived(?: at| from)?",
    re.IGNORECASE,
)
IN = re.compile(r"(?:in|dans|in:|в|در|في)", re.IGNORECASE)
IMPRINT = re.compile(r"(?:(?P<place>[^():]+):\s*)?(?P<publisher>[^():]+?),\s*(?P<year>[^,]+)")
SENTENCE = re.compile(r"\s*[.。。][”’\")\]]*\s+(?=[^\W\d_a-z])|\s*[;؛；]\s*")
PLACE = re.compile(r"[^\W\d_a-z][\w’'.-]*(?:[ -][^\W\d_a-z][\w’'.-]*){0,2}")
EXPLAINED = ("number", "publisher", "container-title")  # "No. 33 (Pakistan)", "Institute (PIPS)"
MOST_UNPLACED = 4


@dataclass
class Reading:
    """A reference half read: its fields so far, what is left over, where it ends."""

    opening: Opening
    csl: Csl = field(default_factory=dict)
    locator: str = ""
    left: list[str] = field(default_factory=list)
    end: int = 0
    container_italic: bool = False


def read_reference(text: str) -> Reading | None:
    """The reference that `text` begins with, after words such as "See"; None if there is none."""
    opening = open_reference(text)
    if opening is None:
        return None
    reading = Reading(opening, dict(opening.csl), end=opening.end)
    for mark in _body(text, opening, _marks_after(text, opening.end)):
        _place(reading, mark)
        reading.end = max(reading.end, mark.end)
    _close_parenthesis(text, reading)
    if not _enough(reading):
        return None
    italic = reading.container_italic
    reading.csl["type"] = kind_of(reading.csl, opening=opening, italic=italic)
    settle(reading.csl, italic=italic)
    return reading


def _marks_after(text: str, offset: int) -> list[Mark]:
    """Marks with their places in the whole text; a second 《title》 is what the first stands in."""
    return [
        Mark(
            "italic" if "q5" in mark.groups else mark.kind,
            mark.value,
            mark.start + offset,
            mark.end + offset,
            mark.groups,
        )
        for mark in read_marks(text[offset:])
    ]


def _body(text: str, opening: Opening, marks: list[Mark]) -> list[Mark]:
    """The marks of this reference; a comment after it, or a next reference, is not of it."""
    structured = [i for i, mark in enumerate(marks) if mark.kind in STRUCTURE or _is_imprint(mark)]
    if not structured:
        return [mark for mark in marks[:1] if mark.kind == "italic" or _publishes(opening, mark)]
    body: list[Mark] = []
    closed = False  # by an address, or by something after which a new sentence is a comment
    previous_end = opening.end
    for index, mark in enumerate(marks):
        between = text[previous_end : mark.start]
        has_url = any(seen.kind in ("url", "doi") for seen in body)
        if has_url and not _may_follow_address(mark, between):
            break
        is_comment = closed and SENTENCE.match(text, previous_end) and mark.kind in COMMENTS
        if mark.kind == "quoted" or (
            is_comment and not _address_follows(text, mark, marks[index:])
        ):
            break
        if closed and mark.kind == "text" and _brings_in_another(mark.value):
            break
        body.append(mark)
        closed = closed or mark.kind in ("url", "locator", "numbers", "date") or _is_imprint(mark)
        previous_end = mark.end
    return _without_tail(body)


def _brings_in_another(text: str) -> bool:
    return bool(SIGNAL.search(text)) and not LABELS.fullmatch(text)


def _publishes(opening: Opening, mark: Mark) -> bool:
    """The publisher at the end of "Rubin, B. (2013). *Afghanistan*. Oxford University Press." """
    named = is_institution(mark.value) or PLACE.fullmatch(mark.value)
    return opening.is_work and "issued" in opening.csl and bool(named)


def _address_follows(text: str, mark: Mark, rest: list[Mark]) -> bool:
    """Whether only names of places and publishers stand before the next date or address."""
    if mark.kind != "text":
        return False
    for later in rest:
        if later.kind in ("url", "doi", "accessed"):
            return True
        if later.kind == "text" and not (
            LABELS.fullmatch(later.value)
            or is_institution(later.value)
            or is_periodical(later.value)
            or PLACE.fullmatch(later.value)
        ):
            return False
    return False


def _without_tail(body: list[Mark]) -> list[Mark]:
    """What follows the last structure is a comment, unless it says who published it."""
    last = max(
        (i for i, mark in enumerate(body) if mark.kind in STRUCTURE or mark.kind == "parenthesis"),
        default=-1,
    )
    tail = body[last + 1 :]
    kept = [
        mark
        for mark in tail
        if mark.kind == "italic" or is_periodical(mark.value) or is_institution(mark.value)
    ]
    return body[: last + 1] + (kept if len(kept) == len(tail) <= 2 else [])


def _may_follow_address(mark: Mark, between: str) -> bool:
    """Pages, the day of access, and a copy in an archive."""
    if mark.kind == "text":
        return bool(re.match(r"archived\b", mark.value)) and bool(LABELS.fullmatch(mark.value))
    archive = "[" in between or host(mark.value) in ("web.archive.org", "perma.cc", "archive.ph")
    return mark.kind in ("accessed", "locator") or (mark.kind == "url" and archive)


def _is_imprint(mark: Mark) -> bool:
    return mark.kind == "parenthesis" and bool(re.search(r"\d{4}|n\.d\.", mark.value))


def _place(reading: Reading, mark: Mark) -> None:
    csl = reading.csl
    if mark.kind in ("url", "doi"):
        _place_address(csl, mark)
    elif mark.kind in ("date", "accessed"):
        name = "issued" if mark.kind == "date" else "accessed"
        if name in csl or not (date := read_date(mark.value)):
            reading.left.append(mark.value)
        else:
            csl[name] = date
    elif mark.kind == "journal":
        _place_journal(reading, mark)
    elif mark.kind in ("symbol", "series"):
        _set(reading, "number", mark.value)
    elif mark.kind == "edition":
        _set(reading, "edition", mark.groups["edition"])
    elif mark.kind in ("locator", "numbers"):
        _place_numbers(reading, mark)
    elif mark.kind == "issue":
        _set(reading, "issue", mark.value)
    elif mark.kind == "parenthesis":
        _place_parenthesis(reading, mark.value)
    elif mark.kind == "italic":
        reading.container_italic = not csl.get("container-title")
        _set(reading, "container-title", mark.value.strip(" ,"))
    else:
        _place_text(reading, mark.value)


def _place_address(csl: Csl, mark: Mark) -> None:
    if mark.kind == "doi":
        csl["DOI"] = mark.value
        return
    if "URL" in csl:
        csl["archive_location"] = mark.value
        return
    csl["URL"] = mark.value
    if doi := bare_doi(mark.value):
        csl["DOI"] = doi


def _place_journal(reading: Reading, mark: Mark) -> None:
    groups = mark.groups
    reading.csl["volume"] = groups["volume"]
    if issue := groups.get("issue") or groups.get("issue_in"):
        reading.csl["issue"] = issue
    if date := read_date(groups.get("when", "")):
        reading.csl.setdefault("issued", date)
    if page := groups.get("page"):
        _pages(reading, page)


def _place_numbers(reading: Reading, mark: Mark) -> None:
    year = mark.kind == "numbers" and re.fullmatch(r"1[6-9]\d\d|20\d\d", mark.value)
    if year and "issued" not in reading.csl:
        reading.csl["issued"] = {"date-parts": [[int(mark.value)]]}
    elif mark.kind == "numbers":
        _pages(reading, mark.value)
    elif re.match(r"pp", mark.value, re.IGNORECASE) and _article(reading.csl):
        _pages(reading, re.sub(r"^pp?\.?\s*", "", mark.value, flags=re.IGNORECASE))
    else:
        _locate(reading, mark.value)


def _pages(reading: Reading, pages: str) -> None:
    """A range of an article or a chapter is its own; in a book it is the place cited."""
    if re.search(r"[–-]", pages) and _article(reading.csl) and "page" not in reading.csl:
        reading.csl["page"] = re.sub(r"\s", "", pages)
    else:
        _locate(reading, pages)


def _locate(reading: Reading, locator: str) -> None:
    reading.locator = f"{reading.locator}, {locator}" if reading.locator else locator


def _article(csl: Csl) -> bool:
    return "container-title" in csl


def _place_parenthesis(reading: Reading, value: str) -> None:
    csl = reading.csl
    if THESIS.search(value):
        genre, *rest = [part.strip() for part in value.split(",")]
        date = read_date(rest[-1]) if rest else None
        csl["genre"] = genre
        if date:
            csl["issued"] = date
            rest = rest[:-1]
        if rest:
            csl["publisher"] = ", ".join(rest)
    elif date := read_date(value):
        csl.setdefault("issued", date)
    elif (imprint := IMPRINT.fullmatch(value)) and (date := read_date(imprint["year"])):
        csl["issued"] = date
        csl["publisher"] = imprint["publisher"]
        if imprint["place"]:
            csl["publisher-place"] = imprint["place"].strip()
    elif len(value) <= 20 and (name := next((name for name in EXPLAINED if csl.get(name)), "")):
        csl[name] += f" ({value})"
    else:
        reading.left.append(f"({value})")


def _place_text(reading: Reading, value: str) -> None:
    csl = reading.csl
    if LABELS.fullmatch(value) or IN.fullmatch(value):
        if IN.fullmatch(value):
            csl["type"] = "chapter"
        return
    if _place_people(csl, value):
        return
    if series := SERIES.fullmatch(value) or NUMBERED.fullmatch(value):
        csl.setdefault("genre", series["genre"])
        _set(reading, "number", series["number"])
    elif NUMBER.fullmatch(value):
        _set(reading, "number", value)
    elif GENRES.fullmatch(value) or re.search(r"\w (?:press|news) release$", value):
        _set(reading, "genre", value)
    elif imprint := re.fullmatch(r"(?P<publisher>[^,]+), (?P<year>\d{4})", value):
        csl |= {"publisher": imprint["publisher"], "issued": read_date(imprint["year"])}
    else:
        _place_outlet(reading, value)


def _place_people(csl: Csl, value: str) -> bool:
    for pattern, role in (
        (EDITORS, "editor"),
        (TRANSLATORS, "translator"),
        (INTERVIEWERS, "interviewer"),
    ):
        if (found := pattern.fullmatch(value)) and (names := read_names(found["names"])):
            csl.setdefault(role, []).extend(names)
            return True
    if csl.get("editor") and not csl.get("publisher") and (more := read_names(value)):
        return _more_editors(csl, value, more)
    return False


def _more_editors(csl: Csl, value: str, more: list[Name]) -> bool:
    if value.startswith("and ") or len(more) > 1:
        csl["editor"].extend(more)
        return True
    return False


def _place_outlet(reading: Reading, value: str) -> None:
    csl = reading.csl
    words = value.split()
    institution = is_institution(value)
    titled = "container-title" in csl or "publisher" in csl
    if len(words) > 14 or not re.match(r"[^\W\da-z]", value):
        reading.left.append(value)
    elif institution and not ("container-title" in csl and "publisher" in csl):
        parent = csl.get("publisher")
        csl["publisher"] = f"{parent}, {value}" if parent else value
    elif not titled and not reading.opening.is_work:
        csl["container-title"] = value
    elif PLACE.fullmatch(value) and "publisher-place" not in csl:
        csl["publisher-place"] = value
    elif reading.opening.is_work and "publisher" not in csl and len(words) <= 6:
        csl["publisher"] = value
    else:
        reading.left.append(value)


def _set(reading: Reading, name: str, value: str) -> None:
    if name in reading.csl:
        reading.left.append(value)
    else:
        reading.csl[name] = value


def _close_parenthesis(text: str, reading: Reading) -> None:
    if text[reading.end : reading.end + 1] in (")", "]", ">"):
        reading.end += 1


def _enough(reading: Reading) -> bool:
    """Whether this can be nothing but a reference."""
    csl = reading.csl
    dated_law = reading.opening.kind == "legislation"  # its title has the year
    evidence = [name for name in EVIDENCE if csl.get(name)] or dated_law
    if not evidence or any(map(_is_prose, reading.left)):
        return False
    if len(" ".join(reading.left).split()) > MOST_UNPLACED:
        return False
    if reading.opening.bare or any(csl.get(name) for name in WHERE):
        return True
    return any(
        name.get("family") or is_institution(name["literal"]) for name in csl.get("author", ())
    )


def _is_prose(left: str) -> bool:
    return left[0].islower() and len(left.split()) > 2
