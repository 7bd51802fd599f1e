"""Links as they stand: what was decided about a theme goes with it wherever it is merged to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from reviewkit.domain.themes import Link
from reviewkit.domain.words import LinkState, Scope, ThemeChangeKind, ThemeStatus
from reviewkit.risks.verdicts import settled_links
from reviewkit.store.port import Store
from reviewkit.themes.decisions import home
from reviewkit.workspace.derive.themes import LAST


def theme_links(store: Store, themes: Collection[str] | None = None) -> list[Link]:
    """Links of all themes, or of those named; those of a theme that was merged away stand with what it became."""
    merged = merged_themes(store)
    if themes is None:
        return settled_links(store.links.all(scope=Scope.THEMES), merged)
    wanted = set(themes)
    sources = wanted | {name for name in merged if home(name, merged) in wanted}
    links = store.links.all(scope=Scope.THEMES, source=sources) if sources else []
    return [link for link in settled_links(links, merged) if link.source in wanted]


def merged_themes(store: Store) -> dict[str, str]:
    """Theme -> the one that a person merged it into."""
    return {theme.id: theme.merged_into for theme in store.themes.all(status=ThemeStatus.RETIRED) if theme.merged_into}


def passed_on(store: Store, link: Link) -> Sequence[Link]:
    """The stored links that make up `link` of a theme: its own, and those of themes merged into it."""
    merged = merged_themes(store)
    sources = {link.source} | {name for name in merged if home(name, merged) == link.source}
    return store.links.all(scope=Scope.THEMES, source=sources, risk=link.risk)


def projects_of(store: Store, links: Iterable[Link]) -> dict[str, str]:
    """Risk id -> project, of the risks that `links` lead to."""
    wanted = {link.risk for link in links}
    return store.risks.projects(wanted) if wanted else {}


def carry_over(store: Store) -> int:
    """Decisions about themes that the last full run merged into others -> decisions about those; returns how many.

    A run forgets the theme it merged away, so unlike a person's merge this is done once. What was decided about the
    other theme itself stays.
    """
    run = store.theme_runs.find(LAST)
    became = (
        {change.theme: change.other for change in run.changes if change.kind is ThemeChangeKind.MERGED and change.other}
        if run
        else {}
    )
    decided = (LinkState.CONFIRMED, LinkState.REJECTED)
    left = store.links.all(scope=Scope.THEMES, source=set(became), state=decided) if became else []
    gone = set(became) - {theme.id for theme in store.themes.all(id=set(became))}
    going = [link for link in left if link.source in gone]
    if not going:
        return 0
    made = {link.id: link for link in settled_links(going, became)}
    own = {link.id for link in store.links.all(id=set(made), state=decided)}
    with store.write():
        store.links.put(*(link for link in made.values() if link.id not in own))
        store.links.delete(*(link.id for link in going))
    return len(going)
