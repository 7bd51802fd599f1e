"""A link's token -> its link and review, remembered from one answer to the next while the review is open.

On closing day thousands of answers come by the same link. What is remembered may be out of date, for other processes
close reviews and withdraw links: it serves to check answers with before they are saved. Whether they are taken is
decided by what the store holds in the write that saves them.
"""

from __future__ import annotations

from typing import NamedTuple

from reviewkit.domain.reviews import Review, ReviewLink
from reviewkit.workspace.context import Context
from reviewkit.workspace.reviewing.reviews import Reviews, token_hash

MOST = 256
"""Links remembered at most; a review has one that is open to all, seldom more."""


class Way(NamedTuple):
    link: ReviewLink
    review: Review


class WaysIn:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._known: dict[str, Way] = {}

    def remembered(self, token: str) -> Way | None:
        """The way as it was when it was last read, where the review took answers then and its time is not over."""
        way = self._known.get(token_hash(token))
        return way if way and way.review.is_open_at(self._context.now()) else None

    def read(self, token: str) -> Way:
        """The way as it is now. Raises NotFound."""
        self.forget(token)
        link = Reviews(self._context).link_of(token)
        way = Way(link, self._context.store.reviews.get(link.review))
        if not link.personal and way.review.is_open_at(self._context.now()):
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[link.id] = way
        return way

    def forget(self, token: str) -> None:
        self._known.pop(token_hash(token), None)
