"""Memberships that a decision or a new statement changed -> themes in step with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from reviewkit.domain.themes import UNNAMED, Membership, Theme
from reviewkit.domain.words import Area, ThemeStatus
from reviewkit.store.port import Store
from reviewkit.themes.decisions import Standing
from reviewkit.themes.trends import Reach

QUOTES = 3
"""Statements that stand for a theme."""


def settle(
    store: Store, touched: Iterable[str], decided: Standing, *, names: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Brings `touched` themes, and their subthemes, in step with their members; call it inside a write.

    A theme that lost its last member goes, one that got its first is made and called as `names` has it; subthemes
    follow to the theme that their members are in. Names and states are as people `decided`.
    """
    wanted = set(touched) - {""}
    wanted |= {theme.id for theme in store.themes.all(parent=wanted)} if wanted else set()
    reach = store.memberships.reach(wanted)
    present = {theme.id: theme for theme in store.themes.all(id=wanted)}
    quoted = {quote for theme in present.values() for quote in theme.representatives}
    places = {member.statement: member for member in store.memberships.all(statement=quoted)}
    settled = []
    for name in sorted(wanted & (present.keys() | reach.keys() | decided.merged.keys())):
        theme = present.get(name) or Theme(name, names.get(name) or UNNAMED)
        if name in decided.merged:
            settled.append(_merged_away(theme, decided.merged[name]))
        elif name in reach:
            settled.append(_in_step(store, theme, reach[name], places, decided))
    store.themes.put(*settled)
    store.themes.delete(*(present.keys() - {theme.id for theme in settled}))


def _merged_away(theme: Theme, into: str) -> Theme:
    """What is kept of it: its name, for those who look for it, and what undoing the merge brings back."""
    return replace(
        Theme(theme.id, theme.label),
        suggested=theme.suggested,
        keywords=theme.keywords,
        area=theme.area,
        split_from=theme.split_from,
        status=ThemeStatus.RETIRED,
        merged_into=into,
    )


def _in_step(store: Store, theme: Theme, reach: Reach, places: Mapping[str, Membership], decided: Standing) -> Theme:
    quotes = _quotes(store, theme, reach.statements, places)
    suggested = theme.suggested or theme.label
    return replace(
        theme,
        label=decided.labels.get(theme.id, suggested),
        suggested=suggested,
        area=theme.area or _area(store, quotes),
        parent=quotes[0].theme if theme.parent else "",
        statements=reach.statements,
        troubles=reach.troubles,
        responses=reach.responses,
        projects=reach.projects,
        first_seen=reach.first_seen,
        last_seen=reach.last_seen,
        representatives=tuple(quote.statement for quote in quotes),
        status=decided.statuses.get(theme.id, ThemeStatus.SUGGESTED),
        merged_into="",
        split_from=decided.split.get(theme.id, ""),
    )


def _quotes(store: Store, theme: Theme, size: int, places: Mapping[str, Membership]) -> list[Membership]:
    """Those that stand for it and are still in it; where some are gone the most central others, no text twice."""
    found = [places[quote] for quote in theme.representatives if quote in places]
    found = [one for one in found if theme.id in (one.theme, one.subtheme)]
    if len(found) >= min(QUOTES, size) or (found and len(found) == len(theme.representatives)):
        return found
    members = store.memberships.all(**{"subtheme" if theme.parent else "theme": theme.id})
    texts = {one.id: one.text_hash for one in store.statements.all(id={member.statement for member in members})}
    seen = {texts[one.statement] for one in found}
    for member in sorted(members, key=lambda one: (-one.centrality, one.statement)):
        if len(found) < QUOTES and texts[member.statement] not in seen:
            seen.add(texts[member.statement])
            found.append(member)
    return found


def _area(store: Store, quotes: Iterable[Membership]) -> Area | None:
    """The area of most of what stands for it."""
    statements = store.statements.all(id={quote.statement for quote in quotes})
    areas = Counter(statement.area for statement in statements if statement.area)
    return min(areas, key=lambda area: (-areas[area], area)) if areas else None
