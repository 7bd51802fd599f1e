"""Themes, which statements belong to them, and their links to risks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from reviewkit.domain.ids import derived_id
from reviewkit.domain.words import Area, Confidence, LinkState, Scope, ThemeChangeKind, ThemeStatus, ThemeVerb

UNNAMED = "unnamed theme"
"""What a theme is called whose name went with the words it was made of, until the next full run names it."""


@dataclass(frozen=True)
class Theme:
    """What several statements have in common. A subtheme names its `parent`; reach counts subthemes in.

    `troubles` are those of its `statements` that are problems or suggestions. A theme that a person merged into another
    names it in `merged_into`; it is kept, retired and without statements, for as long as that decision stands.
    `split_from` is the theme that a person split it off. `suggested` is the machine's name, `label` that or a person's.
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
    merged_into: str = ""
    split_from: str = ""
    suggested: str = ""

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
    """A statement's place: its theme and subtheme, and how central it is there (0 to 1).

    `theme` is blank where the statement recurs with nothing; `joined` says that it came since the last full run.
    """

    statement: str
    theme: str
    subtheme: str = ""
    centrality: float = 0.0
    joined: bool = False

    @property
    def id(self) -> str:
        return self.statement


@dataclass(frozen=True)
class Link:
    """A theme's or statement's tie to a register entry: a suggestion until a person decides.

    `score` says how far the entry stands above the others (standard deviations), `cosine` how near it is in meaning;
    None where the tie was made before that was kept. What was decided about a statement keeps its `response` and the
    hash of its `words`, by which it is known again when the answer is cut in another way.
    """

    scope: Scope
    source: str
    risk: str
    score: float
    confidence: Confidence
    state: LinkState = LinkState.SUGGESTED
    decided_by: str = ""
    decided_at: datetime | None = None
    cosine: float | None = None
    response: str = ""
    words: str = ""

    @property
    def id(self) -> str:
        return derived_id(self.scope, self.source, self.risk)


@dataclass(frozen=True)
class Decision:
    """What a person decided about a theme; replayed onto every re-run, kept when undone.

    `subject` is the theme it is about; a move's is the theme that was left, blank for none. `value` is a rename's name,
    the new status, the theme merged into, the new theme split off, or the theme moved to (blank: out of any).
    `statements` are those it places; `stayed` those whose place it confirms: of the theme merged into, or left where a
    split took others away. `label` is the name a split gives (blank: none given), else what the subject was called.
    `parent` is the theme of a subtheme that the decision is about or moves to.
    """

    id: str
    subject: str
    verb: ThemeVerb
    value: str
    who: str
    at: datetime
    why: str = ""
    undone: bool = False
    undone_at: datetime | None = None
    statements: tuple[str, ...] = ()
    stayed: tuple[str, ...] = ()
    label: str = ""
    parent: str = ""


@dataclass(frozen=True)
class ThemeChange:
    """What a run did to one theme: statements before and after it, those that are new to it, and from or to whom.

    `other` and `other_label` name the theme that it was split from or merged into, or that statements moved to;
    `count` is how many statements that was. A label is blank where its words may have been erased. `people` are behind
    each of these numbers at least; what fewer than five are behind is not to be told.
    """

    kind: ThemeChangeKind
    theme: str
    label: str
    before: int = 0
    after: int = 0
    count: int = 0
    other: str = ""
    other_label: str = ""
    people: int = 0


@dataclass(frozen=True)
class ThemeRun:
    """The last full run: by which recipe, over how many statements, and what it changed."""

    id: str
    at: datetime
    recipe: str
    statements: int
    changes: tuple[ThemeChange, ...] = ()
