"""A question, or what was typed of one -> the page where it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Question, Review
from reviewkit.domain.words import QuestionType
from webapp.presenters.builder.words import area_options, kind_options, type_options
from webapp.presenters.form import Option, choices
from webapp.presenters.words import sentence

ROLE = "role"
"""The question that role gaps are read from."""

MOST_EARLIER = 40
"""Earlier questions that a condition can be chosen from; all of a long form's would make a page nobody reads."""

FIELDS = ("text", "help", "type", "options", "lens", "area", "expects", "when")


@dataclass(frozen=True)
class Typed:
    """A question as its form holds it; `when` has earlier question -> answers."""

    text: str = ""
    help: str = ""
    type: str = QuestionType.PARAGRAPH
    options: str = ""
    required: bool = False
    lens: str = ""
    area: str = ""
    expects: str = ""
    when: Mapping[str, Sequence[str]] | None = None


@dataclass(frozen=True)
class Earlier:
    """A question that a condition may look at."""

    key: str
    number: int
    text: str
    open: bool
    options: tuple[Option, ...]


@dataclass(frozen=True)
class QuestionPage:
    """`key` is empty for a new one, which comes behind the question `after` (at the top where that is empty)."""

    review: Review
    project: Project
    key: str
    after: str
    place: str
    typed: Typed
    is_role: bool
    types: tuple[Option, ...]
    areas: tuple[Option, ...]
    kinds: tuple[Option, ...]
    lenses: tuple[str, ...]
    earlier: tuple[Earlier, ...]
    """The nearest ones, and the one it looks at already."""
    further: int
    """How many stand further up."""
    frees: tuple[str, ...]
    """What is asked of everybody once it is removed."""
    removable: bool
    problems: Mapping[str, str]
    general: tuple[str, ...]


def typed_of(question: Question) -> Typed:
    return Typed(
        text=question.text,
        help=question.help,
        type=question.type,
        options="\n".join(question.options),
        required=question.required,
        lens=question.lens,
        area=question.area or "",
        expects=question.expects or "",
        when={question.when.question: question.when.answers} if question.when else None,
    )


def question_page(
    review: Review, project: Project, typed: Typed, problems: Mapping[str, str], *, key: str = "", after: str = ""
) -> QuestionPage:
    questions = review.questions
    keys = [question.key for question in questions]
    if (key or after) and (key or after) not in keys:  # removed in the meantime: what was typed becomes a new one
        key, after = "", keys[-1]
    place = keys.index(key) if key in keys else keys.index(after) + 1 if after in keys else 0
    when = typed.when or {}
    closed = [(number, question) for number, question in enumerate(questions[:place], 1) if question.choices]
    offered = [one for one in closed[:-MOST_EARLIER] if when.get(one[1].key)] + closed[-MOST_EARLIER:]
    return QuestionPage(
        review=review,
        project=project,
        key=key,
        after=after,
        place=f"{place + 1} of {len(questions) + (not key)}",
        typed=typed,
        is_role=key == ROLE,
        types=type_options(typed.type),
        areas=area_options(typed.area),
        kinds=kind_options(typed.expects),
        lenses=tuple(dict.fromkeys(question.lens for question in questions if question.lens)),
        earlier=tuple(_earlier(question, number, when) for number, question in offered),
        further=len(closed) - len(offered),
        frees=tuple(one.text for one in questions if key and one.when and one.when.question == key),
        removable=bool(key) and len(questions) > 1,
        problems={name: sentence(said) for name, said in problems.items() if name in FIELDS},
        general=tuple(sentence(said) for name, said in problems.items() if name not in FIELDS),
    )


def _earlier(question: Question, number: int, when: Mapping[str, Sequence[str]]) -> Earlier:
    ticked = when.get(question.key, ())
    options = tuple(Option(value, label, value in ticked) for value, label in choices(question))
    return Earlier(question.key, number, question.text, bool(ticked), options)
