"""Memberships before a run and after it -> what the run changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from reviewkit.domain.privacy import least_people
from reviewkit.domain.themes import Theme, ThemeChange
from reviewkit.domain.words import ThemeChangeKind

MOSTLY = 1 / 2
"""A theme that is gone was merged where at least this share of it went; a new one split off where it came from."""

ORDER = list(ThemeChangeKind)


def changes(
    before: Mapping[str, str], after: Mapping[str, str], themes_before: Iterable[Theme], themes_after: Iterable[Theme]
) -> tuple[ThemeChange, ...]:
    """What became of each theme. `before` and `after` map statement -> theme, blank or absent for none.

    Every theme that came is new, or split off another one; every one that went has merged into another or faded. One
    that stayed has grown where it has more statements than before, and statements have moved between those that stayed.
    Statements erased meanwhile should stand in `before` no more. Ordered by kind, the largest change first.

    A theme that is gone and had lost statements to erasure keeps no label here: it may hold a word of theirs.
    """
    flows = Counter((before.get(one, ""), after.get(one, "")) for one in before.keys() | after.keys())
    was, now = Counter(filter(None, before.values())), Counter(filter(None, after.values()))
    earlier, there = {theme.id: theme for theme in themes_before}, {theme.id: theme for theme in themes_after}
    labels = {theme.id: theme.label for theme in earlier.values() if theme.statements == was[theme.id]}
    labels |= {theme.id: theme.label for theme in there.values()}
    found = [
        *(_came(theme, now[theme], flows, was) for theme in now if theme not in was),
        *(_went(theme, was[theme], flows, now) for theme in was if theme not in now),
        *(
            ThemeChange(ThemeChangeKind.GROWN, theme, "", was[theme], now[theme], now[theme] - was[theme])
            for theme in now
            if theme in was and now[theme] > was[theme]
        ),
        *(
            ThemeChange(ThemeChangeKind.MOVED, source, "", was[source], now[source], count, other=target)
            for (source, target), count in flows.items()
            if source != target and source in now and target in was
        ),
    ]
    named = [
        replace(
            one,
            label=labels.get(one.theme, ""),
            other_label=labels.get(one.other, ""),
            people=_people(one, earlier.get(one.theme), there.get(one.theme)),
        )
        for one in found
    ]
    return tuple(sorted(named, key=lambda one: (ORDER.index(one.kind), -one.count, one.theme, one.other)))


def with_joined(
    found: Iterable[ThemeChange], joined: Mapping[str, int], themes: Mapping[str, Theme]
) -> tuple[ThemeChange, ...]:
    """`found` with what joined since: `joined` counts it by theme, `themes` are those there are now."""
    since = {theme: count for theme, count in joined.items() if theme in themes and count}
    made = []
    for one in found:
        if one.kind in (ThemeChangeKind.NEW, ThemeChangeKind.SPLIT, ThemeChangeKind.GROWN) and one.theme in since:
            more = since.pop(one.theme)
            count = one.count if one.kind is ThemeChangeKind.SPLIT else one.count + more
            one = replace(one, after=one.after + more, count=count)
            one = replace(one, people=min(one.people, _people(one, None, themes[one.theme])))
        made.append(one)
    for name, count in since.items():
        theme = themes[name]
        before = theme.statements - count
        people = min(least_people(size, theme.statements, theme.responses) for size in (before, count) if size)
        made.append(
            ThemeChange(ThemeChangeKind.GROWN, name, theme.label, before, theme.statements, count, people=people)
        )
    return tuple(sorted(made, key=lambda one: (ORDER.index(one.kind), -one.count, one.theme, one.other)))


def _people(one: ThemeChange, earlier: Theme | None, now: Theme | None) -> int:
    """At least so many are behind each of its numbers, and behind what came or went."""
    known = [(theme, size) for theme, size in ((earlier, one.before), (now, one.after)) if theme and size]
    return min(
        (
            least_people(part, theme.statements, theme.responses)
            for theme, size in known
            for part in (size, one.count)
            if part
        ),
        default=0,
    )


def _came(theme: str, size: int, flows: Mapping[tuple[str, str], int], was: Iterable[str]) -> ThemeChange:
    sources = {source: flows.get((source, theme), 0) for source in was}
    best = min(sources, key=lambda source: (-sources[source], source), default="")
    if best and sources[best] >= MOSTLY * size:
        return ThemeChange(ThemeChangeKind.SPLIT, theme, "", 0, size, sources[best], other=best)
    return ThemeChange(ThemeChangeKind.NEW, theme, "", 0, size, size)


def _went(theme: str, size: int, flows: Mapping[tuple[str, str], int], now: Iterable[str]) -> ThemeChange:
    targets = {target: flows.get((theme, target), 0) for target in now}
    best = min(targets, key=lambda target: (-targets[target], target), default="")
    if best and targets[best] >= MOSTLY * size:
        return ThemeChange(ThemeChangeKind.MERGED, theme, "", size, 0, targets[best], other=best)
    return ThemeChange(ThemeChangeKind.FADED, theme, "", size, 0, size)
