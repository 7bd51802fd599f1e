"""A review and its questions -> the page where its form is made, or seen once it is frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Question, Review, Template
from reviewkit.domain.words import ReviewStatus
from webapp.presenters.builder.words import TYPES, TemplateGroup, template_groups, template_option
from webapp.presenters.form import Option, choices
from webapp.presenters.words import either, plural, sentence


@dataclass(frozen=True)
class Sent:
    """A form that came back: which one, what was typed, and what is wrong beside which field."""

    form: str = ""
    typed: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """A field as it stands in its form."""

    value: str
    problem: str


@dataclass(frozen=True)
class QuestionRow:
    """One question in the list."""

    key: str
    number: int
    text: str
    meta: tuple[str, ...]
    when: str
    up: bool
    down: bool


@dataclass(frozen=True)
class BuilderPage:
    review: Review
    project: Project
    frozen: bool
    summary: str
    estimate: int
    rows: tuple[QuestionRow, ...]
    head: Mapping[str, Line]
    keep: Mapping[str, Line]
    may_replace: bool
    """Whether a template of one's own has the title that was chosen for this one."""
    groups: tuple[TemplateGroup, ...]
    take_problem: str
    file_problem: str
    own: tuple[Option, ...]
    kept: str
    """The title of the template that was kept just now."""
    general: tuple[str, ...]

    @property
    def faulty(self) -> bool:
        return bool(self.general or self.take_problem or self.file_problem) or any(
            line.problem for form in (self.head, self.keep) for line in form.values()
        )


def builder_page(
    review: Review,
    project: Project,
    estimate: int,
    templates: Sequence[Template],
    own: Sequence[Template],
    sent: Sent,
    *,
    kept: str = "",
) -> BuilderPage:
    """`estimate` is in minutes; `sent` is the form that came back, `kept` the key of a template just kept."""
    own_minutes = "" if review.minutes == estimate else str(review.minutes)
    head = _lines(sent, "head", {"title": review.title, "intro": review.intro, "minutes": own_minutes})
    keep = _lines(sent, "keep", {"template": sent.typed.get("template", "")})
    known = {*head, *keep, "key", "file"}
    return BuilderPage(
        review=review,
        project=project,
        frozen=review.status is not ReviewStatus.DRAFT,
        summary=f"{plural(len(review.questions), 'question')}, about {plural(review.minutes, 'minute')}",
        estimate=estimate,
        rows=tuple(_row(review.questions, place) for place in range(len(review.questions))),
        head=head,
        keep=keep,
        may_replace=sent.form == "keep" and "replace" in sent.problems,
        groups=template_groups(templates, own, sent.typed.get("key", review.template)),
        take_problem=sentence(sent.problems.get("key", "")),
        file_problem=sentence(sent.problems.get("file", "")),
        own=tuple(template_option(template) for template in own),
        kept=next((template.title for template in own if template.key == kept), ""),
        general=tuple(sentence(said) for name, said in sent.problems.items() if name not in {*known, "replace"}),
    )


def said_when(questions: Sequence[Question], question: Question) -> str:
    """As in “only after “No” to question 3”; empty where it is asked of everybody."""
    when = question.when
    for number, asked in enumerate(questions, 1):
        if when and asked.key == when.question:
            labels = [f"“{label}”" for value, label in choices(asked) if value in when.answers]
            return f"only after {either(labels)} to question {number}"
    return ""


def _lines(sent: Sent, form: str, stored: Mapping[str, str]) -> dict[str, Line]:
    if sent.form != form:
        return {name: Line(value, "") for name, value in stored.items()}
    return {
        name: Line(sent.typed.get(name, value), sentence(sent.problems.get(name, ""))) for name, value in stored.items()
    }


def _row(questions: Sequence[Question], place: int) -> QuestionRow:
    question = questions[place]
    after = questions[place + 1] if place + 1 < len(questions) else None
    hanging = [one for one in questions if one.when and one.when.question == question.key]
    meta = (
        TYPES[question.type],
        "needed" if question.required else "",
        plural(len(question.options), "choice") if question.options else "",
        f"under “{question.lens}”" if question.lens else "",
    )
    return QuestionRow(
        key=question.key,
        number=place + 1,
        text=question.text,
        meta=tuple(part for part in meta if part),
        when=said_when(questions, question),
        up=place > 0 and not (question.when and question.when.question == questions[place - 1].key),
        down=after is not None and after not in hanging,
    )
