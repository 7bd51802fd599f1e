"""Candidates -> at most seven recommendations: relevant here, seen before, grave, and each different."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reviewkit.domain.kickoffs import BaseRate, Quote
from reviewkit.domain.outcomes import Effectiveness
from reviewkit.domain.words import Scope
from reviewkit.kickoff.effectiveness import weight
from reviewkit.language.ports import Matrix

ALIKE = 0.65
"""Cosine to something chosen already from which advice begins to repeat it; at 1 it says nothing new."""

COVERED = 0.5
"""Cosine from which a lesson says what to do about a theme, so that the theme need not stand beside it."""

MOST_THEMES, WARNING = 2, 0.5
"""A theme says what to expect, a lesson what to do: where both stand far from the brief, a warning without a remedy is
worth so much of one that has it."""


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
    raised: frozenset[str] = frozenset()
    """Past projects in which it was raised."""
    expected: float | None = None
    """The rate at which a project like this one meets it (see `foresee`), 0 to 1; None where nothing can be counted."""
    effect: Effectiveness | None = None
    """What became of it in the projects that decided for it before."""


def recommend(candidates: Sequence[Candidate], vectors: Matrix, *, top: int) -> list[tuple[Candidate, float]]:
    """The best `top` with their scores, in the order to be read; ties by source.

    `vectors` is (len(candidates), dim), unit rows. The score is relevance × recurrence × severity, times how it helped
    before (0.75 to 1.25); what repeats something chosen before loses by how much it repeats. Lessons that are nearer
    to the brief than most come first; themes only fill the places that these leave, no more than two, and none that a
    lesson covers: first what to do, then what else to expect.
    """
    nearest = max((candidate.relevance for candidate in candidates), default=0.0)
    scores = [score(candidate, nearest) for candidate in candidates]
    open_themes = _not_covered(candidates, vectors)
    lessons = [row for row, candidate in enumerate(candidates) if candidate.scope is Scope.LESSONS]
    telling = [row for row in lessons if candidates[row].relevance > 0]
    others = [row for row in (*lessons, *open_themes) if row not in telling]
    chosen: list[int] = []

    def worth(row: int) -> float:
        alike = float(np.max(vectors[chosen] @ vectors[row])) if chosen else 0.0
        return scores[row] * min(1.0, (1.0 - alike) / (1.0 - ALIKE))

    for tier in (telling, others):
        waiting = sorted(tier, key=lambda row: (-scores[row], candidates[row].source))
        while waiting and len(chosen) < top:
            taken = max(waiting, key=worth)
            chosen.append(taken)
            full = sum(candidates[row].scope is Scope.THEMES for row in chosen) >= MOST_THEMES
            waiting = [row for row in waiting if row != taken and not (full and row in open_themes)]
    read = sorted(chosen, key=lambda row: candidates[row].scope is Scope.THEMES)
    return [(candidates[row], round(scores[row], 6)) for row in read]


def score(candidate: Candidate, nearest: float) -> float:
    """Relevance × recurrence × severity × how it helped before: what is known of it before the brief is read, in odds,
    times how much likelier the brief makes it (Bayes' rule).

    A brief's nearness in standard deviations counts as a log-likelihood ratio, told beside the `nearest` candidate's,
    so that relevance lies between 0 and 1. Recurrence is the odds of the rate that the back-test tries (see `foresee`),
    and even where nothing can be counted, so that advice from elsewhere is neither pushed nor buried. Severity halves
    the score at most. The last factor is exactly 1 where nobody told yet (see `weight`).
    """
    relevance = math.exp(candidate.relevance - nearest)
    expected = 0.5 if candidate.expected is None else candidate.expected
    worth = 1.0 if candidate.scope is Scope.LESSONS else WARNING
    known = worth * relevance * expected / (1.0 - expected) * (0.5 + 0.5 * candidate.severity)
    return known * weight(candidate.effect)


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
