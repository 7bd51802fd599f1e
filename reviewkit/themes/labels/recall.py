"""Phrases as queries over statements -> how far the statements they bring first are those of one's own group."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reviewkit.language.ports import Matrix
from reviewkit.themes.labels.wordings import Key

FIRST = 10
"""Statements that a reader looks at."""

FIRST_SHARE = 0.5
"""Weight of those; the rest is that of as many as the group has, so that a label covers its group."""

SATURATION, LENGTH = 1.2, 0.75
"""BM25's usual constants (Robertson and Zaragoza, 2009)."""

CHUNK = 256
"""Phrases asked at a time, so that memory stays at CHUNK x statements."""


class Recall:
    """Statements to be asked for by phrases, by words (BM25) and by meaning.

    `vectors` (m, dim) are unit rows, `said` the stems of each, `groups` (m,) the group each belongs to.
    """

    def __init__(self, vectors: Matrix, said: Sequence[Sequence[str]], groups: NDArray[np.int64]) -> None:
        self._vectors, self._groups = vectors, groups
        self._sizes = np.bincount(groups, minlength=1)
        self._place: dict[str, int] = {}
        self._words = self._weighed(said)

    def by_words(self, keys: Sequence[Key], groups: Sequence[int]) -> list[float]:
        """The own share, 0 to 1, of each phrase of stems for its group, where words alone are asked for."""
        found: list[float] = []
        for start in range(0, len(keys), CHUNK):
            scores = (self._asked(keys[start : start + CHUNK]) @ self._words).tocsr()
            for place, group in enumerate(groups[start : start + CHUNK]):
                held = slice(scores.indptr[place], scores.indptr[place + 1])
                own = self._groups[scores.indices[held]] == group
                found.append(self._own_share(scores.data[held], own, group))
        return found

    def by_both(self, keys: Sequence[Key], vectors: Matrix, groups: Sequence[int]) -> list[float]:
        """The own share of each phrase for its group, by words and meaning added as standard scores.

        `vectors` (len(keys), dim) are those of the phrases by the statements' encoder.
        """
        found: list[float] = []
        for start in range(0, len(keys), CHUNK):
            near = vectors[start : start + CHUNK] @ self._vectors.T
            worded = (self._asked(keys[start : start + CHUNK]) @ self._words).toarray().astype(np.float32)
            scores = _standardised(near) + _standardised(worded)
            for row, group in zip(scores, groups[start : start + CHUNK], strict=True):
                found.append(self._own_share(row, self._groups == group, group))
        return found

    def _own_share(self, scores: NDArray[Any], own: NDArray[np.bool_], group: int) -> float:
        """Mean of the shares of `own` among the first ten statements and among as many as the group has."""
        size = int(self._sizes[group])
        first = _precision(scores, own, min(FIRST, size))
        return FIRST_SHARE * first + (1 - FIRST_SHARE) * _precision(scores, own, size)

    def _asked(self, keys: Sequence[Key]) -> Any:
        """Sparse (len(keys), words): 1 where a phrase has the word."""
        from scipy.sparse import csr_matrix

        pairs = [
            (row, self._place[stem])
            for row, key in enumerate(keys)
            for stem in dict.fromkeys(key)
            if stem in self._place
        ]
        rows, columns = zip(*pairs, strict=True) if pairs else ((), ())
        ones = np.ones(len(pairs), dtype=np.float32)
        return csr_matrix((ones, (rows, columns)), shape=(len(keys), max(1, len(self._place))))

    def _weighed(self, said: Sequence[Sequence[str]]) -> Any:
        """Sparse (words, m): BM25's weight of each word in each statement; fills the places of the words."""
        from scipy.sparse import csr_matrix

        columns = [self._place.setdefault(stem, len(self._place)) for stems in said for stem in stems]
        lengths = np.array([len(stems) for stems in said], dtype=np.float32)
        rows = np.repeat(np.arange(len(said)), lengths.astype(np.int64))
        shape = (len(said), max(1, len(self._place)))
        counts = csr_matrix((np.ones(len(columns), dtype=np.float32), (rows, columns)), shape=shape)
        counts.sum_duplicates()
        holding = np.bincount(counts.indices, minlength=shape[1])
        rarity = np.log1p((len(said) - holding + 0.5) / (holding + 0.5)).astype(np.float32)
        usual = SATURATION * (1 - LENGTH + LENGTH * lengths / max(1.0, float(lengths.mean() if len(said) else 1.0)))
        per_row = np.repeat(usual, np.diff(counts.indptr))
        counts.data = counts.data * (SATURATION + 1) / (counts.data + per_row) * rarity[counts.indices]
        return counts.T.tocsr()


def _precision(scores: NDArray[Any], own: NDArray[np.bool_], first: int) -> float:
    """Share of `own` among the `first` highest of `scores`; places that nothing fills count as misses."""
    if not first or not len(scores):
        return 0.0
    if len(scores) <= first:
        return float(own.sum()) / first
    best = np.argpartition(-scores, first - 1)[:first]
    return float(own[best].sum()) / first


def _standardised(scores: Matrix) -> Matrix:
    spread = np.maximum(scores.std(axis=1, keepdims=True), np.float32(1e-6))
    return np.asarray((scores - scores.mean(axis=1, keepdims=True)) / spread, dtype=np.float32)
