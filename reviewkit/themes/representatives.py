"""A theme's statements -> the few that stand for it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reviewkit.language.ports import Matrix

FEWEST_WORDS, MOST_WORDS = 4, 40
"""Shorter statements say too little on their own, longer ones are no quotes; taken only where nothing else is left."""

ASKED, STANDING = 300, 600
"""Statements that may be quoted, and that must be stood for: the most central. Beyond, a quote would hardly change."""

REPEATS = 0.8
"""A cosine from which two statements say the same; both are quoted only where nothing else is left."""


def representatives(
    rows: Sequence[int], texts: Sequence[str], vectors: Matrix, centrality: Sequence[float], *, count: int = 3
) -> list[int]:
    """At most `count` of `rows` that cover the others: first the one most are like, then what adds most; no text twice.

    `texts`, `vectors` (n, dim; unit rows) and `centrality` are those of all rows, indexed by `rows`. A statement is
    covered by the quote it is nearest to, and counts by its centrality; greedy, which comes within 1 - 1/e of the best
    cover there is (facility location; Nemhauser, Wolsey and Fisher, 1978).
    """
    ranked = sorted(rows, key=lambda row: (-centrality[row], row))
    distinct = list({texts[row].strip().lower(): row for row in reversed(ranked)}.values())[::-1]
    quotable = [row for row in distinct if FEWEST_WORDS <= len(texts[row].split()) <= MOST_WORDS]
    asked = (quotable if len(quotable) >= count else distinct)[:ASKED]
    standing = ranked[:STANDING]
    weights = np.asarray([0.1 + centrality[row] for row in standing], dtype=np.float32)
    likeness = vectors[standing] @ vectors[asked].T
    chosen: list[int] = []
    covered = np.zeros(len(standing), dtype=np.float32)
    while len(chosen) < min(count, len(asked)):
        gain = weights @ np.maximum(likeness - covered[:, None], 0)
        said = vectors[asked] @ vectors[[asked[place] for place in chosen]].T
        gain[said.max(axis=1, initial=-1) >= REPEATS] -= weights.sum()
        gain[chosen] = -np.inf
        chosen.append(int(gain.argmax()))
        covered = np.maximum(covered, likeness[:, chosen[-1]])
    return [asked[place] for place in chosen]
