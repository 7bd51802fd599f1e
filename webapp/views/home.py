"""What needs me today?"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug import Response

from reviewkit.domain.words import ActionState
from webapp.fields import text_field, word_field
from webapp.here import here
from webapp.presenters.home import home_page

blueprint = Blueprint("home", __name__)


@blueprint.get("/")
def today() -> str:
    return render_template("home.html", page=home_page(here.ws.overview()))


@blueprint.post("/actions/<id>")
def settle(id: str) -> Response:
    action = here.ws.actions.settle(id, word_field(ActionState, "state"), who=here.who)
    if text_field("back") == "project":
        return redirect(url_for("projects.show", key=action.project, _anchor="actions"), 303)
    return redirect(url_for("home.today", _anchor="actions"), 303)
