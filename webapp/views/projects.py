"""Which projects are there, and what is known of one?"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, url_for
from werkzeug import Response

from webapp.fields import count_field, text_field
from webapp.here import here
from webapp.presenters.projects import project_groups, project_page
from webapp.presenters.risks import themes_by_risk

blueprint = Blueprint("projects", __name__, url_prefix="/projects")


@blueprint.get("")
def index() -> str:
    return render_template("projects.html", groups=project_groups(here.ws.projects.list(), here.ws.reviews.list()))


@blueprint.get("/<key>")
def show(key: str) -> str:
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
    return render_template("project.html", page=page)


@blueprint.post("/<key>/reviews")
def new_review(key: str) -> Response:
    review = here.ws.reviews.new(key, title=text_field("title"), invited=count_field("invited"), who=here.who)
    return redirect(url_for("reviews.show", id=review.id), 303)
