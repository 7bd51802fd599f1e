"""A theme, and what somebody wants to do with it -> what would happen, before it does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reviewkit.domain.themes import Theme
from reviewkit.workspace.themes.regrouping import Said
from webapp.presenters.kickoff import QuoteLine, quote_line
from webapp.presenters.themes.page import QUOTES, Line, line
from webapp.presenters.themes.rows import ThemeRow, theme_link, theme_row
from webapp.presenters.words import Link, headed, plural


@dataclass(frozen=True)
class Side:
    """One of two groups of statements, seen beside the other."""

    label: str
    href: str
    meta: tuple[str, ...]
    count: str
    quotes: tuple[QuoteLine, ...]


@dataclass(frozen=True)
class Options:
    """Themes to choose from: those most like it, then all by name as (id, label)."""

    nearest: tuple[ThemeRow, ...]
    all: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class MergePage:
    """`sides` are the theme and the one it would go into, once that is chosen."""

    theme: Link
    id: str
    options: Options
    into: str
    sides: tuple[Side, Side] | None
    outcome: str


@dataclass(frozen=True)
class SplitPage:
    """`leaving` are the statements chosen; empty while nothing is, or while a whole part is."""

    theme: Link
    id: str
    parts: tuple[ThemeRow, ...]
    part: str
    label: str
    leaving: tuple[Line, ...]
    sides: tuple[Side, Side] | None


@dataclass(frozen=True)
class MovePage:
    theme: Link
    id: str
    line: Line
    options: Options


def options_of(theme: Theme, nearest: Sequence[Theme], themes: Sequence[Theme]) -> Options:
    """All that `theme` could go to."""
    others = sorted((one for one in themes if one.id != theme.id), key=lambda one: (one.label.casefold(), one.id))
    return Options(tuple(theme_row(one) for one in nearest), tuple((one.id, headed(one.label)) for one in others))


def merge_page(
    theme: Theme,
    options: Options,
    names: Mapping[str, str],
    *,
    said: Sequence[Said] = (),
    into: Theme | None = None,
    said_there: Sequence[Said] = (),
) -> MergePage:
    """With `into` the preview; `said` and `said_there` are what may be shown of either."""
    if into is None:
        return MergePage(theme_link(theme), theme.id, options, "", None, "")
    mine, theirs = side(theme, said, names), side(into, said_there, names)
    together = plural(len(said) + len(said_there), "statement")
    outcome = (
        f"Everything said in “{mine.label}” goes into “{theirs.label}”, which then has {together}. "
        f"The page of “{mine.label}” stays and leads there."
    )
    return MergePage(theme_link(theme), theme.id, options, into.id, (mine, theirs), outcome)


def split_page(
    theme: Theme,
    parts: Sequence[Theme],
    said: Sequence[Said],
    labels: Mapping[str, str],
    names: Mapping[str, str],
    *,
    part: Theme | None = None,
    chosen: Sequence[str] = (),
) -> SplitPage:
    """With a `part` or `chosen` statements the preview; `said` is what may be shown of the theme."""
    wanted = set(chosen)
    leaving = [one for one in said if (one.subtheme == part.id if part else one.quote.statement in wanted)]
    staying = [one for one in said if one not in leaving]
    old = replace(side(theme, staying, names), meta=())  # how many people stay is not known before it is done
    new = Side(headed(part.label) if part else "", "", (), plural(len(leaving), "statement"), _quotes(leaving, names))
    return SplitPage(
        theme=theme_link(theme),
        id=theme.id,
        parts=tuple(theme_row(one) for one in parts),
        part=part.id if part else "",
        label=headed(part.label) if part else "",
        leaving=() if part else tuple(line(one, labels, names) for one in leaving),
        sides=(old, new) if part or leaving else None,
    )


def move_page(
    theme: Theme, said: Said, options: Options, labels: Mapping[str, str], names: Mapping[str, str]
) -> MovePage:
    return MovePage(theme_link(theme), theme.id, line(said, labels, names), options)


def side(theme: Theme, said: Sequence[Said], names: Mapping[str, str]) -> Side:
    row = theme_row(theme)
    meta = tuple(part for part in (row.reach, row.projects, row.area) if part)
    return Side(row.label, row.href, meta, plural(len(said), "statement"), _quotes(said, names))


def _quotes(said: Sequence[Said], names: Mapping[str, str]) -> tuple[QuoteLine, ...]:
    return tuple(quote_line(one.quote, names) for one in said[:QUOTES])
