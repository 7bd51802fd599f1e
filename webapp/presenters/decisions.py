"""What a review's people say of the kickoff's decisions -> their part of the results page."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import url_for

from reviewkit.domain.words import Scope
from reviewkit.workspace.reviewing.results.found import DecisionTold
from webapp.presenters.ratings import Chart, chart
from webapp.presenters.words import Link, sentence

TITLES = {"applied": "Was it done?", "helped": "Did it help?", "recurred": "Did it happen anyway?"}
"""What is asked about each decision, as a chart's title."""


@dataclass(frozen=True)
class Decided:
    """What the project had decided at its kickoff: where it came from, what people say became of it, and what of that
    too few answered to be told apart, in sentences."""

    advice: str
    source: Link | None
    charts: tuple[Chart, ...]
    unshown: tuple[str, ...]


def decided(found: DecisionTold) -> Decided:
    """Its cells are already such that nobody can be picked out."""
    charts = [(replace(chart(told), title=TITLES[name]), told.n) for name, told in found.asked]
    return Decided(
        sentence(found.wording),
        _source(found),
        tuple(one for one, n in charts if one.bars and n != 0),
        tuple(
            f"{one.title} Nobody answered it."
            if n == 0
            else f"{one.title} Too few answers to be told apart ({one.subtitle})."
            for one, n in charts
            if not one.bars or n == 0
        ),
    )


def _source(found: DecisionTold) -> Link | None:
    if found.scope is Scope.THEMES:
        return Link("the theme behind it", url_for("themes.show", id=found.source))
    if found.scope is Scope.LESSONS:
        return Link("the lesson behind it", url_for("lessons.show", id=found.source))
    return None
