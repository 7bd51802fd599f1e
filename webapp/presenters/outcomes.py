"""What became of advice -> the page it is told on, and its lines on others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from flask import url_for

from reviewkit.domain.kickoffs import BaseRate
from reviewkit.domain.outcomes import Effectiveness, Outcome
from reviewkit.domain.projects import Project
from reviewkit.domain.words import Applied, Helped, Occurred, Scope
from reviewkit.workspace.advising.outcomes import Decided
from webapp.presenters.words import Link, day, headed, interval, listed, plural, sentence, whole

APPLIED = (("yes", "Yes"), ("partly", "Partly"), ("no", "No"))
HELPED = (*APPLIED, ("cannot tell", "Cannot tell"))
RECURRED = (("yes", "Yes"), ("no", "No"), ("unknown", "Cannot tell"))

DONE = {
    Applied.YES: "it was applied",
    Applied.PARTLY: "it was applied in part",
    Applied.NO: "it was not applied",
}
DID_HELP = {
    Helped.YES: "that it helped",
    Helped.PARTLY: "that it helped in part",
    Helped.NO: "that it did not help",
    Helped.UNKNOWN: "",
}
CAME = {
    Occurred.YES: "that what it warns of happened anyway",
    Occurred.NO: "that what it warns of did not happen",
    Occurred.UNKNOWN: "",
}
"""A majority's answers, in words."""

SHOWN = 50
"""Rows of the table; beyond them nobody reads."""


@dataclass(frozen=True)
class Typed:
    """What was sent about one recommendation, and what is wrong with it."""

    id: str
    values: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True)
class Choices:
    """A question with its choices as (value, words, chosen)."""

    name: str
    text: str
    options: tuple[tuple[str, str, bool], ...]


@dataclass(frozen=True)
class OutcomeCard:
    id: str
    anchor: str
    advice: str
    told: str
    reviewed: str
    questions: tuple[Choices, ...]
    note: str
    problem: str


@dataclass(frozen=True)
class OutcomesPage:
    project: Project
    summary: str
    cards: tuple[OutcomeCard, ...]


@dataclass(frozen=True)
class EffectRow:
    """A lesson or theme and what came of it, for the table of insights."""

    what: Link
    applied: str
    helped: str
    interval: str
    recurred: str


def outcomes_page(project: Project, decided: Sequence[Decided], typed: Typed | None) -> OutcomesPage:
    """`typed` is what was sent and could not be kept."""
    waiting = sum(one.outcome is None for one in decided)
    return OutcomesPage(
        project,
        waiting_line(waiting, len(decided)),
        tuple(_card(one, typed if typed and typed.id == one.recommendation.id else None) for one in decided),
    )


def waiting_line(waiting: int, decided: int) -> str:
    """How much is still to be told, in a sentence; empty where nothing was decided."""
    if not decided:
        return ""
    if not waiting:
        return "It is told for everything that was decided at the kickoff."
    some = f"{waiting:,} of {plural(decided, 'decision')}" if waiting < decided else whole(decided, "decision")
    return f"What became of {some} of the kickoff is not told yet."


def effect_rows(found: Iterable[Effectiveness], titles: Mapping[str, str]) -> tuple[EffectRow, ...]:
    """Those first that most projects can tell of; what has no title any more is left out."""
    known = [one for one in found if f"{one.scope}/{one.source}" in titles]
    known.sort(key=lambda one: (-one.helped.n, -one.helped.k, -one.applied.n, one.source))
    return tuple(_row(one, titles[f"{one.scope}/{one.source}"]) for one in known[:SHOWN])


def _row(one: Effectiveness, title: str) -> EffectRow:
    endpoint = "themes.show" if one.scope is Scope.THEMES else "lessons.show"
    return EffectRow(
        Link(headed(title), url_for(endpoint, id=one.source)),
        _count(one.applied),
        _count(one.helped),
        interval(one.helped) if one.is_enough else "Not enough yet.",
        _count(one.recurred),
    )


def _count(rate: BaseRate) -> str:
    return str(rate) if rate.n else "not known"


def _card(one: Decided, typed: Typed | None) -> OutcomeCard:
    said = one.outcome
    values: Mapping[str, str] = typed.values if typed else {}
    if said and not typed:
        values = {"applied": said.applied, "helped": said.helped, "recurred": said.recurred, "note": said.note}
    return OutcomeCard(
        id=one.recommendation.id,
        anchor=f"r-{one.recommendation.id}",
        advice=sentence(one.wording),
        told=f"Told by {said.who}" + (f" on {day(said.at)}" if said.at else "") if said else "",
        reviewed=_reviewed(one.reviewed),
        questions=(
            _choices("applied", "Was it applied?", APPLIED, values),
            _choices("helped", "Did it help?", HELPED, values),
            _choices("recurred", "Did what it warns of happen anyway?", RECURRED, values),
        ),
        note=values.get("note", ""),
        problem=typed.problem if typed else "",
    )


def _choices(name: str, text: str, options: Sequence[tuple[str, str]], values: Mapping[str, str]) -> Choices:
    return Choices(name, text, tuple((value, words, values.get(name) == value) for value, words in options))


def _reviewed(said: Outcome | None) -> str:
    """What the review says, which counts until somebody tells more here."""
    if said is None:
        return ""
    parts = [part for part in (DONE[said.applied], DID_HELP[said.helped], CAME[said.recurred]) if part]
    return f"In the review, most of those who answered say that {listed(parts)}."
