"""What finished projects met, and how like them a new one is -> how often each topic is to be expected in it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product

import numpy as np
from numpy.typing import NDArray

from reviewkit.domain.projects import Project
from reviewkit.kickoff.similar import likeness, likenesses
from reviewkit.language.ports import Matrix

Rates = NDArray[np.float64]

SHARPNESS = (0.0, 0.5, 1.0)
"""How much likeness counts: a project of likeness L weighs e^(s·L). At 0 all weigh the same, which is popularity."""

BELIEVED = (0.9, 0.05, 0.05)
"""How far each sharpness is believed before anything is known: that likeness tells something has to be shown first."""

HALF_LIVES = (None, 8.0, 4.0, 2.0)
"""Years in which a project loses half of its weight; None: never."""

SHRINK = 5.0
"""Projects' worth of plain popularity that every weighed rate is pulled towards."""

YEAR = 365.25


@dataclass(frozen=True)
class Case:
    """A project, the direction of its brief (dim,; all zero where it has none), and how surely (0 to 1) it met topics.

    It began on `start`; what it met was known from the day after `known`.
    """

    project: Project
    brief: Matrix
    start: date
    known: date
    met: Mapping[str, float] = field(default_factory=dict)

    def has_met(self, topic: str) -> bool:
        """Whether it is surer than not that the project met it."""
        return self.met.get(topic, 0.0) > 0.5


def known_before(new: Case, cases: Sequence[Case]) -> list[Case]:
    """The cases whose story was told before `new` began."""
    return [case for case in cases if case.known < new.start]


def foresee(new: Case, cases: Sequence[Case], topics: Sequence[str]) -> Rates:
    """(topics,): the rate at which each is to be expected, 0 to 1; only `cases` known before `new` began count.

    Each rate is that of the past projects, weighed by likeness and age and pulled towards plain popularity: an
    empirical-Bayes estimate. How much likeness and age matter is not given: each pair of a sharpness and a half-life
    makes a forecast, and they are averaged by how likely each makes what every past project met, foretold from the
    others (leave-one-out pseudo-Bayesian model averaging, Geisser and Eddy, JASA 1979), times how far it is believed
    from the start. With little evidence likeness hardly counts. With no past every rate is one half.
    """
    past = known_before(new, cases)
    if not past:
        return np.full(len(topics), 0.5)
    projects, briefs = [case.project for case in past], np.stack([case.brief for case in past])
    met = _table(past, topics)
    common, without = (met.sum(axis=0) + 0.5) / (len(past) + 1), (met.sum(axis=0) + 0.5 - met) / len(past)
    here, among = likeness(new.project, new.brief, projects, briefs)[None, :], likenesses(projects, briefs)
    age, apart = _years([new], past), _years(past, past)
    trust, forecasts = [], []
    for (sharpness, believed), half in product(zip(SHARPNESS, BELIEVED, strict=True), HALF_LIVES):
        forecasts.append(_rates(_weights(sharpness * here, age, half), met, common)[0])
        told = 0.0
        if len(past) > 1:
            told = _likelihood(_rates(_weights(sharpness * among, apart, half, alone=True), met, without), met)
        trust.append(math.log(believed / len(HALF_LIVES)) + told)
    trusted = np.exp(np.array(trust) - max(trust))
    return np.asarray(trusted @ np.stack(forecasts) / trusted.sum())


def popularity(new: Case, cases: Sequence[Case], topics: Sequence[str]) -> Rates:
    """(topics,): how many of the projects known before `new` began met each; the plain rival."""
    past = known_before(new, cases)
    return np.array([sum(case.has_met(topic) for case in past) for topic in topics], dtype=np.float64)


def _years(cases: Sequence[Case], past: Sequence[Case]) -> Rates:
    """(cases, past): the years between their beginnings."""
    ours, theirs = (np.array([case.start.toordinal() for case in side], dtype=np.float64) for side in (cases, past))
    return np.asarray(np.abs(ours[:, None] - theirs[None, :]) / YEAR)


def _weights(like: Matrix, ages: Rates, half: float | None, *, alone: bool = False) -> Rates:
    """(cases, past): what each past project weighs, the weightiest 1; `alone`: each case is that past, none its own."""
    logs = like - (ages * np.log(2) / half if half else 0.0)
    if alone:
        np.fill_diagonal(logs, -np.inf)
    return np.asarray(np.exp(logs - logs.max(axis=1, keepdims=True)))


def _rates(weights: Rates, met: Rates, common: Rates) -> Rates:
    """(cases, topics): the weighed rates, pulled towards the `common` ones."""
    return np.asarray((weights @ met + SHRINK * common) / (weights.sum(axis=1, keepdims=True) + SHRINK))


def _likelihood(expected: Rates, met: Rates) -> float:
    """The log-likelihood of what was met (cases, topics) where `expected` was foretold."""
    bounded = np.clip(expected, 0.005, 0.995)
    return float((met * np.log(bounded) + (1 - met) * np.log(1 - bounded)).sum())


def _table(cases: Sequence[Case], topics: Sequence[str]) -> Rates:
    """(cases, topics): how surely each project met each topic."""
    rows = [[case.met.get(topic, 0.0) for topic in topics] for case in cases]
    return np.asarray(np.array(rows, dtype=np.float64).reshape(len(cases), len(topics)))
