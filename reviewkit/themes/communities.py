"""A neighbour graph -> communities, each row in one."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from reviewkit.language.ports import Matrix
from reviewkit.themes.graph import unit

RESOLUTION = 2.0
"""Modularity at 1 merges small groups of large graphs (its resolution limit). Chosen on the six development sets
(mean AMI 0.337, 0.345, 0.345, 0.349 at 1, 1.25, 1.5, 2) and the sample organisation's truth, so not measured apart."""

SMALL = 60
"""Below so many rows that limit does not bite, and a resolution above 1 would take groups apart."""

ALIKE = 0.9
"""Two communities are one where members resemble those of the other so nearly as much as their own."""

Labels = NDArray[np.int64]


def communities(graph: Any, *, resolution: float | None = None) -> Labels:
    """(n,) community of each row of a symmetric sparse `graph`; rows without a neighbour are alone.

    Louvain (Blondel et al., J. Stat. Mech. P10008, 2008) on Newman's modularity, in the rows' order. scikit-network's
    Leiden does no better here once `settled`, and draws from a generator that cannot be seeded: no two runs agree.
    """
    n = graph.shape[0]
    if graph.nnz == 0:
        return np.arange(n, dtype=np.int64)
    from sknetwork.clustering import Louvain

    resolution = resolution or (RESOLUTION if n >= SMALL else 1.0)
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


def joined(vectors: Matrix, labels: Labels) -> Labels:
    """Communities that cannot be told apart made one, the most alike first: modularity cuts even a crowd without parts.

    `vectors` are unit rows, best centred and not smoothed; labels run from 0 without a gap. Likeness of two
    communities is the mean cosine between their members over the smaller mean cosine within either.
    """
    count = int(labels.max(initial=-1)) + 1
    if count < 2:
        return labels
    sizes = np.bincount(labels, minlength=count).astype(np.float64)
    sums = np.zeros((count, vectors.shape[1]))
    np.add.at(sums, labels, vectors)
    products = sums @ sums.T
    into = np.arange(count)
    while True:
        likeness = _likeness(products, sizes)
        first, second = sorted(int(at) for at in np.unravel_index(likeness.argmax(), likeness.shape))
        if likeness[first, second] < ALIKE:
            return np.unique(into[labels], return_inverse=True)[1].astype(np.int64)
        products[first] += products[second]
        products[:, first] += products[:, second]
        sizes[first] += sizes[second]
        sizes[second] = 0
        into[into == second] = first


def _likeness(products: NDArray[np.float64], sizes: NDArray[np.float64]) -> NDArray[np.float64]:
    """(communities, communities) from the products of their members' sums; -inf where there is nothing to compare."""
    pairs = np.maximum(sizes * (sizes - 1), 1)
    within = np.where(sizes > 1, (np.diag(products) - sizes) / pairs, 1.0)
    between = products / np.maximum(np.outer(sizes, sizes), 1)
    likeness = between / np.maximum(np.minimum.outer(within, within), 1e-3)
    likeness[sizes == 0] = -np.inf
    likeness[:, sizes == 0] = -np.inf
    np.fill_diagonal(likeness, -np.inf)
    return np.asarray(likeness)


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
