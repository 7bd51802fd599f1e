"""What did we learn before that matters here?"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug import Response

from reviewkit.domain.errors import NotFound
from reviewkit.domain.words import Choice
from webapp.fields import day_field, text_field, word_field
from webapp.here import here
from webapp.presenters.kickoff import kickoff_page
from webapp.presenters.words import names_of

blueprint = Blueprint("kickoff", __name__, url_prefix="/projects/<key>/kickoff")


@blueprint.get("")
def show(key: str) -> str:
    ws = here.ws
    page = kickoff_page(
        ws.projects.get(key), ws.kickoffs.latest(key), names_of(ws.projects.list()), ws.actions.list(key)
    )
    return render_template("kickoff.html", page=page)


@blueprint.post("")
def make(key: str) -> Response:
    here.ws.kickoffs.for_project(key, who=here.who)
    return redirect(url_for("kickoff.show", key=key), 303)


@blueprint.post("/<id>")
def decide(key: str, id: str) -> Response:
    advice = here.ws.kickoffs.latest(key)
    if advice is None or all(one.id != id for one in advice.recommendations):
        raise NotFound("recommendation of this project's kickoff", id, hint="It may have been made again meanwhile.")
    here.ws.kickoffs.decide(
        id,
        word_field(Choice, "choice"),
        text=text_field("text"),
        owner=text_field("owner"),
        due=day_field("due"),
        who=here.who,
    )
    return redirect(url_for("kickoff.show", key=key, _anchor=f"r-{id}"), 303)
