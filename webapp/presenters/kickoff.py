"""A kickoff's advice -> its page: the advice first, then why here, then the decision."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from reviewkit.domain.kickoffs import Action, BaseRate, Quote, Recommendation, RiskForecast, SimilarProject
from reviewkit.domain.projects import Project
from reviewkit.domain.words import ActionState, Choice, Scope
from reviewkit.workspace.advising.kickoffs import Advice
from webapp.charts import Dots, dots
from webapp.presenters.kickoff_parts import REASONS, order
from webapp.presenters.words import Link, day, interval, is_hint, listed, plural, sentence

SOURCES = {Scope.LESSONS: "Lesson", Scope.THEMES: "Recurring theme", Scope.RISKS: "Past risk"}
DONE = {Choice.ACCEPTED: "Accepted", Choice.ADAPTED: "Adapted", Choice.DISMISSED: "Dismissed"}
DRAFTED, LISTED = 10, 100
"""Rows of the draft register with all they rest on, and rows at all; beyond them nobody reads."""

HAPPENED = {Scope.RISKS: "It happened"}


@dataclass(frozen=True)
class RateLine:
    """k of n similar projects, the projects behind it, and the interval in words."""

    said: str
    interval: str
    dots: Dots
    hits: tuple[Link, ...]
    misses: tuple[Link, ...]


@dataclass(frozen=True)
class QuoteLine:
    """What somebody wrote, and the review where it stands among the other answers."""

    text: str
    source: Link


@dataclass(frozen=True)
class Card:
    """One recommendation as it is read."""

    id: str
    anchor: str
    topic: str
    rank: int
    advice: str
    original: str
    before: str
    reasons: tuple[str, ...]
    order: tuple[str, ...]
    mismatches: tuple[str, ...]
    rate: RateLine | None
    quotes: tuple[QuoteLine, ...]
    source_kind: str
    source: Link
    choice: Choice
    decided: str
    reason: str
    action: str


@dataclass(frozen=True)
class Similar:
    """A past project that the brief resembles."""

    project: Link
    why: str
    unlike: str


@dataclass(frozen=True)
class Forecast:
    """A row of the draft register."""

    title: str
    rate: RateLine
    registered: tuple[Link, ...]


@dataclass(frozen=True)
class KickoffPage:
    project: Project
    made: str
    summary: str
    caution: str
    cards: tuple[Card, ...]
    similar: tuple[Similar, ...]
    forecasts: tuple[Forecast, ...]
    further: tuple[Forecast, ...]
    unlisted: int
    why_not: tuple[str, ...] = REASONS


def kickoff_page(
    project: Project, advice: Advice | None, names: Mapping[str, str], actions: Sequence[Action]
) -> KickoffPage:
    """`names` gives project key -> name; `actions` are the project's."""
    if advice is None:
        return KickoffPage(project, "", "", "", (), (), (), (), 0)
    best = max((one.score for one in advice.recommendations), default=0.0)
    owed = {action.source: action for action in actions if action.state is not ActionState.DROPPED}
    return KickoffPage(
        project=project,
        made=day(advice.kickoff.made),
        summary=_summary(advice),
        caution=_caution(advice),
        cards=tuple(_card(one, names, owed.get(one.topic), best) for one in advice.recommendations),
        similar=tuple(_similar(one, names) for one in advice.kickoff.similar),
        forecasts=tuple(_forecast(one, names) for one in advice.kickoff.forecasts[:DRAFTED]),
        further=tuple(_forecast(one, names) for one in advice.kickoff.forecasts[DRAFTED:LISTED]),
        unlisted=max(len(advice.kickoff.forecasts) - LISTED, 0),
    )


def rate_line(rate: BaseRate, names: Mapping[str, str], verb: str = "It came up") -> RateLine:
    """As in “It came up in 4 of 6 similar projects”; without a verb only the count."""
    count = f"{rate.k} of {plural(rate.n, 'similar project')}"
    return RateLine(
        said=f"{verb} in {count}" if verb else count,
        interval=interval(rate),
        dots=dots(rate.k, rate.n),
        hits=tuple(project_link(key, names) for key in rate.hits),
        misses=tuple(project_link(key, names) for key in rate.projects if key not in rate.hits),
    )


