"""The fields of a question's form -> what was typed, and the question it makes."""

from __future__ import annotations

from flask import request

from reviewkit.domain.errors import QuestionInvalid
from reviewkit.domain.reviews import Condition, Question
from reviewkit.domain.words import Area, Kind, QuestionType
from webapp.fields import one_of
from webapp.presenters.builder.question import Typed

WHEN_PREFIX = "when-"


def typed_question() -> Typed:
    """What stands in the fields, as it was typed."""
    form = request.form
    when = {name.removeprefix(WHEN_PREFIX): tuple(form.getlist(name)) for name in form if name.startswith(WHEN_PREFIX)}
    return Typed(
        text=form.get("text", ""),
        help=form.get("help", ""),
        type=form.get("type", ""),
        options=form.get("options", ""),
        required="required" in form,
        lens=form.get("lens", ""),
        area=form.get("area", ""),
        expects=form.get("expects", ""),
        when=when or None,
    )


def question_of(typed: Typed, key: str = "") -> Question:
    """The question that was typed, not yet checked. Raises QuestionInvalid for what is no choice of its form."""
    problems = {}
    kind = one_of(QuestionType, typed.type)
    if kind is None:
        problems["type"] = "choose how it is answered"
    area, expects = one_of(Area, typed.area), one_of(Kind, typed.expects)
    if typed.area and area is None:
        problems["area"] = "choose one of these"
    if typed.expects and expects is None:
        problems["expects"] = "choose one of these"
    if typed.when and len(typed.when) > 1:
        problems["when"] = "tick answers of one question only; it cannot hang on two"
    if kind is None or problems:
        raise QuestionInvalid(key or "new", problems)
    return Question(
        key=key,
        text=typed.text,
        type=kind,
        help=typed.help,
        required=typed.required,
        lens=typed.lens,
        area=area,
        expects=expects,
        options=tuple(typed.options.splitlines()),
        when=next((Condition(asked, tuple(answers)) for asked, answers in (typed.when or {}).items()), None),
    )
