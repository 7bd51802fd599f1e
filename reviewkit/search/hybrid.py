"""Scores of several kinds -> one score for each record."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np


def fuse(*halves: Mapping[str, float]) -> dict[str, float]:
    """Record -> its score over all `halves`, best first; ties by record, so that the order is always the same.

    Higher is better in each half, on any scale: each is standardised over its records and they are added, since by how
    much the best lead tells something. A record that one half lacks counts there as much as that half's last. Blank
    halves say nothing.
    """
    standing = [_standardised(half) for half in halves if half]
    floors = [min(half.values()) for half in standing]
    least = sum(floors)
    total = {record: least for half in standing for record in half}
    for half, floor in zip(standing, floors, strict=True):
        for record, score in half.items():
            total[record] += score - floor
    return {record: total[record] for record in sorted(sorted(total), key=total.__getitem__, reverse=True)}


def best_of_records(passages: Iterable[tuple[str, float]]) -> dict[str, float]:
    """Record -> the highest score among its passages."""
    best: dict[str, float] = {}
    for record, score in passages:
        if score > best.get(record, -np.inf):
            best[record] = score
    return best


def _standardised(scores: Mapping[str, float]) -> dict[str, float]:
    values = np.fromiter(scores.values(), dtype=np.float64)
    mean, spread = float(values.mean()), float(values.std())
    if spread <= 1e-9:
        return dict.fromkeys(scores, 0.0)
    return {record: (score - mean) / spread for record, score in scores.items()}
