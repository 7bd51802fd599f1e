"""Statements without a place -> in a theme at once, and all themes anew once enough is new."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from reviewkit.domain.reviews import Statement
from reviewkit.domain.themes import Membership, Theme, ThemeRun
from reviewkit.store.port import Store
from reviewkit.themes.decisions import Standing, home, standing
from reviewkit.themes.diff import changes
from reviewkit.workspace.context import Context
from reviewkit.workspace.derive.progress import Report
from reviewkit.workspace.derive.settling import settle, settle_grown

LAST = "last"
"""The id under which the last full run is kept."""

RECIPE = "5"
"""Changes when themes are found in another way, so that they are found anew."""

ENOUGH = 1 / 20
"""All themes are found anew once so much was said since the last full run, as a share of what it saw."""


def find_themes(context: Context, report: Report) -> int:
    """Gives new statements their place, by a full run where one is due; returns how many themes changed or were found.

    A full run is due at first, when themes are found in another way, when statements are gone (a theme's name may hold
    their words), and when enough is new.
    """
    store, recipe = context.store, f"{RECIPE}+{context.engines.encoder.name}"
    run = store.theme_runs.find(LAST)
    fresh = store.statements.unplaced(context.engines.encoder.name)
    if _is_due(store, run, recipe, len(fresh)):
        return _find(context, recipe, report)
    if fresh:
        report("themes", 0, len(fresh))
    settled = _join(context, fresh)
    if fresh:
        report("themes", len(fresh), len(fresh))
    return settled


def asked_in(store: Store) -> dict[str, str]:
    """Question key -> what it is about, of all questions that are about one area."""
    questions = [question for review in store.reviews.all() for question in review.questions]
    return {question.key: question.lens or question.key for question in questions if question.area is not None}


def _is_due(store: Store, run: ThemeRun | None, recipe: str, fresh: int) -> bool:
    if run is None:
        return fresh > 0
    joined = store.memberships.count(joined=True)
    if run.recipe != recipe or store.memberships.count() - joined != run.statements:
        return True
    return joined + fresh > 0 and (joined + fresh >= ENOUGH * run.statements or not store.landmarks.all())


def _find(context: Context, recipe: str, report: Report) -> int:
    """A full run."""
    from reviewkit.themes.build import build_themes  # scikit-learn and scipy load with it

    store, encoder = context.store, context.engines.encoder
    statements, decisions = store.statements.all(), store.decisions.all()
    previous, before = store.memberships.all(), store.themes.all()
    report("themes", 0, len(statements))
    found = build_themes(
        statements,
        store.vectors.get(encoder.name, [statement.text_hash for statement in statements]),
        encoder,
        asked=asked_in(store),
        previous=previous,
        themes=before,
        decisions=decisions,
    )
    with store.write():
        if store.decisions.all() != decisions:  # somebody decided meanwhile: the next run heeds it
            return 0
        present = set(store.statements.ids())
        places = [member for member in found.memberships if member.statement in present]
        earlier = {member.statement: member for member in previous}
        store.memberships.put(*(member for member in places if earlier.get(member.statement) != member))
        _put_themes(store, found.themes, before, standing(decisions))
        store.landmarks.replace(found.landmarks if len(places) == len(found.memberships) else ())
        changed = changes(
            {member.statement: member.theme for member in previous if not member.joined},
            {member.statement: member.theme for member in places},
            before,
            found.themes,
        )
        store.theme_runs.put(ThemeRun(LAST, context.now(), recipe, len(places), changed))
    report("themes", len(statements), len(statements))
    return len(found.themes)


def _put_themes(store: Store, found: tuple[Theme, ...], before: list[Theme], decided: Standing) -> None:
    """Makes `found` the themes, beside those that people merged away."""
    kept = {theme.id for theme in found} | set(decided.merged)
    store.themes.delete(*(theme.id for theme in before if theme.id not in kept))
    earlier = {theme.id: theme for theme in before}
    store.themes.put(*(theme for theme in found if earlier.get(theme.id) != theme))


def _join(context: Context, fresh: list[Statement]) -> int:
    """Puts `fresh` statements into the themes they are nearest to; returns how many themes changed.

    Also those of which a statement was erased that had joined.
    """
    store = context.store
    if not fresh and not _out_of_step(store, store.themes.all()):
        return 0
    with store.write():
        themes = {theme.id: theme for theme in store.themes.all()}
        lost = _out_of_step(store, themes.values())
        decided = standing(store.decisions.all())
        settle(store, lost, decided)
        present = {one.id: one for one in store.statements.all(id={statement.id for statement in fresh})}
        members = _places(context, list(present.values()), themes, decided) if present else []
        store.memberships.put(*members)
        grew = settle_grown(store, members, present, decided)
    return len(lost) + grew


def _out_of_step(store: Store, themes: Iterable[Theme]) -> set[str]:
    """Themes that lost a statement to erasure since they were counted."""
    sizes = store.memberships.sizes()
    return {theme.id for theme in themes if theme.statements != sizes.get(theme.id, 0)}


def _places(
    context: Context, fresh: list[Statement], themes: Mapping[str, Theme], decided: Standing
) -> list[Membership]:
    from reviewkit.themes.joining import THEME, join

    store = context.store
    known = [
        replace(one, name=home(one.name, decided.merged)) if one.kind == THEME else one for one in store.landmarks.all()
    ]
    asked = asked_in(store)
    joined = join(
        known,
        {name: theme.parent for name, theme in themes.items() if not theme.merged_into},
        store.vectors.get(context.engines.encoder.name, [statement.text_hash for statement in fresh]),
        [statement.project for statement in fresh],
        [asked.get(statement.question, "") for statement in fresh],
    )
    return [
        Membership(statement.id, one.place.theme, one.place.subtheme, one.centrality, joined=True)
        for statement, one in zip(fresh, joined, strict=True)
    ]
