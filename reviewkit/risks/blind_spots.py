"""Themes, links and registers -> what no register foresaw, and what registers fear in vain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reviewkit.domain.kickoffs import BaseRate
from reviewkit.domain.themes import Link, Theme
from reviewkit.domain.words import Confidence, LinkState, Scope, ThemeStatus
from reviewkit.risks.base_rates import RiskKind, base_rate

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


def blind_spots(themes: Iterable[Theme], links: Iterable[Link]) -> list[Theme]:
    """Recurring themes that no register foresaw, widest reach first, then by label.

    A theme counts as foreseen when a link ties it to a risk with at least medium confidence or a person's word, and
    nobody rejected that link. Themes that are not mostly trouble are left out: praise need not be foreseen.
    """
    foreseen = {link.source for link in links if link.scope is Scope.THEMES and _holds(link)}
    unforeseen = [
        theme
        for theme in themes
        if theme.is_recurring
        and theme.status is not ThemeStatus.RETIRED
        and theme.id not in foreseen
        and theme.troubles >= TROUBLED * theme.statements
    ]
    return sorted(unforeseen, key=lambda theme: (-theme.reach, -theme.statements, theme.label))


def false_alarms(kinds: Sequence[RiskKind]) -> list[FalseAlarm]:
    """Kinds registered in many projects that seldom came true, most registered first.

    Only projects where it is known whether the risk occurred count.
    """
    found = [FalseAlarm(kind, base_rate(kind.occurred, kind.settled)) for kind in kinds]
    seldom = [alarm for alarm in found if alarm.rate.n >= MIN_REGISTERS and alarm.rate.k <= SELDOM * alarm.rate.n]
    return sorted(seldom, key=lambda alarm: (-alarm.rate.n, alarm.rate.k, alarm.kind.title))


def _holds(link: Link) -> bool:
    if link.state is LinkState.SUGGESTED:
        return link.confidence is not Confidence.LOW
    return link.state is LinkState.CONFIRMED
