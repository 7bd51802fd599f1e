"""Responses: a submission is checked, saved once, and receipted after the commit.

Nothing is kept that tells which response came by which link: a personal link says only that it was used, a response
names no link, and neither says when.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from reviewkit.collect.answers import NAME, check_answers, checked_name, role_of
from reviewkit.domain.errors import AnswersInvalid, Invalid, LinkUsed, ReviewClosed, ReviewNotOpen, SubmissionConflict
from reviewkit.domain.ids import new_id
from reviewkit.domain.privacy import MIN_GROUP
from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Answer, Response, Review
from reviewkit.domain.words import ReviewStatus
from reviewkit.workspace.context import Context
from reviewkit.workspace.reviewing.inviting import use_up
from reviewkit.workspace.reviewing.moments import zone_of
from reviewkit.workspace.reviewing.releasing import release
from reviewkit.workspace.reviewing.reviews import Reviews

__all__ = ["MAX_KEY", "NAME", "Form", "Receipt", "Responses", "require_open", "response_of"]

MAX_KEY = 200
"""Characters a submission key may have."""


@dataclass(frozen=True)
class Receipt:
    """Proof that the answers are on disk; `new` is False where they already were."""

    receipt: str
    new: bool


@dataclass(frozen=True)
class Form:
    """What a respondent is asked, and about which project; `personal` where the link lets in one person alone."""

    review: Review
    project: Project
    personal: bool = False


class Responses:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

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
        link = Reviews(self._context).link_of(token)
        review = self._store.reviews.get(link.review)
        key = _checked_key(submission_key)
        takes = review.is_open_at(self._context.now()) and not link.used
        response = response_of(self._context, review, key, given, name) if takes else None
        with self._store.write():
            earlier = self._store.responses.all(review=review.id, submission_key=key)
            if earlier:
                again = response or response_of(self._context, review, key, given, name)
                if earlier[0].digest != again.digest:
                    raise SubmissionConflict()
                return Receipt(earlier[0].receipt, new=False)
            require_open(self._context, self._store.reviews.get(review.id))
            use_up(self._store, link)
            response = response or response_of(self._context, review, key, given, name)
            self._store.responses.put(response)
            release(self._store, review, self._context.now())
        return Receipt(response.receipt, new=True)

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


def response_of(context: Context, review: Review, key: str, given: Mapping[str, object], name: str) -> Response:
    """What came in as a response that can be saved, under a new id and receipt.

    Raises AnswersInvalid, which names everything that is wrong, the name too.
    """
    problems: dict[str, str] = {}
    answers: dict[str, Answer] = {}
    try:
        name = checked_name(review.anonymity, name)
    except Invalid as problem:
        problems[NAME] = str(problem)
    try:
        answers = check_answers(review.questions, given)
    except AnswersInvalid as problem:
        problems |= problem.problems
    if problems:
        raise AnswersInvalid(problems)
    return Response(
        id=new_id(),
        review=review.id,
        submission_key=key,
        receipt=new_id(16),
        role=role_of(answers),
        submitted=context.today,
        answers=answers,
        name=name,
        released=False,
    )


def require_open(context: Context, review: Review) -> None:
    """Raises ReviewClosed or ReviewNotOpen where no answers are taken now."""
    now, zone = context.now(), zone_of(review.time_zone)
    if review.is_open_at(now):
        return
    if review.status is ReviewStatus.DRAFT:
        raise ReviewNotOpen(review.title)
    if review.status is ReviewStatus.OPEN and review.opens and review.opens > now:
        raise ReviewNotOpen(review.title, review.opens.astimezone(zone))
    raise ReviewClosed(review.title, review.closes and review.closes.astimezone(zone))


def _checked_key(key: object) -> str:
    if not isinstance(key, str) or not key.strip():
        raise Invalid(
            "The submission needs a submission_key: any text that is new for each submission.", "submission_key"
        )
    if len(key) > MAX_KEY or not key.isprintable():
        raise Invalid(f"A submission_key has at most {MAX_KEY} printable characters.", "submission_key")
    return key
