"""What the last run did to themes -> a calm summary, and the themes it leads to.

It names themes and gives no numbers of statements: the difference of two runs may be what one person wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask import url_for

from reviewkit.domain.themes import Theme, ThemeChange, ThemeRun
from reviewkit.domain.words import ThemeChangeKind
from webapp.presenters.words import day, headed, listed, plural

MOST = 6
"""Themes named for each kind of change; the list narrowed to that kind has them all."""

DONE = {
    ThemeChangeKind.NEW: "new",
    ThemeChangeKind.GROWN: "grown",
    ThemeChangeKind.SPLIT: "split",
    ThemeChangeKind.MERGED: "merged",
    ThemeChangeKind.FADED: "faded",
    ThemeChangeKind.MOVED: "reshuffled",
}
"""One word for what happened, as a tag and a filter have it."""

HEADINGS = {
    ThemeChangeKind.NEW: "New",
    ThemeChangeKind.GROWN: "Grown",
    ThemeChangeKind.SPLIT: "Split",
    ThemeChangeKind.MERGED: "Merged",
    ThemeChangeKind.FADED: "Faded",
    ThemeChangeKind.MOVED: "Statements that found a better place",
}

BETWEEN = {
    ThemeChangeKind.SPLIT: "came out of",
    ThemeChangeKind.MERGED: "went into",
    ThemeChangeKind.MOVED: "gave some to",
}
"""How a theme and the other one of its change belong together."""


@dataclass(frozen=True)
class Named:
    """A theme by name; without `href` where it is there no more."""

    text: str
    href: str


@dataclass(frozen=True)
class Changed:
    """One change: a theme, and where another took part, how and which."""

    theme: Named
    between: str
    other: Named | None


@dataclass(frozen=True)
class Kind:
    """Changes of one kind, at most MOST of them; `href` leads to the themes concerned, blank where all are gone."""

    name: str
    changes: tuple[Changed, ...]
    more: int
    href: str


@dataclass(frozen=True)
class Changes:
    """The summary: when the run was, a sentence, and the changes by kind; no kinds where nothing changed."""

    when: str
    summary: str
    kinds: tuple[Kind, ...]


def changes_of(run: ThemeRun | None, present: Mapping[str, Theme]) -> Changes | None:
    """None without a run; `present` gives id -> theme of those that can be led to."""
    if run is None:
        return None
    found: dict[ThemeChangeKind, dict[tuple[str, str], ThemeChange]] = {}
    for change in run.changes:
        found.setdefault(change.kind, {}).setdefault((change.theme, change.other), change)
    kinds = tuple(_kind(kind, list(found[kind].values()), present) for kind in ThemeChangeKind if kind in found)
    return Changes(day(run.at), _summary({kind: len(changes) for kind, changes in found.items()}), kinds)


def since_the_first(run: ThemeRun | None, themes: Iterable[Theme]) -> ThemeRun | None:
    """`run`, or None where it found every theme there is: what is all new needs no telling."""
    new = {change.theme for change in run.changes if change.kind is ThemeChangeKind.NEW} if run else set()
    earlier = [theme for theme in themes if theme.id not in new and not theme.split_from]
    return run if earlier else None


def concerned(run: ThemeRun | None) -> dict[str, tuple[ThemeChangeKind, ...]]:
    """Theme id -> the kinds of change it took part in."""
    found: dict[str, set[ThemeChangeKind]] = {}
    for change in run.changes if run else ():
        for theme in {change.theme, change.other} - {""}:
            found.setdefault(theme, set()).add(change.kind)
    return {theme: tuple(kind for kind in ThemeChangeKind if kind in kinds) for theme, kinds in found.items()}


def _kind(kind: ThemeChangeKind, changes: list[ThemeChange], present: Mapping[str, Theme]) -> Kind:
    return Kind(
        name=HEADINGS[kind],
        changes=tuple(_changed(change, present) for change in changes[:MOST]),
        more=max(len(changes) - MOST, 0),
        href="" if kind is ThemeChangeKind.FADED else url_for("themes.index", changed=kind, _anchor="all"),
    )


def _changed(change: ThemeChange, present: Mapping[str, Theme]) -> Changed:
    other = _named(change.other, change.other_label, present) if change.other else None
    return Changed(_named(change.theme, change.label, present), BETWEEN.get(change.kind, "with"), other)


def _named(id: str, label: str, present: Mapping[str, Theme]) -> Named:
    """By the name it has now, else by the one it had."""
    theme = present.get(id)
    if theme is None:
        return Named(headed(label) or "a theme that is gone", "")
    return Named(headed(theme.label), url_for("themes.show", id=id))


def _summary(counts: Mapping[ThemeChangeKind, int]) -> str:
    """As in “2 themes new and 1 grown.”"""
    told = [(count, DONE[kind]) for kind, count in counts.items() if kind is not ThemeChangeKind.MOVED]
    if not told:
        found = counts.get(ThemeChangeKind.MOVED, 0)
        return "A few statements found a better place; the themes are the same." if found else "Nothing changed."
    (most, first), *others = told
    return listed([f"{plural(most, 'theme')} {first}", *(f"{count:,} {done}" for count, done in others)]) + "."
