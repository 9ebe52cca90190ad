"""Which members two sequences share, in order: by those that both hold once, then by the shortest
way from one to the other; within a budget, so that no input takes long.

What is left when the budget is used up counts as different: true, if less readable."""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass

MOST_EDITS = 400  # of one stretch: the shortest way takes the square of them


@dataclass
class Budget:
    """How many members may still be looked at; a million take about half a second."""

    left: int = 1_000_000

    def spend(self, steps: int) -> bool:
        self.left -= steps
        return self.left >= 0


type Range = tuple[int, int, int, int]
type Pairs = list[tuple[int, int]]


def matched(before: Sequence[Hashable], after: Sequence[Hashable], budget: Budget) -> Pairs:
    """Places that hold the same in both, ascending in both."""
    names: dict[Hashable, int] = {}
    a = [names.setdefault(member, len(names)) for member in before]
    b = [names.setdefault(member, len(names)) for member in after]
    found: Pairs = []
    stretches: list[Range] = [(0, len(a), 0, len(b))]
    while stretches:
        inner = _without_equal_ends(a, b, stretches.pop(), found)
        if inner[0] == inner[1] or inner[2] == inner[3]:
            continue
        if not budget.spend(inner[1] - inner[0] + inner[3] - inner[2]):
            continue
        if anchors := _anchors(a, b, inner):
            found += anchors
            stretches += _between(anchors, inner)
        else:
            found += _shortest(a, b, inner, budget)
    return sorted(found)


def _without_equal_ends(a: list[int], b: list[int], where: Range, found: Pairs) -> Range:
    a0, a1, b0, b1 = where
    while a0 < a1 and b0 < b1 and a[a0] == b[b0]:
        found.append((a0, b0))
        a0, b0 = a0 + 1, b0 + 1
    while a0 < a1 and b0 < b1 and a[a1 - 1] == b[b1 - 1]:
        a1, b1 = a1 - 1, b1 - 1
        found.append((a1, b1))
    return a0, a1, b0, b1


def _anchors(a: list[int], b: list[int], where: Range) -> Pairs:
    """What both hold once, as far as it stands in the same order."""
    a0, a1, b0, b1 = where
    in_a, in_b = Counter(a[a0:a1]), Counter(b[b0:b1])
    place = {b[k]: k for k in range(b0, b1) if in_b[b[k]] == 1 == in_a[b[k]]}
    return _longest_rise([(i, place[a[i]]) for i in range(a0, a1) if a[i] in place])


def _longest_rise(pairs: Pairs) -> Pairs:
    """The longest part of them that ascends in the second place too (patience sorting)."""
    tops: list[int] = []
    last: list[int] = []  # the pair on top of each pile, by its index
    below: list[int] = []
    for index, (_, k) in enumerate(pairs):
        pile = bisect_left(tops, k)
        tops[pile : pile + 1] = [k]
        last[pile : pile + 1] = [index]
        below.append(last[pile - 1] if pile else -1)
    rise: Pairs = []
    index = last[-1] if last else -1
    while index >= 0:
        rise.append(pairs[index])
        index = below[index]
    return rise[::-1]


def _between(anchors: Pairs, where: Range) -> Iterator[Range]:
    a0, b0 = where[0], where[2]
    for i, k in anchors:
        yield a0, i, b0, k
        a0, b0 = i + 1, k + 1
    yield a0, where[1], b0, where[3]


def _shortest(a: list[int], b: list[int], where: Range, budget: Budget) -> Pairs:
    """The pairs of a shortest edit (Myers, 1986); none where it would be too long to find."""
    a0, a1, b0, b1 = where
    ends = {1: a0}  # how far in `a` each diagonal has come; a diagonal is the place in a minus in b
    trail: list[dict[int, int]] = []
    shift = a0 - b0
    for edits in range(min(MOST_EDITS, a1 - a0 + b1 - b0) + 1):
        trail.append(dict(ends))
        for diagonal in range(-edits, edits + 1, 2):
            start = _step(ends, diagonal, edits)
            i, k = start, start - diagonal - shift
            while i < a1 and k < b1 and a[i] == b[k]:
                i, k = i + 1, k + 1
            ends[diagonal] = i
            if not budget.spend(1 + i - start):
                return []
            if i >= a1 and k >= b1:
                return _followed(trail, (i, diagonal), a0, shift)
    return []


def _step(ends: dict[int, int], diagonal: int, edits: int) -> int:
    """Down (what `after` has more) or right (what `before` has more): from where one comes further."""
    down = diagonal == -edits or (diagonal != edits and ends[diagonal - 1] < ends[diagonal + 1])
    return ends[diagonal + 1] if down else ends[diagonal - 1] + 1


def _followed(trail: list[dict[int, int]], end: tuple[int, int], a0: int, shift: int) -> Pairs:
    """Back along the way that was found."""
    pairs: Pairs = []
    i, diagonal = end
    for edits in range(len(trail) - 1, -1, -1):
        ends = trail[edits]
        start = _step(ends, diagonal, edits) if edits else a0
        while i > start:
            i -= 1
            pairs.append((i, i - diagonal - shift))
        if edits:
            down = diagonal == -edits or (
                diagonal != edits and ends[diagonal - 1] < ends[diagonal + 1]
            )
            diagonal += 1 if down else -1
            i = ends[diagonal]
    return pairs
