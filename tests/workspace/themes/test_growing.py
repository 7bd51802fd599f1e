"""New statements join at once, a full run follows when enough is new, and the diff tells what it changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from reviewkit.domain.errors import NotFound
from reviewkit.domain.ids import fingerprint
from reviewkit.domain.projects import Risk
from reviewkit.domain.reviews import Statement
from reviewkit.domain.words import Scope, ThemeChangeKind, ThemeStatus
from reviewkit.workspace import Workspace
from reviewkit.workspace.derive.links import link_statements, link_themes
from reviewkit.workspace.derive.progress import silent
from tests.clock import Clock

from .organisation import SUBJECTS, CachedWords, opened, places, run, say

MANY = 120


@pytest.fixture
def ws() -> Iterator[Workspace]:
    with opened(Clock()) as workspace:
        say(workspace, 0, MANY)
        run(workspace)
        yield workspace


def test_the_first_run_is_all_new(ws: Workspace) -> None:
    diff = ws.themes.diff()
    assert diff is not None
    assert {one.kind for one in diff.changes} == {ThemeChangeKind.NEW}
    assert {one.theme: one.after for one in diff.changes} == {one.id: one.statements for one in ws.themes.list()}


def test_a_few_new_statements_join_and_touch_nothing_else(ws: Workspace) -> None:
    before, themes = places(ws), {theme.id: theme for theme in ws.themes.list()}
    new = say(ws, MANY, 4)
    assert run(ws)
    after = places(ws)
    assert {one: after.get(one) for one in before} == before
    joined = [one.id for one in new if one.id in after]
    assert len(joined) >= 4
    for theme in ws.themes.list():
        came = [one for one in joined if after[one] == theme.id]
        assert theme.statements == themes[theme.id].statements + len(came)
        assert theme.troubles == theme.statements
        assert theme.reach >= themes[theme.id].reach
        assert (theme.label, theme.representatives) == (themes[theme.id].label, themes[theme.id].representatives)
    diff = ws.themes.diff()
    assert diff is not None
    assert sum(one.after for one in diff.changes) == len(after)
    assert run(ws) == 0


def test_a_full_run_follows_when_a_twentieth_is_new(ws: Workspace) -> None:
    clock = ws.context.now
    assert isinstance(clock, Clock)
    clock.pass_by(days=1)
    first, sizes = ws.themes.diff(), {theme.id: theme.statements for theme in ws.themes.list()}
    say(ws, MANY, 4)
    run(ws)
    assert ws.context.store.memberships.count(joined=True) == 8
    before = places(ws)
    say(ws, MANY + 4, 4)
    run(ws)
    assert ws.context.store.memberships.count(joined=True) == 0
    diff = ws.themes.diff()
    assert first is not None
    assert diff is not None
    assert diff.at > first.at
    assert diff.statements == 2 * (MANY + 8)
    grown = [one for one in diff.changes if one.kind is ThemeChangeKind.GROWN]
    assert grown
    assert all(one.before == sizes[one.theme] for one in grown), "what had joined counts as new"
    kept = sum(places(ws).get(one) == theme for one, theme in before.items())
    assert kept >= 0.95 * len(before)


def subject(statement: Statement) -> int:
    (found,) = [at for at, words in enumerate(SUBJECTS) if statement.text.split()[0] in words]
    return found


def test_what_is_like_a_merged_or_retired_theme_goes_where_that_went(ws: Workspace) -> None:
    gone, kept, hidden = ws.themes.list()[:3]
    about = {places(ws)[one.id]: subject(one) for one in ws.context.store.statements.all() if one.id in places(ws)}
    ws.themes.merge(gone.id, kept.id, who="nell")
    ws.themes.set_status(hidden.id, ThemeStatus.RETIRED, who="nell")
    before = places(ws)
    new = say(ws, MANY, 5)
    run(ws)
    went = {one.id: places(ws).get(one.id, "") for one in new}
    assert gone.id not in went.values()
    assert {went[one.id] for one in new if subject(one) == about[gone.id]} == {kept.id}
    assert {went[one.id] for one in new if subject(one) == about[hidden.id]} == {hidden.id}
    assert {one: places(ws)[one] for one in before} == before
    assert {theme.id for theme in ws.themes.list()}.isdisjoint({gone.id, hidden.id})
    assert gone.id in {theme.id for theme in ws.themes.show(kept.id).merged}
    say(ws, MANY + 5, 30)
    run(ws)
    after = places(ws)
    assert {one: after[one] for one in before if before[one] in (kept.id, hidden.id)} == {
        one: theme for one, theme in before.items() if theme in (kept.id, hidden.id)
    }
    assert {theme.id for theme in ws.themes.list()}.isdisjoint({gone.id, hidden.id})


def test_names_of_themes_stay_as_they_grow(ws: Workspace) -> None:
    labels = {theme.id: theme.label for theme in ws.themes.list()}
    ws.themes.rename(next(iter(labels)), "A name of ours", who="nell")
    labels[next(iter(labels))] = "A name of ours"
    say(ws, MANY, 30)
    run(ws)
    found = {theme.id: theme.label for theme in ws.themes.list()}
    assert {name: found[name] for name in labels if name in found} == {
        name: label for name, label in labels.items() if name in found
    }
    assert len(set(found.values())) == len(found)


def test_an_erasure_asks_for_a_full_run(ws: Workspace) -> None:
    last = ws.themes.diff()
    ws.context.store.responses.erase("r0003")
    run(ws)
    now = ws.themes.diff()
    assert last is not None
    assert now is not None
    assert now.statements == last.statements - 2
    assert sum(theme.statements for theme in ws.themes.list()) == len(places(ws))


def test_what_was_merged_by_a_run_or_faded_is_explained(ws: Workspace) -> None:
    diff = ws.themes.diff()
    assert diff is not None
    change = diff.changes[0]
    merged = replace(
        change, kind=ThemeChangeKind.MERGED, theme="gone", other=change.theme, other_label=change.label, after=0
    )
    faded = replace(change, kind=ThemeChangeKind.FADED, theme="faded", after=0)
    ws.context.store.theme_runs.put(replace(diff, changes=(merged, faded)))
    with pytest.raises(NotFound, match=f"merged it into “{change.label}”"):
        ws.themes.get("gone")
    with pytest.raises(NotFound, match="faded"):
        ws.themes.get("faded")


def add_risk(ws: Workspace, project: str, title: str) -> None:
    risk = Risk(f"{project}:{title}", project, title, title)
    ws.context.store.risks.put(risk)
    ws.context.store.vectors.put(CachedWords.name, [fingerprint(risk.text)], CachedWords().encode([risk.text]))


def linked(ws: Workspace, scope: Scope) -> dict[str, set[str]]:
    """Source -> the risks suggested for it."""
    found: dict[str, set[str]] = {}
    for link in ws.context.store.links.all(scope=scope):
        found.setdefault(link.source, set()).add(link.risk)
    return found


def test_links_are_made_for_what_is_new_and_for_what_a_register_changed(ws: Workspace) -> None:
    for title in ("vendor deliveries late parts", "training course short", "board decisions slow"):
        add_risk(ws, "P0", title)
    assert link_statements(ws.context, silent)
    assert link_themes(ws.context, silent)
    assert link_statements(ws.context, silent) == link_themes(ws.context, silent) == 0
    said = linked(ws, Scope.STATEMENTS)
    assert {ws.context.store.statements.get(one).project for one in said} == {"P0"}
    assert set(linked(ws, Scope.THEMES)) == {theme.id for theme in ws.themes.list()}

    new = say(ws, MANY, 4)
    link_statements(ws.context, silent)
    run(ws)
    fresh = {one.id for one in new}
    assert {one: risks for one, risks in linked(ws, Scope.STATEMENTS).items() if one not in fresh} == said
    assert fresh & linked(ws, Scope.STATEMENTS).keys()
    assert link_statements(ws.context, silent) == 0

    first, second = ws.themes.list()[:2]
    ws.themes.rename(first.id, "testing bugs", who="nell")
    before = linked(ws, Scope.THEMES)
    assert link_themes(ws.context, silent) == len(linked(ws, Scope.THEMES)[first.id])
    assert linked(ws, Scope.THEMES)[second.id] == before[second.id]
    ws.themes.merge(first.id, second.id, who="nell")
    link_themes(ws.context, silent)
    assert first.id not in linked(ws, Scope.THEMES)

    add_risk(ws, "P1", "office noise heat desks")
    add_risk(ws, "P1", "budget costs overtime invoices")
    assert link_statements(ws.context, silent)
    projects = {ws.context.store.statements.get(one).project for one in linked(ws, Scope.STATEMENTS)}
    assert projects == {"P0", "P1"}
    ws.context.store.risks.delete(*(risk.id for risk in ws.context.store.risks.all()))
    link_statements(ws.context, silent)
    link_themes(ws.context, silent)
    assert ws.context.store.links.count() == 0
