"""Themes -> their list in two levels, and one theme with its evidence and what people decided about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from reviewkit.domain.privacy import count_or_none
from reviewkit.domain.themes import Decision, Theme
from reviewkit.domain.words import Area, LinkState, ThemeStatus
from reviewkit.workspace.risks import LinkedRisk
from reviewkit.workspace.themes import ThemeView
from webapp.charts import bars
from webapp.presenters.kickoff import QuoteLine, project_link, quote_line
from webapp.presenters.pages import Part, drawn, part
from webapp.presenters.results import Chart, apart
from webapp.presenters.risks import BECAME
from webapp.presenters.words import Link, day, headed, month, people, plural

AT_ONCE = 40

TREND_SIGNS = {"rising": "↗", "steady": "→", "fading": "↘"}
"""A sign beside the word."""

VERBS = {"rename": "Renamed to", "status": "Marked as"}


@dataclass(frozen=True)
class ThemeRow:
    """A theme as lists show it."""

    id: str
    label: str
    href: str
    reach: str
    projects: str
    trend: str
    seen: str
    area: str
    status: ThemeStatus
    subthemes: tuple[ThemeRow, ...] = ()


@dataclass(frozen=True)
class ThemeList:
    summary: str
    rows: Part[ThemeRow]
    areas: tuple[tuple[str, str, bool], ...]
    chosen: dict[str, str]
    retired: bool


@dataclass(frozen=True)
class RiskTie:
    """A register entry tied to the theme, and what may be done with the tie."""

    risk: Link
    risk_id: str
    project: Link
    became: str
    certainty: str
    confirmed: bool


@dataclass(frozen=True)
class Step:
    """Something a person decided, which can be taken back unless it was already."""

    id: str
    said: str
    undone: bool


@dataclass(frozen=True)
class ThemePage:
    theme: Theme
    label: str
    summary: str
    reach: str
    trend: str
    seen: str
    parent: Link | None
    subthemes: tuple[ThemeRow, ...]
    projects: tuple[Link, ...]
    quotes: tuple[QuoteLine, ...]
    quoted: str
    kinds: Chart | None
    ties: tuple[RiskTie, ...]
    steps: tuple[Step, ...]
    is_confirmed: bool
    is_retired: bool


def theme_row(theme: Theme, children: Sequence[Theme] = ()) -> ThemeRow:
    return ThemeRow(
        id=theme.id,
        label=headed(theme.label),
        href=url_for("themes.show", id=theme.id),
        reach=people(theme.reach),
        projects=plural(len(theme.projects), "project"),
        trend=trend(theme),
        seen=seen(theme),
        area=theme.area or "",
        status=theme.status,
        subthemes=tuple(theme_row(child) for child in children),
    )


def trend(theme: Theme) -> str:
    """As in “↗ rising”; empty where it is not known."""
    return f"{TREND_SIGNS.get(theme.trend, '')} {theme.trend}".strip()


def seen(theme: Theme) -> str:
    """From when to when it was raised."""
    first, last = month(theme.first_seen), month(theme.last_seen)
    return first if first == last else f"{first} – {last}"


def theme_list(
    themes: Sequence[Theme], children: Mapping[str, Sequence[Theme]], *, area: Area | None, retired: bool, number: int
) -> ThemeList:
    """Themes (of one area), widest reach first as given."""
    shown = [theme for theme in themes if area is None or theme.area is area]
    by_area = Counter(theme.area for theme in themes if theme.area)
    recurring = sum(theme.is_recurring for theme in shown)
    return ThemeList(
        summary=f"{plural(recurring, 'theme')} came up in two or more projects. The widest reach stands first.",
        rows=drawn(part(shown, number, AT_ONCE), lambda theme: theme_row(theme, children.get(theme.id, ()))),
        areas=tuple((str(one), f"{one} ({by_area[one]})", one is area) for one in Area if by_area[one]),
        chosen={**({"area": str(area)} if area else {}), **({"retired": "1"} if retired else {})},
        retired=retired,
    )


def theme_page(view: ThemeView, names: Mapping[str, str]) -> ThemePage:
    """`names` gives project key -> name."""
    theme = view.theme
    return ThemePage(
        theme=theme,
        label=headed(theme.label),
        summary=_summary(theme),
        reach=people(theme.reach),
        trend=trend(theme),
        seen=seen(theme),
        parent=Link(headed(view.parent.label), url_for("themes.show", id=view.parent.id)) if view.parent else None,
        subthemes=tuple(theme_row(child) for child in view.subthemes),
        projects=tuple(project_link(key, names) for key in theme.projects),
        quotes=tuple(quote_line(quote, names) for quote in view.quotes),
        quoted=_quoted(view),
        kinds=_kinds(view),
        ties=tuple(_tie(linked, names) for linked in view.risks),
        steps=tuple(_step(decision) for decision in view.decisions),
        is_confirmed=theme.status is ThemeStatus.CONFIRMED,
        is_retired=theme.status is ThemeStatus.RETIRED,
    )


def _summary(theme: Theme) -> str:
    told = people(theme.reach)
    where = plural(len(theme.projects), "project")
    return f"{told[0].upper()}{told[1:]} in {where} raised this, {_span(theme)}."


def _span(theme: Theme) -> str:
    first, last = month(theme.first_seen), month(theme.last_seen)
    if not first or not last:
        return "at a time not known"
    return f"in {first}" if first == last else f"between {first} and {last}"


def _quoted(view: ThemeView) -> str:
    """How many statements there are beyond those quoted; empty where none, or where the count would tell too much."""
    total, shown = view.theme.statements, len(view.quotes)
    if total <= shown or count_or_none(view.theme.reach) is None:
        return ""
    return f"The {shown} most telling of {plural(total, 'statement')}."


def _kinds(view: ThemeView) -> Chart | None:
    """Statements by kind, unless so few people raised it that the counts would tell of them."""
    if not view.kinds or count_or_none(view.theme.reach) is None:
        return None
    rows, together = apart([(str(kind), count) for kind, count in view.kinds.items()])
    return Chart("What kind of thing people say", plural(view.theme.statements, "statement"), bars(rows, together))


def _tie(linked: LinkedRisk, names: Mapping[str, str]) -> RiskTie:
    link, risk = linked.link, linked.risk
    confirmed = link.state is LinkState.CONFIRMED
    by = f"Confirmed by {link.decided_by}" + (f" on {day(link.decided_at)}" if link.decided_at else "")
    return RiskTie(
        risk_id=risk.id,
        risk=Link(risk.title, url_for("risks.index", project=risk.project, _anchor=f"risk-{risk.id}")),
        project=project_link(risk.project, names),
        became=BECAME[risk.occurred],
        certainty=by if confirmed else f"Suggested, {link.confidence} confidence",
        confirmed=confirmed,
    )


def _step(decision: Decision) -> Step:
    verb = VERBS.get(decision.verb, decision.verb.capitalize())
    said = f"{verb} “{decision.value}” by {decision.who}, {day(decision.at)}"
    return Step(decision.id, said, decision.undone)
