"""Answers held back -> released, five or more at once, so that no two looks at the results differ by one person."""

from __future__ import annotations

from datetime import datetime

from reviewkit.domain.privacy import due
from reviewkit.domain.reviews import Review
from reviewkit.store.port import Store


def release(store: Store, review: Review, now: datetime) -> int:
    """Releases what is due of the review's answers; call it inside a write. Returns how many were.

    Ids are drawn at random, so those that stay behind while the review is open are not the ones that came last.
    """
    going = due(review, store.responses.count(review=review.id, released=False), is_open=review.is_open_at(now))
    if going:
        store.responses.release(review.id, going)
    return going


def release_all(store: Store, now: datetime) -> int:
    """The same for all reviews, also those whose time is over though nobody closed them; returns how many went."""
    waiting = store.responses.per_review(released=False)
    reviews = store.reviews.all(id=set(waiting)) if waiting else []
    ready = [one for one in reviews if due(one, waiting[one.id], is_open=one.is_open_at(now))]
    if not ready:
        return 0
    with store.write():
        return sum(release(store, review, now) for review in ready)
