"""The digits of languages that have their own, for the numbers of notes and pages. Pure."""

import re
from dataclasses import dataclass

NUMBER = re.compile(r'(?<= data-number=")\d+(?=")')


@dataclass(frozen=True)
class Digits:
    """`style` is their counter style in CSS (CSS Counter Styles 3, 6)."""

    style: str = "decimal"
    figures: str = "0123456789"

    def in_numbers(self, html: str) -> str:
        """`html` with the numbers of its notes in these digits."""
        table = str.maketrans("0123456789", self.figures)
        return NUMBER.sub(lambda number: number[0].translate(table), html)


DIGITS = {
    "ar": Digits("arabic-indic", "٠١٢٣٤٥٦٧٨٩"),
    "fa": Digits("persian", "۰۱۲۳۴۵۶۷۸۹"),
    "ur": Digits("persian", "۰۱۲۳۴۵۶۷۸۹"),
}
