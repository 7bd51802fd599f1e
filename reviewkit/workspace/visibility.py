"""Loads what `domain.privacy` needs to decide, and makes quotes of statements that may be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from reviewkit.domain.kickoffs import Quote
from reviewkit.domain.privacy import parted, showing
from reviewkit.domain.reviews import Statement
from reviewkit.domain.words import Kind
from reviewkit.store.port import Store


def visible_reviews(store: Store) -> frozenset[str]:
    """Ids of the reviews whose words may be shown."""
    return showing(store.reviews.all(), store.responses.per_review(released=True))


def quotes_of(statements: Iterable[Statement], visible: frozenset[str]) -> tuple[Quote, ...]:
    """The statements that may be quoted, as quotes, in the order given."""
    return tuple(
        Quote(statement.id, statement.text, statement.project, statement.review)
        for statement in statements
        if statement.review in visible
    )


def kinds_told(statements: Iterable[Statement], *, named: bool = False) -> dict[Kind, int]:
    """Kinds that five people or more are behind -> statements of them; all kinds in a `named` review."""
    people: dict[Kind | None, set[str]] = {}
    counts: Counter[Kind | None] = Counter()
    for one in statements:
        people.setdefault(one.kind, set()).add(one.response)
        counts[one.kind] += 1
    told = people if named else parted(people)
    return {kind: counts[kind] for kind in Kind if kind in told}
