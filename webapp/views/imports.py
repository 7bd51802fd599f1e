"""What would this file bring, and shall it come in? Upload, columns, preview, done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug import Response

from reviewkit.domain.errors import Invalid, NotFound, ReviewkitError
from reviewkit.domain.reviews import Review
from reviewkit.workspace.files.answers import import_responses
from reviewkit.workspace.files.imports import ImportReport, import_lessons, import_projects, import_risks
from reviewkit.workspace.files.looking import Sheet, fields_of, look_at_answers, look_at_records
from reviewkit.workspace.files.uploads import Upload, discard, held, hold, set_mapping
from webapp import errors
from webapp.fields import count_field, text_field
from webapp.here import here
from webapp.presenters.imports import PreviewPage, chosen_mapping, mapping_page, preview_page

ANSWERS = "answers"
RECORDS = ("risks", "projects", "lessons")

answers = Blueprint("answers_import", __name__, url_prefix="/reviews/<id>/import")
records = Blueprint("records_import", __name__, url_prefix="/import/<what>")


def choose(what: str = ANSWERS, id: str = "", problem: str = "") -> str:
    return _page("upload", what, id, projects=here.ws.projects.list() if what == "risks" else [], problem=problem)


def send(what: str = ANSWERS, id: str = "") -> Response:
    _subject(what, id)
    file = request.files.get("file")
    if file is None or not file.filename:
        raise Invalid("Choose a file first.", field="file")
    upload = hold(here.ws, file.stream, file.filename, _target(what, id), project=text_field("project"), who=here.who)
    try:
        _sheet(upload, what, id)
    except Exception:
        discard(upload)  # it cannot be read, so nobody will come back for it
        raise
    return _to("columns", what, id, upload.id)


def columns(upload: str, what: str = ANSWERS, id: str = "") -> str:
    return _columns(_held(upload, what, id), what, id)


def set_columns(upload: str, what: str = ANSWERS, id: str = "") -> Response:
    held_, people = _held(upload, what, id), count_field("people")
    sheet = _sheet(replace(held_, mapping=(), people=people), what, id)  # a number that does not fit is refused here
    set_mapping(held_, _chosen(sheet), people)
    return _to("preview", what, id, upload)


def preview(upload: str, what: str = ANSWERS, id: str = "") -> str:
    held_ = _held(upload, what, id)
    return _page("preview", what, id, page=_told(_import(held_, what, id, dry_run=True), what, id), upload=held_)


def apply(upload: str, what: str = ANSWERS, id: str = "") -> str:
    """Tells in the answer itself what was done: the file is gone then, and nothing is left to lead back to."""
    held_ = _held(upload, what, id)
    report = _import(held_, what, id, dry_run=False)
    discard(held_)
    return _page("done", what, id, page=_told(report, what, id), upload=held_)


def throw_away(upload: str, what: str = ANSWERS, id: str = "") -> Response:
    discard(_held(upload, what, id))
    return redirect(_back(what, id), 303)


def mend(error: Invalid) -> Response:
    """The step at which it can be mended, with what is wrong and with what was chosen."""
    at = request.view_args or {}
    what, review, problem = at.get("what", ANSWERS), at.get("id", ""), str(error)
    try:
        if "upload" not in at:
            return make_response(choose(what, review, problem), errors.status_of(error))
        held_ = _held(at["upload"], what, review)
        if (request.endpoint or "").endswith(".set_columns"):
            fresh = replace(held_, mapping=(), people=None)
            held_ = replace(fresh, mapping=_chosen(_sheet(fresh, what, review)))
        return make_response(_columns(held_, what, review, problem), errors.status_of(error))
    except ReviewkitError as gone:
        return errors.of_domain(gone)


def _columns(upload: Upload, what: str, id: str, problem: str = "") -> str:
    page = mapping_page(_sheet(upload, what, id), upload.people)
    return _page("columns", what, id, page=page, upload=upload, problem=problem)


def _chosen(sheet: Sheet) -> Sequence[tuple[str, str]]:
    """What the form says its columns are."""
    chosen = [request.form.get(f"column-{number}", "") for number in range(len(sheet.columns))]
    return () if sheet.fixed else chosen_mapping(sheet, chosen)


def _page(step: str, what: str, id: str, **more: object) -> str:
    review = _subject(what, id)
    return render_template(
        f"imports/{step}.html",
        what=what,
        review=review,
        project=here.ws.projects.get(review.project) if review else None,
        at={"id": id} if what == ANSWERS else {"what": what},
        route=answers.name if what == ANSWERS else records.name,
        back=_back(what, id),
        **more,
    )


def _subject(what: str, id: str) -> Review | None:
    """The review that answers go into, if answers they are. Raises NotFound."""
    if what == ANSWERS:
        return here.ws.reviews.get(id)
    if what not in RECORDS:
        raise NotFound("kind of import", what)
    return None


def _held(upload: str, what: str, id: str) -> Upload:
    _subject(what, id)
    return held(here.ws, upload, _target(what, id), who=here.who)


def _sheet(upload: Upload, what: str, id: str) -> Sheet:
    if what != ANSWERS:
        return look_at_records(what, upload.path, upload.mapping, name=upload.name)
    review = here.ws.reviews.get(id)
    return look_at_answers(here.ws, upload.path, review, upload.mapping, name=upload.name, people=upload.people)


def _import(upload: Upload, what: str, id: str, *, dry_run: bool) -> ImportReport:
    ws, path, mapping, name, who = here.ws, upload.path, upload.mapping, upload.name, here.who
    if what == ANSWERS:
        return import_responses(ws, path, id, mapping, name=name, people=upload.people, dry_run=dry_run, who=who)
    if what == "risks":
        return import_risks(ws, path, upload.project, mapping, name=name, dry_run=dry_run, who=who)
    take = import_projects if what == "projects" else import_lessons
    return take(ws, path, mapping, name=name, dry_run=dry_run, who=who)


def _told(report: ImportReport, what: str, id: str) -> PreviewPage:
    return preview_page(report, what, fields_of(what, here.ws.reviews.get(id) if what == ANSWERS else None))


def _target(what: str, id: str) -> str:
    return f"reviews/{id}" if what == ANSWERS else what


def _to(step: str, what: str, id: str, upload: str) -> Response:
    if what == ANSWERS:
        return redirect(url_for(f"{answers.name}.{step}", id=id, upload=upload), 303)
    return redirect(url_for(f"{records.name}.{step}", what=what, upload=upload), 303)


def _back(what: str, id: str) -> str:
    return url_for("reviews.show", id=id) if what == ANSWERS else url_for(f"{what}.index")


for _blueprint in (answers, records):
    for _path, _name, _view, _method in (
        ("", "choose", choose, "GET"),
        ("", "send", send, "POST"),
        ("/<upload>", "columns", columns, "GET"),
        ("/<upload>", "set_columns", set_columns, "POST"),
        ("/<upload>/preview", "preview", preview, "GET"),
        ("/<upload>/apply", "apply", apply, "POST"),
        ("/<upload>/discard", "discard", throw_away, "POST"),
    ):
        _blueprint.add_url_rule(_path, _name, _view, methods=[_method])
    _blueprint.register_error_handler(Invalid, mend)
