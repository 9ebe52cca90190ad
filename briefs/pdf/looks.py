"""The print style and the files that it names, as both sides of a job read them. No Django."""

import re
from functools import cache
from pathlib import Path

from briefs.pdf.job import TypesettingError

STATIC = Path(__file__).resolve().parent.parent.parent / "static"
STYLE_SHEETS = (
    "css/tokens.css",
    "css/prose.css",
    "css/print-pages.css",
    "css/print.css",
    "css/print-prose.css",
)
ARABIC_SHEET = "css/print-arabic.css"
LETTER_SHEET = "css/print-letter.css"
FILE = re.compile(r'url\("\.\./([\w./-]+)"\)')
MARK = "img/mark.svg"


@cache
def static_file(name: str) -> bytes:
    try:
        return (STATIC / name).read_bytes()
    except OSError as error:
        raise TypesettingError(f"The file {name} is missing.") from error


def style(*, arabic: bool, letter: bool = False, digits: str = "decimal") -> str:
    """Tokens, prose and print as one sheet, so that their layers are ordered among each other.
    `digits` is the counter style of the pages' numbers."""
    sheets = [*STYLE_SHEETS, *([ARABIC_SHEET] * arabic), *([LETTER_SHEET] * letter)]
    css = "\n".join(static_file(name).decode() for name in sheets)
    return css.replace("decimal)", f"{digits})")


def named_files(css: str) -> list[str]:
    """The files that a style sheet names: faces and the rule above notes."""
    return sorted(set(FILE.findall(css)))
