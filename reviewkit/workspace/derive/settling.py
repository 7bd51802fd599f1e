"""Memberships that a decision or a new statement changed -> themes in step with them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from types import MappingProxyType

from reviewkit.domain.reviews import Statement
from reviewkit.domain.themes import UNNAMED, Membership, Theme
from reviewkit.domain.words import Area, ThemeStatus
from reviewkit.store.port import Store
from reviewkit.themes.decisions import Standing
from reviewkit.themes.trends import Reach, grown

QUOTES = 3
"""Statements that stand for a theme."""


def settle(
    store: Store, touched: Iterable[str], decided: Standing, *, names: Mapping[str, str] = MappingProxyType({})
) -> None:
    """Brings `touched` themes, and their subthemes, in step with their members; call it inside a write.

    A theme that lost its last member goes, one that got its first is made and called as `names` has it; subthemes
    follow to the theme that their members are in. Names and states are as people `decided`.
    """
    wanted = _with_parts(store, touched)
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


def settle_grown(
    store: Store, members: Collection[Membership], statements: Mapping[str, Statement], decided: Standing
) -> int:
    """Brings the themes that `members` have just joined in step with them, without counting all of each theme anew.

    `statements` holds what was said by id; `members` are stored already. Returns how many themes grew.
    """
    joined: dict[str, list[Statement]] = {}
    for member in members:
        for name in {member.theme, member.subtheme} - {""}:
            joined.setdefault(name, []).append(statements[member.statement])
    if not joined:
        return 0
    spoken = _earlier_responses(store, statements)
    themes = store.themes.all(id=set(joined))
    quoted = {quote for theme in themes for quote in theme.representatives}
    places = {member.statement: member for member in store.memberships.all(statement=quoted)}
    store.themes.put(
        *(
            _in_step(store, theme, grown(theme, joined[theme.id], spoken.get(theme.id, ())), places, decided)
            for theme in themes
        )
    )
    return len(themes)


def _earlier_responses(store: Store, fresh: Mapping[str, Statement]) -> dict[str, set[str]]:
    """Theme and subtheme -> those of the fresh statements' responses that had a statement in it before."""
    spoke = store.statements.all(response={statement.response for statement in fresh.values()})
    earlier = {statement.id: statement.response for statement in spoke if statement.id not in fresh}
    found: dict[str, set[str]] = {}
    for member in store.memberships.all(statement=set(earlier)) if earlier else ():
        for name in (member.theme, member.subtheme):
            found.setdefault(name, set()).add(earlier[member.statement])
    return found


def _with_parts(store: Store, themes: Iterable[str]) -> set[str]:
    """The themes and their subthemes."""
    wanted = set(themes) - {""}
    return wanted | ({theme.id for theme in store.themes.all(parent=wanted)} if wanted else set())


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
