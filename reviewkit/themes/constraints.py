"""Communities of rows and what people decided -> the theme of each row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

import numpy as np

from reviewkit.language.ports import Matrix
from reviewkit.themes.graph import unit
from reviewkit.themes.identity import SAME, carry_ids

Rows = list[int]


def named(
    communities: Sequence[Rows],
    statements: Sequence[str],
    previous: Sequence[str],
    held: Sequence[str | None],
    vectors: Matrix,
    *,
    level: str = "theme",
) -> list[str]:
    """(n,) theme id of each row, blank for none; every row lies in one of `communities` or in none.

    `statements` are the rows' ids, `previous` their themes in the run before (blank: none), `held` where a person put
    them (blank: in none; None: nobody did), `vectors` (n, dim) unit rows.

    A held row goes where it is held, whatever it is near to. The others follow their community: it carries on the
    theme it shares most with (`carry_ids`), and where people made something else of a good part of it, as by merging
    or splitting, its rows stay with what they were in, and new ones join the nearest.
    """
    known = [before if there is None else there for before, there in zip(previous, held, strict=True)]
    ids = carry_ids(
        [[statements[row] for row in rows] for rows in communities],
        {statement: theme for statement, theme in zip(statements, known, strict=True) if theme},
        level=level,
    )
    kept = {theme for theme in held if theme}
    sizes = Counter(known)
    middles = _Middles(known, vectors)
    found = [there or "" for there in held]
    for rows, own in zip(communities, ids, strict=True):
        free = [row for row in rows if held[row] is None]
        claims = _claims(rows, known, held, sizes) if kept else []
        inherits = own in sizes
        choices = [own, *(theme for theme in claims if theme != own)] if inherits or not claims else claims
        for row in free:
            found[row] = known[row] if known[row] in choices else choices[0]
        strangers = [row for row in free if known[row] not in choices]
        if len(choices) > 1 and strangers:
            for row, theme in zip(strangers, middles.nearest(strangers, choices), strict=True):
                found[row] = theme
    return found


def _claims(rows: Rows, known: Sequence[str], held: Sequence[str | None], sizes: Mapping[str, int]) -> list[str]:
    """Themes that hold rows of the community and make up a good part of it, or have a good part of themselves in it."""
    holding = {theme for row in rows if (theme := held[row])}
    counts = Counter(known[row] for row in rows)
    return sorted(
        theme for theme in holding if counts[theme] >= SAME * len(rows) or counts[theme] >= SAME * sizes[theme]
    )


class _Middles:
    """Where themes lie, each worked out when it is first asked for."""

    def __init__(self, known: Sequence[str], vectors: Matrix) -> None:
        self._rows: defaultdict[str, Rows] = defaultdict(list)
        for row, theme in enumerate(known):
            if theme:
                self._rows[theme].append(row)
        self._vectors = vectors
        self._found: dict[str, Matrix] = {}

    def nearest(self, rows: Rows, themes: Sequence[str]) -> list[str]:
        """The nearest of `themes`, each of which has a row, to each of `rows`."""
        for theme in themes:
            if theme not in self._found:
                self._found[theme] = unit(self._vectors[self._rows[theme]].mean(axis=0, keepdims=True))[0]
        likeness = self._vectors[rows] @ np.stack([self._found[theme] for theme in themes]).T
        return [themes[at] for at in likeness.argmax(axis=1).tolist()]
