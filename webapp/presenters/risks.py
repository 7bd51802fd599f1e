"""Registers -> rows, the 5 × 5 heat map and the filters that narrow both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.registers import GRID, RESIDUAL, level_of
from reviewkit.domain.themes import Link as RiskLink
from reviewkit.domain.themes import Theme
from reviewkit.domain.words import LinkState, Occurred
from webapp.presenters.pages import Part, address, drawn, part
from webapp.presenters.registers.filters import Filter, filters, narrowed, switch
from webapp.presenters.registers.words import BECAME, STEPS
from webapp.presenters.words import Link, headed, plural, sentence, whole

AT_ONCE = 60


@dataclass(frozen=True)
class ThemeTie:
    """A theme tied to a register entry, and how sure that is."""

    label: str
    href: str
    certainty: str


@dataclass(frozen=True)
class RiskRow:
    """One register entry; `after` is its rating after the response, `story` its cause, event, effect and response, each
    named."""

    anchor: str
    href: str
    ref: str
    project: Link
    title: str
    rating: str
    after: str
    became: str
    note: str
    category: str
    owner: str
    story: tuple[tuple[str, str], ...]
    themes: tuple[ThemeTie, ...]


@dataclass(frozen=True)
class Cell:
    """A cell of the heat map; `href` leads to its risks, or away from them where it is the one chosen."""

    count: int
    heat: int
    href: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class RiskPage:
    summary: str
    rows: Part[RiskRow]
    heat: tuple[tuple[str, tuple[Cell, ...]], ...]
    maps: tuple[tuple[str, str, bool], ...]
    unrated: int
    filters: tuple[Filter, ...]
    narrowed: str
    carried: dict[str, str]
    chosen: dict[str, str]
    total: int


def risk_page(
    risks: Sequence[Risk],
    beside: Sequence[Risk],
    shown: Sequence[Risk],
    projects: Sequence[Project],
    themes: Mapping[str, Sequence[ThemeTie]],
    chosen: Mapping[str, str],
    number: int,
) -> RiskPage:
    """`risks` are all, `beside` those in the map, `shown` those in its chosen cell; `chosen` holds the filters in use,
    `themes` risk id -> the themes tied to it."""
    names = {project.key: project.name for project in projects}
    has_residual = any(risk.residual_probability and risk.residual_impact for risk in risks)
    return RiskPage(
        summary=_summary(shown),
        rows=drawn(part(shown, number, AT_ONCE), lambda risk: _row(risk, themes, names)),
        heat=heat_map(beside, chosen),
        maps=switch(chosen) if has_residual or chosen.get("map") == RESIDUAL else (),
        unrated=sum(None in _place(risk, chosen) for risk in beside),
        filters=filters(risks, projects, chosen),
        narrowed=narrowed(chosen),
        carried={name: value for name, value in chosen.items() if name in (*GRID, "map")},
        chosen=dict(chosen),
        total=len(risks),
    )


def themes_by_risk(links: Mapping[str, Sequence[RiskLink]], themes: Sequence[Theme]) -> dict[str, list[ThemeTie]]:
    """Risk id -> its themes, each with how sure the tie is."""
    tied = {link.source for found in links.values() for link in found}
    named = {
        theme.id: (headed(theme.label), url_for("themes.show", id=theme.id, _anchor="risks"))
        for theme in themes
        if theme.id in tied
    }
    return {
        risk: [
            ThemeTie(*named[link.source], _certainty(link))
            for link in sorted(found, key=lambda link: (link.state is not LinkState.CONFIRMED, -link.score, link.id))
            if link.source in named
        ]
        for risk, found in links.items()
    }


def risk_rows(
    risks: Sequence[Risk], themes: Mapping[str, Sequence[ThemeTie]], names: Mapping[str, str] | None = None
) -> tuple[RiskRow, ...]:
    return tuple(_row(risk, themes, names or {}) for risk in risks)


def _row(risk: Risk, themes: Mapping[str, Sequence[ThemeTie]], names: Mapping[str, str]) -> RiskRow:
    return RiskRow(
        anchor=f"risk-{risk.id}",
        href=url_for("risks.show", id=risk.id),
        ref=risk.ref,
        project=Link(names.get(risk.project, risk.project), url_for("projects.show", key=risk.project)),
        title=risk.title,
        rating=rating(risk),
        after=_times(risk.residual_probability, risk.residual_impact),
        became=BECAME[risk.occurred],
        note=sentence(risk.occurred_note),
        category=risk.category,
        owner=risk.owner,
        story=_story(risk),
        themes=tuple(themes.get(risk.id, ())),
    )


def rating(risk: Risk) -> str:
    """As in “4 × 5 = 20”: probability times impact."""
    return _times(risk.probability, risk.impact)


def _times(probability: int | None, impact: int | None) -> str:
    return f"{probability} × {impact} = {probability * impact}" if probability and impact else ""


def heat_map(risks: Sequence[Risk], chosen: Mapping[str, str]) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
    """Rows from the highest probability down, each with its cells from the lowest impact up."""
    counts = Counter(_place(risk, chosen) for risk in risks)
    return tuple(
        (f"{probability} {STEPS[probability]}", tuple(_cell(probability, impact, counts, chosen) for impact in STEPS))
        for probability in reversed(STEPS)
    )


def _place(risk: Risk, chosen: Mapping[str, str]) -> tuple[int | None, int | None]:
    """Where it stands in the map in use."""
    return level_of(risk, "probability", chosen), level_of(risk, "impact", chosen)


def _cell(
    probability: int, impact: int, counts: Counter[tuple[int | None, int | None]], chosen: Mapping[str, str]
) -> Cell:
    here = {"probability": str(probability), "impact": str(impact)}
    is_chosen = all(chosen.get(name) == value for name, value in here.items())
    others = {name: value for name, value in chosen.items() if name not in here}
    count = counts[probability, impact]
    return Cell(
        count=count,
        heat=_heat(probability * impact),
        href=address("risks.index", {} if is_chosen else here, others),
        label=f"{plural(count, 'risk')}: probability {STEPS[probability]}, impact {STEPS[impact]}"
        + (" (chosen: show all again)" if is_chosen else ""),
        chosen=is_chosen,
    )


def _heat(severity: int) -> int:
    """Five bands of probability times impact, as registers usually draw them."""
    return 1 + sum(severity >= bound for bound in (4, 8, 12, 20))


def _summary(risks: Sequence[Risk]) -> str:
    became = Counter(risk.occurred for risk in risks)
    settled = became[Occurred.YES] + became[Occurred.NO]
    if not settled:
        return ""
    open_ended = f"; of {became[Occurred.UNKNOWN]} it is not known" if became[Occurred.UNKNOWN] else ""
    if not became[Occurred.NO]:
        ended = f"{headed(whole(settled, 'risk'))} whose end is known came true"
    elif not became[Occurred.YES]:
        none = "The one risk whose end is known did not come true"
        ended = none if settled == 1 else f"None of the {settled:,} risks whose end is known came true"
    else:
        ended = f"{became[Occurred.YES]:,} came true and {became[Occurred.NO]:,} did not"
        ended = f"Of {plural(settled, 'risk')} whose end is known, {ended}"
    return f"{ended}{open_ended}."


def _certainty(link: RiskLink) -> str:
    return "confirmed" if link.state is LinkState.CONFIRMED else f"{link.confidence} confidence"


def _story(risk: Risk) -> tuple[tuple[str, str], ...]:
    response = ": ".join(part for part in (str(risk.response or ""), risk.response_text) if part)
    parts = (
        ("Cause", risk.cause),
        ("Event", risk.event),
        ("Effect", risk.effect),
        ("Response", response),
        ("Owner", risk.owner),
        ("What became of it", risk.occurred_note),
    )
    return tuple((name, sentence(text) if name != "Owner" else text) for name, text in parts if text)
