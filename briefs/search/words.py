"""Words as they are compared: folded, stemmed by language, the same on both databases.

Case, accents and variant letters are folded; Latin words are stemmed in English or French,
Cyrillic ones in Russian (Snowball, as in PostgreSQL); Chinese and Japanese runs become pairs of
characters, so that any part of them is found. Pure: must not import models or the database."""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import snowballstemmer

MAX_KEY = 64
# Languages that may change what a word is compared by, the default first.
STEMMED = ("en", "fr")

HAN = (
    "\u3005-\u3007\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
# What stands inside a word without being a letter: accents, vowel signs, joiners, soft hyphens.
MARKS = (
    "\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc"
    "\u06df-\u06e8\u06ea-\u06ed\u0900-\u0963\u0966-\u0dff\u200c-\u200f\u2060"
)
WORD = re.compile(rf"[{HAN}]+|[^\W_{HAN}](?:[{MARKS}]|[^\W_{HAN}])*(?:['’][sS]\b)?")
IS_HAN = re.compile(rf"[{HAN}]")
POSSESSIVE = re.compile(r"['’][sS]$")
VARIANTS = str.maketrans(
    {
        # Arabic, Persian, Urdu: alef, yeh, kaf, heh; tatweel
        **dict.fromkeys("ٱ", "ا"),
        **dict.fromkeys("ىیې", "ي"),
        **dict.fromkeys("کڪ", "ك"),
        **dict.fromkeys("ہھةۃەۀ", "ه"),
        "ـ": "",
        # Latin letters that do not come apart
        "æ": "ae",
        "œ": "oe",
        "ø": "o",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
    }
)


class Word(NamedTuple):
    """A word of a text: what it is compared by, and where it stands."""

    key: str
    start: int
    end: int


@lru_cache(maxsize=1 << 15)
def fold(word: str) -> str:
    """`word` without case, accents, joiners and variants of letters; digits are 0 to 9."""
    lower = unicodedata.normalize("NFKD", POSSESSIVE.sub("", word)).casefold()
    apart = unicodedata.normalize("NFKD", lower).translate(VARIANTS)
    apart = apart.replace("и\u0306", "й")  # a letter of its own, by which Russian is stemmed
    return "".join(str(unicodedata.decimal(c, c)) for c in apart if _is_letter(c))


def _is_letter(character: str) -> bool:
    vowel_sign = "\u0900" <= character <= "\u0dff"
    return (character.isalnum() or vowel_sign) and not unicodedata.combining(character)


@lru_cache(maxsize=1 << 15)
def key(word: str, language: str) -> str:
    """What `word` is compared by in a text of `language`; may be empty."""
    folded = fold(word)
    if len(folded) > MAX_KEY or not folded.isalpha():
        return folded[:MAX_KEY]
    name = _stemmer(folded[0], language)
    # A new one each time: they are not safe to share between threads.
    return str(snowballstemmer.stemmer(name).stemWord(folded)) if name else folded


def _stemmer(letter: str, language: str) -> str:
    if letter.isascii():
        return "french" if language.split("-")[0] == "fr" else "english"
    return "russian" if "\u0400" <= letter <= "\u04ff" else ""


def words(text: str, language: str) -> Iterator[Word]:
    """The words of `text` in order. `language` is an edition's."""
    for match in WORD.finditer(text):
        start, end = match.span()
        if IS_HAN.match(text, start):
            yield from _pairs(text, start, end)
        elif found := key(match[0], language):
            yield Word(found, start, end)


def _pairs(text: str, start: int, end: int) -> Iterator[Word]:
    """Each character with the next; the last one alone, so that a prefix finds every character."""
    for place in range(start, end):
        pair = text[place : min(place + 2, end)]
        yield Word(unicodedata.normalize("NFKC", pair), place, place + len(pair))


def query_keys(text: str, language: str) -> list[str]:
    """As `words`, of something searched for: without the last character of a run, standing alone,
    after which a text may go on."""
    found = list(words(text, language))
    if len(found) > 1 and found[-1].end == found[-2].end:
        found.pop()
    return [word.key for word in found]
