"""Dates as briefs print them. A date must be the whole of a line, or it is part of the text."""

import datetime
import re

MONTHS = (
    "january february march april may june july august september october november december".split()
)
MONTH = r"(?P<month>[a-z]{3,9})\.?"
DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
YEAR = r"(?P<year>(?:19|20)\d\d)"
LABEL = re.compile(
    r"^(?:dated?|published(?: on)?|publication date|date of publication|issued|updated)\s*[:–—-]?\s+",
    re.IGNORECASE,
)
WEEKDAY = re.compile(r"^(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+", re.IGNORECASE)
FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"{MONTH}\s+{DAY}\s*,?\s+{YEAR}",
        rf"{DAY}(?:\s+of)?[\s-]+{MONTH}\s*[,-]?\s*{YEAR}",
        rf"{YEAR}\s+{MONTH}\s+{DAY}",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?:[T ][\d:.]+(?:Z|[+-][\d:]+)?)?",
        r"(?P<year>\d{4})年(?P<month>\d{1,2})月(?P<day>\d{1,2})日",
        r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})",
        rf"{MONTH},?\s+{YEAR}",
    )
)


def parse(text: str) -> datetime.date | None:
    """The date that `text` is, or None. Figures alone are read day first ("07/04/2025" is in
    April), or month first where only that is a date; a month alone means its first day."""
    line = " ".join(text.split()).strip(" ()[].*")
    line = WEEKDAY.sub("", LABEL.sub("", line)).strip(" ,.")
    for form in FORMS:
        match = form.fullmatch(line)
        if match:
            return _date(match.groupdict())
    return None


def is_exact(text: str) -> bool:
    """Whether the day can only be this one: not a month alone, not 07/04/2025."""
    line = text.strip(" ()[].*")
    figures = re.search(r"\b(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}$", line)
    if figures:
        return max(int(figures[1]), int(figures[2])) > 12 or figures[1] == figures[2]
    return not re.fullmatch(r"\D+(?:19|20)\d\d", LABEL.sub("", line))


def _date(parts: dict[str, str]) -> datetime.date | None:
    month = _month(parts["month"])
    day, year = int(parts.get("day") or 1), int(parts["year"])
    if parts["month"].isdigit() and month > 12 and parts.get("day"):
        day, month = month, day
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def _month(text: str) -> int:
    if text.isdigit():
        return int(text)
    starts = [index for index, name in enumerate(MONTHS, 1) if name.startswith(text.lower()[:4])]
    exact = text.lower() in ("sept", *MONTHS) or len(text) == 3
    return starts[0] if len(starts) == 1 and exact else 0
