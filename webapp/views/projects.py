"""Which projects are there, and what is known of one?"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from reviewkit.domain.errors import AlreadyThere, FieldsInvalid, Invalid, ReviewkitError
from reviewkit.domain.projects import Project
from reviewkit.domain.words import ProjectStatus
from webapp import errors
from webapp.fields import count_field, day_field, text_field, word_field
from webapp.here import here
from webapp.presenters.builder.begin import DEFAULT_TEMPLATE, Typed, begin_form
from webapp.presenters.outcomes import waiting_line
from webapp.presenters.projects import LABELS, STAGES, known_values, project_groups, project_page
from webapp.presenters.registers.closing import waiting_line as untold_line
from webapp.presenters.risks import themes_by_risk
from webapp.project_fields import project_of, typed_new, typed_of, typed_project

blueprint = Blueprint("projects", __name__, url_prefix="/projects")


@blueprint.get("")
def index() -> str:
    return render_template("projects.html", groups=project_groups(here.ws.projects.list(), here.ws.reviews.list()))


@blueprint.get("/new")
def write() -> str:
    return _form(None, typed_of(Project("", "")) | {"key": "", "status": ProjectStatus.PROPOSED}, {})


@blueprint.post("")
def add() -> ResponseReturnValue:
    """One that is about to start goes on to its kickoff, where its brief is written."""
    typed = typed_new()
    try:
        project = project_of(typed, Project(typed["key"], "", status=word_field(ProjectStatus, "status")))
        here.ws.projects.add(project, who=here.who)
    except FieldsInvalid as problem:
        return _form(None, typed, problem.problems), errors.status_of(problem)
    except AlreadyThere as problem:
        return _form(None, typed, {"key": "another project has it"}), errors.status_of(problem)
    except Invalid as problem:
        return _form(None, typed, {problem.field: str(problem)}), errors.status_of(problem)
    return redirect(url_for("kickoff.show" if project.is_starting else "projects.show", key=project.key), 303)


@blueprint.get("/<key>")
def show(key: str) -> str:
    return _page(key, Typed())


@blueprint.post("/<key>/reviews")
def new_review(key: str) -> Response:
    """The draft's questions are shown next: whoever chose a template sees what it asks."""
    template = here.ws.templates.named(request.form.get("template") or DEFAULT_TEMPLATE)
    review = here.ws.reviews.new(
        key, template=template, title=text_field("title"), invited=count_field("invited"), who=here.who
    )
    return redirect(url_for("questions.index", id=review.id), 303)


@blueprint.get("/<key>/edit")
def edit(key: str) -> str:
    project = here.ws.projects.get(key)
    return _form(project, typed_of(project), {}, request.args.get("back", ""))


@blueprint.post("/<key>/edit")
def change(key: str) -> ResponseReturnValue:
    """Saved, or the form again with all that was typed and what is wrong beside it."""
    project, typed, back = here.ws.projects.get(key), typed_project(), request.form.get("back", "")
    try:
        here.ws.projects.edit(project_of(typed, project), who=here.who)
    except FieldsInvalid as problem:
        return _form(project, typed, problem.problems, back), errors.status_of(problem)
    return redirect(url_for("kickoff.show" if back == "kickoff" else "projects.show", key=key), 303)


@blueprint.post("/<key>/close")
def close(key: str) -> Response:
    """What became of its risks is asked next, where nobody has said."""
    here.ws.projects.close(key, finished=day_field("finished"), who=here.who)
    if here.ws.registers.unanswered(key):
        return redirect(url_for("risk_writing.ask", key=key, closed=1), 303)
    return redirect(url_for("projects.show", key=key, closed=1), 303)


@blueprint.post("/<key>/reopen")
def reopen(key: str) -> Response:
    here.ws.projects.reopen(key, who=here.who)
    return redirect(url_for("projects.show", key=key), 303)


@blueprint.errorhandler(Invalid)
def mend(error: Invalid) -> ResponseReturnValue:
    """The page again, with all that was typed and what is wrong beside it."""
    form = request.form
    if request.endpoint != "projects.new_review":
        return errors.of_domain(error)
    typed = Typed(form.get("template", ""), form.get("title", ""), form.get("invited", ""), {error.field: str(error)})
    try:
        return _page((request.view_args or {})["key"], typed), errors.status_of(error)
    except ReviewkitError as gone:
        return errors.of_domain(gone)


def _form(project: Project | None, typed: Mapping[str, str], faults: Mapping[str, str], back: str = "") -> str:
    """The form of `project`, or of one that is to be added."""
    return render_template(
        "project_edit.html",
        project=project,
        typed=typed,
        faults=faults,
        back=back,
        labels=LABELS,
        stages=STAGES,
        known=known_values(here.ws.projects.list()),
    )


def _page(key: str, typed: Typed) -> str:
    ws = here.ws
    page = project_page(
        ws.projects.get(key),
        ws.reviews.list(key),
        ws.risks.list(key),
        ws.lessons.list(project=key),
        ws.actions.list(key),
        ws.kickoffs.latest(key),
        themes_by_risk(ws.risks.themes_of(), ws.themes.list()),
        ws.context.today,
    )
    begin = begin_form(ws.templates.list(), ws.templates.own(), typed)
    outcomes = waiting_line(*ws.outcomes.waiting(key))
    return render_template(
        "project.html",
        page=page,
        begin=begin,
        outcomes=outcomes,
        untold=untold_line(len(ws.registers.unanswered(key))),
        can_close=ws.projects.can_close(key),
        can_reopen=ws.projects.can_reopen(key),
        today=ws.context.today,
    )
