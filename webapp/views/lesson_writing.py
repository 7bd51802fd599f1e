"""A lesson is written and mended here; one is begun from a theme or a statement with its evidence attached."""

from __future__ import annotations

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug import Response as Answer

from reviewkit.domain.errors import FieldsInvalid, LessonChanged
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.words import LessonState
from webapp import access, errors
from webapp.fields import number_arg, number_field
from webapp.here import here
from webapp.lesson_fields import lesson_of, typed_lesson
from webapp.presenters.lessons.form import Typed, form_page, typed_of
from webapp.views.lessons import after_change

blueprint = Blueprint("lesson_writing", __name__, url_prefix="/lessons")


@blueprint.get("/new")
def write() -> Answer:
    """The theme or statement that it comes from stands in the address; with neither the form is blank."""
    theme, statement = request.args.get("theme", ""), request.args.get("statement", "")
    if statement:
        drafted = here.ws.drafting.from_statement(statement, theme)
    elif theme:
        drafted = here.ws.drafting.from_theme(theme)
    else:
        drafted = Lesson("", "", supersedes=request.args.get("supersedes", ""))
    return _form(typed_of(drafted), {}, is_drafted=bool(theme or statement))


@blueprint.post("/new")
def add() -> Answer:
    made = here.ws.lessons.add(lesson_of(typed_lesson(), Lesson("", "")), who=here.who)
    return redirect(url_for("lessons.show", id=made.id, did=1), 303)


@blueprint.get("/<id>/edit")
def rewrite(id: str) -> Answer:
    lesson = here.ws.lessons.get(id)
    access.check_edit(lesson)
    return _form(typed_of(lesson), {}, lesson)


@blueprint.post("/<id>/edit")
def change(id: str) -> Answer:
    lesson = here.ws.lessons.get(id)
    access.check_edit(lesson)
    here.ws.lessons.edit(lesson_of(typed_lesson(), lesson), who=here.who, seen=number_field("seen"))
    return after_change(id)


@blueprint.post("/<id>/hand-in")
def hand_in(id: str) -> Answer:
    access.check_edit(here.ws.lessons.get(id))
    here.ws.lessons.move(id, LessonState.IN_REVIEW, who=here.who)
    return after_change(id)


@blueprint.errorhandler(FieldsInvalid)
@blueprint.errorhandler(LessonChanged)
def mend(error: FieldsInvalid | LessonChanged) -> Answer:
    """The same form again, with all that was typed and what is wrong beside it."""
    asked = (request.view_args or {}).get("id", "")
    if request.endpoint == "lesson_writing.hand_in":
        return errors.of_domain(error)
    problems = error.problems if isinstance(error, FieldsInvalid) else {"": f"{error} Saving again keeps yours."}
    return _form(
        typed_lesson(), problems, here.ws.lessons.get(asked) if asked else None, status=errors.status_of(error)
    )


def _form(
    typed: Typed, problems: dict[str, str], lesson: Lesson | None = None, *, is_drafted: bool = False, status: int = 200
) -> Answer:
    ws = here.ws
    rests_on = dict.fromkeys((*typed.lists.get("statements", ()), *(lesson.statements if lesson else ())))
    page = form_page(
        typed,
        lesson=lesson,
        seen=str(max((change.number for change in ws.lessons.history(lesson.id)), default=0)) if lesson else "",
        resting=ws.drafting.resting(Lesson("", "", statements=tuple(rests_on))),
        projects=ws.projects.list(),
        themes=ws.drafting.themes_for(typed.lists.get("themes", ())),
        risks=ws.drafting.risks_for(typed.project, typed.lists.get("themes", ()), typed.lists.get("risks", ())),
        lessons=ws.lessons.list(),
        problems=problems,
        is_drafted=is_drafted or number_arg("drafted") == 1,
    )
    return make_response(render_template("lessons/form.html", page=page), status)
