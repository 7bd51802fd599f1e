"""Responses: a submission is checked, saved once, and receipted after the commit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reviewkit.collect.answers import check_answers, role_of
from reviewkit.domain.errors import Invalid, ReviewClosed, ReviewNotOpen, SubmissionConflict
from reviewkit.domain.ids import new_id
from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Response, Review
from reviewkit.domain.words import ReviewStatus
from reviewkit.workspace.context import Context
from reviewkit.workspace.reviewing.reviews import Reviews

MAX_KEY = 200
"""Characters a submission key may have."""


@dataclass(frozen=True)
class Receipt:
    """Proof that the answers are on disk; `new` is False where they already were."""

    receipt: str
    new: bool


@dataclass(frozen=True)
class Form:
    """What a respondent is asked, and about which project."""

    review: Review
    project: Project


class Responses:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def form(self, token: str) -> Form:
        """The form a link leads to; asking for it leaves no mark. Raises NotFound, ReviewClosed, ReviewNotOpen."""
        review = Reviews(self._context).by_token(token)
        if not self._takes(review):
            raise _refusal(review)
        return Form(review, self._store.projects.get(review.project))

    def submit(self, token: str, submission_key: str, given: Mapping[str, object]) -> Receipt:
        """Saves one person's answers; the receipt is given only once they are committed.

        The same key with the same answers gives the same receipt, also after the review has closed: whoever lost
        the connection while sending learns that the answers arrived.

        Raises:
            NotFound: the token leads to no review.
            ReviewClosed, ReviewNotOpen: it takes no answers now.
            Invalid, AnswersInvalid: no usable key, or answers that do not fit.
            SubmissionConflict: the key was used for other answers.
        """
        review = Reviews(self._context).by_token(token)
        key = _checked_key(submission_key)
        response = self._response(review, key, given) if self._takes(review) else None
        with self._store.write():
            earlier = self._store.responses.all(review=review.id, submission_key=key)
            if earlier:
                again = response or self._response(review, key, given)
                if earlier[0].digest != again.digest:
                    raise SubmissionConflict()
                return Receipt(earlier[0].receipt, new=False)
            if response is None or not self._takes(self._store.reviews.get(review.id)):
                raise _refusal(review)
            self._store.responses.put(response)
        return Receipt(response.receipt, new=True)

    def list(self, review: str) -> list[Response]:
        """A review's responses, in an order that does not tell when they came."""
        return self._store.responses.all(review=review)

    def put_all(self, responses: Sequence[Response], *, who: str = "") -> int:
        """Saves imported responses, all or none; those whose submission key is there already are passed over."""
        with self._store.write():
            present = {
                (known.review, known.submission_key)
                for review in {response.review for response in responses}
                for known in self._store.responses.all(review=review)
            }
            fresh = [response for response in responses if (response.review, response.submission_key) not in present]
            self._store.responses.put(*fresh)
            self._context.record(who, f"imported {len(fresh)} responses", ", ".join({r.review for r in fresh}))
        return len(fresh)

    def known(self, review: str, keys: Sequence[str]) -> set[str]:
        """Those of the submission keys under which the review has a response."""
        return self._store.responses.known(review, keys)

    def put_many(self, review: str, batches: Iterable[Sequence[Response]], *, who: str = "") -> int:
        """Saves a review's imported responses, all or none; those whose submission key is there are passed over.

        Other writers wait meanwhile, so that batches should be at hand and not be worked out.
        """
        new = 0
        with self._store.write():
            for batch in batches:
                present = self._store.responses.known(review, [response.submission_key for response in batch])
                fresh = [response for response in batch if response.submission_key not in present]
                self._store.responses.put(*fresh)
                new += len(fresh)
            if new:
                self._context.record(who, f"imported {new} responses", review)
        return new

    def _takes(self, review: Review) -> bool:
        return review.is_open_at(self._context.now())

    def _response(self, review: Review, key: str, given: Mapping[str, object]) -> Response:
        answers = check_answers(review.questions, given)
        return Response(
            id=new_id(),
            review=review.id,
            submission_key=key,
            receipt=new_id(16),
            role=role_of(answers),
            submitted=self._context.today,
            answers=answers,
        )


def _checked_key(key: object) -> str:
    if not isinstance(key, str) or not key.strip():
        raise Invalid(
            "The submission needs a submission_key: any text that is new for each submission.", "submission_key"
        )
    if len(key) > MAX_KEY or not key.isprintable():
        raise Invalid(f"A submission_key has at most {MAX_KEY} printable characters.", "submission_key")
    return key


def _refusal(review: Review) -> ReviewClosed | ReviewNotOpen:
    if review.status is ReviewStatus.DRAFT:
        return ReviewNotOpen(review.title)
    return ReviewClosed(review.title, review.closes)
