"""A neighbour graph -> communities, each row in one."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reviewkit.language.ports import Matrix
from reviewkit.themes.graph import unit

RESOLUTION = 1.5
"""Modularity at 1 merges small groups (its resolution limit); quality is flat from 1.25 to 2 on all data tried."""

Labels = NDArray[np.int64]


def communities(graph: Any, *, resolution: float = RESOLUTION) -> Labels:
    """(n,) community of each row of a symmetric sparse `graph`; rows without a neighbour are alone.

    Louvain (Blondel et al., J. Stat. Mech. P10008, 2008) on Newman's modularity, in the rows' order. scikit-network's
    Leiden does no better here once `settled`, and draws from a generator that cannot be seeded: no two runs agree.
    """
    n = graph.shape[0]
    if graph.nnz == 0:
        return np.arange(n, dtype=np.int64)
    from sknetwork.clustering import Louvain

    labels = Louvain(resolution=resolution, modularity="newman", random_state=0).fit_predict(graph)
    return np.asarray(labels, dtype=np.int64)


def settled(vectors: Matrix, labels: Labels) -> Labels:
    """Each row moved to the community whose centre it is nearest to: borders drawn by edges alone are ragged.

    Rows labelled -1 stay out.
    """
    inside = np.flatnonzero(labels >= 0)
    if not len(inside):
        return labels
    moved = labels.copy()
    moved[inside] = (vectors[inside] @ centres(vectors, labels).T).argmax(axis=1)
    return moved


def centres(vectors: Matrix, labels: Labels) -> Matrix:
    """(communities, dim) unit rows: the mean direction of each of the communities 0, 1, …; zeros for an empty one."""
    from scipy.sparse import csr_matrix

    inside = np.flatnonzero(labels >= 0)
    shape = (int(labels.max(initial=-1)) + 1, len(vectors))
    membership = csr_matrix((np.ones(len(inside), dtype=np.float32), (labels[inside], inside)), shape=shape)
    return unit(membership @ vectors)


def by_size(labels: Labels, smallest: int) -> Labels:
    """Renumbered 0, 1, … from the largest, ties by first row; groups of fewer than `smallest` rows become -1."""
    groups, first, counts = np.unique(labels, return_index=True, return_counts=True)
    keep = [at for at in range(len(groups)) if groups[at] >= 0 and counts[at] >= smallest]
    keep.sort(key=lambda at: (-counts[at], first[at]))
    renumbered = np.full(len(labels), -1, dtype=np.int64)
    for number, at in enumerate(keep):
        renumbered[labels == groups[at]] = number
    return renumbered
