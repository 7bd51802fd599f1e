"""Have we met this before?"""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug import Response as Answer

from reviewkit.domain.words import LessonState, Scope
from webapp.fields import chosen, number_arg, word_field
from webapp.here import here
from webapp.presenters.lessons import FACETS, FOUND_MOST, found_page, lesson_page, library_page

blueprint = Blueprint("lessons", __name__, url_prefix="/lessons")


@blueprint.get("")
def index() -> str:
    query, filters, number = request.args.get("q", "").strip(), chosen(tuple(FACETS)), number_arg("page", 1)
    lessons = here.ws.lessons.list()
    if query:
        found = here.ws.search(query, scopes=[Scope.LESSONS], limit=FOUND_MOST, filters=filters)
        page = found_page(found, {lesson.id: lesson for lesson in lessons}, filters, number)
    else:
        page = library_page(lessons, filters, number)
    return render_template("lessons.html", page=page)


@blueprint.get("/<id>")
def show(id: str) -> str:
    ws = here.ws
    lesson = ws.lessons.get(id)
    page = lesson_page(
        lesson,
        next((project for project in ws.projects.list() if project.key == lesson.project), None),
        {theme.id: theme.label for theme in ws.themes.list()} if lesson.themes else {},
        {risk.id: risk for risk in ws.risks.list()} if lesson.risks else {},
        ws.lessons.hints(lesson),
        ws.lessons.next_states(lesson),
    )
    return render_template("lesson.html", page=page, effect=ws.outcomes.of_lesson(id))


@blueprint.get("/export.csv")
def export() -> Response:
    head = {"Content-Disposition": "attachment; filename=lessons.csv"}
    return Response(here.ws.lessons.export(), mimetype="text/csv", headers=head)


@blueprint.post("/<id>/state")
def move(id: str) -> Answer:
    here.ws.lessons.move(id, word_field(LessonState, "state"), who=here.who)
    return redirect(url_for("lessons.show", id=id), 303)
