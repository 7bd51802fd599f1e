"""Projects and their risk registers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reviewkit.domain.words import Occurred, ProjectStatus, RiskNature, RiskResponse, RiskStatus


@dataclass(frozen=True)
class Project:
    """One project, finished, running or about to start; `key` is its short name, as in “TAP”."""

    key: str
    name: str
    brief: str = ""
    kind: str = ""
    domain: str = ""
    method: str = ""
    size: int | None = None
    planned_start: date | None = None
    planned_finish: date | None = None
    actual_start: date | None = None
    actual_finish: date | None = None
    planned_budget: float | None = None
    actual_budget: float | None = None
    currency: str = ""
    sponsor: str = ""
    manager: str = ""
    tags: tuple[str, ...] = ()
    status: ProjectStatus = ProjectStatus.ACTIVE

    @property
    def id(self) -> str:
        return self.key

    @property
    def is_finished(self) -> bool:
        return self.status is ProjectStatus.CLOSED

    @property
    def is_starting(self) -> bool:
        return self.status is ProjectStatus.PROPOSED

    @property
    def began(self) -> date | None:
        """The earlier of its planned and actual start: what was told between them may have been known by then."""
        return min((day for day in (self.planned_start, self.actual_start) if day is not None), default=None)

    @property
    def days_late(self) -> int | None:
        """Days by which the actual finish missed the planned one; negative when early."""
        if self.planned_finish is None or self.actual_finish is None:
            return None
        return (self.actual_finish - self.planned_finish).days


@dataclass(frozen=True)
class Risk:
    """One register entry (PRINCE2 risk register, PMI risk log); probability and impact run from 1 to 5."""

    id: str
    project: str
    ref: str
    title: str
    cause: str = ""
    event: str = ""
    effect: str = ""
    category: str = ""
    nature: RiskNature = RiskNature.THREAT
    probability: int | None = None
    impact: int | None = None
    residual_probability: int | None = None
    residual_impact: int | None = None
    response: RiskResponse | None = None
    response_text: str = ""
    owner: str = ""
    status: RiskStatus = RiskStatus.IDENTIFIED
    identified_on: date | None = None
    closed_on: date | None = None
    occurred: Occurred = Occurred.UNKNOWN
    occurred_on: date | None = None
    occurred_note: str = ""
    origin: str = ""

    @property
    def text(self) -> str:
        """What matching and search read: the title and the cause-event-effect sentence."""
        parts = (self.title, self.cause, self.event, self.effect)
        return ". ".join(part.strip().rstrip(".") for part in parts if part.strip())

    @property
    def severity(self) -> int | None:
        """Probability times impact, 1 to 25."""
        return None if self.probability is None or self.impact is None else self.probability * self.impact
