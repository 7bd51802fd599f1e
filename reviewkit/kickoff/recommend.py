"""Candidates -> at most seven recommendations: relevant here, seen before, grave, and each different."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reviewkit.domain.kickoffs import BaseRate, Quote
from reviewkit.domain.words import Scope
from reviewkit.language.ports import Matrix

DIVERSITY = 0.3
"""Share of the choice that goes to being unlike what was chosen already (Carbonell, Goldstein: MMR, SIGIR 1998)."""


@dataclass(frozen=True)
class Candidate:
    """A lesson or theme that might be advice.

    `relevance` is in standard deviations over all candidates of its scope; `severity` from 0 to 1; `rate` counts the
    similar projects in which it was raised, None where there are none to count over.
    """

    scope: Scope
    source: str
    advice: str
    because: str
    relevance: float
    severity: float
    rate: BaseRate | None
    matched_words: tuple[str, ...] = ()
    mismatches: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()


def recommend(
    candidates: Sequence[Candidate], vectors: Matrix, *, top: int
) -> list[tuple[Candidate, float]]:
    """The best `top` with their scores, in the order to be read; ties by source.

    `vectors` is (len(candidates), dim), unit rows. The score is relevance × recurrence × severity, each brought
    between 0 and 1; each choice then gives way where something alike was chosen before.
    """
    scores = [score(candidate) for candidate in candidates]
    waiting = sorted(range(len(candidates)), key=lambda row: (-scores[row], candidates[row].source))
    best = max(scores, default=1.0) or 1.0
    chosen: list[int] = []
    while waiting and len(chosen) < top:
        def worth(row: int) -> float:
            alike = float(np.max(vectors[chosen] @ vectors[row])) if chosen else 0.0
            return (1 - DIVERSITY) * scores[row] / best - DIVERSITY * max(alike, 0.0)

        taken = max(waiting, key=worth)
        waiting.remove(taken)
        chosen.append(taken)
    return [(candidates[row], round(scores[row], 4)) for row in chosen]


def score(candidate: Candidate) -> float:
    """Relevance × recurrence × severity, each from 0 to 1.

    Recurrence is the Jeffreys estimate (k + ½) / (n + 1) and counts as middling where nothing can be counted, so that
    advice from elsewhere is neither pushed nor buried.
    """
    relevance = 1 / (1 + math.exp(-candidate.relevance))
    rate = candidate.rate
    recurrence = (rate.k + 0.5) / (rate.n + 1) if rate is not None and rate.n else 0.5
    return relevance * (0.5 + 0.5 * recurrence) * (0.5 + 0.5 * candidate.severity)
