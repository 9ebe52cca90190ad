"""Where a text speaks of what was looked for: pieces of plain text, those that match marked.

Never HTML: templates escape. Pure: must not import models or the database."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from briefs.search.query import Query, Term
from briefs.search.words import Word, words

type Pieces = tuple[tuple[str, bool], ...]

LENGTH = 240
BEFORE = 60
MAX_READ = 100_000
MAX_MATCHES = 200
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
    found = list(words(text, language))
    matches = sorted(_matches(found, query), key=lambda match: match[1])[:MAX_MATCHES]
    spans = [(start, end) for _, start, end in matches]
    start, end = _window(text, found, _best(text, matches))
    pieces = list(_pieces(text, start, end, spans))
    if start and text[start - 1] != "\n":
        pieces.insert(0, (ELLIPSIS, False))
    if text[end : end + 1] not in {"", "\n"}:
        pieces.append((ELLIPSIS, False))
    return tuple(pieces)


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


def _best(text: str, matches: list[tuple[int, int, int]]) -> int:
    """Where the match begins after which most different terms follow in the passage."""
    best, most = 0, 0
    for position, (_, start, _) in enumerate(matches):
        line_end = text.find("\n", start)
        limit = min(start + LENGTH - BEFORE, line_end if line_end >= 0 else len(text))
        terms = {number for number, at, end in matches[position : position + 50] if end <= limit}
        if len(terms) > most:
            best, most = start, len(terms)
    return best


def _window(text: str, found: list[Word], place: int) -> tuple[int, int]:
    """Start and end of the excerpt around `place`, in its passage, cut between words."""
    line_start = text.rfind("\n", 0, place) + 1
    line_end = text.find("\n", place)
    line_end = line_end if line_end >= 0 else len(text)
    start = max(line_start, place - BEFORE)
    if start > line_start:
        start = found[bisect_left(found, start, key=lambda word: word.start)].start
    end = min(line_end, start + LENGTH)
    if end < line_end:
        last = bisect_left(found, end, key=lambda word: word.end + 1) - 1
        end = found[last].end if last >= 0 and found[last].end > place else end
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
