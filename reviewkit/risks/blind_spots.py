"""Themes, links and registers -> what no register foresaw, and what registers fear in vain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from reviewkit.domain.foreseen import PeopleSaid
from reviewkit.domain.kickoffs import BaseRate
from reviewkit.domain.themes import Link, Theme
from reviewkit.domain.words import Scope, ThemeStatus, Verdict
from reviewkit.risks.base_rates import RiskKind, base_rate
from reviewkit.risks.verdicts import verdict

MIN_REGISTERS = 3
"""Registers a kind must stand in before its seldom coming true says anything."""

TROUBLED = 0.6
"""Share of problems and suggestions from which a theme is trouble; over all answers of a review they are about that."""

SELDOM = 0.2
"""A kind that came true in at most this share of the projects where that is known is feared in vain."""


@dataclass(frozen=True)
class FalseAlarm:
    """A kind of risk that stands in many registers; `rate` is where it came true among projects that know."""

    kind: RiskKind
    rate: BaseRate


def blind_spots(
    themes: Iterable[Theme],
    links: Iterable[Link],
    project_of: Mapping[str, str] = MappingProxyType({}),
    said: Mapping[str, PeopleSaid] = MappingProxyType({}),
) -> list[Theme]:
    """Recurring themes that no register foresaw, widest reach first, then by label.

    A theme counts as foreseen when a link ties it to a risk with at least medium confidence or a person's word, nobody
    rejected that link, and the people who spoke of it do not clearly say otherwise; see `verdict`. `project_of` gives
    risk id -> project, and is asked for themes that people `said` something of. Themes that are not mostly trouble are
    left out: praise need not be foreseen.
    """
    tied: defaultdict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.scope is Scope.THEMES:
            tied[link.source].append(link)
    unforeseen = [
        theme
        for theme in themes
        if theme.is_recurring
        and theme.status is not ThemeStatus.RETIRED
        and is_trouble(theme)
        and verdict(tied[theme.id], theme.projects, project_of, said.get(theme.id)) is Verdict.BLIND_SPOT
    ]
    return sorted(unforeseen, key=lambda theme: (-theme.reach, -theme.statements, theme.label))


def is_trouble(theme: Theme) -> bool:
    """Whether it is mostly problems and suggestions."""
    return theme.troubles >= TROUBLED * theme.statements


def false_alarms(kinds: Sequence[RiskKind]) -> list[FalseAlarm]:
    """Kinds registered in many projects that seldom came true, most registered first.

    Only projects where it is known whether the risk occurred count.
    """
    found = [FalseAlarm(kind, base_rate(kind.occurred, kind.settled)) for kind in kinds]
    seldom = [alarm for alarm in found if alarm.rate.n >= MIN_REGISTERS and alarm.rate.k <= SELDOM * alarm.rate.n]
    return sorted(seldom, key=lambda alarm: (-alarm.rate.n, alarm.rate.k, alarm.kind.title))
