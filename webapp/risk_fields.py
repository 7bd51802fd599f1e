"""The fields of a risk's form -> what was typed, and the risk it makes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from flask import request

from reviewkit.domain.errors import FieldsInvalid
from reviewkit.domain.projects import Risk
from reviewkit.domain.registers import Occurrence
from reviewkit.domain.words import Occurred, RiskNature, RiskResponse
from webapp.fields import one_of
from webapp.here import here
from webapp.presenters.registers.form import FIELDS, Typed

_TEXTS = ("title", "cause", "event", "effect", "category", "owner", "response_text", "occurred_note")
_LEVELS = ("probability", "impact", "residual_probability", "residual_impact")
_DAYS = ("identified_on", "closed_on", "occurred_on")


def typed_risk() -> Typed:
    """What stands in the fields, as it was typed."""
    return Typed({name: request.form.get(name, "").replace("\r\n", "\n") for name in FIELDS})


def risk_of(typed: Typed, risk: Risk) -> Risk:
    """`risk` as it was typed. Raises FieldsInvalid for what is no choice of its form, with all else that is wrong."""
    problems: dict[str, str] = {}
    values = {name: text.strip() for name, text in typed.values.items()}
    days: dict[str, date | None] = dict.fromkeys(_DAYS)
    for name in _DAYS:
        try:
            days[name] = date.fromisoformat(values[name]) if values[name] else None
        except ValueError:
            problems[name] = f"“{values[name][:40]}” is not a day; write it as 2027-01-31"
    levels: dict[str, int | None] = {}
    for name in _LEVELS:
        if values[name] not in ("", "1", "2", "3", "4", "5"):
            problems[name] = "choose one of these"
        levels[name] = int(values[name]) if values[name] and name not in problems else None
    response = one_of(RiskResponse, values["response"])
    nature, occurred = one_of(RiskNature, values["nature"]), one_of(Occurred, values["occurred"])
    for name, found in (("response", response), ("nature", nature), ("occurred", occurred)):
        if values[name] and found is None:
            problems[name] = "choose one of these"
    made = replace(
        risk,
        **{name: values[name] for name in _TEXTS},  # type: ignore[arg-type]  # all of them are texts
        nature=nature or risk.nature,
        occurred=occurred or Occurred.UNKNOWN,
        response=response,
    )
    made = replace(made, **levels)  # type: ignore[arg-type]  # all of them are levels
    made = replace(made, **days)  # type: ignore[arg-type]  # all of them are days
    made = made if risk.id else replace(made, project=values["project"], ref=values["ref"])
    if problems:
        raise FieldsInvalid("the risk", {**here.ws.registers.problems(made), **problems})
    return made


def typed_answers() -> dict[str, dict[str, str]]:
    """Risk id -> what was typed of what became of it, as “occurred”, “on” and “note”."""
    typed: dict[str, dict[str, str]] = {}
    for number, risk in enumerate(request.form.getlist("risk")):
        names = ("occurred", "on", "note")
        typed[risk] = {name: request.form.get(f"{name}-{number}", "").strip() for name in names}
    return typed


def answers_of(typed: dict[str, dict[str, str]]) -> list[Occurrence]:
    """What was told; risks left at “not known” with nothing else said are passed over. Raises FieldsInvalid."""
    answers, problems = [], {}
    for risk, said in typed.items():
        occurred = one_of(Occurred, said["occurred"]) or Occurred.UNKNOWN
        try:
            on = date.fromisoformat(said["on"]) if said["on"] else None
        except ValueError:
            problems[f"{risk} day"] = f"“{said['on'][:40]}” is not a day; write it as 2027-01-31"
            continue
        if occurred is not Occurred.UNKNOWN or on or said["note"]:
            answers.append(Occurrence(risk, occurred, on, said["note"]))
    if problems:
        raise FieldsInvalid("what became of the risks", problems)
    return answers