def project_link(key: str, names: Mapping[str, str]) -> Link:
    return Link(names.get(key, key), url_for("projects.show", key=key))


def quote_line(quote: Quote, names: Mapping[str, str]) -> QuoteLine:
    href = url_for("reviews.show", id=quote.review, statement=quote.statement, _anchor=f"s-{quote.statement}")
    return QuoteLine(quote.text, Link(names.get(quote.project, quote.project), href))


def _summary(advice: Advice) -> str:
    """The answer in a sentence: how much there is, from how many projects, what still waits."""
    found = advice.recommendations
    if not found:
        return "Nothing in the library or the past reviews speaks to this brief yet."
    told = plural(len(found), "piece of advice", "pieces of advice")
    past = plural(len(advice.kickoff.similar), "similar past project")
    waiting = sum(one.choice is Choice.UNDECIDED for one in found)
    rest = f"{waiting} {'waits' if waiting == 1 else 'wait'} for your decision." if waiting else "All are decided."
    return f"{told[0].upper()}{told[1:]}, weighed against {past}. {rest}"


def _caution(advice: Advice) -> str:
    """Said once for all counts of the page, where they come from few projects."""
    told = [one.base_rate for one in advice.recommendations]
    drafted = [one.base_rate for one in advice.kickoff.forecasts]
    if not any(rate and is_hint(rate) for rate in (*told, *drafted)):
        return ""
    return "The counts come from few projects: read them as a hint rather than a forecast."


def _card(one: Recommendation, names: Mapping[str, str], action: Action | None, best: float) -> Card:
    adapted = one.choice is Choice.ADAPTED
    rate = one.base_rate if one.base_rate and one.base_rate.n else None
    return Card(
        id=one.id,
        anchor=f"r-{one.id}",
        topic=one.topic,
        rank=one.rank,
        advice=sentence(one.choice_text if adapted else one.advice),
        original=sentence(one.advice) if adapted else "",
        before=sentence(one.because),
        reasons=tuple(reason for reason in one.reasons if not (rate and f"{rate} similar" in reason)),
        order=order(one, best),
        mismatches=one.mismatches,
        rate=rate_line(rate, names, HAPPENED.get(one.scope, "It came up")) if rate else None,
        quotes=tuple(quote_line(quote, names) for quote in one.quotes),
        source_kind=SOURCES.get(one.scope, "Source"),
        source=_source(one),
        choice=one.choice,
        decided=_decided(one),
        reason=one.choice_text if one.choice is Choice.DISMISSED else "",
        action=_owed(action),
    )


def _source(one: Recommendation) -> Link:
    if one.scope is Scope.LESSONS:
        return Link("Read the lesson", url_for("lessons.show", id=one.source))
    if one.scope is Scope.THEMES:
        return Link("Open the theme", url_for("themes.show", id=one.source))
    return Link("See the register", url_for("risks.index", _anchor=f"risk-{one.source}"))


def _decided(one: Recommendation) -> str:
    if one.choice is Choice.UNDECIDED:
        return ""
    return f"{DONE[one.choice]} by {one.choice_by}" + (f" on {day(one.choice_at)}" if one.choice_at else "")


def _owed(action: Action | None) -> str:
    if action is None:
        return ""
    due = f" by {day(action.due)}" if action.due else ""
    return f"{action.owner or 'Nobody yet'} sees to it{due} ({action.state})"


def _similar(one: SimilarProject, names: Mapping[str, str]) -> Similar:
    why = [sentence(f"the same {listed(one.shared_attributes)}")] if one.shared_attributes else []
    if one.shared_words:
        why.append(f"Both speak of {listed(one.shared_words)}.")
    if one.shared_themes:
        why.append(f"Its people spoke of {listed(one.shared_themes)}, which this brief touches.")
    unlike = sentence("; ".join(one.differences))
    return Similar(project_link(one.project, names), " ".join(why) or "Its brief reads alike.", unlike)


def _forecast(one: RiskForecast, names: Mapping[str, str]) -> Forecast:
    return Forecast(
        one.title,
        rate_line(one.base_rate, names, ""),
        tuple(project_link(key, names) for key in one.registered),
    )
