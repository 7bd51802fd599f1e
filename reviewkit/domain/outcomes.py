"""What became of a piece of advice: whether it was applied, helped, and what it warned of happened anyway."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from reviewkit.domain.kickoffs import BaseRate
from reviewkit.domain.words import Applied, Helped, Occurred, Scope

ENOUGH = 5
"""Projects from which an interval is told: of fewer it says little more than that anything can be."""


class SoFar(StrEnum):
    """What projects that applied a piece of advice tell of it, in words to choose by."""

    MOST = "helped most projects"
    HALF = "helped half or fewer"
    FEW = "not enough yet"
    UNTOLD = "nobody has told"


@dataclass(frozen=True)
class Outcome:
    """What became of one recommendation in one project.

    `scope` and `source` say what the recommendation was about, so that it is known again at the next kickoff; `who` is
    blank where it is what most of a review's answers say.
    """

    id: str
    recommendation: str
    project: str
    scope: Scope
    source: str
    applied: Applied
    helped: Helped = Helped.UNKNOWN
    recurred: Occurred = Occurred.UNKNOWN
    note: str = ""
    who: str = ""
    at: datetime | None = None

    @property
    def topic(self) -> str:
        """What it is about, as `Recommendation.topic`."""
        return f"{self.scope}/{self.source}"

    @property
    def tells(self) -> bool:
        """Whether it is an observation of helping: it was applied, at least in part, and one can tell."""
        return self.applied is not Applied.NO and self.helped is not Helped.UNKNOWN


@dataclass(frozen=True)
class Effectiveness:
    """One lesson or theme over all projects that decided for it, each counted once.

    `applied` counts those that applied it, at least in part, among those that answered; `helped` those it helped, at
    least in part, among those that applied it and could tell; `recurred` those in which it happened anyway, among those
    that applied it and know.
    """

    scope: Scope
    source: str
    applied: BaseRate
    helped: BaseRate
    recurred: BaseRate

    @property
    def is_enough(self) -> bool:
        """Whether enough projects told for an interval to be worth reading."""
        return self.helped.n >= ENOUGH

    @property
    def so_far(self) -> SoFar:
        """How it did, without the figure; from five projects on whether it helped more than half of them."""
        if not self.helped.n:
            return SoFar.UNTOLD
        if not self.is_enough:
            return SoFar.FEW
        return SoFar.MOST if 2 * self.helped.k > self.helped.n else SoFar.HALF

    @property
    def brief(self) -> str:
        """Whether it helps, for a list; blank where no project could tell."""
        if not self.helped.n:
            return ""
        count = f"helped in {self.helped}"
        if not self.is_enough:
            return f"{count} (not enough yet)"
        return f"{count} (likely {self.helped.low * 100:.0f} to {self.helped.high * 100:.0f} in 100)"

    @property
    def said(self) -> str:
        """Whether it helps, in a sentence; blank where no project could tell."""
        if not self.helped.n:
            return ""
        many = f"{self.helped.n} project" + ("" if self.helped.n == 1 else "s")
        count = f"It helped in {self.helped.k} of {many} that applied it"
        if not self.is_enough:
            return f"{count}: not enough yet to say how often it helps."
        return f"{count}, likely {self.helped.low * 100:.0f} to {self.helped.high * 100:.0f} in 100."
