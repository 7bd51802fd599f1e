"""How uncertain a link is, and how many people it speaks for -> where it stands among those to be decided about."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from reviewkit.domain.foreseen import Calibration
from reviewkit.domain.privacy import whole_fives
from reviewkit.domain.themes import Link
from reviewkit.risks.calibration import CLAIMED
from reviewkit.store.linked import Odds, Place

_HALVINGS = 60
"""More would not move a number of 64 bits."""


@dataclass(frozen=True)
class Weighed:
    """What a link weighs (the entropy of its probability in bits times its reach), and the distance of log-odds from
    even at which a link without reach weighs as much; -1 where none does."""

    weight: float
    distance: float


class Sureness:
    """By the words, or by what decisions taught where that is in use."""

    def __init__(self, fit: Calibration | None) -> None:
        words = {word: abs(_log_odds(claimed)) for word, claimed in CLAIMED.items()}
        if fit is not None and fit.in_use:
            by_score, by_cosine, by_own, constant = fit.weights
            self._strange = Odds(words, (by_score, by_cosine, constant))
            self.problems = Odds(words, (by_score, by_cosine, constant + by_own))
            """Of links of problems, which are tied to their own project's register only."""
        else:
            self._strange = self.problems = Odds(words)

    def weight(self, link: Link, own: bool, reach: int) -> Weighed:
        """`reach` is how many people it speaks for; it counts in whole fives."""
        odds = self.problems if own else self._strange
        distance = odds.distance(link.score, link.cosine, link.confidence)
        times = 1 + math.log1p(whole_fives(reach))
        weight = round(times * _entropy(distance), 6)
        return Weighed(weight, distance if times == 1 else _distance_of(weight))

    def placed(self, links: Iterable[Link]) -> Iterator[tuple[Place, Link]]:
        """Links of problems with their places."""
        for link in links:
            yield Place(self.problems.distance(link.score, link.cosine, link.confidence), link.score, link.id), link


def _log_odds(probable: float) -> float:
    return math.log(probable / (1 - probable))


def _entropy(distance: float) -> float:
    """In bits, of a probability whose log-odds lie so far from even; 1 at none."""
    p = 1 / (1 + math.exp(min(distance, 700.0)))
    return -(p * math.log2(p) + (1 - p) * math.log2(1 - p)) if p > 0 else 0.0


def _distance_of(weight: float) -> float:
    """Where `_entropy` is `weight`, by halving."""
    if weight >= 1:
        return -1.0
    near, far = 0.0, 700.0
    for _ in range(_HALVINGS):
        middle = (near + far) / 2
        near, far = (middle, far) if _entropy(middle) > weight else (near, middle)
    return near
