"""A review's questions and what was typed so far -> the fields of the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewkit.domain.reviews import Answer, Question, Review
from reviewkit.domain.words import Anonymity, QuestionType, RespondentRole
from reviewkit.workspace.reviewing.responses import NAME, Form, clean_text
from webapp.presenters.promises import Promise, promise_of
from webapp.presenters.words import either, headed, plural

Typed = Mapping[str, Sequence[str]]
"""Question key -> the values that came for it."""

ROLES = {
    RespondentRole.SPONSOR: "Sponsor",
    RespondentRole.USER: "I use what it delivered",
    RespondentRole.TEAM: "Project team",
    RespondentRole.SUPPLIER: "Supplier",
    RespondentRole.OPERATIONS: "Operations and support",
    RespondentRole.PMO: "Project office",
}

_NAME_NEEDED = "Kept beside your answers. Whoever runs the review sees that you have answered."
_NAME_CHOSEN = "Leave it empty to stay anonymous. It is kept beside your answers and shown to nobody else."

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
class When:
    """When a question applies: `said` for people, the field it looks at and the values that count for the script."""

    said: str
    name: str
    values: tuple[str, ...]


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
    when: When | None = None
    folded: bool = False
    """Whether it waits under a line of its own until somebody asks for it."""

    @property
    def described_by(self) -> str:
        """Ids of the texts that belong to the input, for those who hear the page."""
        parts = [(self.when, "when"), (self.help, "help"), (self.problem, "problem")]
        return " ".join(f"{self.name}-{part}" for text, part in parts if text)


@dataclass(frozen=True)
class NameField:
    """Where a respondent says who they are."""

    typed: str
    required: bool
    help: str
    problem: str
    name: str = NAME
    text: str = "Your name"


@dataclass(frozen=True)
class Page:
    project: str
    title: str
    kicker: str
    """Said small above the heading; empty where the heading says it all."""
    heading: str
    intro: str
    minutes: int
    promise: Promise
    name: NameField | None
    fields: tuple[Field, ...]
    general: tuple[str, ...]
    """Problems that belong to no single field."""
    folded_said: str = ""
    """The line that the folded fields wait under."""
    blank: bool = False
    """Whether nothing that can be seen was typed, and nothing chosen."""

    @property
    def open_fields(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if not field.folded)

    @property
    def folded_fields(self) -> tuple[Field, ...]:
        return tuple(field for field in self.fields if field.folded)

    @property
    def unfolded(self) -> bool:
        """Whether something was answered there, or is wrong."""
        return any(field.problem or any(option.chosen for option in field.options) for field in self.folded_fields)

    @property
    def asks(self) -> str:
        """How many questions there are, as far as that can be said beforehand."""
        count = plural(len(self.open_fields), "question")
        more = f", {len(self.folded_fields)} more at the end" if self.folded_fields else ""
        return f"up to {count}{more}" if any(field.when for field in self.fields) else f"{count}{more}"

    @property
    def needs(self) -> str:
        """What of it must be answered, as it stands behind `asks`; a single question says so itself."""
        needed = sum(field.required for field in self.fields) if len(self.fields) > 1 else 0
        named = ["name"] if self.name and self.name.required else []
        if needed or named:
            return f", {' and '.join([*([str(needed)] if needed else []), *named])} needed"
        return ", all optional" if len(self.fields) > 1 else ""

    @property
    def faults(self) -> tuple[Field | NameField, ...]:
        return tuple(field for field in (self.name, *self.fields) if field and field.problem)


def form_page(
    form: Form, typed: Typed | None = None, problems: Mapping[str, str] | None = None, name: str = ""
) -> Page:
    """The form, empty or with what was typed and what is wrong with it."""
    review, typed, problems = form.review, typed or {}, problems or {}
    kicker, heading = _opening(form.project.name, review.title)
    asked = _name(review.anonymity, name, problems)
    keys = {question.key for question in review.questions} | ({NAME} if asked else set())
    lenses = ["", *(question.lens for question in review.questions)]
    return Page(
        project=form.project.name,
        title=review.title,
        kicker=kicker,
        heading=heading,
        intro=review.intro,
        minutes=review.minutes,
        promise=promise_of(review.anonymity, personal=form.personal),
        name=asked,
        fields=tuple(
            _field(
                review,
                question,
                number,
                begins=question.lens != lenses[number - 1],
                folded=question.key in form.folded,
                typed=typed.get(question.key, ()),
                problems=problems,
            )
            for number, question in enumerate(review.questions, 1)
        ),
        general=tuple(_sentence(problem) for key, problem in problems.items() if key not in keys),
        folded_said=_folded_said(form.folded_decisions),
        blank=not any(clean_text(value) for values in ([name], *typed.values()) for value in values),
    )


def _folded_said(decisions: int) -> str:
    more = plural(decisions, "more decision")
    return f"{more} of the kickoff, if you know of {'it' if decisions == 1 else 'them'}"


def typed_of(answers: Mapping[str, Answer]) -> dict[str, list[str]]:
    """Saved answers as they would come from the form."""
    return {key: list(value) if isinstance(value, tuple) else [str(value)] for key, value in answers.items()}


def choices(question: Question) -> list[tuple[str, str]]:
    """The choices of a closed question as (value, label)."""
    roles = {str(role): label for role, label in ROLES.items()}
    return [(choice, roles.get(choice, headed(choice))) for choice in question.choices]


def when_of(questions: Sequence[Question], question: Question) -> When | None:
    """When `question`, one of `questions`, applies; None where it is asked of everybody."""
    if question.when is None:
        return None
    found = next(((n, one) for n, one in enumerate(questions, 1) if one.key == question.when.question), None)
    if found is None:
        return None
    number, asked = found
    labels = [f"“{label}”" for value, label in choices(asked) if value in question.when.answers]
    said = f"Only if you answered {either(labels)} to question {number}; otherwise leave it empty."
    return When(said, _field_name(asked), question.when.answers)


def _opening(project: str, title: str) -> tuple[str, str]:
    """What stands small above the heading, and the heading: a title that names the project does not name it twice."""
    kind, parted, rest = title.partition(f" of {project}")
    if parted and (not rest or rest.startswith(" (")):  # as a corrected copy is called
        return kind + rest, project
    return ("" if project in title else project), title


def _field_name(question: Question) -> str:
    return f"answer-{question.key}"


def _name(anonymity: Anonymity, typed: str, problems: Mapping[str, str]) -> NameField | None:
    if anonymity is Anonymity.ANONYMOUS:
        return None
    needed = anonymity is Anonymity.NAMED
    return NameField(typed, needed, _NAME_NEEDED if needed else _NAME_CHOSEN, _sentence(problems.get(NAME, "")))


def _field(
    review: Review,
    question: Question,
    number: int,
    *,
    begins: bool,
    folded: bool,
    typed: Sequence[str],
    problems: Mapping[str, str],
) -> Field:
    return Field(
        name=_field_name(question),
        number=number,
        text=question.text,
        help=question.help,
        shape=_SHAPES[question.type],
        required=question.required,
        begins=begins,
        folded=folded,
        typed=typed[0] if typed else "",
        options=tuple(Option(value, label, value in typed) for value, label in choices(question)),
        way_out=_way_out(question),
        problem=_sentence(problems.get(question.key, "")),
        when=when_of(review.questions, question),
    )


def _way_out(question: Question) -> str:
    if question.required:
        return ""
    return "Rather not say" if set(question.options) & set(ROLES) else "No view"


def _sentence(problem: str) -> str:
    return f"{problem[0].upper()}{problem[1:].rstrip('.')}." if problem else ""
