"""Responses: a submission is checked, saved once, and receipted after the commit.

Nothing is kept that tells which response came by which link: a personal link says only that it was used, a response
names no link, and neither says when.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from reviewkit.collect.answers import NAME, clean_text
from reviewkit.domain.errors import LinkUsed, ReviewkitError
from reviewkit.domain.privacy import MIN_GROUP
from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Response, Review
from reviewkit.kickoff.asking import advice_of, folded
from reviewkit.workspace.context import Context
from reviewkit.workspace.reviewing.releasing import release
from reviewkit.workspace.reviewing.reviews import Reviews
from reviewkit.workspace.reviewing.submissions import Receipt, Submission, require_open, save, submission_of
from reviewkit.workspace.reviewing.together import Together
from reviewkit.workspace.reviewing.ways_in import WaysIn

__all__ = ["NAME", "Form", "Receipt", "Responses", "clean_text"]


@dataclass(frozen=True)
class Form:
    """What a respondent is asked, and about which project; `personal` where the link lets in one person alone."""

    review: Review
    project: Project
    personal: bool = False

    @property
    def folded(self) -> frozenset[str]:
        """The keys of the questions that wait folded until somebody asks for them."""
        return folded(self.review.questions)

    @property
    def folded_decisions(self) -> int:
        """The decisions of the kickoff that those are about."""
        keys = self.folded
        return len({advice_of(question) for question in self.review.questions if question.key in keys})


class Responses:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store
        self._ways = WaysIn(context)
        self._save = Together[Submission, Receipt | ReviewkitError](partial(save, context))

    def form(self, token: str) -> Form:
        """The form a link leads to; asking for it leaves no mark.

        Raises NotFound, ReviewClosed, ReviewNotOpen, LinkUsed.
        """
        link = Reviews(self._context).link_of(token)
        review = self._store.reviews.get(link.review)
        require_open(self._context, review)
        if link.used:
            raise LinkUsed()
        return Form(review, self._store.projects.get(review.project), link.personal)

    def submit(self, token: str, submission_key: str, given: Mapping[str, object], name: str = "") -> Receipt:
        """Saves one person's answers; the receipt is given only once they are committed.

        A `name` is kept where the review asks for one, and passed over where it does not.

        The same key with the same answers gives the same receipt, also after the review has closed: whoever lost
        the connection while sending learns that the answers arrived.

        Raises:
            NotFound: the token leads to no review.
            ReviewClosed, ReviewNotOpen: it takes no answers now.
            Invalid, AnswersInvalid: no usable key, or answers that do not fit.
            SubmissionConflict: the key was used for other answers.
            LinkUsed: the link is a personal one, and other answers came by it.
        """
        found = self._save(submission_of(self._context, self._ways, token, submission_key, given, name))
        if isinstance(found, ReviewkitError):
            self._ways.forget(token)
            raise found
        return found

    def list(self, review: str) -> list[Response]:
        """A review's responses, in an order that does not tell when they came."""
        return self._store.responses.all(review=review)

    def put_all(self, responses: Sequence[Response], *, who: str = "") -> int:
        """Saves imported responses, all or none; those whose submission key is there already are passed over.

        Five or more of a review that come at once are released at once.
        """
        with self._store.write():
            present = {
                (known.review, known.submission_key)
                for review in {response.review for response in responses}
                for known in self._store.responses.all(review=review)
            }
            fresh = [response for response in responses if (response.review, response.submission_key) not in present]
            self._put_imported(fresh)
            self._context.record(who, f"imported {len(fresh)} responses", ", ".join({r.review for r in fresh}))
        return len(fresh)

    def _put_imported(self, fresh: Sequence[Response]) -> None:
        came = Counter(response.review for response in fresh)
        self._store.responses.put(*(replace(one, released=came[one.review] >= MIN_GROUP) for one in fresh))
        for review in self._store.reviews.all(id=set(came)) if came else ():
            release(self._store, review, self._context.now())

    def known(self, review: str, keys: Sequence[str]) -> set[str]:
        """Those of the submission keys under which the review has a response."""
        return self._store.responses.known(review, keys)

    def put_many(self, review: str, batches: Iterable[Sequence[Response]], *, who: str = "") -> int:
        """Saves a review's imported responses, all or none; those whose submission key is there are passed over.

        Other writers wait meanwhile, so that batches should be at hand and not be worked out. They are released as
        those of `put_all` are.
        """
        new, waiting = 0, list[Response]()
        with self._store.write():
            for batch in batches:
                present = self._store.responses.known(review, [response.submission_key for response in batch])
                waiting += [response for response in batch if response.submission_key not in present]
                if new + len(waiting) >= MIN_GROUP:
                    self._store.responses.put(*(replace(response, released=True) for response in waiting))
                    new, waiting = new + len(waiting), []
            self._put_imported(waiting)
            if new := new + len(waiting):
                self._context.record(who, f"imported {new} responses", review)
        return new
