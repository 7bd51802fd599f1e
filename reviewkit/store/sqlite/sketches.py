"""Sketches of vectors -> the passages that may be nearest to a query."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from reviewkit.language.ports import Matrix
from reviewkit.store.sqlite.codes import sketched
from reviewkit.store.sqlite.packed import Numbers, Rows

EXACTLY = 4_000
"""So few passages are all compared by their vectors. From more, about as many of the nearest sketches are taken first:
of 1,000,000 sentences these hold 0.998 of the ten nearest of a query."""

FETCHED = 150
"""Of them so many at least are compared by their vectors: those whose bits agree with the query's greatest parts."""

COUNTED = 100_000
"""Sketches are numbered by hashes: so many of them tell how near the nearest of all are."""

LOADED = 200_000
"""Beyond so many sketches faiss counts them: four times as fast, but slow to load in a process that asks once."""

NEVER = 2**15
"""Bits in which no sketch differs: those that may not be found."""

Places: TypeAlias = npt.NDArray[np.intp]


class Sketches:
    """The sketches of one model; place i is that of the i-th smallest number."""

    def __init__(self, rows: Rows) -> None:
        self.numbers: Numbers = np.ascontiguousarray(rows["number"])
        self._bits = np.ascontiguousarray(rows["bits"])

    def near(self, query: Matrix, allowed: npt.NDArray[np.bool_], limit: int) -> Places:
        """Places among the allowed whose vectors should be compared with any row of `query` (n, dim), for `limit` hits.

        All of them where they are few; else those whose sketches differ in the fewest bits, and of those again the
        ones whose bits agree with the query's greatest parts.
        """
        most = max(EXACTLY, 2 * limit)
        if np.count_nonzero(allowed) <= most:
            return np.flatnonzero(allowed)
        forbidden = np.flatnonzero(~allowed)
        fetched = max(FETCHED, limit)
        return np.unique(np.concatenate([self._near_one(row, forbidden, most, fetched) for row in query]))

    def _near_one(self, vector: npt.NDArray[Any], forbidden: Places, most: int, fetched: int) -> Places:
        own = sketched(np.zeros(1, np.uint32), vector[None, :])["bits"][0]
        differing = _differing(self._bits, own)
        differing[forbidden] = NEVER
        places = _fewest(differing, most)
        places = places[differing[places] < NEVER]  # what is counted by samples may reach beyond the last one allowed
        if len(places) <= fetched:
            return places
        agreement = _agreement(vector, self._bits[places])
        return places[np.argpartition(-agreement, fetched)[:fetched]]


def _differing(sketches: npt.NDArray[np.uint8], own: npt.NDArray[np.uint8]) -> npt.NDArray[np.int32]:
    """(n,) bits in which each sketch (n, bytes) differs from one."""
    if len(sketches) <= LOADED:
        words = np.bitwise_count(sketches.view("<u8") ^ own.copy().view("<u8"))
        return np.asarray(words.sum(axis=1), dtype=np.int32)
    import faiss

    own, found = own.copy(), np.empty(len(sketches), np.int32)
    where = (faiss.swig_ptr(array) for array in (own, sketches))
    faiss.hammings(*where, 1, *sketches.shape, faiss.swig_ptr(found))  # type: ignore[attr-defined]
    return found


def _fewest(differing: npt.NDArray[np.int32], most: int) -> Places:
    """Places of about the `most` that differ in the fewest bits, those that differ in as many as the last included."""
    every = max(1, len(differing) // COUNTED)
    counts = np.bincount(differing[::every]).cumsum()
    return np.flatnonzero(differing <= np.searchsorted(counts, most // every))


def _agreement(vector: npt.NDArray[Any], sketches: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """The sum of the vector's parts at which each sketch (n, bytes) has a bit set, looked up a byte at a time."""
    parts = np.zeros(8 * sketches.shape[1], np.float32)
    parts[: len(vector)] = vector
    sums = parts.reshape(-1, 8) @ np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1).T.astype(np.float32)
    total = np.zeros(len(sketches), np.float32)
    for worth, column in zip(sums, np.ascontiguousarray(sketches.T), strict=True):
        total += worth[column]
    return total
