"""A back-test: what past kickoffs would have warned of, beside popularity and chance."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Marks:
    """How well one order did: `recall`, the share of what was met that stands in its first few, and `precision`, the
    average precision of the whole order; both 0 to 1."""

    recall: float
    precision: float


@dataclass(frozen=True)
class Trial:
    """One project foretold: from the stories of `known` projects, `topics` of which `met` came up again in it.

    `warned` are the topics met that stood among the first few, `missed` the others; `fresh` is the share (0 to 1) of
    what the project met that nobody had met before, which no past could have warned of.
    """

    project: str
    known: tuple[str, ...]
    topics: int
    warned: tuple[str, ...]
    missed: tuple[str, ...]
    ours: Marks
    popularity: Marks
    chance: Marks
    fresh: float = 0.0

    @property
    def met(self) -> int:
        return len(self.warned) + len(self.missed)


@dataclass(frozen=True)
class Interval:
    """A mean over projects and its 95 % bootstrap interval (percentiles; Efron 1979)."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True)
class Compared:
    """The three orders by one measure; `gain` is ours less popularity, project by project."""

    ours: Interval
    popularity: Interval
    chance: Interval
    gain: Interval


@dataclass(frozen=True)
class Backtest:
    """All trials, in the order the projects began; `untold` are projects before which nothing was known, or which met
    nothing that was. `recall` and `precision` are None where there is no trial."""

    trials: tuple[Trial, ...]
    untold: tuple[str, ...]
    top: int
    recall: Compared | None
    precision: Compared | None
