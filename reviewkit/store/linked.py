"""What is asked of links to register entries, so that a store can count and page them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reviewkit.domain.words import Confidence, LinkState


@dataclass(frozen=True)
class ProblemLinks:
    """Links between problem statements of `reviews` and register entries that are there.

    None or blank leaves nothing out; `project` is whose register it is, `only` and `but` name statements.
    """

    reviews: frozenset[str]
    state: LinkState | None = None
    project: str = ""
    confidence: Confidence | None = None
    only: frozenset[str] | None = None
    but: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Odds:
    """How sure a link is: the distance of its log-odds from even.

    With `weights` of score and cosine and a constant it is that of their sum; `words` is what each word of confidence
    stands for, where there are no weights or no cosine.
    """

    words: Mapping[Confidence, float]
    weights: tuple[float, float, float] | None = None

    def distance(self, score: float, cosine: float | None, word: Confidence) -> float:
        if self.weights is None or cosine is None:
            return self.words[word]
        by_score, by_cosine, constant = self.weights
        return abs(by_score * score + by_cosine * cosine + constant)


@dataclass(frozen=True)
class Place:
    """Where a link stands in a queue: the least sure first, then the highest score, then by id."""

    distance: float
    score: float
    id: str

    @property
    def order(self) -> tuple[float, float, str]:
        return self.distance, -self.score, self.id
