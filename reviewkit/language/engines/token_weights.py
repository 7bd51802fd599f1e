"""A vocabulary -> how much each of its tokens counts in a text's content vector."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from reviewkit.language.ports import Matrix

COMMON = 3e-3
"""A word said so often, three times in a thousand, counts half. On the six development sets mean AMI is 0.365 to 0.372
from 0.001 to 0.03, and 0.347 where every token counts the same (docs/adr/0012-content-vectors.md)."""

LEAST = np.float32(1e-3)
"""What marks, single characters and the model's own tokens count: noticed only where a text holds nothing else."""


def token_weights(vocabulary: Mapping[str, int]) -> Matrix:
    """(tokens,) weights above 0 and below 1 for `vocabulary`, token -> id, whose words stand in order of frequency.

    Smooth inverse frequency (Arora, Liang & Ma, ICLR 2017), a / (a + p), where no corpus is counted: WordPiece
    vocabularies are sorted by frequency, and by Zipf's law the word of rank r is said with p = 1 / (r H), H being the
    harmonic number of how many there are.
    """
    first = min((number for token, number in vocabulary.items() if len(token) > 1 and token.isalpha()), default=0)
    size = max(vocabulary.values(), default=-1) + 1
    rank = np.arange(1, size - first + 1, dtype=np.float64)
    weights = np.full(size, LEAST, dtype=np.float32)
    weights[first:] = COMMON / (COMMON + 1 / (rank * (1 / rank).sum()))
    return weights
