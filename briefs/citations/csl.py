"""CSL-JSON made safe to format: known types and variables, whole dates, names of names.

Pure. `clean` never raises: what cannot be read is left out of the printed form, not of the record.
Rules: the CSL 1.0.2 data schema.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from .addresses import bare_doi, is_web_address

type Csl = dict[str, Any]

TYPES = frozenset(
    "article article-journal article-magazine article-newspaper bill book broadcast chapter classic"
    " collection dataset document entry entry-dictionary entry-encyclopedia event figure graphic"
    " hearing interview legal_case legislation manuscript map motion_picture musical_score pamphlet"
    " paper-conference patent performance periodical personal_communication post post-weblog"
    " regulation report review review-book software song speech standard thesis treaty webpage".split()
)
NAMES = frozenset(
    "author chair collection-editor compiler container-author contributor director editor"
    " editorial-director host interviewer narrator organizer original-author producer recipient"
    " reviewed-author series-creator translator".split()
)
DATES = frozenset("accessed available-date event-date issued original-date submitted".split())
TEXTS = frozenset(
    "abstract annote archive archive-place archive_collection archive_location authority"
    " chapter-number citation-key collection-number collection-title container-title"
    " container-title-short dimensions division DOI edition event-place event-title genre ISBN"
    " ISSN issue jurisdiction keyword language license medium note number number-of-pages"
    " number-of-volumes original-publisher original-publisher-place original-title page page-first"
    " part-number part-title PMCID PMID publisher publisher-place references reviewed-genre"
    " reviewed-title scale section source status supplement-number title title-short URL version"
    " volume volume-title".split()
)
RENAMED = {
    "event": "event-title",
    "shortTitle": "title-short",
    "journalAbbreviation": "container-title-short",
}
NAME_PARTS = ("family", "given", "dropping-particle", "non-dropping-particle", "suffix", "literal")
ISO_DATE = re.compile(r"(-?\d{1,4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:T.*)?")
DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff\ud800-\udfff]")
SUBTITLE = re.compile(r"\s*(?::\s|\s[–—]\s|[：])")
SHORTEST_SHORT_TITLE = 10


def clean(item: Mapping[str, Any]) -> Csl:
    """A CSL-JSON item with nothing in it that a processor or an export has to fear."""
    renamed = {RENAMED.get(key, key): value for key, value in item.items()}
    kind = renamed.get("type")
    cleaned: Csl = {"type": kind if isinstance(kind, str) and kind in TYPES else "document"}
    for key, value in renamed.items():
        tidy: Any = None
        if key in TEXTS:
            tidy = _text(value)
        elif key in NAMES:
            tidy = names(value)
        elif key in DATES:
            tidy = date(value)
        if tidy:
            cleaned[key] = tidy
    _settle_identifiers(cleaned)
    _settle_publisher(cleaned)
    return cleaned


def names(value: Any) -> list[dict[str, str]]:
    entries = value if isinstance(value, (list, tuple)) else [value]
    return [name for entry in entries if (name := _name(entry))]


def date(value: Any) -> Csl:
    """A CSL date of valid parts; a month or day that cannot be is dropped, an odd text kept."""
    if isinstance(value, (str, int)) and not isinstance(value, bool):
        value = {"raw": str(value)}
    if not isinstance(value, Mapping):
        return {}
    parts = [part for entry in _list(value.get("date-parts")) if (part := _date_parts(entry))]
    result: Csl = {"date-parts": parts[:2]} if parts else _raw_date(value)
    season = _integer(value.get("season"))
    if result.get("date-parts") and season in (1, 2, 3, 4) and len(parts) == 1:
        result["season"] = season
    if result and value.get("circa") not in (None, False, "", 0, "false"):
        result["circa"] = True
    return result


def year(item: Csl) -> str:
    parts = item.get("issued", {}).get("date-parts")
    return str(parts[0][0]) if parts else ""


def short_title(title: str) -> str:
    """The title before its subtitle, where what is left still says something."""
    head = SUBTITLE.split(title, maxsplit=1)[0].strip()
    balanced = all(head.count(a) == head.count(b) for a, b in ("“”", "«»", "《》", "()", "<>"))
    even = head.count('"') % 2 == 0
    return head if len(head) >= SHORTEST_SHORT_TITLE and balanced and even else title


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, (str, int, float)):
        return ""
    text = unicodedata.normalize("NFC", CONTROL.sub("", str(value)))
    return re.sub(r"[ \t\r\n\u2028\u2029]+", " ", text).strip()


def _name(entry: Any) -> dict[str, str]:
    if isinstance(entry, str):
        entry = {"literal": entry}
    if not isinstance(entry, Mapping):
        return {}
    name = {part: text for part in NAME_PARTS if (text := _text(entry.get(part)))}
    if name.get("family"):
        name.pop("literal", None)
        return name
    literal = name.get("literal") or name.get("given")
    return {"literal": literal} if literal else {}


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _integer(value: Any) -> int | None:
    try:
        return int(str(value))
    except ValueError:
        return None


def _date_parts(entry: Any) -> list[int]:
    numbers = [_integer(part) for part in _list(entry)[:3]]
    if not numbers or numbers[0] is None or numbers[0] == 0 or abs(numbers[0]) > 9999:
        return []
    parts = [numbers[0]]
    month = numbers[1] if len(numbers) > 1 else None
    if month and 1 <= month <= 12:
        parts.append(month)
        day = numbers[2] if len(numbers) > 2 else None
        if day and 1 <= day <= DAYS[month - 1]:
            parts.append(day)
    return parts


def _raw_date(value: Mapping[str, Any]) -> Csl:
    raw = _text(value.get("raw")) or _text(value.get("literal"))
    days = [match for part in raw.split("/") if (match := ISO_DATE.fullmatch(part.strip()))]
    if days and len(days) == len(raw.split("/")) <= 2:
        parts = [part for match in days if (part := _date_parts(match.groups()))]
        if parts:
            return {"date-parts": parts}
    return {"literal": raw} if raw else {}


def _settle_identifiers(item: Csl) -> None:
    if "DOI" in item:
        doi = bare_doi(item["DOI"])
        if doi:
            item["DOI"] = doi
        elif is_web_address(item["DOI"]):
            item.setdefault("URL", item.pop("DOI"))
    # A resolver's address says no more than the DOI, and the style prints it from the DOI.
    if item.get("URL") and "DOI" not in item and (doi := bare_doi(item["URL"])):
        item["DOI"] = doi


def _settle_publisher(item: Csl) -> None:
    """An organisation that published its own work is named once."""
    publisher = item.get("publisher", "").casefold()
    authors = [name.get("literal", "").casefold() for name in item.get("author", ())]
    if publisher and authors == [publisher]:
        del item["publisher"]
