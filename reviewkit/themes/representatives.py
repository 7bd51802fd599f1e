"""A theme's statements -> the few that stand for it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reviewkit.language.ports import Matrix

REPEAT_COST = 0.7
"""How much likeness to a statement already chosen counts against centrality."""

FEWEST_WORDS, MOST_WORDS = 4, 60
"""Shorter statements say too little on their own, longer ones are no quotes; taken only where nothing else is left."""


def representatives(
    rows: Sequence[int], texts: Sequence[str], vectors: Matrix, centrality: Sequence[float], *, count: int = 3
) -> list[int]:
    """At most `count` of `rows`, the most central first, each next one central and unlike those before; no text twice.

    `texts`, `vectors` (n, dim; unit rows) and `centrality` are those of all rows, indexed by `rows`. Maximal marginal
    relevance (Carbonell and Goldstein, SIGIR 1998).
    """
    distinct = list({texts[row].strip().lower(): row for row in sorted(rows, reverse=True)}.values())
    quotable = [row for row in distinct if FEWEST_WORDS <= len(texts[row].split()) <= MOST_WORDS]
    left = sorted(quotable if len(quotable) >= count else distinct)
    chosen: list[int] = []
    likeness = np.zeros(len(left), dtype=np.float32)
    worth = np.asarray([centrality[row] for row in left], dtype=np.float32)
    open_ = np.ones(len(left), dtype=bool)
    while len(chosen) < count and open_.any():
        best = int(np.where(open_, worth - REPEAT_COST * likeness, -np.inf).argmax())
        chosen.append(left[best])
        open_[best] = False
        likeness = np.maximum(likeness, vectors[left] @ vectors[left[best]])
    return chosen
