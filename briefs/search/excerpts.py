"""Where a text speaks of what was looked for: pieces of plain text, those that match marked.

Never HTML: templates escape. Pure: must not import models or the database."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache

from briefs.search.query import Query, Term
from briefs.search.words import Word, words

type Pieces = tuple[tuple[str, bool], ...]

LENGTH = 240
BEFORE = 60
MAX_READ = 100_000
MAX_MATCHES = 200
MAX_NEAR = 50
MAX_CHUNK = 40
ELLIPSIS = "…"


def highlight(text: str, query: Query, language: str) -> Pieces:
    """All of `text`."""
    found = list(words(text, language))
    spans = sorted((start, end) for _, start, end in _matches(found, query))
    return tuple(_pieces(text, 0, len(text), spans))


def excerpt(text: str, query: Query, language: str) -> Pieces:
    """About LENGTH characters of one passage (a line) of `text`, where most terms stand together;
    its beginning if none does."""
    text = text[:MAX_READ]
    best, place, most = text.partition("\n")[0], 0, 0
    for line in _promising(text, query, language):
        at, terms = _densest(_ordered(list(words(line, language)), query))
        if terms > most:
            best, place, most = line, at, terms
        if most == len(query.wanted):
            break
    found = list(words(best, language))
    start, end = _window(best, found, place)
    before = ((ELLIPSIS, False),) if start else ()
    after = ((ELLIPSIS, False),) if end < len(best) else ()
    spans = [(first, last) for _, first, last in _ordered(found, query)]
    return (*before, *_pieces(best, start, end, spans), *after)


def _promising(text: str, query: Query, language: str) -> Iterator[str]:
    """The passages that hold some word of the query. Most do not, and comparing each different
    word once is much less work than finding out where they all stand."""
    wanted = {key for term in query.wanted for variant in term.variants for key in variant}
    starts = tuple(v[-1] for term in query.wanted if term.prefix for v in term.variants)

    def speaks(chunk: str) -> bool:
        if len(chunk) > MAX_CHUNK:  # Chinese, or an address
            return any(key in chunk for key in wanted)
        keys = _keys(chunk, language)
        if not wanted.isdisjoint(keys):
            return True
        return bool(starts) and any(key.startswith(starts) for key in keys)

    telling = [chunk for chunk in set(text.split()) if speaks(chunk)]
    for line in text.split("\n"):
        if any(chunk in line for chunk in telling):
            yield line


@lru_cache(maxsize=1 << 15)
def _keys(chunk: str, language: str) -> tuple[str, ...]:
    return tuple(word.key for word in words(chunk, language))


def _ordered(found: Sequence[Word], query: Query) -> list[tuple[int, int, int]]:
    return sorted(_matches(found, query), key=lambda match: match[1])[:MAX_MATCHES]


def _matches(found: Sequence[Word], query: Query) -> Iterator[tuple[int, int, int]]:
    """(number of the term, start, end) of each match."""
    keys = [word.key for word in found]
    for number, term in enumerate(query.wanted):
        for first, last in _places(keys, term):
            yield number, found[first].start, found[last].end


def _places(keys: list[str], term: Term) -> Iterator[tuple[int, int]]:
    for variant in term.variants:
        size = len(variant)
        for place in range(len(keys) - size + 1):
            here = keys[place : place + size] if size > 1 else keys[place]
            if here == (list(variant) if size > 1 else variant[0]) or (
                term.prefix and _begins(keys[place : place + size], variant)
            ):
                yield place, place + size - 1


def _begins(here: list[str], variant: tuple[str, ...]) -> bool:
    return here[:-1] == list(variant[:-1]) and here[-1].startswith(variant[-1])


def _densest(matches: list[tuple[int, int, int]]) -> tuple[int, int]:
    """Where the match begins after which most different terms follow closely, and how many."""
    best, most = 0, 0
    for position, (_, start, _) in enumerate(matches):
        near = matches[position : position + MAX_NEAR]
        terms = {number for number, _, end in near if end <= start + LENGTH - BEFORE}
        if len(terms) > most:
            best, most = start, len(terms)
    return best, most


def _window(line: str, found: list[Word], place: int) -> tuple[int, int]:
    """Start and end of the excerpt around `place`, cut between words."""
    start = max(0, place - BEFORE)
    if start:
        start = found[bisect_left(found, start, key=lambda word: word.start)].start
    end = min(len(line), start + LENGTH)
    if end < len(line):
        inside = [word.end for word in found if place < word.end <= end]
        end = inside[-1] if inside else end
    return start, end


def _pieces(
    text: str, start: int, end: int, spans: list[tuple[int, int]]
) -> Iterator[tuple[str, bool]]:
    for first, last in _merged(spans):
        if last <= start or first >= end:
            continue
        first, last = max(first, start), min(last, end)
        if first > start:
            yield text[start:first], False
        yield text[first:last], True
        start = last
    if start < end:
        yield text[start:end], False


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Overlapping ones (pairs of Chinese characters do) as one."""
    merged: list[tuple[int, int]] = []
    for start, end in spans:
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
