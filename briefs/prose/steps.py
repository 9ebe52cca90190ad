"""The words of one passage aligned with those of another, so that people can read it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from briefs.prose.passages import Kind, Note, Token, signs_only
from briefs.prose.sequences import Budget, matched
from briefs.prose.telling import Step

ISLAND = 2  # words kept between two changes, at most, that are told as part of these

type Notes = tuple[Mapping[int, Note], Mapping[int, Note]]


def align(
    before: Sequence[Token], after: Sequence[Token], notes: Notes, budget: Budget
) -> list[Step]:
    """Every token of both, in order; kept ones with each other. Notes are kept where they say the
    same or are called at the same place."""
    a = [_key(token, notes[0]) for token in before]
    b = [_key(token, notes[1]) for token in after]
    steps: list[Step] = []
    i0 = k0 = 0
    for i, k in [*matched(a, b, budget), (len(a), len(b))]:
        steps += [(token, None) for token in before[i0:i]]
        steps += [(None, token) for token in after[k0:k]]
        if i < len(a):
            steps.append((before[i], after[k]))
        i0, k0 = i + 1, k + 1
    steps = [part for step in steps for part in _placed(step)]
    return [step for hunk in _without_islands(steps) for step in _calls_paired(hunk)]


def _placed(step: Step) -> list[Step]:
    """A citation of another place in the same source is another citation."""
    a, b = step
    return [(a, None), (None, b)] if a and b and a.cite != b.cite else [step]


def kept_of(step: Step) -> bool:
    return step[0] is not None and step[1] is not None


def note_key(note: Note) -> tuple[object, ...]:
    return note.marks, tuple((token.key, token.marks, token.cite) for token in note.tokens)


def _key(token: Token, notes: Mapping[int, Note]) -> object:
    return note_key(notes[token.note]) if token.note in notes else token.key


def _without_islands(steps: list[Step]) -> Iterator[list[Step]]:
    """Runs of kept steps and of changed ones in turn; a word or two that happen to stand in both
    between longer changes would only be confetti."""
    runs = [list(run) for _, run in groupby(steps, kept_of)]
    held: list[Step] = []
    for place, run in enumerate(runs):
        if not kept_of(run[0]):
            held += run
        elif held and place + 1 < len(runs) and _is_island(run, held, runs[place + 1]):
            held += [part for a, b in run for part in ((a, None), (None, b))]
        else:
            if held:
                yield _sorted(held)
            held = []
            yield run
    if held:
        yield _sorted(held)


def _is_island(run: list[Step], before: list[Step], after: list[Step]) -> bool:
    if len(run) > 3 * ISLAND or any(a and a.kind is not Kind.WORD for a, _ in run):
        return False
    words = sum(not signs_only(a.text) for a, _ in run if a)
    return words <= ISLAND and 2 * len(run) < min(len(before), len(after))


def _sorted(hunk: list[Step]) -> list[Step]:
    return [step for step in hunk if step[0]] + [step for step in hunk if not step[0]]


def _calls_paired(run: list[Step]) -> Iterator[Step]:
    """Where as many notes were called as are now, they are the same, rewritten."""
    removed = [a for a, b in run if a and not b]
    added = [b for a, b in run if b and not a]
    gone = [place for place, token in enumerate(removed) if token.kind is Kind.NOTE]
    come = [place for place, token in enumerate(added) if token.kind is Kind.NOTE]
    if not gone or len(gone) != len(come):
        yield from run
        return
    i0 = k0 = 0
    for i, k in zip([*gone, len(removed)], [*come, len(added)], strict=True):
        yield from ((token, None) for token in removed[i0:i])
        yield from ((None, token) for token in added[k0:k])
        if i < len(removed):
            yield removed[i], added[k]
        i0, k0 = i + 1, k + 1
