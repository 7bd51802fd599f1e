"""What keeps coming back?"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug import Response

from reviewkit.domain.errors import Invalid, NotFound
from reviewkit.domain.ids import derived_id
from reviewkit.domain.themes import Decision
from reviewkit.domain.words import Area, Kind, LinkState, Scope, ThemeChangeKind, ThemeStatus
from webapp.fields import number_arg, one_of, text_field, word_field
from webapp.here import here
from webapp.presenters.links.words import foreseen_tag
from webapp.presenters.themes.history import Note, note_of
from webapp.presenters.themes.listing import Narrowing, theme_list
from webapp.presenters.themes.page import Sieve, theme_page
from webapp.presenters.themes.regrouping import merge_page, move_page, options_of, split_page
from webapp.presenters.words import names_of

blueprint = Blueprint("themes", __name__, url_prefix="/themes")

MAX_WORDS = 100

CAME_HERE = Note("The theme you asked for was merged into this one by the last run.", ())


@blueprint.get("")
def index() -> str:
    ws = here.ws
    narrowing = Narrowing(
        area=one_of(Area, request.args.get("area")),
        changed=one_of(ThemeChangeKind, request.args.get("changed")),
        retired=request.args.get("retired") == "1",
    )
    page = theme_list(
        ws.themes.list(retired=narrowing.retired),
        ws.themes.children(),
        ws.themes.diff(),
        narrowing=narrowing,
        number=number_arg("page", 1),
    )
    note = note_of(ws.regrouping.decisions(request.args.getlist("did")), ws.regrouping.labels())
    return render_template("themes/index.html", page=page, note=note)


@blueprint.get("/<id>")
def show(id: str) -> str | Response:
    ws = here.ws
    if (successor := ws.regrouping.successor(id)) is not None:
        return redirect(url_for("themes.show", id=successor.id, was=id), 303)
    labels = ws.regrouping.labels()
    page = theme_page(
        ws.themes.show(id),
        ws.regrouping.said(id),
        labels,
        names_of(ws.projects.list()),
        sieve=Sieve(
            words=request.args.get("words", "").strip()[:MAX_WORDS],
            kind=one_of(Kind, request.args.get("kind")),
            part=request.args.get("part", ""),
        ),
        number=number_arg("page", 1),
        note=note_of(ws.regrouping.decisions(request.args.getlist("did")), labels, id)
        or (CAME_HERE if "was" in request.args else None),
    )
    rejected = request.args.get("rejected", "")
    foreseen = foreseen_tag(ws.links.foreseen(page.theme))
    tied_no_more = ws.risks.get(rejected) if rejected else None
    return render_template("themes/show.html", page=page, rejected=tied_no_more, foreseen=foreseen)


@blueprint.post("/<id>/name")
def rename(id: str) -> Response:
    return _shown(here.ws.themes.rename(id, text_field("label"), who=here.who))


@blueprint.post("/<id>/status")
def set_status(id: str) -> Response:
    return _shown(here.ws.themes.set_status(id, word_field(ThemeStatus, "status"), who=here.who))


@blueprint.post("/status")
def settle() -> Response:
    """Confirms or retires all that were ticked, save those that are so already."""
    ws, status, ticked = here.ws, word_field(ThemeStatus, "status"), set(request.form.getlist("theme"))
    if not ticked:
        raise Invalid("Tick the themes first.", field="theme")
    made = [
        ws.themes.set_status(theme.id, status, who=here.who)
        for theme in ws.themes.list(retired=True)
        if theme.id in ticked and theme.status is not status and not theme.merged_into
    ]
    return redirect(url_for("themes.index", did=[one.id for one in made]), 303)


@blueprint.get("/<id>/merge")
def merge(id: str) -> str:
    ws, into = here.ws, request.args.get("into", "")
    theme = ws.regrouping.whole(id)
    options = options_of(theme, ws.regrouping.like(id), ws.themes.list())
    names = names_of(ws.projects.list())
    if into:
        other = ws.regrouping.target(id, into)
        said, there = ws.regrouping.said(id), ws.regrouping.said(into)
        page = merge_page(theme, options, names, said=said, into=other, said_there=there)
    else:
        page = merge_page(theme, options, names)
    return render_template("themes/merge.html", page=page)


@blueprint.post("/<id>/merge")
def apply_merge(id: str) -> Response:
    return _shown(here.ws.themes.merge(id, text_field("into"), who=here.who), there=True)


@blueprint.get("/<id>/split")
def split(id: str) -> str:
    ws, part = here.ws, request.args.get("part", "")
    theme = ws.regrouping.whole(id)
    page = split_page(
        theme,
        ws.themes.children().get(id, ()),
        ws.regrouping.said(id),
        ws.regrouping.labels(),
        names_of(ws.projects.list()),
        part=ws.regrouping.part(id, part) if part else None,
        chosen=request.args.getlist("statement"),
    )
    return render_template("themes/split.html", page=page)


@blueprint.post("/<id>/split")
def apply_split(id: str) -> Response:
    ws, part, ticked, label = here.ws, text_field("part"), request.form.getlist("statement"), text_field("label")
    if not label:
        raise Invalid("Give the new theme a name.", field="label")
    leaving = ws.regrouping.part_members(id, part) if part else ws.regrouping.chosen(id, ticked)
    return _shown(ws.themes.split(id, leaving, label, who=here.who), there=True)


@blueprint.get("/<id>/move")
def move(id: str) -> str:
    ws = here.ws
    theme = ws.themes.get(id)
    said = ws.regrouping.one_said(id, request.args.get("statement", ""))
    options = options_of(theme, ws.regrouping.near(id, said.quote.statement), ws.themes.list())
    page = move_page(theme, said, options, ws.regrouping.labels(), names_of(ws.projects.list()))
    return render_template("themes/move.html", page=page)


@blueprint.post("/<id>/move")
def apply_move(id: str) -> Response:
    ws = here.ws
    said = ws.regrouping.one_said(id, text_field("statement"))
    (decision,) = ws.themes.move([said.quote.statement], text_field("to"), who=here.who)
    return _shown(decision, of=id)


@blueprint.post("/<id>/undo")
def undo(id: str) -> Response:
    """Takes back a decision that `id` has to do with."""
    decision = text_field("decision")
    if not here.ws.regrouping.decisions([decision], about=id):
        raise NotFound("decision about this theme", decision)
    return _shown(here.ws.themes.undo(decision, who=here.who), of=id)


@blueprint.post("/undo")
def undo_several() -> Response:
    """Takes back what was decided about several themes at once."""
    ws = here.ws
    made = ws.regrouping.decisions(request.form.getlist("decision"))
    for decision in made:
        ws.themes.undo(decision.id, who=here.who)
    return redirect(url_for("themes.index", did=[one.id for one in made]), 303)


@blueprint.post("/<id>/links")
def link(id: str) -> Response:
    risk, state = text_field("risk"), word_field(LinkState, "state")
    here.ws.risks.decide(derived_id(Scope.THEMES, id, risk), state, who=here.who)
    rejected = risk if state is LinkState.REJECTED else None
    return redirect(url_for("themes.show", id=id, rejected=rejected, _anchor="risks"), 303)


def _shown(decision: Decision, *, of: str = "", there: bool = False) -> Response:
    """To the theme that was decided about, which says so and offers to take it back.

    `of` is the one that was looked at, `there` asks for the one that statements went to; where that is gone, another
    one that the decision has to do with.
    """
    wanted = [decision.value, decision.subject] if there else [of, decision.subject, decision.value]
    labels = here.ws.regrouping.labels()
    theme = next((one for one in wanted if one and one in labels), None)
    if theme is None:
        return redirect(url_for("themes.index", did=decision.id), 303)
    return redirect(url_for("themes.show", id=theme, did=decision.id), 303)
