"""What finished projects met, and how like them a new one is -> how often each topic is to be expected in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import product

import numpy as np
from numpy.typing import NDArray

from reviewkit.domain.projects import Project
from reviewkit.language.ports import Matrix

Rates = NDArray[np.float64]

SHARPNESS = (0.0, 0.5, 1.0)
"""How much likeness counts: a project of likeness L weighs e^(s·L). At 0 all weigh the same, which is popularity."""

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


Likeness = Callable[[Project, Matrix, Sequence[Project], Matrix], Matrix]
"""A project, its brief's direction, others and theirs (n, dim) -> (n,), how like them it is."""


def known_before(new: Case, cases: Sequence[Case]) -> list[Case]:
    """The cases whose story was told before `new` began."""
    return [case for case in cases if case.known < new.start]


def foresee(new: Case, cases: Sequence[Case], topics: Sequence[str], likeness: Likeness) -> Rates:
    """(topics,): the rate at which each is to be expected, 0 to 1; only `cases` known before `new` began count.

    Each rate is that of the past projects, weighed by likeness and age and pulled towards plain popularity: an
    empirical-Bayes estimate. How much likeness and age matter is not given: each pair of a sharpness and a half-life
    makes a forecast, and they are averaged by how well each foretold the earlier projects, every one from those known
    before itself (a Bayesian mixture of experts, all alike at first). With no past every rate is one half.
    """
    past = known_before(new, cases)
    trust = np.zeros(len(SHARPNESS) * len(HALF_LIVES))
    for case in past:
        before = known_before(case, past)
        if before:
            trust += _likelihood(_forecasts(case, before, topics, likeness), _table([case], topics)[0])
    weights = np.exp(trust - trust.max())
    return np.asarray(weights @ _forecasts(new, past, topics, likeness) / weights.sum())


def popularity(new: Case, cases: Sequence[Case], topics: Sequence[str]) -> Rates:
    """(topics,): how many of the projects known before `new` began met each; the plain rival."""
    past = known_before(new, cases)
    return np.array([sum(case.has_met(topic) for case in past) for topic in topics], dtype=np.float64)


def _forecasts(new: Case, past: Sequence[Case], topics: Sequence[str], likeness: Likeness) -> Rates:
    """(pairs, topics): what each sharpness and half-life expects of `new`."""
    met = _table(past, topics)
    common = (met.sum(axis=0) + 0.5) / (len(past) + 1)
    if not past:
        return np.tile(common, (len(SHARPNESS) * len(HALF_LIVES), 1))
    like = likeness(new.project, new.brief, [case.project for case in past], np.stack([case.brief for case in past]))
    ages = np.array([(new.start - case.start).days / YEAR for case in past])
    logs = np.stack(
        [
            sharpness * like - (ages * np.log(2) / half if half else 0.0)
            for sharpness, half in product(SHARPNESS, HALF_LIVES)
        ]
    )
    weights = np.exp(logs - logs.max(axis=1, keepdims=True))
    return np.asarray((weights @ met + SHRINK * common) / (weights.sum(axis=1, keepdims=True) + SHRINK))


def _likelihood(expected: Rates, met: Rates) -> Rates:
    """(pairs,): the log-likelihood of what was met under each forecast."""
    bounded = np.clip(expected, 0.005, 0.995)
    return np.asarray((met * np.log(bounded) + (1 - met) * np.log(1 - bounded)).sum(axis=1))


def _table(cases: Sequence[Case], topics: Sequence[str]) -> Rates:
    """(cases, topics): how surely each project met each topic."""
    rows = [[case.met.get(topic, 0.0) for topic in topics] for case in cases]
    return np.asarray(np.array(rows, dtype=np.float64).reshape(len(cases), len(topics)))
