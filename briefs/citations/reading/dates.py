"""Dates as printed in references, in the languages of briefs."""

import re
from collections.abc import Mapping
from typing import Any

MONTHS = {
    1: "January Jan janvier янв января январь يناير جنوری ژانویه enero Januar",
    2: "February Feb février février фев февраля февраль فبراير فروری فوریه febrero Februar",
    3: "March Mar mars марта март مارس مارچ marzo März",
    4: "April Apr avril апр апреля апрель أبريل ابريل إبريل اپریل آوریل abril",
    5: "May mai мая май مايو مئی مه mayo",
    6: "June Jun juin июня июнь يونيو يونيه جون ژوئن junio Juni",
    7: "July Jul juillet июля июль يوليو جولائی ژوئیه julio Juli",
    8: "August Aug août авг августа август أغسطس اگست اوت agosto",
    9: "September Sept Sep septembre сен сентября сентябрь سبتمبر ستمبر سپتامبر septiembre",
    10: "October Oct octobre окт октября октябрь أكتوبر اكتوبر اکتوبر اکتبر octubre Oktober",
    11: "November Nov novembre ноя ноября ноябрь نوفمبر نومبر نوامبر noviembre",
    12: "December Dec décembre дек декабря декабрь ديسمبر دسمبر دسامبر diciembre Dezember",
}
SEASONS = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
NUMBER_OF = {name.casefold(): number for number, names in MONTHS.items() for name in names.split()}
MONTH = "(?:" + "|".join(sorted(map(re.escape, NUMBER_OF), key=len, reverse=True)) + r")\b\.?"
DAY = r"\d{1,2}(?:st|nd|rd|th|er)?"
DAYS = rf"{DAY}(?:\s*[–-]\s*{DAY})?"
YEAR = r"(?:1[5-9]\d\d|20\d\d|[۱١][۰-۹٠-٩]{3}|[۲٢][۰٠][۰-۹٠-٩]{2})"
AFTER_YEAR = r"(?:\s?г(?:\.|ода)|ء|\s?م\b)?"
FORMS = [
    rf"(?P<m1>{MONTH})\s+(?P<d1>{DAYS}),?\s+(?P<y1>{YEAR})(?!\d)",
    rf"(?P<d2>{DAYS})\.?\s+(?:de\s+)?(?P<m2>{MONTH})،?,?\s+(?:de\s+)?(?P<y2>{YEAR})(?!\d)",
    rf"(?P<m3>{MONTH})(?:\s*[–/-]\s*(?P<m3b>{MONTH}))?،?,?\s+(?P<y3>{YEAR})(?!\d)",
    rf"(?P<y4>{YEAR})\s?年(?:\s?(?P<m4>\d{{1,2}})\s?月(?:\s?(?P<d4>\d{{1,2}})\s?日)?)?",
    r"\b(?P<y5>\d{4})-(?P<m5>\d\d)-(?P<d5>\d\d)\b",
    r"\b(?P<d6>\d\d?)\.(?P<m6>\d\d)\.(?P<y6>\d{4})\b",
    rf"(?P<season>Spring|Summer|Autumn|Fall|Winter),?\s+(?P<y7>{YEAR})(?!\d)",
]
DATE = "(?:" + "|".join(re.sub(r"\(\?P<\w+>", "(?:", form) for form in FORMS) + ")" + AFTER_YEAR
_DATE = re.compile("(?:" + "|".join(FORMS) + ")" + AFTER_YEAR, re.IGNORECASE)
_YEAR = re.compile(rf"({YEAR})(?:\s*[–/-]\s*(\d{{2,4}}))?")


def read_date(text: str) -> dict[str, Any] | None:
    """A CSL date, if `text` is a date and nothing else."""
    text = text.strip()
    if years := _YEAR.fullmatch(text):
        first, last = years[1], years[2] or ""
        parts = [[int(first)]]
        return {"date-parts": parts + ([[int(first[: 4 - len(last)] + last)]] if last else [])}
    found = _DATE.fullmatch(text)
    return (
        _from_groups({key: value for key, value in found.groupdict().items() if value})
        if (found)
        else None
    )


def _from_groups(groups: Mapping[str, str]) -> dict[str, Any]:
    named = {re.sub(r"\d", "", key): value for key, value in groups.items() if key != "m3b"}
    parts = [int(named["y"])]
    if "season" in named:
        return {"date-parts": [parts], "season": SEASONS[named["season"].lower()]}
    if "m" in named:
        parts.append(_month(named["m"]))
    days = [int(day) for day in re.findall(r"\d+", named.get("d", ""))]
    if "m3b" in groups:
        return {"date-parts": [parts, [parts[0], _month(groups["m3b"])]]}
    return {"date-parts": [[*parts, day] for day in days] or [parts]}


def _month(text: str) -> int:
    return int(text) if text.isdecimal() else NUMBER_OF[text.rstrip(".").casefold()]
