"""A risk as somebody wrote it -> the risk as it can be kept, or what is wrong with which field."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from reviewkit.domain.errors import FieldsInvalid
from reviewkit.domain.projects import Risk
from reviewkit.domain.words import Occurred
from reviewkit.store.port import Store

MAX_LINE, MAX_TEXT = 200, 20_000
LINES = ("ref", "title", "category", "owner")
TEXTS = ("cause", "event", "effect", "response_text", "occurred_note")
LEVELS = ("probability", "impact", "residual_probability", "residual_impact")
_ODD = frozenset("/?#%\\")


def checked(store: Store, risk: Risk) -> Risk:
    """`risk` with its texts trimmed, those of one line on one. Raises FieldsInvalid."""
    trimmed: dict[str, Any] = {name: " ".join(getattr(risk, name).split()) for name in LINES}
    trimmed |= {name: getattr(risk, name).strip() for name in TEXTS}
    risk = replace(risk, **trimmed)
    if problems := problems_of(store, risk):
        raise FieldsInvalid("the risk", problems)
    return risk


def problems_of(store: Store, risk: Risk) -> dict[str, str]:
    """Field -> what is wrong with it; empty where the risk can be kept, but for a number that may be taken."""
    problems = {
        name: f"at most {most:,} characters, this has {len(getattr(risk, name)):,}"
        for names, most in ((LINES, MAX_LINE), (TEXTS, MAX_TEXT))
        for name in names
        if len(getattr(risk, name)) > most
    }
    if not risk.title.strip():
        problems["title"] = "a risk needs a title: say in a few words what may happen"
    if not store.projects.find(risk.project):
        problems["project"] = f"there is no project “{risk.project}”" if risk.project else "choose its project"
    for name in LEVELS:
        value = getattr(risk, name)
        if value is not None and not 1 <= value <= 5:
            problems[name] = f"choose from 1 to 5, not {value}"
    return problems | _days_out_of_order(risk)


def checked_ref(store: Store, risk: Risk) -> Risk:
    """A new risk under its id, “PROJECT:REF”, its ref the next number where it has none.

    Raises FieldsInvalid where the ref is taken or cannot stand in an address.
    """
    own = store.risks.all(project=risk.project)
    if not risk.ref:
        numbers = [int(one.ref[1:]) for one in own if one.ref[:1].upper() == "R" and one.ref[1:7].isdecimal()]
        risk = replace(risk, ref=f"R{max(numbers, default=0) + 1}")
    if _ODD & set(risk.ref):
        raise FieldsInvalid("the risk", {"ref": "a number or short word without / ? # % or \\"})
    if any(one.ref.casefold() == risk.ref.casefold() for one in own):
        raise FieldsInvalid(
            "the risk", {"ref": f"{risk.project} has “{risk.ref}” already; leave it empty for the next"}
        )
    return replace(risk, id=f"{risk.project}:{risk.ref}")


def _days_out_of_order(risk: Risk) -> dict[str, str]:
    problems = {}
    if risk.identified_on and risk.closed_on and risk.closed_on < risk.identified_on:
        problems["closed_on"] = f"that is before it was identified, on {risk.identified_on:%d %b %Y}"
    if risk.occurred_on and risk.occurred is not Occurred.YES:
        problems["occurred_on"] = "a day only goes with “yes”; empty it, or say that it came true"
    return problems
