"""Lexical and semantic candidates -> one ranking of records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from reviewkit.language.ports import Matrix

RRF_CONSTANT = 60
"""Cormack, Clarke, Büttcher: Reciprocal Rank Fusion outperforms Condorcet (SIGIR 2009)."""


def fuse(
    lexical: Sequence[tuple[str, float]], semantic: Sequence[tuple[str, float]], *, long: bool
) -> list[tuple[str, float]]:
    """(record, score) of every candidate, best first; ties by record, so that the order is always the same.

    A record may stand in a list more than once (its passages): its best score counts. Scores of both lists: higher is
    better, on any scale. For long queries both are standardised over the candidates and added, since by how much the
    best lead tells something there; for short ones reciprocal ranks are added. A record that one list lacks counts
    there as much as that list's last.
    """
    points = _standardised if long else _reciprocal_ranks
    halves = [points(best_of_records(half)) for half in (lexical, semantic)]
    floors = [min(half.values(), default=0.0) if long else 0.0 for half in halves]
    total = {
        record: sum(half.get(record, floor) for half, floor in zip(halves, floors, strict=True))
        for record in halves[0].keys() | halves[1].keys()
    }
    return sorted(total.items(), key=lambda pair: (-pair[1], pair[0]))


def best_of_records(passages: Sequence[tuple[str, float]]) -> dict[str, float]:
    """Record -> the highest score among its passages."""
    best: dict[str, float] = {}
    for record, score in passages:
        if score > best.get(record, -np.inf):
            best[record] = score
    return best


def nearest(query: Matrix, matrix: Matrix, top: int) -> list[tuple[int, float]]:
    """(row, cosine) of the `top` rows of `matrix` nearest to `query`, best first, ties by row.

    `matrix` is (n, dim) with unit rows. `query` is (dim,) or, for a text of several passages, (passages, dim): a row
    counts with the passage it is nearest to.
    """
    if len(matrix) == 0 or top < 1:
        return []
    scores = np.atleast_2d(query) @ matrix.T
    best = scores.max(axis=0)
    if top < len(best):
        bar = np.partition(best, len(best) - top)[len(best) - top]
        rows = np.flatnonzero(best >= bar)
    else:
        rows = np.arange(len(best))
    ranked = rows[np.lexsort((rows, -best[rows]))][:top]
    return [(int(row), float(best[row])) for row in ranked]


def _standardised(scores: Mapping[str, float]) -> dict[str, float]:
    if not scores:
        return {}
    values = np.fromiter(scores.values(), dtype=np.float64)
    spread = float(values.std()) or 1.0
    mean = float(values.mean())
    return {record: (score - mean) / spread for record, score in scores.items()}


def _reciprocal_ranks(scores: Mapping[str, float]) -> dict[str, float]:
    ranked = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))
    return {record: 1.0 / (RRF_CONSTANT + rank) for rank, (record, _) in enumerate(ranked, start=1)}
