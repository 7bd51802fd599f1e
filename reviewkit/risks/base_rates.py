"""Past registers -> which kinds of risk there are, and how often each came true."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from reviewkit.domain.kickoffs import BaseRate, RiskForecast
from reviewkit.domain.projects import Risk
from reviewkit.domain.words import Occurred, RiskNature
from reviewkit.language.ports import Matrix

Rows = NDArray[np.int64]

SAME_KIND = 0.45
"""Mean cosine from which two groups of register entries count as one kind. Read on the sample organisation's 175
entries, with vectors half of the title and half of the whole: at 0.35 unlike ones fall together, at 0.55 plain repeats
fall apart."""

MOST = 20
"""Kinds a draft register is given: more is a list nobody weighs."""

LINKAGE_LIMIT = 4_000
"""Average linkage keeps all pairs of distances in memory; larger registers are first cut along their categories."""


@dataclass(frozen=True)
class RiskKind:
    """Register entries of several projects that fear the same thing; `title` is that of the most typical one."""

    title: str
    risks: tuple[str, ...]
    registered: tuple[str, ...]
    occurred: tuple[str, ...]
    settled: tuple[str, ...]

    @property
    def is_recurring(self) -> bool:
        """Registered in at least two projects."""
        return len(self.registered) >= 2


@lru_cache(maxsize=10_000)
def jeffreys(k: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Bounds of the Jeffreys interval for k of n: quantiles of Beta(k + 1/2, n - k + 1/2).

    The lower bound is 0 for k = 0 and the upper one 1 for k = n; (0, 1) for n = 0.
    Source: Brown, Cai, DasGupta: Interval Estimation for a Binomial Proportion, Statistical Science 16 (2001), 101-133.

    Raises:
        ValueError: unless 0 <= k <= n and 0 < level < 1.
    """
    if not 0 <= k <= n or not 0 < level < 1:
        raise ValueError(f"no interval for {k} of {n} at level {level}")
    from scipy.special import betaincinv  # scipy.stats has it ready made but takes a second to load

    tail = (1 - level) / 2
    low = 0.0 if k == 0 else float(betaincinv(k + 0.5, n - k + 0.5, tail))
    high = 1.0 if k == n else float(betaincinv(k + 0.5, n - k + 0.5, 1 - tail))
    return low, high


def base_rate(hits: Collection[str], projects: Collection[str]) -> BaseRate:
    """k of n as a record: `hits` (those of `projects` where it happened), `projects` and the interval."""
    hit = set(hits)
    among = [project for project in projects if project in hit]
    low, high = jeffreys(len(among), len(projects))
    return BaseRate(hits=tuple(among), projects=tuple(projects), low=low, high=high)


def risk_kinds(risks: Sequence[Risk], vectors: Matrix, *, same: float = SAME_KIND) -> list[RiskKind]:
    """Groups the entries of all registers into kinds: threats apart from opportunities, by average linkage on cosine.

    `vectors` is (len(risks), dim), unit rows, in the order of `risks`. Every risk is in exactly one kind; kinds come
    most often registered first, then by title.
    """
    if not len(risks):
        return []
    labels = np.full(len(risks), -1)
    for block in _blocks(risks):
        labels[block] = _linked(vectors[block], same) + labels.max(initial=-1) + 1
    order = np.argsort(labels, kind="stable")
    starts = np.flatnonzero(np.diff(labels[order], prepend=-1))
    typical = _typical(vectors[order], starts)
    groups = np.split(order, starts[1:])
    kinds = [
        _kind([risks[row] for row in rows.tolist()], at) for rows, at in zip(groups, typical.tolist(), strict=True)
    ]
    return sorted(kinds, key=lambda kind: (-len(kind.registered), -len(kind.risks), kind.title, kind.risks))


def forecast(similar_projects: Sequence[str], risks: Sequence[Risk], risk_vectors: Matrix) -> list[RiskForecast]:
    """What the draft register of a new project should hold: each kind of threat that similar projects registered.

    `similar_projects` are keys of closed projects, `risks` all past entries, `risk_vectors` their unit rows. k counts
    the similar projects where a risk of the kind occurred, n is all of them. Most often come true first, then most
    often registered; the first 20.
    """
    similar = set(similar_projects)
    theirs = {risk.id for risk in risks if risk.project in similar}
    found: list[tuple[int, tuple[str, ...], RiskKind]] = []
    threats = [row for row, risk in enumerate(risks) if risk.nature is RiskNature.THREAT]
    for kind in risk_kinds([risks[row] for row in threats], risk_vectors[threats]):
        registered = tuple(project for project in similar_projects if project in kind.registered)
        if registered:
            found.append((len(similar.intersection(kind.occurred)), registered, kind))
    found.sort(key=lambda one: (-one[0], -len(one[1]), one[2].title))
    return [
        RiskForecast(
            title=kind.title,
            base_rate=base_rate(kind.occurred, similar_projects),
            registered=registered,
            risks=tuple(risk for risk in kind.risks if risk in theirs),
        )
        for _, registered, kind in found[:MOST]
    ]


def _blocks(risks: Sequence[Risk]) -> list[list[int]]:
    """Rows that may be grouped with each other: of one nature, and of one category where there are very many."""
    blocks: dict[tuple[RiskNature, str], list[int]] = {}
    fine = len(risks) > LINKAGE_LIMIT
    for row, risk in enumerate(risks):
        blocks.setdefault((risk.nature, risk.category.lower() if fine else ""), []).append(row)
    return [
        rows[start : start + LINKAGE_LIMIT] for rows in blocks.values() for start in range(0, len(rows), LINKAGE_LIMIT)
    ]


def _linked(vectors: Matrix, same: float) -> Rows:
    if len(vectors) == 1:
        return np.zeros(1, dtype=np.int64)
    from scipy.cluster.hierarchy import fcluster, linkage
    from scipy.spatial.distance import squareform

    distances = np.clip(1.0 - vectors @ vectors.T, 0.0, 2.0)
    distances = (distances + distances.T) / 2
    np.fill_diagonal(distances, 0.0)
    tree = linkage(squareform(distances, checks=False), method="average")
    return np.asarray(fcluster(tree, t=1.0 - same, criterion="distance"), dtype=np.int64) - 1


def _kind(risks: Sequence[Risk], typical: int) -> RiskKind:
    if len(risks) == 1:  # as most are
        risk, only = risks[0], (risks[0].project,)
        occurred = only if risk.occurred is Occurred.YES else ()
        settled = only if risk.occurred is not Occurred.UNKNOWN else ()
        return RiskKind(risk.title, (risk.id,), only, occurred, settled)
    return RiskKind(
        title=risks[typical].title,
        risks=tuple(risk.id for risk in risks),
        registered=_projects(risks),
        occurred=_projects(risk for risk in risks if risk.occurred is Occurred.YES),
        settled=_projects(risk for risk in risks if risk.occurred is not Occurred.UNKNOWN),
    )


def _typical(vectors: Matrix, starts: Rows) -> Rows:
    """For each group of rows, the first of which are at `starts`, the place in it of the row nearest to their mean; of
    two that are as near, as both of a pair are, the first."""
    sizes = np.diff(starts, append=len(vectors))
    groups = np.repeat(np.arange(len(starts)), sizes)
    sums = np.add.reduceat(vectors, starts, axis=0)
    near = np.round(np.einsum("ij,ij->i", vectors, sums[groups]) / sizes[groups], 6)
    best = np.lexsort((-near, groups))[starts]
    return np.asarray(best - starts)


def _projects(risks: Iterable[Risk]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(risk.project for risk in risks))
