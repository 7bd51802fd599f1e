"""Scores of several kinds -> one score for each record; record i's is row i, NaN where a kind lacks it."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Scores: TypeAlias = NDArray[np.float64]


def fuse(*halves: Scores) -> Scores:
    """(records,): the score over all `halves`, each (records,); NaN where all of them lack the record.

    Higher is better in each half, on any scale: each is standardised over its records and they are added, since by how
    much the best lead tells something. A record that one half lacks counts there as much as that half's last. Blank
    halves say nothing.
    """
    total, lacking = np.zeros(len(halves[0])), np.ones(len(halves[0]), np.bool_)
    for half in halves:
        unknown = np.isnan(half)
        if unknown.all():
            continue
        standing = _standardised(half[~unknown])
        total[~unknown] += standing
        total[unknown] += standing.min()
        lacking &= unknown
    total[lacking] = np.nan
    return total


def best_of_records(owners: NDArray[np.intp], scores: NDArray[Any], records: int) -> Scores:
    """(records,): the highest of the `scores` of passages, the i-th of which is of record owners[i]."""
    best = np.full(records, np.nan)
    np.fmax.at(best, owners, scores)
    return best


def ordered(scores: Scores) -> NDArray[np.intp]:
    """The records that have a score, best first; ties as they stand."""
    order = np.argsort(-scores, kind="stable")
    return order[: len(scores) - int(np.isnan(scores).sum())]


def _standardised(scores: Scores) -> Scores:
    spread = float(scores.std())
    return (scores - scores.mean()) / spread if spread > 1e-9 else np.zeros(len(scores))
