"""Statement vectors -> themes and subthemes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from reviewkit.language.ports import Matrix
from reviewkit.themes.attraction import Labels, attracted
from reviewkit.themes.communities import by_size, communities, joined, likeness_to_centre, members, settled
from reviewkit.themes.graph import centred, coded, in_context, neighbour_graph, recurs, smoothed

SMALLEST = 2
"""What two statements have in common recurs."""

SMALLEST_SUBTHEME = 4
"""Fewer statements need no subtheme of their own."""

ROUNDS = 8
"""Most times themes are found again from themselves; of 350 runs none took more than three to stand still."""

WITHIN = 1.0
"""Resolution inside a theme: plain modularity, since a handful of subthemes is what a reader can hold."""


@dataclass(frozen=True)
class Discovery:
    """Arrays (n,): theme and subtheme of each row, -1 for none, and how central it is in its theme, 0 to 1.

    Themes are numbered from the largest; subthemes are numbered through all themes, and each lies in one theme.
    """

    theme: Labels
    subtheme: Labels
    centrality: Matrix

    @property
    def themes(self) -> int:
        return int(self.theme.max(initial=-1)) + 1

    @property
    def subthemes(self) -> int:
        return int(self.subtheme.max(initial=-1)) + 1


def discover(
    vectors: Matrix,
    sources: Sequence[str] | None = None,
    asked: Sequence[str] | None = None,
    previous: Sequence[str] | None = None,
) -> Discovery:
    """Finds what recurs in `vectors`, (n, dim) float32 with unit rows; how many themes there are is found, not given.

    `sources` names where each row comes from (its project), so that a project's own subject makes no theme. `asked`
    names the question each row answers, blank where the question is about nothing in particular: what was asked is
    half of what a short answer says. `previous` names the theme each row had in the last run, "" for none: rows that
    were together tend to stay together, and told its own answer a run gives that answer again.
    Rows are centred, smoothed along their neighbour graph, and the communities of the smoothed rows' graph, but for
    those that cannot be told apart, are the themes; the same within each theme gives subthemes. A row that is near to
    no other has no theme. The same rows in the same order always give the same answer.
    """
    n = len(vectors)
    theme, subtheme = np.full(n, -1, dtype=np.int64), np.full(n, -1, dtype=np.int64)
    centrality = np.zeros(n, dtype=np.float32)
    rows = np.flatnonzero(recurs(vectors))
    if not len(rows):
        return Discovery(theme, subtheme, centrality)
    plain = centred(vectors[rows], None if sources is None else [sources[row] for row in rows.tolist()])
    if asked is not None:
        plain = in_context(plain, [asked[row] for row in rows.tolist()])
    before = None if previous is None else coded([previous[row] for row in rows.tolist()])
    smooth = smoothed(plain, neighbour_graph(plain))
    graph = neighbour_graph(smooth)
    found = _settled_for_good(plain, smooth, graph, before)
    theme[rows] = found
    subtheme[rows] = _within(plain, smooth, graph, found)
    centrality[rows] = likeness_to_centre(smooth, found)
    return Discovery(theme, subtheme, centrality)


def _settled_for_good(plain: Matrix, smooth: Matrix, graph: Any, before: Labels | None) -> Labels:
    """The theme of each row, -1 for none; told these themes as `before`, the same rows give them again."""
    found = _themes(plain, smooth, graph, before)
    for _ in range(ROUNDS):
        again = _themes(plain, smooth, graph, found)
        if np.array_equal(again, found):
            break
        found = again
    return found


def _themes(plain: Matrix, smooth: Matrix, graph: Any, before: Labels | None) -> Labels:
    drawn = graph if before is None else attracted(graph, before)
    parts = by_size(settled(smooth, by_size(communities(drawn), 1), before), 1)
    return by_size(joined(plain, parts, before), SMALLEST)


def _within(plain: Matrix, smooth: Matrix, graph: Any, theme: Labels) -> Labels:
    """Subthemes: the communities inside each theme that fall into at least two of them."""
    subtheme = np.full(len(theme), -1, dtype=np.int64)
    given = 0
    for rows in members(theme):
        if len(rows) < 2 * SMALLEST_SUBTHEME:
            continue
        parts = by_size(communities(graph[rows][:, rows], resolution=WITHIN), SMALLEST_SUBTHEME)
        parts = by_size(settled(smooth[rows], parts), SMALLEST_SUBTHEME)
        inside = np.flatnonzero(parts >= 0)
        parts[inside] = joined(plain[rows[inside]], parts[inside])
        if parts.max(initial=-1) < 1:
            continue
        subtheme[rows] = np.where(parts >= 0, parts + given, -1)
        given += int(parts.max()) + 1
    return subtheme
