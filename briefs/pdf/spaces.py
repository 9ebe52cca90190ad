"""Spaces at which a line must not end. Pure.

Before French punctuation of two parts and within guillemets (Lexique des règles typographiques en
usage à l'Imprimerie nationale), and, in notes, between an abbreviation and its figure: a line does
not begin with “;” or with the 4 of “p. 4” (Chicago Manual of Style, 6.121)."""

import re

TAG = re.compile(r"(<[^>]*>)")
NO_BREAK = "\u00a0"
FRENCH = re.compile(r"(?<=«) | (?=[;:!?»])")
ABBREVIATIONS = (
    "p pp no nos No Nos vol vols Vol art arts Art para paras sec secs ch Ch ed fig n t "
    "с стр т ст ص ج"
).replace(" ", "|")
FIGURE = re.compile(
    rf"((?<!\w)(?:{ABBREVIATIONS})\.|№|§§?|n°) (?=[\d\u0660-\u0669\u06f0-\u06f9IVXLC])"
)


def kept_together(html: str, language: str) -> str:
    """`html` with such spaces as no-break spaces, in the text of its body alone."""
    head, body, rest = html.partition("<body")
    pieces = TAG.split(body + rest)
    pieces[::2] = (_together(text, language) for text in pieces[::2])
    return head + "".join(pieces)


def _together(text: str, language: str) -> str:
    text = FIGURE.sub(rf"\1{NO_BREAK}", text)
    return FRENCH.sub(NO_BREAK, text) if language.startswith("fr") else text
