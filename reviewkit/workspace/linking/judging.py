"""Themes and statements -> whether they had been foreseen."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from reviewkit.domain.foreseen import People, PeopleSaid
from reviewkit.domain.reviews import Statement
from reviewkit.domain.themes import Link, Theme
from reviewkit.domain.words import Kind, Scope, Verdict
from reviewkit.risks.blind_spots import blind_spots
from reviewkit.risks.verdicts import statement_verdict, verdict
from reviewkit.store.port import Store
from reviewkit.workspace.linking.people import people
from reviewkit.workspace.linking.standing import projects_of, theme_links


@dataclass(frozen=True)
class Foreseen:
    """Whether a theme had been foreseen, and what people said of that."""

    verdict: Verdict
    said: PeopleSaid | None


def unforeseen(store: Store) -> list[Theme]:
    """Recurring themes that no register foresaw, widest reach first."""
    links, told = theme_links(store), people(store).themes
    asked = [link for link in links if link.source in told]
    return blind_spots(store.themes.all(parent=""), links, projects_of(store, asked), told)


def theme_foreseen(store: Store, theme: Theme) -> Foreseen:
    """Of a theme of the upper level."""
    links = theme_links(store, {theme.id})
    said = people(store).themes.get(theme.id)
    return Foreseen(verdict(links, theme.projects, projects_of(store, links), said), said)


def statement_verdicts(store: Store, statements: Iterable[Statement]) -> dict[str, Verdict]:
    """Statement id -> verdict, of those that are problems."""
    problems = [statement for statement in statements if statement.kind is Kind.PROBLEM]
    if not problems:
        return {}
    names = {statement.id for statement in problems}
    place = {one.statement: one.theme for one in store.memberships.all(statement=names) if one.theme}
    links = by_source(store.links.all(scope=Scope.STATEMENTS, source=names))
    themes = by_source(theme_links(store, set(place.values())))
    project_of = projects_of(store, (link for found in (*links.values(), *themes.values()) for link in found))
    return {
        one.id: statement_verdict(links.get(one.id, ()), themes.get(place.get(one.id, ""), ()), one.project, project_of)
        for one in problems
    }


def theme_verdicts(
    themes: Iterable[Theme], links: Iterable[Link], project_of: dict[str, str], told: People
) -> dict[str, Verdict]:
    """Theme id -> verdict, of `themes` with all of their `links`."""
    tied = by_source(links)
    return {
        theme.id: verdict(tied.get(theme.id, ()), theme.projects, project_of, told.themes.get(theme.id))
        for theme in themes
    }


def by_source(links: Iterable[Link]) -> dict[str, Collection[Link]]:
    """Theme or statement -> its links."""
    found: dict[str, list[Link]] = {}
    for link in links:
        found.setdefault(link.source, []).append(link)
    return dict(found)
