"""Have we met this before? And what waits for a decision?"""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug import Response as Answer

from reviewkit.domain.errors import Invalid
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.words import LessonState, Scope
from webapp.fields import chosen, count_field, number_arg, text_field, word_field
from webapp.here import here
from webapp.presenters.lessons.against import against_lines, doubted_line
from webapp.presenters.lessons.library import FACETS, FOUND_MOST, HELPED, SEARCHED, found_page, library_page, so_far
from webapp.presenters.lessons.page import lesson_page, step_note
from webapp.presenters.lessons.queue import AT_ONCE, Seen, due_said, queue_page
from webapp.presenters.words import names_of

blueprint = Blueprint("lessons", __name__, url_prefix="/lessons")


@blueprint.get("")
def index() -> str:
    query, filters, number = request.args.get("q", "").strip(), chosen(tuple(FACETS)), number_arg("page", 1)
    lessons, replaced = here.ws.lessons.list(), here.ws.lessons.replaced()
    effects = here.ws.outcomes.effectiveness()
    if query:
        searched = {name: value for name, value in filters.items() if name in SEARCHED}
        wanted = filters.get(HELPED)
        among = None if wanted is None else [one.id for one in lessons if so_far(one.id, effects) == wanted]
        found = here.ws.search(query, scopes=[Scope.LESSONS], limit=FOUND_MOST, filters=searched, among=among)
        page = found_page(found, {lesson.id: lesson for lesson in lessons}, replaced, filters, number, effects)
    else:
        page = library_page(lessons, replaced, filters, number, effects)
    return render_template("lessons/index.html", page=page, is_empty=not lessons)


@blueprint.get("/queue")
def queue() -> str:
    ws = here.ws
    waiting = ws.lessons.waiting()
    page = queue_page(
        [_seen(lesson) for lesson in waiting[:AT_ONCE]],
        [_seen(lesson) for lesson in ws.lessons.due()],
        len(waiting),
        sum(lesson.state is LessonState.DRAFT for lesson in waiting),
        names_of(ws.projects.list()),
        ws.context.today,
    )
    names, against = names_of(ws.projects.list()), ws.dismissals.doubted()
    in_use = [lesson for lesson in ws.lessons.list() if lesson.id in against and lesson.is_usable]
    doubted = [doubted_line(lesson, against[lesson.id], names) for lesson in in_use]
    did = request.args.get("did", "")
    note = step_note(ws.lessons.get(did), ws.lessons.history(did)) if did else None
    return render_template("lessons/queue.html", page=page, note=note, doubted=doubted)


@blueprint.get("/<id>")
def show(id: str) -> str:
    ws = here.ws
    lesson = ws.lessons.get(id)
    themes = {theme.id: theme for theme in ws.drafting.themes_of(lesson)}
    page = lesson_page(
        lesson,
        names=names_of(ws.projects.list()),
        themes={one.id: one.label for one in themes.values()},
        raised_in=sorted({key for one in lesson.themes if one in themes for key in themes[one].projects}),
        risks={risk.id: risk for risk in ws.risks.list()} if lesson.risks else {},
        resting=ws.drafting.resting(lesson),
        hints=ws.lessons.hints(lesson),
        alike=ws.lessons.alike(lesson),
        next_states=ws.lessons.next_states(lesson),
        history=ws.lessons.history(id),
        others={one.id: one.title for one in ws.lessons.list()} if lesson.supersedes else {},
        replaced_by=ws.lessons.replaced().get(id),
        did=number_arg("did"),
    )
    against = against_lines(ws.dismissals.of_lesson(id), names_of(ws.projects.list()))
    due = due_said(lesson, ws.context.today) if lesson in ws.lessons.due(days=0) else ""
    effect = ws.outcomes.of_lesson(id)
    return render_template("lessons/show.html", page=page, effect=effect, against=against, due=due)


@blueprint.get("/export.csv")
def export() -> Response:
    head = {"Content-Disposition": "attachment; filename=lessons.csv"}
    return Response(here.ws.lessons.export(), mimetype="text/csv", headers=head)


@blueprint.post("/<id>/state")
def move(id: str) -> Answer:
    here.ws.lessons.move(id, word_field(LessonState, "state"), who=here.who)
    return after_change(id)


@blueprint.post("/<id>/undo")
def undo(id: str) -> Answer:
    """Takes back the last change, which the form names, so that no other one is taken back by mistake."""
    number = count_field("number")
    if number is None:
        raise Invalid("Say which change is to be taken back.", field="number")
    here.ws.lessons.undo(id, number, who=here.who)
    return after_change(id)


def after_change(id: str) -> Answer:
    """To the lesson, or on to the next one of the queue, where the change is told of and can be taken back."""
    if request.form.get("back") == "queue":
        following = text_field("next")
        return redirect(url_for("lessons.queue", did=id, _anchor=f"lesson-{following}" if following else None), 303)
    steps = here.ws.lessons.history(id)
    return redirect(url_for("lessons.show", id=id, did=steps[0].number if steps else None), 303)


def _seen(lesson: Lesson) -> Seen:
    ws = here.ws
    return Seen(lesson, ws.lessons.hints(lesson), ws.lessons.alike(lesson), ws.lessons.next_states(lesson))
