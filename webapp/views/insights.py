"""Are we learning?"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from reviewkit.domain.errors import Invalid
from reviewkit.domain.insights import Comparison
from webapp.fields import chosen
from webapp.here import here
from webapp.presenters.insights import CRITERIA, Found, insights_page
from webapp.presenters.outcomes import effect_rows
from webapp.presenters.words import names_of

blueprint = Blueprint("insights", __name__, url_prefix="/insights")


@blueprint.get("")
def index() -> str:
    ws, comparison = here.ws, Comparison(**chosen(CRITERIA))
    insights = ws.insights
    page = insights_page(
        comparison,
        Found(
            projects=insights.projects(comparison),
            choices=insights.choices(),
            embedding=insights.embedding(),
            blind_spots=insights.blind_spots(comparison),
            false_alarms=insights.false_alarms(comparison),
            base_rates=insights.base_rates(comparison),
            responses=insights.responses(comparison),
            backtest=ws.backtest.latest(),
            is_quick=ws.backtest.is_quick(),
        ),
        names_of(ws.projects.list()),
        only=request.args.get("only", ""),
    )
    effects = list(ws.outcomes.effectiveness().values())
    return render_template("insights.html", page=page, effects=effect_rows(effects, ws.outcomes.titles(effects)))


@blueprint.post("/backtest")
def backtest() -> Response:
    """Makes the back-test anew, where that takes seconds."""
    ws = here.ws
    if not ws.backtest.is_quick():
        raise Invalid("There is too much to test while you wait: run “reviewkit backtest” where the workspace lies.")
    ws.backtest.run(who=here.who)
    return redirect(url_for("insights.index", _anchor="backtest"), 303)
