"""Words in compared with words out: what the file says that the manuscript does not."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

TOKEN = re.compile(r"[^\W_]+")
INVISIBLE = re.compile("[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
RAISED = re.compile("[⁰¹²³⁴-⁹]+")
MAX_EXCERPTS = 50
MAX_EXCERPT = 300
MAX_SECOND_LOOKS = 2_000


class Word(NamedTuple):
    token: str  # for comparing
    text: str  # where it stands, with its neighbours
    start: int
    end: int


def tokens(text: str) -> list[str]:
    return [word.token for word in _words(text)]


def missing(source: Iterable[str], result: Sequence[str]) -> tuple[str, ...]:
    """Excerpts of `source` (texts of the file) whose words `result` does not have.

    Counts matter: a word twice in the file and once in the result is missing once. Which of two
    equal words is meant is told from its neighbours."""
    wanted = [word for text in source for word in _words(text)]
    have = [token for text in result for token in tokens(text)]
    short = Counter(word.token for word in wanted) - Counter(have)
    if not short:
        return ()
    gone = _choose([word.token for word in wanted], have, short)
    return tuple(_excerpts(wanted, gone))


def absent(text: str, result: Iterable[str]) -> bool:
    """Whether `text` has a word, other than a number, that is nowhere in `result`."""
    have = {token for part in result for token in tokens(part)}
    return any(token not in have for token in tokens(text) if not token.isdigit())


def _words(text: str) -> Iterator[Word]:
    """Accents, ligatures and raised digits in their plain form, without invisible characters."""
    text = INVISIBLE.sub("", RAISED.sub(lambda match: f" {match[0]} ", text))
    text = unicodedata.normalize("NFC", text)
    for match in TOKEN.finditer(text):
        token = unicodedata.normalize("NFKC", match[0]).casefold()
        yield Word("".join(TOKEN.findall(token)), text, *match.span())


def _choose(wanted: list[str], have: list[str], short: Counter[str]) -> list[int]:
    """The positions of the words that are gone: first those whose neighbours are gone too."""
    known = set(zip(["", *have], have, [*have[1:], ""], strict=False))
    around = list(zip(["", *wanted], wanted, [*wanted[1:], ""], strict=False))
    candidates = [index for index, token in enumerate(wanted) if token in short]
    candidates.sort(key=lambda index: (around[index] in known, index))
    joined = "".join(have) if len(candidates) <= MAX_SECOND_LOOKS else ""
    gone = []
    for index in candidates:
        token = wanted[index]
        if not short[token]:
            continue
        short[token] -= 1
        if not joined or not _joined_otherwise(around[index], joined):
            gone.append(index)
    return sorted(gone)


def _joined_otherwise(around: tuple[str, str, str], joined: str) -> bool:
    """A word that was only parted or joined in another place ("2011and", "counter-terrorism")."""
    before, token, after = around
    return bool(before and after) and before + token + after in joined


def _excerpts(words: list[Word], gone: list[int]) -> Iterator[str]:
    """Runs of missing words as they stand in the file, a gap of one word bridged."""
    runs: list[list[Word]] = []
    for previous, index in pairwise([-9, *gone]):
        if index - previous > 2 or words[index].text is not words[max(previous, 0)].text:
            runs.append([])
        runs[-1].append(words[index])
    for run in runs[:MAX_EXCERPTS]:
        excerpt = " ".join(run[0].text[run[0].start : run[-1].end].split())
        yield excerpt if len(excerpt) <= MAX_EXCERPT else excerpt[: MAX_EXCERPT - 1] + "…"
    if len(runs) > MAX_EXCERPTS:
        yield f"… and {len(runs) - MAX_EXCERPTS} more places"
