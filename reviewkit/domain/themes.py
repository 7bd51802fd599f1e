"""Themes, which statements belong to them, and their links to risks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from reviewkit.domain.ids import derived_id
from reviewkit.domain.words import Area, Confidence, LinkState, Scope, ThemeStatus


@dataclass(frozen=True)
class Theme:
    """What several statements have in common. A subtheme names its `parent`; reach counts subthemes in.

    `troubles` are those of its `statements` that are problems or suggestions.
    """

    id: str
    label: str
    keywords: tuple[str, ...] = ()
    area: Area | None = None
    parent: str = ""
    statements: int = 0
    responses: int = 0
    projects: tuple[str, ...] = ()
    first_seen: date | None = None
    last_seen: date | None = None
    trend: str = ""
    representatives: tuple[str, ...] = ()
    status: ThemeStatus = ThemeStatus.SUGGESTED
    troubles: int = 0

    @property
    def reach(self) -> int:
        """Distinct responses that raised it."""
        return self.responses

    @property
    def is_recurring(self) -> bool:
        """Raised in at least two projects."""
        return len(self.projects) >= 2

    @property
    def text(self) -> str:
        """What search reads."""
        return f"{self.label}. {', '.join(self.keywords)}"


@dataclass(frozen=True)
class Membership:
    """A statement's place: its theme and subtheme, and how central it is there (0 to 1)."""

    statement: str
    theme: str
    subtheme: str = ""
    centrality: float = 0.0

    @property
    def id(self) -> str:
        return self.statement


@dataclass(frozen=True)
class Link:
    """A theme's or statement's tie to a register entry: a suggestion until a person decides."""

    scope: Scope
    source: str
    risk: str
    score: float
    confidence: Confidence
    state: LinkState = LinkState.SUGGESTED
    decided_by: str = ""
    decided_at: datetime | None = None

    @property
    def id(self) -> str:
        return derived_id(self.scope, self.source, self.risk)


@dataclass(frozen=True)
class Decision:
    """What a person decided about something derived; replayed onto every re-run, kept when undone."""

    id: str
    subject: str
    verb: str
    value: str
    who: str
    at: datetime
    why: str = ""
    undone: bool = False
