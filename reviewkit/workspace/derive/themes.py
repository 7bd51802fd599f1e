"""Statements newer than the themes -> themes, with what people decided replayed onto them."""

from __future__ import annotations

from reviewkit.domain.ids import fingerprint
from reviewkit.store.port import Store
from reviewkit.workspace.context import Context
from reviewkit.workspace.derive.progress import Report

THEMES = "themes"
"""The mark that holds the fingerprint of what the themes were made of; blank asks for a new run."""

RECIPE = "4"
"""Changes when themes are found in another way, so that they are found anew."""


def find_themes(context: Context, report: Report) -> int:
    """Makes the themes anew where statements came or went, or a decision was undone; returns how many there are."""
    store, encoder = context.store, context.engines.encoder
    made_of = fingerprint(RECIPE, encoder.name, *store.statements.ids())
    if store.marks.get(THEMES) == made_of:
        return 0
    statements = store.statements.all()
    if not statements and not store.themes.count():
        return 0
    from reviewkit.themes.build import build_themes, replay  # scikit-learn and scipy load with it

    report("themes", 0, len(statements))
    found = build_themes(
        statements,
        store.vectors.get(encoder.name, [statement.text_hash for statement in statements]),
        encoder,
        asked=asked_in(store),
        previous=store.memberships.all(),
    )
    themes = replay(found.themes, store.decisions.all())
    with store.write():
        store.themes.delete(*({theme.id for theme in store.themes.all()} - {theme.id for theme in themes}))
        store.themes.put(*themes)
        members = {membership.statement for membership in found.memberships}
        store.memberships.delete(*({old.statement for old in store.memberships.all()} - members))
        store.memberships.put(*found.memberships)
        store.marks.put(THEMES, made_of)
    report("themes", len(statements), len(statements))
    return len(themes)


def asked_in(store: Store) -> dict[str, str]:
    """Question key -> what it is about, of all questions that are about one area."""
    questions = [question for review in store.reviews.all() for question in review.questions]
    return {question.key: question.lens or question.key for question in questions if question.area is not None}
