"""What each finished project met, and what was known before it began -> would advice have warned of it?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from reviewkit.kickoff.foresight import Case, Likeness, foresee, known_before, popularity
from reviewkit.language.ports import Matrix

TOP = 7
"""Warnings a kickoff gives."""

DRAWS = 2_000
"""Bootstrap samples of projects; their quantiles move by less than a hundredth from seed to seed."""


@dataclass(frozen=True)
class Marks:
    """How well one order did: `recall`, the share of what was met that stands in its first few, and `precision`, the
    average precision of the whole order; both 0 to 1."""

    recall: float
    precision: float


@dataclass(frozen=True)
class Trial:
    """One project foretold: from the stories of `known` projects, `topics` of which `met` came up again in it.

    `warned` are the topics met that stood among the first few, `missed` the others; `fresh` is the share (0 to 1) of
    what the project met that nobody had met before, which no past could have warned of.
    """

    project: str
    known: tuple[str, ...]
    topics: int
    warned: tuple[str, ...]
    missed: tuple[str, ...]
    ours: Marks
    popularity: Marks
    chance: Marks
    fresh: float = 0.0

    @property
    def met(self) -> int:
        return len(self.warned) + len(self.missed)


@dataclass(frozen=True)
class Interval:
    """A mean over projects and its 95 % bootstrap interval (percentiles; Efron 1979)."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Compared:
    """The three orders by one measure; `gain` is ours less popularity, project by project."""

    ours: Interval
    popularity: Interval
    chance: Interval
    gain: Interval


@dataclass(frozen=True)
class Backtest:
    """All trials, in the order the projects began; `untold` are projects before which nothing was known, or which met
    nothing that was. `recall` and `precision` are None where there is no trial."""

    trials: tuple[Trial, ...]
    untold: tuple[str, ...]
    top: int
    recall: Compared | None
    precision: Compared | None


def foretell(
    new: Case,
    cases: Sequence[Case],
    topics: Sequence[str],
    likeness: Likeness,
    *,
    top: int = TOP,
    fresh: float = 0.0,
) -> Trial | None:
    """One project beside what was known before it began; None where nothing was, or it met none of `topics`.

    `topics` stand in the order that settles ties, for every side.
    """
    past, met = known_before(new, cases), [new.has_met(topic) for topic in topics]
    if not past or not any(met):
        return None
    order = _order(foresee(new, past, topics, likeness))
    first = set(order[:top])
    return Trial(
        project=new.project.key,
        known=tuple(case.project.key for case in past),
        topics=len(topics),
        warned=tuple(topic for row, topic in enumerate(topics) if met[row] and row in first),
        missed=tuple(topic for row, topic in enumerate(topics) if met[row] and row not in first),
        ours=marks(order, met, top),
        popularity=marks(_order(popularity(new, past, topics)), met, top),
        chance=by_chance(sum(met), len(topics), top),
        fresh=fresh,
    )


def marks(order: Sequence[int], met: Sequence[bool], top: int) -> Marks:
    """Recall of the first `top` and average precision of an order of all topics; `met[row]` for at least one."""
    ranks = [rank for rank, row in enumerate(order, start=1) if met[row]]
    precision = sum(hits / rank for hits, rank in enumerate(ranks, start=1)) / len(ranks)
    return Marks(sum(rank <= top for rank in ranks) / len(ranks), precision)


def by_chance(met: int, topics: int, top: int) -> Marks:
    """What a random order of `topics` is expected to reach, `met` of them being right."""
    harmonic = sum(1 / rank for rank in range(1, topics + 1))
    others = (met - 1) / (topics - 1) if topics > 1 else 0.0
    return Marks(min(top, topics) / topics, (others * (topics - harmonic) + harmonic) / topics)


def summed(trials: Iterable[Trial], untold: Iterable[str], *, top: int = TOP, seed: int = 0) -> Backtest:
    """The trials with their means and intervals, over the same bootstrap samples for every side."""
    done = tuple(trials)
    if not done:
        return Backtest((), tuple(untold), top, None, None)
    drawn = np.random.default_rng(seed).integers(0, len(done), (DRAWS, len(done)))
    return Backtest(
        done,
        tuple(untold),
        top,
        recall=_compared([[side.recall for side in _sides(trial)] for trial in done], drawn),
        precision=_compared([[side.precision for side in _sides(trial)] for trial in done], drawn),
    )


def _sides(trial: Trial) -> tuple[Marks, Marks, Marks]:
    return trial.ours, trial.popularity, trial.chance


def _compared(rows: Sequence[Sequence[float]], drawn: Matrix) -> Compared:
    ours, popular, chance = np.asarray(rows, dtype=np.float64).T
    return Compared(
        _interval(ours, drawn), _interval(popular, drawn), _interval(chance, drawn), _interval(ours - popular, drawn)
    )


def _interval(values: Matrix, drawn: Matrix) -> Interval:
    low, high = np.quantile(values[drawn].mean(axis=1), [0.025, 0.975])
    return Interval(float(values.mean()), float(low), float(high))


def _order(scores: Matrix) -> list[int]:
    """Rows from the highest score down; ties in their own order."""
    return np.argsort(-np.round(scores, 12), kind="stable").tolist()
