"""Places at which a line must not end, and would. Pure.

French: before punctuation of two parts and within guillemets (Lexique des règles typographiques en
usage à l'Imprimerie nationale). Everywhere: between an abbreviation, a title or a unit and what it
belongs to (Chicago Manual of Style, 6.121); before a dash, which may end a line but not begin one; and
within a range."""

import re

from briefs.pdf.markup import in_body

NO_BREAK, NARROW = "\u00a0", "\u202f"
JOINER = "\u2060"
DIGIT = r"\d\u0660-\u0669\u06f0-\u06f9"
ABBREVIATIONS = (
    "p pp no nos No Nos vol vols Vol art arts Art para paras sec secs ch Ch ed fig n t "
    "с стр т ст ص ج"
).replace(" ", "|")
NUMBERED = (
    "Article Articles Chapter Section Sections Table Figure Resolution Annex Part Article Chapitre "
    "Tableau статья глава المادة دفعہ"
).replace(" ", "|")
FIGURE = re.compile(
    rf"((?<!\w)(?:(?:{ABBREVIATIONS})\.|{NUMBERED})|№|§§?|n°|[$€£¥₨]|Rs\.?) (?=[{DIGIT}IVXLC])"
)
TITLE = re.compile(
    r"((?<!\w)(?:Dr|Mr|Mrs|Ms|Prof|Gen|Lt|Col|St|M|Mme|MM)\.?) (?=[A-Z\u00c0-\u00de])"
)
UNITS = (
    (
        "% ‰ °C € $ million millions billion billions trillion per percent km m kg ha mm cm MW GW kW bn "
        "mn млн млрд тыс"
    )
    .replace(" ", "|")
    .replace("$", r"\$")
)
UNIT = re.compile(rf"(?<=[{DIGIT}]) (?=(?:{UNITS})(?!\w))")
MONTHS = (
    "January February March April May June July August September October November December "
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre "
    "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
).replace(" ", "|")
DAY = re.compile(
    rf"(?<![\d.])(\d{{1,2}}) (?=(?:{MONTHS})(?!\w))|(?<!\w)({MONTHS}) (?=\d{{1,2}}(?!\d))"
)
DASH = re.compile(r"(?<=[^\s—])—(?!—)")
RANGE = re.compile(rf"(?<=[{DIGIT}])–(?=[{DIGIT}])")
WIDE = re.compile(r"(?<=«) | (?=[:»])")
FINE = re.compile(r" (?=[;!?])")


def kept_together(html: str, language: str) -> str:
    """`html` with such places closed, in the text of its body alone."""
    return in_body(html, lambda text: _together(text, language.split("-")[0]))


def _together(text: str, language: str) -> str:
    text = FIGURE.sub(rf"\1{NO_BREAK}", text)
    text = TITLE.sub(rf"\1{NO_BREAK}", text)
    text = UNIT.sub(NO_BREAK, text)
    text = DAY.sub(lambda day: f"{day[1] or day[2]}{NO_BREAK}", text)
    text = RANGE.sub(f"–{JOINER}", text)
    if language != "zh":
        text = DASH.sub(f"{JOINER}—", text)
    if language == "fr":
        text = FINE.sub(NARROW, WIDE.sub(NO_BREAK, text))
    return text
