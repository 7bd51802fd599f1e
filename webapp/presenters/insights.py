"""What all projects together say -> the page: a class of comparison, and under it rates that widen to all projects."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from reviewkit.domain.insights import BlindSpot, Comparison, Embedding, KindRate, Recurrence, ResponseRate
from reviewkit.domain.kickoffs import BaseRate
from reviewkit.workspace.advising.backtesting import Kept
from webapp.charts import Dots, dots
from webapp.presenters.backtests import BacktestPart, backtest_part
from webapp.presenters.kickoff import project_link
from webapp.presenters.pages import address
from webapp.presenters.words import Link, day, headed, is_hint, listed, plural

CRITERIA = ("kind", "domain", "method", "size")
AT_ONCE, ALONE = 8, 60
"""Rows of a section among the others, and where it stands alone."""

HITS, MISSES, DOTTED = 20, 12, 20
"""Projects named behind a count, and the most that are drawn as dots."""

SECTIONS = ("blind-spots", "false-alarms", "base-rates")
NOTHING = "nothing to count"


@dataclass(frozen=True)
class Found:
    """What the use cases gave."""

    projects: Sequence[tuple[str, ...]]
    choices: Mapping[str, Sequence[tuple[str, int]]]
    embedding: Embedding
    blind_spots: Sequence[BlindSpot]
    false_alarms: Sequence[KindRate]
    base_rates: Sequence[KindRate]
    responses: Sequence[ResponseRate]
    backtest: Kept | None
    is_quick: bool


@dataclass(frozen=True)
class Option:
    """A value of a criterion; `href` narrows to it, or widens again where it is the one chosen."""

    text: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True)
class Criterion:
    name: str
    options: tuple[Option, ...]
    everything: Link | None


@dataclass(frozen=True)
class Count:
    """k of n with its interval; the projects behind it stand with the class asked for only, not too many."""

    said: str
    interval: str
    dots: Dots | None
    hits: tuple[Link, ...] = ()
    misses: tuple[Link, ...] = ()
    more_hits: int = 0
    more_misses: int = 0
    where: tuple[Link, ...] = ()
    more_where: int = 0


@dataclass(frozen=True)
class Row:
    """Something with its rate in each step of the comparison."""

    what: Link
    note: str
    counts: tuple[Count, ...]


@dataclass(frozen=True)
class Section:
    """`more` leads to the rows that are not shown, where there are any."""

    id: str
    rows: tuple[Row, ...]
    more: Link | None


@dataclass(frozen=True)
class Step:
    """A column: the class, how many projects it has, and the way to look at it."""

    title: str
    text: str
    projects: str
    href: str


@dataclass(frozen=True)
class Before:
    """A theme before and after a lesson was embedded."""

    lesson: Link
    theme: Link
    since: str
    before: Count
    after: Count
    running: str


@dataclass(frozen=True)
class InsightsPage:
    summary: str
    is_empty: bool
    only: str
    comparison: str
    steps: tuple[Step, ...]
    criteria: tuple[Criterion, ...]
    caution: bool
    sections: dict[str, Section]
    responses: tuple[Row, ...]
    recurrences: tuple[Before, ...]
    embedding: str
    backtest: BacktestPart | None
    is_quick: bool


def insights_page(comparison: Comparison, found: Found, names: Mapping[str, str], *, only: str = "") -> InsightsPage:
    """`names` gives project key -> name; `only` a section that stands alone."""
    only = only if only in SECTIONS else ""
    kept = dict(comparison.criteria)
    most = ALONE if only else AT_ONCE
    rows = {
        "blind-spots": [_blind(one, names) for one in found.blind_spots[:most]],
        "false-alarms": [_kind(one, names) for one in found.false_alarms[:most]],
        "base-rates": [_kind(one, names) for one in found.base_rates[:most]],
    }
    totals = (len(found.blind_spots), len(found.false_alarms), len(found.base_rates))
    spots = [one.rates[0] for one in found.blind_spots]
    kinds = [one.rates[0] for one in (*found.false_alarms, *found.base_rates)]
    return InsightsPage(
        summary=_summary(found),
        is_empty=not found.projects[-1],
        only=only,
        comparison=headed(str(comparison)),
        steps=tuple(
            _step(number, step, keys)
            for number, (step, keys) in enumerate(zip(comparison.steps, found.projects, strict=True))
        ),
        criteria=tuple(_criterion(name, found.choices.get(name, ()), kept) for name in CRITERIA),
        caution=any(is_hint(rate) for rate in (*spots, *kinds)),
        sections={
            name: Section(name, tuple(own), _more(name, len(own), total, kept))
            for (name, own), total in zip(rows.items(), totals, strict=True)
        },
        responses=tuple(_response(one, names) for one in found.responses),
        recurrences=tuple(_before(one, names) for one in found.embedding.recurrences[:ALONE]),
        embedding=_embedding(found.embedding),
        backtest=backtest_part(found.backtest, names),
        is_quick=found.is_quick,
    )


def _summary(found: Found) -> str:
    blind, false = len(found.blind_spots), len(found.false_alarms)
    spots = f"{plural(blind, 'theme keeps', 'themes keep')} coming back that no register foresaw"
    alarms = f"{plural(false, 'risk is', 'risks are')} feared again and again and seldom comes true"
    alarms = alarms if false == 1 else alarms.replace("comes", "come")
    base = plural(len(found.projects[-1]), "finished project")
    return f"From {base}: {spots}, and {alarms}."


def _step(number: int, step: Comparison, keys: Sequence[str]) -> Step:
    title = "All projects" if not step.criteria else "This class" if number == 0 else "One wider"
    text = "" if not step.criteria else str(step)
    return Step(title, text, plural(len(keys), "project"), address("insights.index", dict(step.criteria)))


def _criterion(name: str, choices: Sequence[tuple[str, int]], kept: Mapping[str, str]) -> Criterion:
    others = {other: value for other, value in kept.items() if other != name}
    now = kept.get(name, "")
    options = tuple(
        Option(value, count, address("insights.index", {**others, name: value}), value.casefold() == now.casefold())
        for value, count in choices
    )
    return Criterion(headed(name), options, Link("any", address("insights.index", others)) if now else None)


def _more(id: str, shown: int, total: int, kept: Mapping[str, str]) -> Link | None:
    if shown >= total or shown >= ALONE:
        return None
    return Link(f"Show all {total:,}", f"{address('insights.index', kept, {'only': id})}#{id}")


def _blind(one: BlindSpot, names: Mapping[str, str]) -> Row:
    link = Link(headed(one.theme.label), url_for("themes.show", id=one.theme.id))
    return Row(link, str(one.theme.area or ""), _counts(one.rates, names))


def _kind(one: KindRate, names: Mapping[str, str]) -> Row:
    link = Link(one.title, url_for("risks.index", _anchor=f"risk-{one.risks[0]}"))
    note = f"in {plural(len(one.registered), 'register')}".replace(" ", "\N{NO-BREAK SPACE}")
    return Row(link, note, _counts(one.rates, names))


def _response(one: ResponseRate, names: Mapping[str, str]) -> Row:
    link = Link(headed(one.response or "no response noted"), url_for("risks.index"))
    counts: list[Count] = []
    for rate, projects in zip(one.rates, one.projects, strict=True):
        where = f", in {plural(len(projects), 'project')}" if rate.n else ""
        said = f"{rate} {'risk' if rate.n == 1 else 'risks'}{where}" if rate.n else NOTHING
        shown = () if counts else tuple(project_link(key, names) for key in projects[:HITS])
        counts.append(Count(said, _bounds(rate), None, where=shown, more_where=max(len(projects) - HITS, 0)))
    return Row(link, "", tuple(counts))


def _counts(rates: Sequence[BaseRate], names: Mapping[str, str]) -> tuple[Count, ...]:
    return (
        _count(rates[0], names),
        *(Count(str(rate) if rate.n else NOTHING, _bounds(rate), None) for rate in rates[1:]),
    )


def _bounds(rate: BaseRate) -> str:
    return f"{rate.low * 100:.0f} to {rate.high * 100:.0f} in 100" if rate.n else ""


def _count(rate: BaseRate, names: Mapping[str, str]) -> Count:
    hit = set(rate.hits)
    misses = [key for key in rate.projects if key not in hit]
    return Count(
        said=str(rate) if rate.n else NOTHING,
        interval=_bounds(rate),
        dots=dots(rate.k, rate.n) if 0 < rate.n <= DOTTED else None,
        hits=tuple(project_link(key, names) for key in rate.hits[:HITS]),
        misses=tuple(project_link(key, names) for key in misses[:MISSES]),
        more_hits=max(rate.k - HITS, 0),
        more_misses=max(len(misses) - MISSES, 0),
    )


def _before(one: Recurrence, names: Mapping[str, str]) -> Before:
    running = f"{plural(len(one.running), 'project was', 'projects were')} under way" if one.running else ""
    return Before(
        Link(one.title, url_for("lessons.show", id=one.lesson)),
        Link(headed(one.theme.label), url_for("themes.show", id=one.theme.id)),
        day(one.embedded),
        _count(one.before, names),
        _count(one.after, names),
        running,
    )


def _embedding(found: Embedding) -> str:
    """What cannot be followed, and why; blank where everything can."""
    reasons = []
    if found.undated:
        reasons.append(f"{found.undated} came in as embedded already, so that nobody knows since when")
    if found.themeless:
        reasons.append(f"{found.themeless} name{'s' if found.themeless == 1 else ''} no theme")
    if not reasons:
        return ""
    return f"Of {plural(found.embedded, 'embedded lesson')} not all can be followed: {listed(reasons)}."
