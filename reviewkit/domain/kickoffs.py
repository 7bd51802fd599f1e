"""A kickoff: advice for a brief at a moment, each piece with its reasons and evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from reviewkit.domain.words import ActionState, Choice, Scope


@dataclass(frozen=True)
class BaseRate:
    """k of n similar closed projects, with its 95 % Jeffreys interval and the projects themselves."""

    hits: tuple[str, ...]
    projects: tuple[str, ...]
    low: float
    high: float

    @property
    def k(self) -> int:
        return len(self.hits)

    @property
    def n(self) -> int:
        return len(self.projects)

    def __str__(self) -> str:
        return f"{self.k} of {self.n}"


@dataclass(frozen=True)
class SimilarProject:
    """A finished project that resembles the brief, and why."""

    project: str
    score: float
    shared_words: tuple[str, ...] = ()
    shared_attributes: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    shared_themes: tuple[str, ...] = ()
    """Labels of themes that the brief is near to and that the project's people raised."""


@dataclass(frozen=True)
class Quote:
    """A statement shown as evidence, with where it can be followed back to."""

    statement: str
    text: str
    project: str
    review: str


@dataclass(frozen=True)
class Recommendation:
    """One piece of advice: a lesson, a theme or a risk, ranked, with why it stands here."""

    id: str
    kickoff: str
    rank: int
    scope: Scope
    source: str
    advice: str
    because: str
    score: float
    reasons: tuple[str, ...] = ()
    mismatches: tuple[str, ...] = ()
    projects: tuple[str, ...] = ()
    base_rate: BaseRate | None = None
    quotes: tuple[Quote, ...] = ()
    choice: Choice = Choice.UNDECIDED
    choice_text: str = ""
    choice_by: str = ""
    choice_at: datetime | None = None
    weighed: tuple[str, ...] = ()
    """Why it stands at its place: a sentence for each thing that was weighed, with its figure."""

    @property
    def topic(self) -> str:
        """What it is about, the same at every kickoff of the project."""
        return f"{self.scope}/{self.source}"


@dataclass(frozen=True)
class RiskForecast:
    """A kind of risk that similar projects met, for the draft register."""

    title: str
    base_rate: BaseRate
    registered: tuple[str, ...]
    risks: tuple[str, ...]


@dataclass(frozen=True)
class Kickoff:
    """The advice given for one brief."""

    id: str
    project: str
    brief: str
    made: datetime
    similar: tuple[SimilarProject, ...] = ()
    forecasts: tuple[RiskForecast, ...] = ()


@dataclass(frozen=True)
class Action:
    """Something to do, from an accepted recommendation or a review."""

    id: str
    project: str
    text: str
    owner: str = ""
    due: date | None = None
    source: str = ""
    state: ActionState = ActionState.OPEN
