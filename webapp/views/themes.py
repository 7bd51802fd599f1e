"""What keeps coming back?"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from reviewkit.domain.errors import NotFound
from reviewkit.domain.ids import derived_id
from reviewkit.domain.words import Area, LinkState, Scope, ThemeStatus
from webapp.fields import number_arg, one_of, text_field, word_field
from webapp.here import here
from webapp.presenters.themes import theme_list, theme_page
from webapp.presenters.words import names_of

blueprint = Blueprint("themes", __name__, url_prefix="/themes")


@blueprint.get("")
def index() -> str:
    retired = request.args.get("retired") == "1"
    page = theme_list(
        here.ws.themes.list(retired=retired),
        here.ws.themes.children(),
        area=one_of(Area, request.args.get("area")),
        retired=retired,
        number=number_arg("page", 1),
    )
    return render_template("themes.html", page=page)


@blueprint.get("/<id>")
def show(id: str) -> str:
    page = theme_page(here.ws.themes.show(id), names_of(here.ws.projects.list()))
    rejected = request.args.get("rejected", "")
    return render_template("theme.html", page=page, rejected=here.ws.risks.get(rejected) if rejected else None)


@blueprint.post("/<id>/name")
def rename(id: str) -> Response:
    here.ws.themes.rename(id, text_field("label"), who=here.who)
    return redirect(url_for("themes.show", id=id), 303)


@blueprint.post("/<id>/status")
def set_status(id: str) -> Response:
    here.ws.themes.set_status(id, word_field(ThemeStatus, "status"), who=here.who)
    return redirect(url_for("themes.show", id=id), 303)


@blueprint.post("/<id>/undo")
def undo(id: str) -> Response:
    decision = text_field("decision")
    if all(one.id != decision for one in here.ws.themes.show(id).decisions):
        raise NotFound("decision about this theme", decision)
    here.ws.themes.undo(decision, who=here.who)
    return redirect(url_for("themes.show", id=id, _anchor="decisions"), 303)


@blueprint.post("/<id>/links")
def link(id: str) -> Response:
    risk, state = text_field("risk"), word_field(LinkState, "state")
    here.ws.risks.decide(derived_id(Scope.THEMES, id, risk), state, who=here.who)
    rejected = risk if state is LinkState.REJECTED else None
    return redirect(url_for("themes.show", id=id, rejected=rejected, _anchor="risks"), 303)
