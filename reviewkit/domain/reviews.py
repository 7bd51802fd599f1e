"""Templates, reviews, responses and the statements cut from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TypeAlias

from reviewkit.domain.ids import fingerprint
from reviewkit.domain.words import Anonymity, Area, Kind, QuestionType, RespondentRole, ReviewStatus, Wave

Answer: TypeAlias = str | int | tuple[str, ...]

SCALES = {
    QuestionType.RATING: tuple(str(step) for step in range(1, 6)),
    QuestionType.NPS: tuple(str(step) for step in range(11)),
    QuestionType.YES_PARTLY_NO: ("yes", "partly", "no"),
}
"""The steps of the types of question whose choices are always the same."""


@dataclass(frozen=True)
class Condition:
    """The answers to an earlier closed question, any of which makes the question it belongs to matter."""

    question: str
    answers: tuple[str, ...]

    def holds(self, answers: Mapping[str, Answer]) -> bool:
        """Whether one of them was given; of several choices any counts, and no answer is none of them."""
        given = answers.get(self.question, ())
        return any(str(one) in self.answers for one in (given if isinstance(given, tuple) else (given,)))


@dataclass(frozen=True)
class Question:
    """One question of a template or review; `lens` names the part of the story it looks at."""

    key: str
    text: str
    type: QuestionType
    help: str = ""
    required: bool = False
    lens: str = ""
    area: Area | None = None
    expects: Kind | None = None
    options: tuple[str, ...] = ()
    when: Condition | None = None

    @property
    def choices(self) -> tuple[str, ...]:
        """What a closed question can be answered with, as text; none for text and dates."""
        if self.type in (QuestionType.SINGLE, QuestionType.MULTIPLE):
            return self.options
        return SCALES.get(self.type, ())

    def applies(self, answers: Mapping[str, Answer]) -> bool:
        """Whether it is asked of somebody who gave `answers` to the questions before it."""
        return self.when is None or self.when.holds(answers)


@dataclass(frozen=True)
class Template:
    """A review template, as its TOML file gives it or as it was made in this workspace."""

    key: str
    title: str
    wave: Wave
    intro: str
    questions: tuple[Question, ...]
    minutes: int = 4


@dataclass(frozen=True)
class Review:
    """A review of one project; it holds its own copy of the questions, frozen once open."""

    id: str
    project: str
    title: str
    template: str
    wave: Wave
    questions: tuple[Question, ...]
    intro: str = ""
    minutes: int = 4
    anonymity: Anonymity = Anonymity.ANONYMOUS
    status: ReviewStatus = ReviewStatus.DRAFT
    opens: datetime | None = None
    closes: datetime | None = None
    invited: int | None = None
    time_zone: str = "UTC"
    """The IANA name of the zone that whoever runs the review thinks of its dates in."""
    invited_roles: dict[str, int] = field(default_factory=dict)
    """How many people of each part were asked, where that was typed and is not known from personal links."""

    def question(self, key: str) -> Question | None:
        return next((question for question in self.questions if question.key == key), None)

    def is_open_at(self, now: datetime) -> bool:
        """Whether answers are taken at `now` (an aware datetime)."""
        if self.status is not ReviewStatus.OPEN:
            return False
        return (self.opens is None or self.opens <= now) and (self.closes is None or now < self.closes)

    def as_of(self, now: datetime) -> Review:
        """The review as it stands at `now`: closed where its time has run out, though nobody has closed it."""
        ended = self.status is ReviewStatus.OPEN and self.closes is not None and self.closes <= now
        return replace(self, status=ReviewStatus.CLOSED) if ended else self


@dataclass(frozen=True)
class ReviewLink:
    """A way into a review's form; only the token's hash is kept.

    A `personal` link lets one response in and is `used` from then on, which is known for counting only: nothing tells
    which response came by it. `role` is the part of whoever was invited with it. `addressee` is whom it was made for,
    always blank unless the review is named.
    """

    id: str
    review: str
    revoked: bool = False
    personal: bool = False
    used: bool = False
    role: RespondentRole | None = None
    addressee: str = ""


@dataclass(frozen=True)
class Response:
    """One person's answers; the day is kept, not the moment, and no address or agent."""

    id: str
    review: str
    submission_key: str
    receipt: str
    role: RespondentRole | None
    submitted: date
    answers: dict[str, Answer] = field(default_factory=dict)
    split_by: str = ""
    name: str = ""
    """Who answers, where the review asks for it and it was given."""
    released: bool = True
    """Whether it may be analysed and counted; one that came in a moment ago waits for others to go with."""

    @property
    def digest(self) -> str:
        """What the submission says, independent of the order its answers came in."""
        said = [f"{key}={self.answers[key]!r}" for key in sorted(self.answers)]
        return fingerprint(str(self.role or ""), *said, *([f"name={self.name}"] if self.name else []))


@dataclass(frozen=True)
class Statement:
    """One claim of one answer; `start` and `end` are offsets into the redacted answer."""

    id: str
    response: str
    review: str
    project: str
    question: str
    start: int
    end: int
    text: str
    text_hash: str
    role: RespondentRole | None = None
    said: date | None = None
    kind: Kind | None = None
    kind_confidence: float = 0.0
    area: Area | None = None
