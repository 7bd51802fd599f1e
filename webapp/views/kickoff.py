"""What did we learn before that matters here?"""

from __future__ import annotations

from io import BytesIO

from flask import Blueprint, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response

from reviewkit.domain.errors import Invalid, NotFound
from reviewkit.domain.words import Choice, ReportFormat
from webapp import errors
from webapp.fields import day_field, one_of, text_field, word_field
from webapp.here import here
from webapp.presenters.kickoff import kickoff_page
from webapp.presenters.kickoff_parts import because, changes_lines, draft_page
from webapp.presenters.report import MIME_TYPES
from webapp.presenters.words import names_of

PARTS = ("whole", "digest")
"""What of a kickoff goes into a file: all of it, or one page."""

NAME_SHOWN = 120
"""Characters of a file's name that are told, counted from its end."""

TICKED = ("all", "none")
"""What the draft register can be asked to tick, other than what is new."""

blueprint = Blueprint("kickoff", __name__, url_prefix="/projects/<key>/kickoff")


@blueprint.get("")
def show(key: str) -> str:
    """`read` in the address names the file that the brief was just read from."""
    return _page(key, read=request.args.get("read", "")[:NAME_SHOWN])


@blueprint.post("")
def make(key: str) -> Response:
    here.ws.kickoffs.for_project(key, who=here.who)
    return redirect(url_for("kickoff.show", key=key), 303)


@blueprint.post("/brief")
def set_brief(key: str) -> ResponseReturnValue:
    """A file counts before what was typed; where neither can be taken, the page comes again with all that was typed."""
    file = request.files.get("file")
    name = (file.filename or "") if file else ""
    content = file.stream.read() if file and name else b""
    typed = request.form.get("brief", "")
    try:
        here.ws.kickoffs.set_brief(key, typed, content=content, name=name, who=here.who)
    except Invalid as problem:
        return _page(key, typed, str(problem), of_file=bool(name)), errors.status_of(problem)
    return redirect(url_for("kickoff.show", key=key, read=name[-NAME_SHOWN:] or None), 303)


@blueprint.post("/<id>")
def decide(key: str, id: str) -> Response:
    advice = here.ws.kickoffs.latest(key)
    if advice is None or all(one.id != id for one in advice.recommendations):
        raise NotFound("recommendation of this project's kickoff", id, hint="It may have been made again meanwhile.")
    here.ws.kickoffs.decide(
        id,
        word_field(Choice, "choice"),
        text=because(text_field("reason"), text_field("text")),
        owner=text_field("owner"),
        due=day_field("due"),
        who=here.who,
    )
    return redirect(url_for("kickoff.show", key=key, _anchor=f"r-{id}"), 303)


@blueprint.get("/register")
def draft(key: str) -> str:
    """What is new is ticked, unless the address asks for “all” or “none”."""
    ticked = request.args.get("ticked", "")
    return _draft(key, ticked if ticked in TICKED else "")


@blueprint.post("/register")
def add_risks(key: str) -> ResponseReturnValue:
    try:
        here.ws.draft_register.apply(key, request.form.getlist("risk"), who=here.who)
    except Invalid as problem:
        return _draft(key, "none", str(problem)), errors.status_of(problem)
    return redirect(url_for("kickoff.draft", key=key), 303)


@blueprint.get("/<part>.<ending>")
def download(key: str, part: str, ending: str) -> Response:
    """The last kickoff as a file."""
    written_as = one_of(ReportFormat, ending)
    advice = here.ws.kickoffs.latest(key)
    if part not in PARTS:
        raise NotFound("part of a kickoff", part, hint=f"There are: {', '.join(PARTS)}.")
    if written_as is None:
        raise NotFound("kickoff written as", ending, hint=f"There are: {', '.join(ReportFormat)}.")
    if advice is None:
        raise NotFound("kickoff of project", key, hint="Make it first.")
    content = BytesIO(here.ws.kickoffs.file(advice, written_as, digest=part == "digest"))
    name = f"{key} kickoff{' digest' if part == 'digest' else ''}.{written_as}"
    response = send_file(content, mimetype=MIME_TYPES[written_as], as_attachment=True, download_name=name)
    response.headers.pop("Cache-Control", None)  # it lets the file be kept; what all our pages say does not
    return response


def _draft(key: str, ticked: str, problem: str = "") -> str:
    """The draft register with `ticked` of it ticked; blank stands for what is new."""
    made, page = here.ws.kickoffs.latest(key) is not None, draft_page(here.ws.draft_register.preview(key))
    project = here.ws.projects.get(key)
    return render_template(
        "kickoff_register.html", project=project, page=page, made=made, ticked=ticked, problem=problem
    )


def _page(key: str, typed: str | None = None, problem: str = "", *, of_file: bool = False, read: str = "") -> str:
    """`problem` is what is wrong with the brief, in its file or as it was typed."""
    ws = here.ws
    page = kickoff_page(
        ws.projects.get(key), ws.kickoffs.latest(key), names_of(ws.projects.list()), ws.actions.list(key)
    )
    changes = changes_lines(ws.kickoffs.changes(key))
    return render_template(
        "kickoff.html", page=page, changes=changes, brief=typed, problem=problem, of_file=of_file, read=read
    )
