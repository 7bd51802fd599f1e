"""Submissions -> receipts: what arrives at the same time is checked, saved and committed together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reviewkit.collect.answers import NAME, check_answers, checked_name, role_of
from reviewkit.domain.errors import (
    AnswersInvalid,
    Invalid,
    LinkUsed,
    ReviewClosed,
    ReviewkitError,
    ReviewNotOpen,
    SubmissionConflict,
)
from reviewkit.domain.ids import new_id
from reviewkit.domain.reviews import Answer, Response, Review, ReviewLink
from reviewkit.domain.words import ReviewStatus
from reviewkit.workspace.context import Context
from reviewkit.workspace.reviewing.moments import zone_of
from reviewkit.workspace.reviewing.releasing import release
from reviewkit.workspace.reviewing.reviews import require_standing
from reviewkit.workspace.reviewing.ways_in import Way, WaysIn

MAX_KEY = 200
"""Characters a submission key may have."""


@dataclass(frozen=True)
class Receipt:
    """Proof that the answers are on disk; `new` is False where they already were."""

    receipt: str
    new: bool


@dataclass(frozen=True)
class Submission:
    """What somebody sent; `response` is what is saved of it, None where no answers were taken when it came."""

    token: str
    link: str
    review: str
    key: str
    given: Mapping[str, object]
    name: str
    response: Response | None


def submission_of(
    context: Context, ways: WaysIn, token: str, key: object, given: Mapping[str, object], name: str
) -> Submission:
    """What was sent by the link with this token, checked as far as can be before it is this one's turn.

    Raises NotFound, Invalid, AnswersInvalid.
    """
    if way := ways.remembered(token):
        try:
            return _by(way, context, token, key, given, name)
        except Invalid:
            pass  # there may be more to say of it by now: that the review has closed, or the link was withdrawn
    return _by(ways.read(token), context, token, key, given, name)


def _by(way: Way, context: Context, token: str, key: object, given: Mapping[str, object], name: str) -> Submission:
    link, review = way
    usable = _checked_key(key)
    takes = review.is_open_at(context.now()) and not link.used
    response = response_of(context, review, usable, given, name) if takes else None
    return Submission(token, link.id, review.id, usable, given, name, response)


def save(context: Context, came: Sequence[Submission]) -> list[Receipt | ReviewkitError]:
    """Saves what came at the same time, with one commit; each gets its receipt, or the error that speaks against it.

    Raises StorageFull, WorkspaceBusy, WorkspaceUnusable, and then nothing is saved.
    """
    store = context.store
    with store.write():
        batch = _Batch(context, came)
        found = [batch.decide(one) for one in came]
        if batch.fresh:
            store.responses.put(*batch.fresh)
            store.links_in.put(*batch.used)
        for review in {response.review for response in batch.fresh}:
            release(store, batch.reviews[review], context.now())
    return found


class _Batch:
    """Submissions beside what the store holds of their links, reviews and keys; read inside the write that saves them.

    `fresh` are the responses to save, `used` the personal links they came by.
    """

    def __init__(self, context: Context, came: Sequence[Submission]) -> None:
        store = context.store
        self.fresh: list[Response] = []
        self.used: list[ReviewLink] = []
        self.reviews = {review.id: review for review in store.reviews.all(id={one.review for one in came})}
        self._context = context
        self._links = {link.id: link for link in store.links_in.all(id={one.link for one in came})}
        self._held = {
            (review, response.submission_key): response
            for review in self.reviews
            for response in store.responses.all(
                review=review, submission_key={one.key for one in came if one.review == review}
            )
        }

    def decide(self, sent: Submission) -> Receipt | ReviewkitError:
        try:
            return self._receipt(sent)
        except ReviewkitError as problem:
            return problem

    def _receipt(self, sent: Submission) -> Receipt:
        link = require_standing(self._links.get(sent.link), sent.token)
        review = self.reviews[sent.review]
        earlier = self._held.get((sent.review, sent.key))
        if earlier is None:
            require_open(self._context, review)
            if link.used:
                raise LinkUsed()
        response = sent.response or response_of(self._context, review, sent.key, sent.given, sent.name)
        if earlier is None:
            self._take(response, link)
        elif earlier.digest != response.digest:
            raise SubmissionConflict()
        return Receipt((earlier or response).receipt, new=earlier is None)

    def _take(self, response: Response, link: ReviewLink) -> None:
        self._held[response.review, response.submission_key] = response
        self.fresh.append(response)
        if link.personal:
            self._links[link.id] = used = replace(link, used=True)
            self.used.append(used)


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
