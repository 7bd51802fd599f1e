"""What did we fear, and what happened?"""

from __future__ import annotations

from flask import Blueprint, render_template

from webapp.fields import chosen, number_arg
from webapp.here import here
from webapp.presenters.risks import FILTERS, risk_page, themes_by_risk

blueprint = Blueprint("risks", __name__, url_prefix="/risks")


@blueprint.get("")
def index() -> str:
    ws = here.ws
    page = risk_page(
        ws.risks.list(),
        ws.projects.list(),
        themes_by_risk(ws.risks.themes_of(), ws.themes.list()),
        chosen(FILTERS),
        number_arg("page", 1),
    )
    return render_template("risks.html", page=page)
