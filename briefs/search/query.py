"""What a reader typed, as terms: words, "phrases", -excluded ones, and beginnings*.

Whatever is typed is a question; nothing in it is an error. Pure: must not import models or the
database."""

import re
import unicodedata
from dataclasses import dataclass

from briefs.search.words import IS_HAN, STEMMED, fold, query_keys

MAX_LENGTH = 200
MAX_WORDS = 12
MIN_PREFIX = 3

JOINERS = "\u200c\u200d"
QUOTES = str.maketrans(dict.fromkeys("“”„«»＂‟", '"'))
TERM = re.compile(r'(?<!\S)(-?)"([^"]*)"|((?<!\S)-)?([^\s"]+)')
ELISION = re.compile(r"(?<=\w)['’](?!s\b)")
# Words so common that they say nothing; still matched within a phrase, or when nothing else is.
COMMON = frozenset(
    "a an and are as at be by for from has in is it its of on or that the this to was what with "
    "au aux ce d dans de des du en est et l la le les par pour qu que qui sur un une "
    "в во и из к на не о об от по с со у что".split()
)


@dataclass(frozen=True)
class Term:
    """One thing looked for: any of `variants`, each a sequence of words standing together (one
    for each language whose stems differ). With `prefix` the last word is a beginning."""

    variants: tuple[tuple[str, ...], ...]
    prefix: bool = False


@dataclass(frozen=True)
class Query:
    text: str
    wanted: tuple[Term, ...] = ()
    excluded: tuple[Term, ...] = ()


def parse(text: str) -> Query:
    """At most MAX_LENGTH characters and MAX_WORDS words of `text`; the rest is not read."""
    shown = "".join(map(_shown, text[:MAX_LENGTH])).strip()
    wanted: list[Term] = []
    common: list[Term] = []
    excluded: list[Term] = []
    room = MAX_WORDS
    for is_excluded, is_quoted, piece in _pieces(shown):
        term = _term(piece, is_quoted=is_quoted, room=room)
        if term is None:
            continue
        room -= len(term.variants[0])
        if is_excluded:
            excluded.append(term)
        elif not is_quoted and fold(piece) in COMMON:
            common.append(term)
        else:
            wanted.append(term)
    return Query(
        text=shown,
        wanted=tuple(dict.fromkeys(wanted or common)),
        excluded=tuple(dict.fromkeys(excluded)),
    )


def _shown(character: str) -> str:
    if character.isprintable() or character in JOINERS:
        return character
    return "" if unicodedata.category(character) == "Cf" else " "


def _pieces(shown: str) -> list[tuple[bool, bool, str]]:
    """(excluded, quoted, text) of each thing typed; a lone quote is no more than a space."""
    text = unicodedata.normalize("NFC", shown).translate(QUOTES)
    if text.count('"') % 2:
        text = " ".join(text.rsplit('"', 1))
    pieces = []
    for minus, phrase, sign, word in TERM.findall(text):
        if word:
            parts = [word] if sign else ELISION.sub(" ", word).split()
            pieces += [(bool(sign), False, part) for part in parts]
        else:
            pieces.append((bool(minus), True, phrase))
    return pieces


def _term(piece: str, *, is_quoted: bool, room: int) -> Term | None:
    found = dict.fromkeys(tuple(query_keys(piece, code)[:room]) for code in STEMMED)
    variants = tuple(filter(None, found))
    if not variants:
        return None
    last = variants[0][-1]
    alone = len(last) == 1 and IS_HAN.match(last) is not None
    starred = not is_quoted and piece.endswith("*") and len(last) >= MIN_PREFIX
    return Term(variants, prefix=alone or starred)
