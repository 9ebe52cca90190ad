"""The digits of languages that have their own, for dates and the numbers of notes, pages and
editions. Pure."""

import re
from dataclasses import dataclass

NUMBER = re.compile(r'(<span class="footnote[^>]* data-number=")(\d+)')


@dataclass(frozen=True)
class Digits:
    """`style` is their counter style in CSS (CSS Counter Styles 3, 6)."""

    style: str = "decimal"
    figures: str = "0123456789"

    def of(self, text: str) -> str:
        """`text` with its figures in these digits."""
        return text.translate(str.maketrans("0123456789", self.figures))

    def in_numbers(self, html: str) -> str:
        """`html` with the numbers of its notes in these digits."""
        return NUMBER.sub(lambda found: found[1] + self.of(found[2]), html)


DIGITS = {
    "ar": Digits("arabic-indic", "٠١٢٣٤٥٦٧٨٩"),
    "fa": Digits("persian", "۰۱۲۳۴۵۶۷۸۹"),
    "ur": Digits("persian", "۰۱۲۳۴۵۶۷۸۹"),
}
