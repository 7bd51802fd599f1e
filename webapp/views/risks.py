"""What did we fear, and what happened?"""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug import Response as Answer

from reviewkit.domain.errors import Invalid, NotFound
from reviewkit.domain.registers import FILTERS, GRID, RegisterTool
from reviewkit.domain.words import FileType, RiskStatus
from webapp.fields import chosen, count_field, number_arg, one_of, text_field, word_field
from webapp.here import here
from webapp.presenters.pages import address, part
from webapp.presenters.registers.filters import saved_lines
from webapp.presenters.registers.page import risk_one_page
from webapp.presenters.risks import risk_page, themes_by_risk
from webapp.views.reviews import MIMETYPES

NOTES_AT_ONCE = 100
"""What a tool cannot be told, as far as anybody reads it."""

blueprint = Blueprint("risks", __name__, url_prefix="/risks")


@blueprint.get("")
def index() -> str:
    return _page(chosen(FILTERS))


@blueprint.get("/export.<file_type>")
def export(file_type: str) -> Answer:
    """The entries that the page shows, as a file; with `own` under our own names of columns.

    Where its tool cannot be told all of it, that is said first; `told` says that it was.
    """
    wanted, query = _file_type(file_type), chosen(FILTERS)
    risks = here.ws.risks.list(query=query)
    found = here.ws.register_files.file(risks, wanted, own=bool(number_arg("own")))
    if found.notes and not number_arg("told"):
        return redirect(address("risks.before_export", {"file_type": wanted.value}, query), 303)
    name = f"risks-{query['project']}" if query.get("project") and risks else "risks"
    plain = "".join(char for char in name if char.isascii() and (char.isalnum() or char in "-_"))
    head = {"Content-Disposition": f"attachment; filename={plain}.{wanted}"}
    return Response(found.content, mimetype=MIMETYPES[wanted], headers=head)


@blueprint.get("/export/<file_type>")
def before_export(file_type: str) -> str:
    """What the tool that the entries came from has no word or no column for."""
    wanted, query = _file_type(file_type), chosen(FILTERS)
    found = here.ws.register_files.file(here.ws.risks.list(query=query), wanted)
    return render_template(
        "risks/export.html",
        tool=found.tool.value if found.tool and found.tool is not RegisterTool.GENERIC else "",
        notes=part(found.notes, 1, NOTES_AT_ONCE),
        file_type=wanted.value,
        chosen=query,
    )


@blueprint.post("/filters")
def save_filter() -> ResponseReturnValue:
    query = {name: value for name in FILTERS if (value := text_field(f"filter-{name}")[:200])}
    try:
        made = here.ws.filters.save(text_field("name"), query, who=here.who)
    except Invalid as error:
        return _page(query, name=text_field("name")[:200], problem=str(error)), 422
    return redirect(address("risks.index", made.query), 303)


@blueprint.post("/filters/<id>/remove")
def remove_filter(id: str) -> Answer:
    here.ws.filters.remove(id, who=here.who)
    return redirect(url_for("risks.index", removed=id), 303)


@blueprint.post("/filters/<id>/restore")
def restore_filter(id: str) -> Answer:
    made = here.ws.filters.restore(id, who=here.who)
    return redirect(address("risks.index", made.query, {"restored": made.id}), 303)


@blueprint.get("/<path:id>")
def show(id: str) -> str:
    ws = here.ws
    risk = ws.risks.get(id)
    page = risk_one_page(
        risk,
        project=ws.projects.get(risk.project).name,
        sentence=ws.registers.sentence(risk.cause, risk.event, risk.effect),
        hints=ws.registers.hints(risk),
        next_states=ws.registers.next_states(risk),
        themes=themes_by_risk(ws.risks.themes_of(), ws.themes.list()).get(id, ()),
        history=ws.registers.history(id),
        did=number_arg("did"),
    )
    return render_template("risks/show.html", page=page)


@blueprint.post("/<path:id>/state")
def move(id: str) -> Answer:
    here.ws.registers.move(id, word_field(RiskStatus, "state"), who=here.who)
    return after_change(id)


@blueprint.post("/<path:id>/undo")
def undo(id: str) -> Answer:
    """Takes back the last change, which the form names, so that no other one is taken back by mistake."""
    number = count_field("number")
    if number is None:
        raise Invalid("Say which change is to be taken back.", field="number")
    here.ws.registers.undo(id, number, who=here.who)
    return after_change(id)


def after_change(id: str) -> Answer:
    """To the risk, where the change is told of and can be taken back."""
    steps = here.ws.registers.history(id)
    return redirect(url_for("risks.show", id=id, did=steps[0].number if steps else None), 303)


def _file_type(word: str) -> FileType:
    found = one_of(FileType, word)
    if found is None or found is FileType.JSON:
        raise NotFound("file", f"export.{word}", "There are: csv, xlsx.")
    return found


def _page(query: dict[str, str], *, name: str = "", problem: str = "") -> str:
    """`name` and `problem` are what was typed to save the filter under, and what is wrong with it."""
    ws = here.ws
    risks = ws.risks.list()
    beside = ws.risks.narrowed(risks, {name: value for name, value in query.items() if name not in GRID})
    shown = ws.risks.narrowed(beside, query)
    page = risk_page(
        risks,
        beside,
        shown,
        ws.projects.list(),
        themes_by_risk(ws.risks.themes_of(), ws.themes.list()),
        query,
        number_arg("page", 1),
    )
    layout = ws.register_files.layout_for(shown)
    removed, restored = request.args.get("removed", ""), request.args.get("restored", "")
    return render_template(
        "risks/index.html",
        page=page,
        saved=saved_lines(ws.filters.list(), query),
        typed=name,
        problem=problem,
        tool=layout.tool.value if layout else "",
        removed=ws.filters.get(removed) if removed else None,
        restored=ws.filters.get(restored) if restored else None,
    )
