"""A theme's statements -> its reach, when it was seen, and whether it grows."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from reviewkit.domain.reviews import Statement
from reviewkit.domain.themes import Theme
from reviewkit.domain.words import Kind

CERTAIN = 1.645
"""Standard errors between two shares that count as a change (one in twenty by chance, in each direction)."""


@dataclass(frozen=True)
class Reach:
    """How far a theme goes, in statements, distinct responses and projects (in order of key), and over which days."""

    statements: int
    troubles: int
    responses: int
    projects: tuple[str, ...]
    first_seen: date | None
    last_seen: date | None


def reach_of(statements: Sequence[Statement]) -> Reach:
    days = [statement.said for statement in statements if statement.said]
    return Reach(
        statements=len(statements),
        troubles=sum(statement.kind in (Kind.PROBLEM, Kind.SUGGESTION) for statement in statements),
        responses=len({statement.response for statement in statements}),
        projects=tuple(sorted({statement.project for statement in statements if statement.project})),
        first_seen=min(days, default=None),
        last_seen=max(days, default=None),
    )


def grown(theme: Theme, joined: Sequence[Statement], spoken: Collection[str]) -> Reach:
    """The reach of a theme that was in step before the statements `joined` it.

    `spoken` are those of their responses that had said something in it already.
    """
    more = reach_of(joined)
    days = [day for day in (theme.first_seen, theme.last_seen, more.first_seen, more.last_seen) if day]
    return Reach(
        statements=theme.statements + more.statements,
        troubles=theme.troubles + more.troubles,
        responses=theme.responses + len({statement.response for statement in joined} - set(spoken)),
        projects=tuple(sorted({*theme.projects, *more.projects})),
        first_seen=min(days, default=None),
        last_seen=max(days, default=None),
    )


def per_year(statements: Iterable[Statement]) -> Counter[int]:
    """Year -> statements said in it."""
    return Counter(statement.said.year for statement in statements if statement.said)


def trend(theme: Mapping[int, int], all_statements: Mapping[int, int]) -> str:
    """“rising”, “steady” or “fading”: the theme's share of all statements in the later years against the earlier ones.

    Both map year -> statements. The years are parted where the statements are nearest to halved, and the two shares
    compared by their pooled standard error. Blank where there is only one year to look at.
    """
    years = sorted(year for year, count in all_statements.items() if count)
    if len(years) < 2:
        return ""
    total = sum(all_statements.values())
    running, best, cut = 0, math.inf, years[1]
    for year, following in pairwise(years):
        running += all_statements[year]
        if abs(2 * running - total) < best:
            best, cut = abs(2 * running - total), following
    before = sum(all_statements[year] for year in years if year < cut)
    after = total - before
    said_before = sum(count for year, count in theme.items() if year < cut)
    said_after = sum(theme.values()) - said_before
    pooled = (said_before + said_after) / total
    error = math.sqrt(pooled * (1 - pooled) * (1 / before + 1 / after))
    change = said_after / after - said_before / before
    if error == 0 or abs(change) < CERTAIN * error:
        return "steady"
    return "rising" if change > 0 else "fading"
