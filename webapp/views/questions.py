"""What does a review ask? Its form is made here, one action a post, until it is opened."""

from __future__ import annotations

from typing import TypeAlias

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug import Response as Answer

from reviewkit.domain.errors import (
    AlreadyThere,
    FieldsInvalid,
    Invalid,
    NotFound,
    QuestionsFrozen,
    ReviewkitError,
)
from reviewkit.workspace.reviewing.responses import Form
from webapp import errors
from webapp.here import here
from webapp.presenters.builder.page import Sent, builder_page
from webapp.presenters.builder.question import Typed, question_page, typed_of
from webapp.presenters.form import form_page
from webapp.question_fields import question_of, typed_question
from webapp.security import FRAMED_BY_US

blueprint = Blueprint("questions", __name__, url_prefix="/reviews/<id>/questions")

FORMS = {
    "questions.describe": "head",
    "questions.keep": "keep",
    "questions.take": "take",
    "questions.bring": "bring",
}
"""Which form of the page a post came from."""

ONLY_FIELD = {"questions.take": "key", "questions.bring": "file"}

Refused: TypeAlias = Invalid | AlreadyThere | NotFound | QuestionsFrozen


@blueprint.get("")
def index(id: str) -> Answer:
    return _page(id)


@blueprint.get("/preview")
def preview(id: str) -> Answer:
    """The form as the respondent sees it, with nothing to send; it may stand in a frame of our own page."""
    review = here.ws.reviews.get(id)
    page = form_page(Form(review, here.ws.projects.get(review.project)))
    back = url_for("questions.index", id=id)
    return make_response(render_template("respond.html", page=page, preview=back), FRAMED_BY_US)


@blueprint.get("/export.toml")
def export(id: str) -> Answer:
    head = {"Content-Disposition": "attachment; filename=questions.toml"}
    answer = make_response(here.ws.building.toml(id), head)
    answer.mimetype = "application/toml"
    return answer


@blueprint.post("/head")
def describe(id: str) -> Answer:
    minutes = request.form.get("minutes", "").strip()
    if minutes and not (minutes.isascii() and minutes.isdigit() and len(minutes) < 5):
        raise FieldsInvalid("the form", {"minutes": f"“{minutes[:40]}” is not a number of minutes"})
    title, intro = request.form.get("title", ""), request.form.get("intro", "")
    here.ws.building.describe(id, title=title, intro=intro, minutes=int(minutes) if minutes else None, who=here.who)
    return _back(id, "head")


@blueprint.get("/new")
def write(id: str) -> Answer:
    """Behind which question the new one comes stands in the address; at the end where nothing does."""
    questions = here.ws.reviews.get(id).questions
    after = request.args.get("after", questions[-1].key if questions else "")
    return _question(id, Typed(), {}, after=after)


@blueprint.post("/new")
def add(id: str) -> Answer:
    asked = question_of(typed_question())
    made = here.ws.building.put(id, asked, after=request.form.get("after", ""), who=here.who)
    return _back(id, f"q-{made.key}")


@blueprint.get("/q/<key>")
def rewrite(id: str, key: str) -> Answer:
    question = here.ws.reviews.get(id).question(key)
    if question is None:
        raise NotFound("question", key, hint="Somebody may have removed it in the meantime.")
    return _question(id, typed_of(question), {}, key=key)


@blueprint.post("/q/<key>")
def change(id: str, key: str) -> Answer:
    here.ws.building.put(id, question_of(typed_question(), key), who=here.who)
    return _back(id, f"q-{key}")


@blueprint.post("/q/<key>/move")
def move(id: str, key: str) -> Answer:
    here.ws.building.move(id, key, up=request.form.get("to") == "up", who=here.who)
    return _back(id, f"q-{key}")


@blueprint.post("/q/<key>/remove")
def remove(id: str, key: str) -> Answer:
    here.ws.building.remove(id, key, who=here.who)
    return _back(id, "questions")


@blueprint.post("/template")
def take(id: str) -> Answer:
    here.ws.building.start_from(id, here.ws.templates.named(request.form.get("key", "")), who=here.who)
    return _back(id, "questions")


@blueprint.post("/file")
def bring(id: str) -> Answer:
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid("choose a file first")
    here.ws.building.start_from(id, here.ws.templates.read(file.filename, file.read()), who=here.who)
    return _back(id, "questions")


@blueprint.post("/keep")
def keep(id: str) -> Answer:
    made = here.ws.building.as_template(id, request.form.get("template", ""))
    kept = here.ws.templates.save(made, replace="replace" in request.form, who=here.who)
    return redirect(url_for("questions.index", id=id, kept=kept.key, _anchor="own"), 303)


@blueprint.post("/drop")
def drop(id: str) -> Answer:
    here.ws.templates.remove(request.form.get("key", ""), who=here.who)
    return _back(id, "own")


@blueprint.post("/copy")
def copy(id: str) -> Answer:
    return _back(here.ws.building.corrected_copy(id, who=here.who).id, "main")


@blueprint.errorhandler(Invalid)
@blueprint.errorhandler(AlreadyThere)
@blueprint.errorhandler(NotFound)
@blueprint.errorhandler(QuestionsFrozen)
def mend(error: Refused) -> Answer:
    """The same form again, with all that was typed and what is wrong beside it."""
    asked, status = request.view_args or {}, errors.status_of(error)
    try:
        if request.endpoint in ("questions.add", "questions.change"):
            after = request.form.get("after", "")
            key = asked.get("key", "")
            return _question(asked["id"], typed_question(), _problems(error), key=key, after=after, status=status)
        sent = Sent(FORMS.get(request.endpoint or "", ""), request.form.to_dict(), _problems(error))
        return _page(asked["id"], sent, status)
    except ReviewkitError as gone:  # in the meantime
        return errors.of_domain(gone)


def _problems(error: Refused) -> dict[str, str]:
    """Field -> what is wrong with it; what belongs to no field stands under an empty name."""
    if isinstance(error, FieldsInvalid):
        renamed = {"title": "template"} if request.endpoint == "questions.keep" else {}
        return {renamed.get(field, field): problem for field, problem in error.problems.items()}
    if isinstance(error, AlreadyThere):
        return {"template": str(error), "replace": ""}
    field = "" if isinstance(error, QuestionsFrozen) else ONLY_FIELD.get(request.endpoint or "", "")
    return {field: str(error)}


def _page(id: str, sent: Sent | None = None, status: int = 200) -> Answer:
    ws = here.ws
    review = ws.reviews.get(id)
    page = builder_page(
        review,
        ws.projects.get(review.project),
        ws.building.minutes(review),
        ws.templates.list(),
        ws.templates.own(),
        sent or Sent(),
        kept=request.args.get("kept", ""),
    )
    return make_response(render_template("questions/index.html", page=page), status)


def _question(
    id: str, typed: Typed, problems: dict[str, str], *, key: str = "", after: str = "", status: int = 200
) -> Answer:
    review = here.ws.reviews.get(id)
    page = question_page(review, here.ws.projects.get(review.project), typed, problems, key=key, after=after)
    return make_response(render_template("questions/question.html", page=page), status)


def _back(id: str, anchor: str) -> Answer:
    return redirect(url_for("questions.index", id=id, _anchor=anchor), 303)
