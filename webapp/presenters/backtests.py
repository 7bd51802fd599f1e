"""The last back-test -> what it says, beside popularity and chance, and project by project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from reviewkit.domain.backtests import Backtest, Compared, Interval, Trial
from reviewkit.workspace.advising.backtesting import Kept
from webapp.presenters.kickoff import project_link
from webapp.presenters.words import Link, day, listed, plural

LISTED = 60
"""Projects that are listed, the latest to begin."""


@dataclass(frozen=True)
class Tested:
    """One line of the back-test's table."""

    project: Link
    known: str
    met: str
    warned: str
    missed: str


@dataclass(frozen=True)
class BacktestPart:
    made: str
    verdict: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    trials: tuple[Tested, ...]
    untold: tuple[Link, ...]
    top: int


def backtest_part(kept: Kept | None, names: Mapping[str, str]) -> BacktestPart | None:
    if kept is None:
        return None
    found = kept.found
    measures = [
        (f"Of what came, warned of among the first\N{NO-BREAK SPACE}{found.top}", found.recall),
        ("How well the whole order of warnings fits", found.precision),
    ]
    return BacktestPart(
        made=day(kept.made),
        verdict=_verdict(found),
        rows=tuple((name, _sides(one)) for name, one in measures if one is not None),
        trials=tuple(_tested(one, names) for one in found.trials[-LISTED:]),
        untold=tuple(project_link(key, names) for key in found.untold[:LISTED]),
        top=found.top,
    )


def _sides(one: Compared) -> tuple[str, ...]:
    return tuple(_said(side) for side in (one.ours, one.popularity, one.chance))


def _said(one: Interval) -> str:
    return f"{one.mean * 100:.0f} in 100 (likely {one.low * 100:.0f} to {one.high * 100:.0f})"


def _verdict(found: Backtest) -> str:
    if found.recall is None:
        return "No finished project began after another one’s review had ended, so there is nothing to test yet."
    warned, met = sum(len(one.warned) for one in found.trials), sum(one.met for one in found.trials)
    told = f"In {plural(len(found.trials), 'project')}, {warned} of {met} troubles that came back would have been among"
    gain = found.recall.gain
    if gain.low > 0:
        beside = "That is more than the most frequent troubles so far would have caught."
    elif gain.high < 0:
        beside = "That is less than simply naming the most frequent troubles so far would have caught."
    else:
        beside = "So few projects cannot say whether that beats naming the most frequent troubles so far."
    return f"{told} the first {found.top} warnings. {beside}"


def _tested(one: Trial, names: Mapping[str, str]) -> Tested:
    return Tested(
        project_link(one.project, names),
        plural(len(one.known), "project"),
        f"{len(one.warned)} of {one.met}",
        listed([f"“{name}”" for name in one.warned]) or "nothing",
        listed([f"“{name}”" for name in one.missed]) or "nothing",
    )
