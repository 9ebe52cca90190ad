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
LETTER_SHEET = "css/print-letter.css"
FILE = re.compile(r'url\("\.\./([\w./-]+)"\)')
MARK = "img/mark.svg"


@cache
def static_file(name: str) -> bytes:
    try:
        return (STATIC / name).read_bytes()
    except OSError as error:
        raise TypesettingError(f"The file {name} is missing.") from error


def style(*more: str, digits: str = "decimal") -> str:
    """Tokens, prose and print as one sheet, so that their layers are ordered among each other, and
    `more` sheets after them. `digits` is the counter style of the pages' numbers."""
    css = "\n".join(static_file(name).decode() for name in (*STYLE_SHEETS, *more))
    return re.sub(r"\bdecimal(?=[);])", digits, css)


def named_files(css: str) -> list[str]:
    """The files that a style sheet names: faces and the rule above notes."""
    return sorted(set(FILE.findall(css)))
