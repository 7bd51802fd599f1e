"""Unit rows -> the nearest other rows of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reviewkit.language.ports import Matrix

EXACT = 20_000
"""Up to so many rows all are compared with all, in about the time that making cells of them and looking costs."""

PROBED = 24
"""Cells looked through for each row. On 72,000 real sentences 0.93 of the true 15 nearest are found, and 0.90 with 16;
themes of labelled sets do not depend on the rest (docs/adr/0011-neighbours-and-stability.md)."""

COMPARED = 6
"""Times as many rows as are wanted are compared by their vectors, after all in the cells were by their codes. With 3
of them rows of a crowd that is nearly one point are told apart less well (0.78 instead of 0.95 in a made example)."""

ROUNDS = 5
"""Of k-means; with twice as many 0.922 of the nearest are found instead of 0.918."""

SAMPLED = 64
"""Rows for each cell that k-means looks at."""

BLOCK = 1_024
"""Rows compared with as many others at a time."""

RANKED = 256
"""Rows whose cosines with all others are ranked at a time: 60 MB at `EXACT` rows."""

Rows = NDArray[np.int64]


def nearest(vectors: Matrix, k: int) -> tuple[Rows, Matrix]:
    """Two arrays (n, k): for each of `vectors` (n, dim; unit rows) its nearest other rows, the nearest first, and their
    cosines. `k` is less than n. Where fewer than `k` were found the row is -1 and its cosine means nothing.

    Beyond `EXACT` rows an inverted file is searched (Jégou, Douze & Schmid, IEEE TPAMI 33(1), 2011): rows lie in
    the cells of a seeded k-means, and only the `PROBED` cells nearest to a row are looked through: all in them by codes
    of two bits a dimension (André, Kermarrec & Le Scouarnec, PVLDB 9(4), 2015), the nearest of these by their vectors.
    """
    rows = np.ascontiguousarray(vectors, dtype=np.float32)
    if len(rows) <= EXACT:
        return _without_self(*_of_all(rows, k + 1))
    rows = np.pad(rows, ((0, 0), (0, 1))) if rows.shape[1] % 2 else rows
    index, cells = _inverted_file(rows)
    found, cosines = np.empty((len(rows), k + 1), dtype=np.int64), np.empty((len(rows), k + 1), dtype=np.float32)
    for block in blocks(len(rows)):  # rows of one cell look through the same cells, which then are in the cache
        asked = cells[block]
        cosines[asked], found[asked] = index.search(rows[asked], k + 1)
    return _without_self(found, cosines)


def _of_all(rows: Matrix, k: int) -> tuple[Rows, Matrix]:
    """The `k` nearest of all rows to each, itself among them. Half the time of faiss.knn, whose answer it is."""
    found, cosines = np.empty((len(rows), k), dtype=np.int64), np.empty((len(rows), k), dtype=np.float32)
    for block in blocks(len(rows), RANKED):
        near = rows[block] @ rows.T
        best = np.sort(np.argpartition(near, len(rows) - k, axis=1)[:, -k:], axis=1)
        near = np.take_along_axis(near, best, axis=1)
        order = np.argsort(-near, axis=1, kind="stable")
        found[block], cosines[block] = np.take_along_axis(best, order, axis=1), np.take_along_axis(near, order, axis=1)
    return found, cosines


def _inverted_file(rows: Matrix) -> tuple[Any, Rows]:
    """The index of `rows` (n, an even dim), and their places, cell by cell."""
    import faiss

    cells, n = _cells(len(rows)), len(rows)
    codes = f"IVF{cells},PQ{rows.shape[1] // 2}x4fsr,Refine(SQfp16)"
    index: Any = faiss.index_factory(rows.shape[1], codes, faiss.METRIC_INNER_PRODUCT)
    file: Any = faiss.downcast_index(faiss.extract_index_ivf(index))
    file.cp.seed, file.cp.niter, file.cp.max_points_per_centroid, file.pq.cp.niter = 0, ROUNDS, SAMPLED, ROUNDS
    file.nprobe, index.k_factor = PROBED, COMPARED
    index.train(rows[np.sort(np.random.default_rng(0).permutation(n)[: SAMPLED * cells])])
    index.add(rows)
    sizes = [file.invlists.list_size(cell) for cell in range(cells)]
    held = [faiss.rev_swig_ptr(file.invlists.get_ids(cell), size) for cell, size in enumerate(sizes) if size]
    return index, np.concatenate(held)


def has_near(vectors: Matrix, cosine: float) -> NDArray[np.bool_]:
    """Which of `vectors` (n, dim; unit rows) have another row of at least `cosine`; exact.

    Rows meet the others a block at a time and leave once one near them is seen, so that only strangers meet all.
    """
    waiting = np.arange(len(vectors))
    step = -(-len(vectors) // BLOCK)
    for first in range(step):
        others = vectors[first::step]
        alone = np.ones(len(waiting), dtype=bool)
        for chunk in blocks(len(waiting)):
            rows = waiting[chunk]
            cosines = vectors[rows] @ others.T
            own = np.flatnonzero(rows % step == first)
            cosines[own, rows[own] // step] = -2.0
            alone[chunk] = cosines.max(axis=1) < cosine
        waiting = waiting[alone]
    near = np.ones(len(vectors), dtype=bool)
    near[waiting] = False
    return near


def blocks(n: int, size: int = BLOCK) -> Iterator[slice]:
    """`n` rows in slices of `size`: a whole copy of a million vectors is 1.5 GB."""
    return (slice(start, min(start + size, n)) for start in range(0, n, size))


def _cells(n: int) -> int:
    """So that cells grow slower than rows and neither making nor searching them outgrows the other."""
    return int(n**0.75 / 16)


def _without_self(found: Rows, cosines: Matrix) -> tuple[Rows, Matrix]:
    """One column less: a row's own place is dropped, or its farthest where others like it took that place."""
    own = found == np.arange(len(found))[:, None]
    own[~own.any(axis=1), -1] = True
    shape = (len(found), found.shape[1] - 1)
    return found[~own].reshape(shape).astype(np.int64), cosines[~own].reshape(shape).astype(np.float32)
