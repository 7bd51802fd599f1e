"""A risk is written and mended here, with help for its wording; and what became of a project's risks is told."""

from __future__ import annotations

from collections.abc import Iterable

from flask import Blueprint, make_response, redirect, render_template, request, url_for
from werkzeug import Response as Answer

from reviewkit.domain.errors import FieldsInvalid, NotFound, RiskChanged
from reviewkit.domain.projects import Risk
from webapp import errors
from webapp.fields import number_field
from webapp.here import here
from webapp.presenters.registers.closing import closing_page
from webapp.presenters.registers.form import Typed, form_page, typed_of
from webapp.risk_fields import answers_of, risk_of, typed_answers, typed_risk
from webapp.views.risks import after_change

blueprint = Blueprint("risk_writing", __name__)


@blueprint.get("/risks/new")
def write() -> Answer:
    """Its project may stand in the address."""
    return _form(typed_of(Risk("", request.args.get("project", "")[:200], "", "")), {})


@blueprint.post("/risks/new")
def add() -> Answer:
    try:
        made = here.ws.registers.add(risk_of(typed_risk(), Risk("", "", "", "")), who=here.who)
    except FieldsInvalid as error:
        return _form(typed_risk(), error.problems, status=errors.status_of(error))
    return after_change(made.id)


@blueprint.get("/risks/<path:id>/edit")
def rewrite(id: str) -> Answer:
    risk = here.ws.risks.get(id)
    return _form(typed_of(risk), {}, risk)


@blueprint.post("/risks/<path:id>/edit")
def change(id: str) -> Answer:
    """What is wrong, or was changed by somebody else meanwhile, is said on the same form with all that was typed."""
    risk = here.ws.risks.get(id)
    try:
        here.ws.registers.edit(risk_of(typed_risk(), risk), who=here.who, seen=number_field("seen"))
    except FieldsInvalid as error:
        return _form(typed_risk(), error.problems, risk, status=errors.status_of(error))
    except RiskChanged as error:
        told = {"": f"{error} Saving again keeps yours."}
        return _form(typed_risk(), told, risk, status=errors.status_of(error))
    return after_change(id)


@blueprint.get("/projects/<key>/occurred")
def ask(key: str) -> Answer:
    return _closing(key, {}, {})


@blueprint.post("/projects/<key>/occurred")
def tell(key: str) -> Answer:
    typed = typed_answers()
    _own(key, typed)
    try:
        steps = here.ws.registers.tell(answers_of(typed), who=here.who)
    except FieldsInvalid as error:
        return _closing(key, typed, error.problems, status=errors.status_of(error))
    told = [f"{number}.{risk}" for risk, number in steps]
    return redirect(url_for("risk_writing.ask", key=key, step=told, told=len(told)), 303)


@blueprint.post("/projects/<key>/occurred/undo")
def take_back(key: str) -> Answer:
    steps = [(risk, int(number)) for number, _, risk in _steps(request.form.getlist("step"))]
    _own(key, [risk for risk, _ in steps])
    here.ws.registers.undo_several(steps, who=here.who)
    return redirect(url_for("risk_writing.ask", key=key), 303)


def _own(key: str, risks: Iterable[str]) -> None:
    """Raises NotFound where one of the risks is none of this project's."""
    own = here.ws.projects.get(key).key
    stranger = next((risk for risk in risks if here.ws.risks.get(risk).project != own), None)
    if stranger is not None:
        raise NotFound("risk of this project", stranger)


def _steps(said: list[str]) -> list[tuple[str, str, str]]:
    """Steps of histories as they stand in an address, “3.TAP:R1”; what is none is passed over."""
    parted = [one.partition(".") for one in said]
    return [one for one in parted if one[0].isascii() and one[0].isdigit() and len(one[0]) < 9 and one[2]]


def _form(typed: Typed, problems: dict[str, str], risk: Risk | None = None, *, status: int = 200) -> Answer:
    ws = here.ws
    written = Risk("", "", "", typed.title, typed.cause, typed.event, typed.effect)
    is_begun = any(text.strip() for text in (typed.title, typed.cause, typed.event, typed.effect))
    page = form_page(
        typed,
        risk=risk,
        seen=request.form.get("seen", "") if problems and "" not in problems else _seen(risk),
        sentence=ws.registers.sentence(typed.cause, typed.event, typed.effect),
        hints=ws.registers.hints(written) if is_begun else (),
        projects=ws.projects.list(),
        risks=ws.risks.list(),
        problems=problems,
    )
    return make_response(render_template("risks/form.html", page=page), status)


def _seen(risk: Risk | None) -> str:
    """The number of the risk's last change, which whoever edits has before them."""
    return str(max((change.number for change in here.ws.registers.history(risk.id)), default=0)) if risk else ""


def _closing(key: str, typed: dict[str, dict[str, str]], problems: dict[str, str], *, status: int = 200) -> Answer:
    ws = here.ws
    steps = [f"{number}.{risk}" for number, _, risk in _steps(request.args.getlist("step"))]
    page = closing_page(ws.projects.get(key), ws.registers.unanswered(key), typed, problems, steps)
    registered = bool(page.rows) or bool(ws.risks.list(key))
    return make_response(render_template("risks/occurred.html", page=page, registered=registered), status)
