"""Counts -> the geometry of small charts, drawn as SVG attributes so that no style or script is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

DOT, GAP = 10, 4
"""Units of a dot's width and of the room between two."""


@dataclass(frozen=True)
class Bar:
    """One row of a chart: `width` is in hundredths of the longest row's; `label` tells what is counted.

    `note` stands behind the number, as in “of 9 (78 %)”; `href` leads to what was counted.
    """

    label: str
    count: int
    width: float
    several: bool = False
    note: str = ""
    href: str = ""


@dataclass(frozen=True)
class Dots:
    """k filled of n dots: the centres' x, each with whether it is filled, in a box `width` by DOT."""

    centres: tuple[tuple[float, bool], ...]
    width: int


def bars(rows: Sequence[tuple[str, int]], several: Sequence[str] = ()) -> tuple[Bar, ...]:
    """Rows of (label, count) as bars; the labels in `several` stand for more than one choice."""
    longest = max((count for _, count in rows), default=0) or 1
    return tuple(Bar(label, count, round(100 * count / longest, 2), label in several) for label, count in rows)


def dots(k: int, n: int) -> Dots:
    """k of n as dots, the filled ones first."""
    step = DOT + GAP
    return Dots(tuple((step * place + DOT / 2 + 1, place < k) for place in range(n)), max(step * n - GAP + 2, 1))
