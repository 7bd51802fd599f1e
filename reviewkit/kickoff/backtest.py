"""What each finished project met, and what was known before it began -> would advice have warned of it?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from reviewkit.domain.backtests import Backtest, Compared, Interval, Marks, Trial
from reviewkit.kickoff.foresight import Case, Rates, foresee, known_before, popularity

TOP = 7
"""Warnings a kickoff gives."""

DRAWS = 2_000
"""Bootstrap samples of projects; their quantiles move by less than a hundredth from seed to seed."""


def foretell(
    new: Case,
    cases: Sequence[Case],
    topics: Sequence[str],
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
    order = _order(foresee(new, past, topics))
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


def _compared(rows: Sequence[Sequence[float]], drawn: NDArray[np.int64]) -> Compared:
    ours, popular, chance = np.asarray(rows, dtype=np.float64).T
    return Compared(
        _interval(ours, drawn), _interval(popular, drawn), _interval(chance, drawn), _interval(ours - popular, drawn)
    )


def _interval(values: Rates, drawn: NDArray[np.int64]) -> Interval:
    low, high = np.quantile(values[drawn].mean(axis=1), [0.025, 0.975])
    return Interval(float(values.mean()), float(low), float(high))


def _order(scores: Rates) -> list[int]:
    """Rows from the highest score down; ties in their own order."""
    return [int(row) for row in np.argsort(-np.round(scores, 12), kind="stable")]
