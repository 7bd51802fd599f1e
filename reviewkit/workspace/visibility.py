"""Loads what `domain.privacy` needs to decide, and makes quotes of statements that may be shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Set
from datetime import datetime

from reviewkit.domain.kickoffs import Quote
from reviewkit.domain.privacy import parted, settled, showing
from reviewkit.domain.reviews import Statement
from reviewkit.domain.words import Anonymity, Kind
from reviewkit.store.port import Store


def visible_reviews(store: Store) -> frozenset[str]:
    """Ids of the reviews whose words may be shown."""
    return showing(store.reviews.all(), store.responses.per_review(released=True))


def settled_reviews(store: Store, now: datetime) -> frozenset[str]:
    """Ids of the reviews whose words may be shown and whose numbers may be told."""
    visible, held = visible_reviews(store), store.responses.per_review(released=False)
    return frozenset(
        review.id
        for review in (store.reviews.all(id=set(visible)) if visible else ())
        if settled(review, held.get(review.id, 0), is_open=review.is_open_at(now))
    )


def telling(store: Store, kind: Kind, now: datetime, reviews: Set[str]) -> frozenset[str]:
    """Those of `reviews` that may tell which of their statements are of the `kind`, as their own pages do.

    They are settled, and five people or more are behind that kind and behind what is of others.
    """
    wanted = settled_reviews(store, now) & reviews
    found = store.reviews.all(id=set(wanted)) if wanted else []
    ready = {review.id: review.anonymity is Anonymity.NAMED for review in found}
    said: dict[str, list[Statement]] = {}
    for one in store.statements.all(review=set(ready)) if ready else ():
        said.setdefault(one.review, []).append(one)
    return frozenset(name for name, found in said.items() if kind in kinds_told(found, named=ready[name]))


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
