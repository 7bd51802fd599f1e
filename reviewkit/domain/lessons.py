"""Lessons of the library."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from reviewkit.domain.history import FieldChange
from reviewkit.domain.ids import derived_id
from reviewkit.domain.words import Area, LessonRelation, LessonState, LessonVerb, Phase

SOON = 14
"""Days ahead in which a lesson that is to be looked at again is told of."""


@dataclass(frozen=True)
class Lesson:
    """One lesson (PRINCE2 lessons log, PMI lessons learned register, NASA LLIS fields).

    `area_suggested` says that nobody chose the area: the machine gave it, and gives it anew when the words change.
    """

    id: str
    title: str
    context: str = ""
    what_happened: str = ""
    root_cause: str = ""
    effect: str = ""
    recommendation: str = ""
    early_warning: str = ""
    area: Area | None = None
    phase: Phase | None = None
    owner: str = ""
    positive: bool = False
    project: str = ""
    organisation: str = ""
    learned: date | None = None
    tags: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    risks: tuple[str, ...] = ()
    review_on: date | None = None
    supersedes: str = ""
    state: LessonState = LessonState.DRAFT
    origin: str = ""
    area_suggested: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """What it says in words, field by field, most telling first; blank ones are left out."""
        parts = (
            self.title,
            self.recommendation,
            self.what_happened,
            self.root_cause,
            self.effect,
            self.context,
            self.early_warning,
        )
        return tuple(part.strip() for part in parts if part.strip())

    @property
    def text(self) -> str:
        """What search and kickoff read."""
        return "\n".join(self.fields)

    @property
    def is_usable(self) -> bool:
        """Whether a kickoff may show it: looked at by a curator, and not put away."""
        return self.state in (LessonState.VALIDATED, LessonState.PUBLISHED, LessonState.EMBEDDED)


EXPORTED = tuple(field.name for field in fields(Lesson) if field.name != "area_suggested")
"""The columns of an export: what a person can say of a lesson."""


@dataclass(frozen=True)
class LessonChange:
    """One step in the history of a lesson; `number` counts its steps from 1."""

    lesson: str
    number: int
    at: datetime
    who: str
    verb: LessonVerb
    changes: tuple[FieldChange, ...] = ()

    @property
    def id(self) -> str:
        return derived_id("change", self.lesson, str(self.number))


@dataclass(frozen=True)
class Alike:
    """Another lesson that seems to stand in some relation to the one looked at; `words` are some that they share."""

    relation: LessonRelation
    lesson: Lesson
    words: tuple[str, ...]
