"""Titles printed in capitals, given title case with care for names and acronyms."""

import re
from collections import Counter

SMALL = frozenset(
    "a an and as at but by en for from if in into nor of off on or over per the to up v via vs "
    "with".split()
)
ROMAN = re.compile(r"(?=[IVXL]{2,})X{0,3}L?X{0,3}(?:IX|IV|V?I{0,3})")
WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*\.?")
OPENS = re.compile(r"[:?!.–—]\s*[\"“‘'(\[]*$")


def is_capitals(text: str) -> bool:
    letters = [letter for letter in text if letter.isupper() or letter.islower()]
    return len(letters) > 3 and all(letter.isupper() for letter in letters)


def title_case(title: str, body: str) -> str:
    """`title` as it is, or, where printed in capitals, in title case.

    How `body` writes a word decides first: what stands there mostly in capitals (TTP, U.S.)
    stays so, and a name keeps its inner capitals (McKinsey)."""
    if not is_capitals(title):
        return title
    forms: dict[str, Counter[str]] = {}
    for word in WORD.findall(body):
        forms.setdefault(_key(word), Counter())[_bare(word)] += 1
    words = list(WORD.finditer(title))
    parts, end = [], 0
    for index, match in enumerate(words):
        parts.append(title[end : match.start()])
        edge = index in (0, len(words) - 1) or OPENS.search(title[: match.start()]) is not None
        parts.append(_cased(match[0], forms.get(_key(match[0])), edge=edge))
        end = match.end()
    return "".join(parts) + title[end:]


def _cased(word: str, forms: Counter[str] | None, *, edge: bool) -> str:
    bare, tail = _bare(word), word[len(_bare(word)) :]
    if forms:
        inner = Counter({form: n for form, n in forms.items() if form[1:] != form[1:].lower()})
        if inner.total() * 2 >= forms.total():
            return inner.most_common(1)[0][0] + tail.lower()
    elif ROMAN.fullmatch(bare) or re.fullmatch(r"(?:\w\.){2,}", word):
        return bare + tail.lower()
    lower = word.lower()
    if lower in SMALL and not edge:
        return lower
    return lower[:1].upper() + lower[1:]


def _bare(word: str) -> str:
    """Without a possessive ending, and without the full stop of a sentence."""
    bare = re.sub(r"['’][sS]$", "", word)
    return bare if re.fullmatch(r"(?:\w\.){2,}", bare) else bare.rstrip(".")


def _key(word: str) -> str:
    return _bare(word).replace(".", "").casefold()
