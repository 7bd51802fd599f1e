"""A neighbour graph -> communities, each row in one."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reviewkit.language.ports import Matrix
from reviewkit.themes.attraction import DRAWN, Labels, kinship, pull
from reviewkit.themes.graph import sums, unit
from reviewkit.themes.neighbours import blocks

RESOLUTION = 2.0
"""Modularity at 1 merges small groups of large graphs (its resolution limit). Chosen on the six development sets
(mean AMI 0.337, 0.345, 0.345, 0.349 at 1, 1.25, 1.5, 2) and the sample organisation's truth, so not measured apart."""

SMALL = 60
"""Below so many rows that limit does not bite, and a resolution above 1 would take groups apart."""

ALIKE = 0.9
"""Two communities are one where members resemble those of the other so nearly as much as their own."""


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


def settled(vectors: Matrix, labels: Labels, before: Labels | None = None) -> Labels:
    """Each row moved to the community whose centre it is nearest to: borders drawn by edges alone are ragged.

    Rows labelled -1 stay out. `before` are the themes of the last run, which draw their rows; -1 for none.
    """
    inside = np.flatnonzero(labels >= 0)
    if not len(inside):
        return labels
    moved, middle = labels.copy(), centres(vectors, labels)
    gain = None if before is None else pull(before, labels)
    for block in blocks(len(inside)):
        rows = inside[block]
        likeness = vectors[rows] @ middle.T
        if before is not None and gain is not None:
            likeness += gain[before[rows]].toarray()
        moved[rows] = likeness.argmax(axis=1)
    return moved


def joined(vectors: Matrix, labels: Labels, before: Labels | None = None) -> Labels:
    """Communities that cannot be told apart made one, the most alike first: modularity cuts even a crowd without parts.

    `vectors` are unit rows, best centred and not smoothed; labels run from 0 without a gap. Likeness of two
    communities is the mean cosine between their members over the smaller mean cosine within either; rows of one theme
    of the last run, `before` (-1 for none), count as more alike.
    """
    totals, sizes = sums(vectors, labels).astype(np.float64), np.bincount(labels)
    if before is None:
        groups = _Groups(totals, sizes, sizes.astype(np.float64))
    else:
        alone = sizes + DRAWN * np.bincount(labels[before >= 0], minlength=len(sizes))
        groups = _Groups(np.hstack([totals, kinship(before, labels)]), sizes, alone)
    everyone = np.arange(len(groups.sizes))
    alike = [pair for block in blocks(len(everyone)) for pair in groups.alike(everyone[block])]
    heapify(alike)
    into = everyone.copy()
    while alike:
        _, first, second, *known = heappop(alike)
        if known != [groups.sizes[first], groups.sizes[second]]:
            continue  # either has grown or gone since
        groups.join(first, second)
        into[into == second] = first
        for pair in groups.alike(np.array([first])):
            heappush(alike, pair)
    return np.unique(into[labels], return_inverse=True)[1].astype(np.int64)


class _Groups:
    """Communities by the sums of their members (communities, dim), how many they are (0 for one that has gone) and what
    those members' products with themselves come to."""

    def __init__(self, sums: NDArray[np.float64], sizes: Labels, alone: NDArray[np.float64]) -> None:
        self.sums, self.sizes, self.alone = sums, sizes, alone
        self._within = np.array([self._likeness_within(group) for group in range(len(sizes))])

    def alike(self, some: Labels) -> list[tuple[float, int, int, int, int]]:
        """(-likeness, lower, higher, their sizes) of each of `some` and every other it cannot be told apart from."""
        between = self.sums[some] @ self.sums.T / np.maximum(np.outer(self.sizes[some], self.sizes), 1)
        likeness = between / np.maximum(np.minimum.outer(self._within[some], self._within), 1e-3)
        likeness[:, self.sizes == 0] = -np.inf
        likeness[np.arange(len(some)), some] = -np.inf
        found = []
        for place, other in np.argwhere(likeness >= ALIKE).tolist():
            low, high = sorted((int(some[place]), other))
            found.append((-float(likeness[place, other]), low, high, int(self.sizes[low]), int(self.sizes[high])))
        return found

    def join(self, first: int, second: int) -> None:
        """`first` takes the members of `second`."""
        self.sums[first] += self.sums[second]
        self.sizes[first] += self.sizes[second]
        self.sizes[second] = 0
        self.alone[first] += self.alone[second]
        self._within[first] = self._likeness_within(first)

    def _likeness_within(self, group: int) -> float:
        """Mean cosine between the members of a community; 1 for a single one."""
        size = int(self.sizes[group])
        if size < 2:
            return 1.0
        return float(self.sums[group] @ self.sums[group] - self.alone[group]) / (size * (size - 1))


def centres(vectors: Matrix, labels: Labels) -> Matrix:
    """(communities, dim) unit rows: the mean direction of each of the communities 0, 1, …; zeros for an empty one."""
    return unit(sums(vectors, labels))


def likeness_to_centre(vectors: Matrix, labels: Labels) -> Matrix:
    """(n,) cosine of each row to the centre of its community, at least 0; 0 for rows labelled -1."""
    middle = np.vstack([centres(vectors, labels), np.zeros((1, vectors.shape[1]), dtype=np.float32)])
    cosines = [np.einsum("ij,ij->i", vectors[rows], middle[labels[rows]]) for rows in blocks(len(vectors))]
    return np.asarray(np.clip(np.concatenate([np.zeros(0, dtype=np.float32), *cosines]), 0.0, 1.0))


def by_size(labels: Labels, smallest: int) -> Labels:
    """Renumbered 0, 1, … from the largest, ties by first row; groups of fewer than `smallest` rows become -1."""
    groups, first, counts = np.unique(labels, return_index=True, return_counts=True)
    keep = [at for at in range(len(groups)) if groups[at] >= 0 and counts[at] >= smallest]
    keep.sort(key=lambda at: (-counts[at], first[at]))
    number = np.full(int(labels.max(initial=-1)) + 2, -1, dtype=np.int64)  # the last place is that of label -1
    number[groups[keep]] = np.arange(len(keep))
    return number[labels]


def members(labels: Labels) -> list[NDArray[np.int64]]:
    """The rows of each of the communities 0, 1, …, in order."""
    order = np.argsort(labels, kind="stable")
    return np.split(order, np.searchsorted(labels[order], np.arange(int(labels.max(initial=-1)) + 1)))[1:]
