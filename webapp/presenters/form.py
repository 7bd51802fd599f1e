"""A review's questions and what was typed so far -> the fields of the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewkit.domain.reviews import Question
from reviewkit.domain.words import Anonymity, QuestionType, RespondentRole
from reviewkit.workspace.reviewing.responses import Form

Typed = Mapping[str, Sequence[str]]
"""Question key -> the values that came for it."""

_ROLES = {
    RespondentRole.SPONSOR: "Sponsor",
    RespondentRole.USER: "I use what it delivered",
    RespondentRole.TEAM: "Project team",
    RespondentRole.SUPPLIER: "Supplier",
    RespondentRole.OPERATIONS: "Operations and support",
    RespondentRole.PMO: "Project office",
}

_SHAPES = {
    QuestionType.TEXT: "line",
    QuestionType.PARAGRAPH: "paragraph",
    QuestionType.DATE: "date",
    QuestionType.RATING: "scale",
    QuestionType.NPS: "scale",
    QuestionType.YES_PARTLY_NO: "scale",
    QuestionType.SINGLE: "one",
    QuestionType.MULTIPLE: "several",
}


@dataclass(frozen=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Field:
    """One question as it stands on the page; `shape` names the macro that draws it."""

    name: str
    number: int
    text: str
    help: str
    shape: str
    required: bool
    begins: bool
    """Whether another part of the story begins here."""
    typed: str
    options: tuple[Option, ...]
    way_out: str
    """The choice that takes a choice back; empty where one must be made."""
    problem: str

    @property
    def described_by(self) -> str:
        """Ids of the texts that belong to the input, for those who hear the page."""
        parts = [(self.help, "help"), (self.problem, "problem")]
        return " ".join(f"{self.name}-{part}" for text, part in parts if text)


@dataclass(frozen=True)
class Page:
    project: str
    title: str
    intro: str
    minutes: int
    anonymous: bool
    fields: tuple[Field, ...]
    general: tuple[str, ...]
    """Problems that belong to no single field."""

    @property
    def faults(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.problem)


def form_page(form: Form, typed: Typed | None = None, problems: Mapping[str, str] | None = None) -> Page:
    """The form, empty or with what was typed and what is wrong with it."""
    review, typed, problems = form.review, typed or {}, problems or {}
    keys = {question.key for question in review.questions}
    lenses = ["", *(question.lens for question in review.questions)]
    return Page(
        project=form.project.name,
        title=review.title,
        intro=review.intro,
        minutes=review.minutes,
        anonymous=review.anonymity is Anonymity.ANONYMOUS,
        fields=tuple(
            _field(question, number, question.lens != lenses[number - 1], typed.get(question.key, ()), problems)
            for number, question in enumerate(review.questions, 1)
        ),
        general=tuple(_sentence(problem) for key, problem in problems.items() if key not in keys),
    )


def _field(question: Question, number: int, begins: bool, typed: Sequence[str], problems: Mapping[str, str]) -> Field:
    return Field(
        name=f"answer-{question.key}",
        number=number,
        text=question.text,
        help=question.help,
        shape=_SHAPES[question.type],
        required=question.required,
        begins=begins,
        typed=typed[0] if typed else "",
        options=tuple(Option(value, label, value in typed) for value, label in _options(question)),
        way_out=_way_out(question),
        problem=_sentence(problems.get(question.key, "")),
    )


def _options(question: Question) -> list[tuple[str, str]]:
    if question.type is QuestionType.RATING:
        return [(str(n), str(n)) for n in range(1, 6)]
    if question.type is QuestionType.NPS:
        return [(str(n), str(n)) for n in range(11)]
    if question.type is QuestionType.YES_PARTLY_NO:
        return [("yes", "Yes"), ("partly", "Partly"), ("no", "No")]
    roles = {str(role): label for role, label in _ROLES.items()}
    return [(option, roles.get(option, option[:1].upper() + option[1:])) for option in question.options]


def _way_out(question: Question) -> str:
    if question.required:
        return ""
    return "Rather not say" if set(question.options) & set(_ROLES) else "No view"


def _sentence(problem: str) -> str:
    return f"{problem[0].upper()}{problem[1:].rstrip('.')}." if problem else ""
