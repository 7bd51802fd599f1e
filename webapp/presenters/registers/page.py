"""One risk -> its page: the sentence first, how grave it is, its life, what became of it, links and history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import url_for

from reviewkit.domain.history import FieldChange
from reviewkit.domain.projects import Risk
from reviewkit.domain.registers import RiskChange, RiskVerb
from reviewkit.domain.words import RiskStatus
from webapp.presenters.lessons.page import AT_ONCE, LONG, Changed, Step
from webapp.presenters.registers.words import BECAME, STEPS
from webapp.presenters.risks import ThemeTie
from webapp.presenters.words import Link, day, headed
from webapp.presenters.words import sentence as in_a_sentence

NAMES = {
    "nature": "Threat or opportunity",
    "response_text": "What is done about it",
    "residual_probability": "Probability after the response",
    "residual_impact": "Impact after the response",
    "identified_on": "Identified",
    "closed_on": "Closed",
    "occurred": "Came true",
    "occurred_on": "Came true on",
    "occurred_note": "What became of it",
    "status": "State",
}
DATES = ("identified_on", "closed_on", "occurred_on")
MOVES = {
    RiskStatus.IDENTIFIED: "Back to identified",
    RiskStatus.ASSESSED: "Mark as assessed",
    RiskStatus.RESPONDING: "Start responding",
    RiskStatus.OCCURRED: "It came true",
    RiskStatus.CLOSED: "Close it",
    RiskStatus.REJECTED: "Reject it",
}
"""State -> what the button that leads there says."""


@dataclass(frozen=True)
class RiskOnePage:
    risk: Risk
    project: Link
    sentence: str
    rating: tuple[tuple[str, str], ...]
    told: tuple[tuple[str, str], ...]
    facts: tuple[tuple[str, str], ...]
    hints: tuple[str, ...]
    moves: tuple[tuple[str, str], ...]
    themes: tuple[ThemeTie, ...]
    latest: tuple[Step, ...]
    earlier: tuple[Step, ...]
    note: str
    undo: Step | None


def risk_one_page(
    risk: Risk,
    *,
    project: str,
    sentence: str,
    hints: Sequence[str],
    next_states: Sequence[RiskStatus],
    themes: Sequence[ThemeTie],
    history: Sequence[RiskChange],
    did: int,
) -> RiskOnePage:
    """`project` is its name; `did` is the number of the step that was just taken, 0 for none."""
    steps = [step(change, last=place == 0) for place, change in enumerate(history)]
    done = next((one for one in steps if one.number == did), None)
    whole = all(text.strip() for text in (risk.cause, risk.event, risk.effect))
    return RiskOnePage(
        risk=risk,
        project=Link(project, url_for("projects.show", key=risk.project)),
        sentence=sentence if whole else "",
        rating=tuple(_rating(risk)),
        told=tuple((name, in_a_sentence(text)) for name, text in _told(risk) if text),
        facts=tuple((name, text) for name, text in _facts(risk) if text),
        hints=tuple(hints),
        moves=tuple((str(state), MOVES[state]) for state in next_states),
        themes=tuple(themes),
        latest=tuple(steps[:AT_ONCE]),
        earlier=tuple(steps[AT_ONCE:]),
        note=f"{done.said}." if done else "",
        undo=done if done and done.can_undo else None,
    )


def step(change: RiskChange, last: bool) -> Step:
    said = {
        RiskVerb.ADDED: "Added",
        RiskVerb.EDITED: "Edited",
        RiskVerb.TOLD: "Told what became of it",
        RiskVerb.IMPORTED: "Changed by an import" if change.changes else "Imported",
        RiskVerb.UNDONE: "The change before was taken back",
    }[change.verb]
    moved = next((one.after for one in change.changes if one.field == "status"), "")
    if moved and change.verb is RiskVerb.EDITED:
        said = f"Now {moved}"
    by = f" by {change.who}" if change.who else ""
    changes = tuple(_changed(one) for one in change.changes)
    return Step(f"{said}{by}", day(change.at), change.number, last and bool(changes), changes)


def _changed(change: FieldChange) -> Changed:
    name = NAMES.get(change.field, headed(change.field.replace("_", " ")))
    before, after = (day(date.fromisoformat(text)) if change.field in DATES and text else text
                     for text in (change.before, change.after))  # fmt: skip
    return Changed(name, before, after, max(len(before), len(after)) > LONG)


def _rating(risk: Risk) -> list[tuple[str, str]]:
    found = []
    for name, probability, impact in (
        ("When it was assessed", risk.probability, risk.impact),
        ("After the response", risk.residual_probability, risk.residual_impact),
    ):
        if probability is not None or impact is not None:
            parts = [
                f"{what} {level} {STEPS[level]}" if level else f"{what} not rated"
                for what, level in (("probability", probability), ("impact", impact))
            ]
            both = (
                f" ({probability}\u00a0×\u00a0{impact}\u00a0=\u00a0{probability * impact})"
                if probability and impact
                else ""
            )
            found.append((name, f"{headed(parts[0])}, {parts[1]}{both}"))
    return found


def _told(risk: Risk) -> list[tuple[str, str]]:
    return [("Cause", risk.cause), ("Event", risk.event), ("Effect", risk.effect)]


def _facts(risk: Risk) -> list[tuple[str, str]]:
    response = ": ".join(part for part in (headed(risk.response or ""), risk.response_text) if part)
    became = headed(BECAME[risk.occurred]) + (f" on {day(risk.occurred_on)}" if risk.occurred_on else "")
    return [
        ("Response", response),
        ("Owner", risk.owner),
        ("Category", risk.category),
        ("Threat or opportunity", headed(risk.nature)),
        ("What became of it", became),
        ("Note", in_a_sentence(risk.occurred_note)),
        ("Identified", day(risk.identified_on)),
        ("Closed", day(risk.closed_on)),
    ]
