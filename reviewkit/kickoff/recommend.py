"""Candidates -> at most seven recommendations: relevant here, seen before, grave, and each different."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reviewkit.domain.dismissals import Fit
from reviewkit.domain.kickoffs import BaseRate, Quote
from reviewkit.domain.outcomes import Effectiveness
from reviewkit.domain.words import Scope
from reviewkit.kickoff.effectiveness import weight
from reviewkit.kickoff.fitness import fitness
from reviewkit.language.ports import Matrix

ALIKE = 0.65
"""Cosine to something chosen already from which advice begins to repeat it; at 1 it says nothing new."""

COVERED = 0.5
"""Cosine from which a lesson says what to do about a theme, so that the theme need not stand beside it."""

MOST_THEMES, WARNING = 2, 0.5
"""A theme says what to expect, a lesson what to do: lessons make the list, themes fill its gaps, and a warning without
a remedy is worth so much of one that has it."""


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
    treats: frozenset[str] = frozenset()
    """Themes that a lesson says what to do about."""
    effect: Effectiveness | None = None
    """What became of it in the projects that decided for it before."""
    fit: Fit | None = None
    """How it fitted projects of the brief's kind, where any of them said that it did not apply."""

    @property
    def topic(self) -> str:
        """What it is about, as `Recommendation.topic`."""
        return f"{self.scope}/{self.source}"


def recommend(candidates: Sequence[Candidate], vectors: Matrix, *, top: int) -> list[tuple[Candidate, float]]:
    """The best `top` with their scores, in the order to be read; ties by source.

    `vectors` is (len(candidates), dim), unit rows. The score is relevance × recurrence × severity, each brought
    between 0 and 1, times how it helped before (0.75 to 1.25); what repeats something chosen before loses by how much
    it repeats. A theme is left out where a lesson covers it; no more than two are told, after the lessons: first what
    to do, then what else to expect.
    """
    nearest = max((candidate.relevance for candidate in candidates), default=0.0)
    scores = [score(candidate, nearest) for candidate in candidates]
    open_themes = _not_covered(candidates, vectors)
    lessons = [row for row, candidate in enumerate(candidates) if candidate.scope is Scope.LESSONS]
    waiting = sorted([*lessons, *open_themes], key=lambda row: (-scores[row], candidates[row].source))
    chosen: list[int] = []

    def worth(row: int) -> float:
        alike = float(np.max(vectors[chosen] @ vectors[row])) if chosen else 0.0
        return scores[row] * min(1.0, (1.0 - alike) / (1.0 - ALIKE))

    while waiting and len(chosen) < top:
        taken = max(waiting, key=worth)
        chosen.append(taken)
        full = sum(candidates[row].scope is Scope.THEMES for row in chosen) >= MOST_THEMES
        waiting = [row for row in waiting if row != taken and not (full and row in open_themes)]
    read = sorted(chosen, key=lambda row: candidates[row].scope is Scope.THEMES)
    return [(candidates[row], round(scores[row], 4)) for row in read]


def score(candidate: Candidate, nearest: float) -> float:
    """Relevance × recurrence × severity, each from 0 to 1, × how it helped before.

    Relevance is told as a share of that of the `nearest` candidate, none below the average. Recurrence is the Jeffreys
    estimate (k + ½) / (n + 1) and counts as middling where nothing can be counted, so that advice from elsewhere is
    neither pushed nor buried. The last factors, how it helped and whether it fitted, are exactly 1 where nobody told
    yet (see `weight` and `fitness`).
    """
    relevance = max(candidate.relevance, 0.0) / nearest if nearest > 0 else 1.0
    rate = candidate.rate
    recurrence = (rate.k + 0.5) / (rate.n + 1) if rate is not None and rate.n else 0.5
    worth = 1.0 if candidate.scope is Scope.LESSONS else WARNING
    known = worth * relevance * (0.5 + 0.5 * recurrence) * (0.5 + 0.5 * candidate.severity)
    return known * weight(candidate.effect) * fitness(candidate.fit)


def _not_covered(candidates: Sequence[Candidate], vectors: Matrix) -> set[int]:
    """Rows of themes that no lesson among the candidates treats or speaks of."""
    lessons = [row for row, candidate in enumerate(candidates) if candidate.scope is Scope.LESSONS]
    treated = {theme for row in lessons for theme in candidates[row].treats}
    themes = [
        row
        for row, candidate in enumerate(candidates)
        if candidate.scope is Scope.THEMES and candidate.source not in treated
    ]
    if not lessons or not themes:
        return set(themes)
    nearest = (vectors[themes] @ vectors[lessons].T).max(axis=1)
    return {row for row, near in zip(themes, nearest.tolist(), strict=True) if near < COVERED}
