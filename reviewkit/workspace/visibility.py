"""Loads what `domain.privacy` needs to decide, and makes quotes of statements that may be shown."""

from __future__ import annotations

from collections.abc import Iterable

from reviewkit.domain.kickoffs import Quote
from reviewkit.domain.privacy import showing
from reviewkit.domain.reviews import Statement
from reviewkit.store.port import Store


def visible_reviews(store: Store) -> frozenset[str]:
    """Ids of the reviews whose words may be shown."""
    return showing(store.reviews.all(), store.responses.per_review())


def quotes_of(statements: Iterable[Statement], visible: frozenset[str]) -> tuple[Quote, ...]:
    """The statements that may be quoted, as quotes, in the order given."""
    return tuple(
        Quote(statement.id, statement.text, statement.project, statement.review)
        for statement in statements
        if statement.review in visible
    )
