"""Counts and dates -> small charts: specified once here, each bar drawn as SVG for pages and as PNG for Word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

DOT, GAP = 10, 4
"""Units of a dot's width and of the room between two."""

ACCENT, GROUND, EDGE, INK, SOFT = "#0b5a6f", "#f2f0e9", "#858b8f", "#1b2226", "#535e66"
"""The colours of the page in its light form, for pictures that leave it."""


@dataclass(frozen=True)
class Bar:
    """One row of a chart: `width` is in hundredths of the longest row's; `label` tells what is counted.

    `several` says that the label stands for more than one choice. `note` stands behind the number, as in
    “of 9 (78 %)”; `href` leads to what was counted. `start` is where the bar begins, in hundredths of the room, and
    `text` what is shown instead of the count where a row is no count.
    """

    label: str
    count: int
    width: float
    several: bool = False
    note: str = ""
    href: str = ""
    start: float = 0.0
    text: str = ""

    @property
    def name(self) -> str:
        """The label, with what to know about it."""
        return f"{self.label}, together" if self.several else self.label

    @property
    def value(self) -> str:
        """What stands behind the bar."""
        return " ".join(part for part in (self.text or f"{self.count:,}", self.note) if part)


@dataclass(frozen=True)
class Chart:
    """Rows with bars: the picture and the table of its numbers are one thing.

    `of` is the heading of what is counted, `by` that of what it is counted by.
    """

    title: str
    bars: tuple[Bar, ...]
    subtitle: str = ""
    by: str = "Answer"
    of: str = "People"

    @property
    def described(self) -> str:
        """What the picture shows, for whoever cannot see it."""
        rows = "; ".join(f"{bar.name}: {bar.value}" for bar in self.bars)
        return f"Bar chart. {self.title}{f' ({self.subtitle})' if self.subtitle else ''}. {rows}."


@dataclass(frozen=True)
class Dots:
    """k filled of n dots: the centres' x, each with whether it is filled, in a box `width` by DOT."""

    centres: tuple[tuple[float, bool], ...]
    width: int


def bars(rows: Sequence[tuple[str, int]], several: Sequence[str] = ()) -> tuple[Bar, ...]:
    """Rows of (label, count) as bars; the labels in `several` stand for more than one choice."""
    longest = max((count for _, count in rows), default=0) or 1
    return tuple(Bar(label, count, round(100 * count / longest, 2), label in several) for label, count in rows)


def amounts(rows: Sequence[tuple[str, float, str]]) -> tuple[Bar, ...]:
    """Rows of (label, amount from 0, its words) as bars."""
    longest = max((amount for _, amount, _ in rows), default=0) or 1
    return tuple(Bar(label, round(amount), round(100 * amount / longest, 2), text=text) for label, amount, text in rows)


def spans(rows: Sequence[tuple[str, date, date, str]]) -> tuple[Bar, ...]:
    """Rows of (label, first day, last day, its words) as bars on one scale of time; counts are in days."""
    first = min((start for _, start, _, _ in rows), default=date.min)
    whole = max(((end - first).days for _, _, end, _ in rows), default=0) or 1
    return tuple(
        Bar(
            label,
            (end - start).days,
            max(round(100 * (end - start).days / whole, 2), 0.5),
            start=min(round(100 * (start - first).days / whole, 2), 99.5),
            text=text,
        )
        for label, start, end, text in rows
    )


def dots(k: int, n: int) -> Dots:
    """k of n as dots, the filled ones first."""
    step = DOT + GAP
    return Dots(tuple((step * place + DOT / 2 + 1, place < k) for place in range(n)), max(step * n - GAP + 2, 1))


def row_svg(bar: Bar) -> str:
    """One bar by itself, for a row of a table; it is coloured by the page's own classes."""
    shape = f'<rect{_several(bar)} x="{bar.start:g}" width="{bar.width:g}" height="10"/>'
    return (
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" focusable="false">'
        f'<rect class="ground" width="100" height="10"/>{shape}</svg>'
    )


def bar_svg(bar: Bar, width: float, height: float) -> str:
    """One bar as a picture that stands by itself, `width` by `height`; it has no words, so it needs no typeface."""
    scale = width / 100
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}" height="{height:g}" '
        f'viewBox="0 0 {width:g} {height:g}"><rect width="{width:g}" height="{height:g}" fill="{GROUND}"/>'
        f'<rect x="{bar.start * scale:g}" width="{bar.width * scale:g}" height="{height:g}" '
        f'fill="{EDGE if bar.several else ACCENT}"/></svg>'
    )


def _several(bar: Bar) -> str:
    return ' class="several"' if bar.several else ""
