"""Respondents' own answers, changed or erased with their receipt while the review is open."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from reviewkit.domain.errors import ReceiptUnknown, TooManyAttempts, WorkspaceBusy
from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Response, Review, ReviewLink
from reviewkit.workspace.context import Context
from reviewkit.workspace.reviewing.inviting import free
from reviewkit.workspace.reviewing.releasing import release
from reviewkit.workspace.reviewing.reviews import Reviews
from reviewkit.workspace.reviewing.submissions import require_open, response_of

WINDOW = timedelta(minutes=15)


@dataclass(frozen=True)
class Own:
    """Answers as whoever holds their receipt sees them."""

    review: Review
    project: Project
    response: Response


class Corrections:
    """Every verb takes the token of a link to the review, any of them, and the receipt.

    All raise NotFound for a token that leads nowhere, ReviewNotOpen or ReviewClosed, ReceiptUnknown, and
    TooManyAttempts once a link has brought too many wrong receipts within a quarter of an hour.
    """

    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def asked(self, token: str) -> tuple[Review, Project]:
        """The review whose answers can be changed, and its project."""
        _, review = self._way_in(token)
        return review, self._store.projects.get(review.project)

    def find(self, token: str, receipt: str) -> Own:
        """The answers that have this receipt."""
        link, review = self._way_in(token)
        return Own(review, self._store.projects.get(review.project), self._of(link, review, receipt))

    def correct(self, token: str, receipt: str, given: Mapping[str, object], name: str = "") -> Own:
        """Puts other answers in the place of those, under the same receipt; nothing of the old ones is left.

        They count as new: they wait to be released with others, and statements are cut from them anew. Raises
        AnswersInvalid too, which changes nothing.
        """
        link, review = self._way_in(token)
        old = self._of(link, review, receipt)
        # Under a new id: an analysis that is under way holds the old response, and must not write it back.
        corrected = response_of(self._context, review, old.submission_key, given, name)
        corrected = replace(corrected, receipt=old.receipt)
        if corrected.digest != old.digest:
            self._change(review, old, corrected)
        return Own(review, self._store.projects.get(review.project), corrected)

    def erase(self, token: str, receipt: str) -> None:
        """Removes the answers with all that was derived from them. A personal link lets in one response again."""
        link, review = self._way_in(token)
        self._change(review, self._of(link, review, receipt), None, link)

    def _way_in(self, token: str) -> tuple[ReviewLink, Review]:
        link = Reviews(self._context).link_of(token)
        review = self._store.reviews.get(link.review)
        require_open(self._context, review)
        return link, review

    def _of(self, link: ReviewLink, review: Review, receipt: str) -> Response:
        """The response with this receipt; wrong ones are counted by link, since nobody's address may be kept."""
        now, subject = self._context.now(), f"receipt:{link.id}"
        with self._store.write():  # counted before it is looked for, as logins are
            self._store.attempts.forget(now - WINDOW)
            if self._store.attempts.since(subject, now - WINDOW) >= self._context.settings.login_attempts:
                raise TooManyAttempts(int(WINDOW.total_seconds() // 60))
            self._store.attempts.record(subject, now)
        code = "".join(receipt.split()).lower().encode("utf-8", "surrogatepass")
        found = [
            response
            for response in self._store.responses.all(review=review.id)
            if hmac.compare_digest(response.receipt.encode(), code) and code  # each is compared, whichever it is
        ]
        if not found:
            raise ReceiptUnknown()
        self._store.attempts.withdraw(subject, now)
        return found[0]

    def _change(
        self, review: Review, old: Response, corrected: Response | None, freed: ReviewLink | None = None
    ) -> None:
        try:
            with self._store.write():
                require_open(self._context, self._store.reviews.get(review.id))
                if self._store.responses.find(old.id) is None:  # changed or erased a moment ago, on another page
                    raise ReceiptUnknown()
                self._store.responses.erase(old.id)
                if corrected:
                    self._store.responses.put(corrected)
                    release(self._store, review, self._context.now())
                if freed:
                    free(self._store, freed)
        except WorkspaceBusy:
            if self._store.responses.find(old.id):
                raise
            # It is done, and only the wiping of the file waits for somebody who reads in it; the store sees to that.
