"""What people of several roles rated or raised -> where the roles differ, by more than chance would have it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import combinations
from math import comb

from reviewkit.domain.privacy import MIN_GROUP

LEVEL = 0.05
"""How often a gap would be told where there is none, over all that were looked for together."""


@dataclass(frozen=True)
class Gap:
    """Of `more` (of whom there are `n_more`) a larger share did so than of `fewer`.

    Neither share is told, nor how unlikely it is: with the sizes beside them, both would give the counts away.
    """

    about: str
    more: str
    n_more: int
    fewer: str
    n_fewer: int


def gaps(groups: Mapping[str, Set[str]], did: Mapping[str, tuple[Set[str], Set[str]]]) -> tuple[Gap, ...]:
    """Pairs of groups that differ on something, the surest first.

    Args:
        groups: role -> those who have it; only roles that may be told of are to be here.
        did: what it is about -> those who did it, and all who might have; a pair with fewer than five of those in
            either group is passed over.

    Each pair is put to Fisher's exact test (two-sided, Fisher 1935) on each thing, and all p-values together to Holm's
    correction (Holm 1979), so that one in twenty times at most any gap is told where there is none.
    """
    tested: list[tuple[float, Gap]] = []
    for about, (doers, all_asked) in did.items():
        for one, other in combinations(sorted(groups), 2):
            a, b = len(groups[one] & doers), len(groups[other] & doers)
            n, m = len(groups[one] & all_asked), len(groups[other] & all_asked)
            if min(n, m) < MIN_GROUP:
                continue
            first, second = (one, other) if a * m >= b * n else (other, one)
            gap = Gap(about, first, len(groups[first]), second, len(groups[second]))
            tested.append((fisher(a, n - a, b, m - b), gap))
    tested.sort(key=lambda pair: (pair[0], pair[1].about, pair[1].more, pair[1].fewer))
    return tuple(gap for _, gap in tested[: _rejected([p for p, _ in tested])])


def fisher(a: int, b: int, c: int, d: int) -> float:
    """The two-sided p-value of Fisher's exact test for the table ((a, b), (c, d)): all tables no likelier than this."""
    n, m, k = a + b, c + d, a + c
    likelihood = [comb(n, x) * comb(m, k - x) for x in range(max(0, k - m), min(n, k) + 1)]
    seen = comb(n, a) * comb(m, c)
    return sum(weight for weight in likelihood if weight <= seen) / sum(likelihood)


def _rejected(rising: Sequence[float]) -> int:
    """How many of the p-values, from the smallest, Holm's step-down procedure rejects."""
    for place, p in enumerate(rising):
        if p > LEVEL / (len(rising) - place):
            return place
    return len(rising)
