"""A theme -> its line in a list: its name, who raised it, what kind of thing it is, where it is heading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from reviewkit.domain.privacy import halves_told
from reviewkit.domain.themes import Theme
from webapp.presenters.words import Link, at_least, headed, month, plural

TREND_SIGNS = {"rising": "↗", "steady": "→", "fading": "↘"}
"""A sign beside the word."""

PARTS = 5
"""A share is told in fifths: finer, and two views could be taken apart into what a few people said."""


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
    mix: str
    status: str
    subthemes: tuple[ThemeRow, ...] = ()
    changes: tuple[str, ...] = ()


def theme_row(theme: Theme, children: Sequence[Theme] = (), changes: Sequence[str] = ()) -> ThemeRow:
    """`changes` are words for what the last run did to it."""
    return ThemeRow(
        id=theme.id,
        label=headed(theme.label),
        href=url_for("themes.show", id=theme.id),
        reach=at_least(theme.reach),
        projects=plural(len(theme.projects), "project"),
        trend=trend(theme),
        seen=seen(theme),
        area=theme.area or "",
        mix=mix(theme),
        status="merged" if theme.merged_into else theme.status.value,
        subthemes=tuple(theme_row(child) for child in children),
        changes=tuple(changes),
    )


def theme_link(theme: Theme) -> Link:
    return Link(headed(theme.label), url_for("themes.show", id=theme.id))


def trend(theme: Theme) -> str:
    """As in “↗ rising”; empty where it is not known."""
    return f"{TREND_SIGNS.get(theme.trend, '')} {theme.trend}".strip()


def seen(theme: Theme) -> str:
    """From when to when it was raised."""
    first, last = month(theme.first_seen), month(theme.last_seen)
    return first if first == last else f"{first} – {last}"


def mix(theme: Theme) -> str:
    """How much of it is trouble, in words; empty where it would tell of a few people."""
    if not theme.statements or not halves_told(theme.troubles, theme.statements, theme.reach):
        return ""
    share = round(PARTS * theme.troubles / theme.statements)
    if share in (0, PARTS):
        return "problems and suggestions" if share else "praise and facts"
    return f"{share} in {PARTS} problems or suggestions"
