"""What a review report is made of: a project, what its reviews may tell, its register, lessons and actions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from reviewkit.domain.kickoffs import Action
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.outcomes import Outcome
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.reviews import Review
from reviewkit.domain.themes import Theme
from reviewkit.domain.wording import plural
from reviewkit.domain.words import Anonymity, Area, Kind


@dataclass(frozen=True)
class Spoken:
    """A statement that may be quoted. `side` is its kind, or what its question expects where the kind is not told.

    `area` is its question's; `theme` is the id of a theme that enough people raised to be told, else blank.
    """

    text: str
    review: str
    statement: str
    heading: str
    side: Kind | None = None
    area: Area | None = None
    theme: str = ""


@dataclass(frozen=True)
class Rated:
    """Answers to a closed question, grouped so that nobody is singled out.

    `cells` are (label, people, whether several answers are told together), in the scale's order; empty where nothing
    may be told apart. `people` is None where it or the number of those without an answer is one to four; `everybody`
    answered the review, and the cells are theirs then. `note` says what was worked out from all of them. `scale` says
    that it is a rating of 1 to 5, `overall` that it is about the whole.
    """

    question: str
    people: int | None
    cells: tuple[tuple[str, int, bool], ...] = ()
    note: str = ""
    area: Area | None = None
    scale: bool = False
    overall: bool = False
    everybody: int = 0

    @property
    def of(self) -> str:
        """Whom the cells count, as in “21 people”, “21 people, with or without an answer”."""
        if self.people is None:
            return f"{plural(self.everybody, 'person', 'people')}, with or without an answer"
        return plural(self.people, "person", "people")

    @property
    def best(self) -> tuple[str, int] | None:
        """The last cell, which is a rating scale's upper end: (label, people)."""
        return self.cells[-1][:2] if self.cells else None


@dataclass(frozen=True)
class Became:
    """What a review's people say became of a decision: each as (answer, people), grouped so that nobody is singled out;
    empty where it was not asked or may not be told."""

    decision: str
    applied: tuple[tuple[str, int], ...] = ()
    helped: tuple[tuple[str, int], ...] = ()
    recurred: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True)
class Decision:
    """Something the project had decided at its kickoff, in its own words, and what a person told of it since.

    `id` is the recommendation's, by which `Became` names it.
    """

    id: str
    text: str
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Voice:
    """What one review may tell; `withheld` where that is nothing yet.

    `themes` come with how many raised them at least, widest first; `kinds` count statements.
    """

    review: Review
    responses: int | None = None
    withheld: bool = False
    roles: tuple[tuple[str, int, bool], ...] = ()
    rated: tuple[Rated, ...] = ()
    score: str = ""
    themes: tuple[tuple[Theme, int], ...] = ()
    said: tuple[Spoken, ...] = ()
    kinds: tuple[tuple[Kind, int], ...] = ()
    decided: tuple[Became, ...] = ()

    def side_of(self, theme: str) -> Kind:
        """Whether more praise or more trouble was told under a theme here; where both are even it is trouble."""
        sides = [one.side for one in self.said if one.theme == theme]
        return Kind.POSITIVE if sides.count(Kind.POSITIVE) > sides.count(Kind.PROBLEM) else Kind.PROBLEM

    def reach(self, people: int) -> str:
        """As in “6 people”; “at least 5 people” where names were not given, since it is told in whole fives then."""
        told = plural(people, "person", "people")
        return told if self.review.anonymity is Anonymity.NAMED else f"at least {told}"

    @property
    def rate(self) -> float | None:
        """Share of those asked who answered; None where it is not known or may not be told."""
        invited = self.review.invited
        if not self.responses or not invited or self.responses > invited:
            return None
        return self.responses / invited


@dataclass(frozen=True)
class Registered:
    """A register entry with the themes and the problems that are tied to it; a tie is `decided` by a person or not."""

    risk: Risk
    themes: tuple[tuple[str, bool], ...] = ()
    said: tuple[Spoken, ...] = ()


@dataclass(frozen=True)
class Trouble:
    """A theme that is mostly trouble, and who foresaw it.

    `people` is how many raised it here at least, None where that may not be told. `here` names entries of the
    project's own register, `elsewhere` the names of other projects that have it in theirs.
    """

    theme: Theme
    people: int | None
    here: tuple[str, ...] = ()
    elsewhere: tuple[str, ...] = ()


@dataclass(frozen=True)
class ReportEvidence:
    """Everything a report says, on the day `today`."""

    project: Project
    today: date
    voices: tuple[Voice, ...] = ()
    register: tuple[Registered, ...] = ()
    troubles: tuple[Trouble, ...] = ()
    decisions: tuple[Decision, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    actions: tuple[Action, ...] = ()

    @property
    def told(self) -> tuple[Voice, ...]:
        """The reviews that may tell something."""
        return tuple(voice for voice in self.voices if not voice.withheld)

    @property
    def blind_spots(self) -> tuple[Trouble, ...]:
        """Troubles that enough people raised here and no register foresaw."""
        return tuple(one for one in self.troubles if one.people and not one.here and not one.elsewhere)
