"""Reviews: made from a template, opened, linked to, closed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from reviewkit.collect.questions import MOST_QUESTIONS, minutes_of
from reviewkit.domain.errors import Frozen, Invalid, NotFound, TransitionRefused
from reviewkit.domain.ids import new_id, new_secret
from reviewkit.domain.privacy import answered
from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Review, ReviewLink, Template
from reviewkit.domain.words import Anonymity, ReviewStatus
from reviewkit.kickoff.asking import advice_questions, minutes_at_first
from reviewkit.workspace.advising.outcomes import decided
from reviewkit.workspace.context import Context
from reviewkit.workspace.reviewing.moments import moment_in, zone_of
from reviewkit.workspace.reviewing.releasing import release
from reviewkit.workspace.reviewing.templates import Templates

DEFAULT_TEMPLATE = "post_implementation"


@dataclass(frozen=True)
class ReviewSummary:
    """A review, its project, and how many are said to have answered (see `domain.privacy.answered`)."""

    review: Review
    project: Project
    responses: int


class Reviews:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def new(
        self,
        project: str,
        *,
        template_key: str = DEFAULT_TEMPLATE,
        template: Template | None = None,
        title: str = "",
        anonymity: Anonymity = Anonymity.ANONYMOUS,
        invited: int | None = None,
        closes: datetime | None = None,
        review_id: str = "",
        who: str = "",
    ) -> Review:
        """A draft review of `project` with its own copy of the template's questions, and three about each decision
        of its kickoff; those that wait folded do not count in its minutes.

        `template_key` is that of a shipped template or one's own, or the path of a TOML file; a `template` goes
        before it. Raises NotFound, and what `Templates.get` raises.
        """
        source = template or Templates(self._context).get(template_key)
        named = self._store.projects.get(project)
        more = advice_questions(decided(self._store, project), MOST_QUESTIONS - len(source.questions))
        questions = (*source.questions, *more)
        review = Review(
            id=review_id or new_id(),
            project=project,
            title=title or f"{source.title} of {named.name}",
            template=source.key,
            wave=source.wave,
            questions=questions,
            intro=source.intro,
            minutes=source.minutes + minutes_at_first(questions) - minutes_of(source.questions),
            anonymity=anonymity,
            invited=invited,
            closes=closes,
        )
        with self._store.write():
            self._store.reviews.put(review)
            self._context.record(who, "made review", review.id)
        return review

    def put_all(self, reviews: Sequence[Review], *, who: str = "") -> None:
        """Adds or replaces several, all or none. Raises NotFound for an unknown project, Frozen."""
        with self._store.write():
            for review in reviews:
                self._store.projects.get(review.project)
                standing = self._store.reviews.find(review.id)
                if standing and standing.anonymity is not review.anonymity:
                    _refuse_frozen(standing)
                self._context.record(who, "imported review", review.id)
            self._store.reviews.put(*reviews)

    def get(self, id: str) -> Review:
        """Raises NotFound."""
        return self._store.reviews.get(id)

    def list(self, project: str | None = None) -> list[ReviewSummary]:
        """Reviews (of one project) as they stand now, open ones first, then by title."""
        released, held = (self._store.responses.per_review(released=which) for which in (True, False))
        projects = {entry.key: entry for entry in self._store.projects.all()}
        now = self._context.now()
        found = [one.as_of(now) for one in self._store.reviews.all(**({"project": project} if project else {}))]
        order = [ReviewStatus.OPEN, ReviewStatus.DRAFT, ReviewStatus.CLOSED, ReviewStatus.REPORTED]
        found.sort(key=lambda review: (order.index(review.status), review.title))
        now = self._context.now()
        return [
            ReviewSummary(
                review,
                projects[review.project],
                answered(review, released.get(review.id, 0), held.get(review.id, 0), is_open=review.is_open_at(now)),
            )
            for review in found
        ]

    def open(
        self,
        id: str,
        *,
        opens: datetime | None = None,
        closes: datetime | None = None,
        time_zone: str = "",
        anonymity: Anonymity | None = None,
        who: str = "",
    ) -> Review:
        """Lets answers in, now or once it `opens`, until it `closes`; a closed review can be opened again.

        Dates without a zone are in `time_zone` (an IANA name), or in the review's own where none is given. What is not
        given stays as it was, save a closing that is past. From the first opening on, its `anonymity` is settled.

        Raises NotFound, TransitionRefused, Frozen, and Invalid for an unknown zone, a moment that the clocks skip, and
        a closing that is past or before the opening.
        """
        with self._store.write():
            review = self.get(id)
            if review.status is ReviewStatus.REPORTED:
                raise TransitionRefused("review", review.status, ReviewStatus.OPEN, ())
            if anonymity not in (None, review.anonymity):
                _refuse_frozen(review)
            now = self._context.now()
            zone = zone_of(time_zone or review.time_zone)
            opening = moment_in(zone, opens, "opens") or review.opens or now
            closing = moment_in(zone, closes, "closes")
            if closing is None and review.closes and review.closes > now:
                closing = review.closes
            if closing and closing <= max(now, opening):
                raise Invalid("A review closes in the future, and after it opens. Choose a later date.", "closes")
            review = replace(
                review,
                status=ReviewStatus.OPEN,
                opens=opening,
                closes=closing,
                time_zone=str(zone),
                anonymity=anonymity or review.anonymity,
            )
            self._store.reviews.put(review)
            self._context.record(who, "opened review", id)
        return review

    def extend(self, id: str, closes: datetime, *, time_zone: str = "", who: str = "") -> Review:
        """Gives a review a later closing; one that has closed is open again.

        A date without a zone is read as `open` reads it. Raises NotFound, TransitionRefused for one that was never
        opened or is reported, and Invalid for a closing that is not later than the present one, or past.
        """
        with self._store.write():
            review = self.get(id)
            if review.status not in (ReviewStatus.OPEN, ReviewStatus.CLOSED):
                ways = (ReviewStatus.OPEN,) if review.status is ReviewStatus.DRAFT else ()
                raise TransitionRefused("review", review.status, "extended", ways)
            closing = moment_in(zone_of(time_zone or review.time_zone), closes, "closes")
            if closing and review.closes and closing <= review.closes:
                raise Invalid("That is no later than it closes already. Choose a later date.", "closes")
            return self.open(id, closes=closing, time_zone=time_zone, who=who)

    def close(self, id: str, *, who: str = "") -> Review:
        """Lets no more answers in. Raises NotFound, TransitionRefused."""
        with self._store.write():
            review = self.get(id).as_of(self._context.now())
            if review.status is not ReviewStatus.OPEN:
                raise TransitionRefused("review", review.status, ReviewStatus.CLOSED, (ReviewStatus.OPEN,))
            review = replace(review, status=ReviewStatus.CLOSED, closes=self._context.now())
            self._store.reviews.put(review)
            release(self._store, review, self._context.now())
            self._context.record(who, "closed review", id)
        return review

    def new_link(self, id: str, *, who: str = "") -> str:
        """A token for the form at /r/<token>; it is shown once, only its hash is kept. Raises NotFound."""
        token = new_secret()
        with self._store.write():
            self.get(id)
            self._store.links_in.put(ReviewLink(token_hash(token), id))
            self._context.record(who, "made link", id)
        return token

    def link_of(self, token: str) -> ReviewLink:
        """The link whose token this is. Raises NotFound for one that is unknown or revoked."""
        return require_standing(self._store.links_in.find(token_hash(token)), token)


def require_standing(link: ReviewLink | None, token: str) -> ReviewLink:
    """`link`, which is what the token leads to. Raises NotFound where that is nothing, or was withdrawn."""
    if link is None or link.revoked:
        raise NotFound("review behind this link", token[:4] + "…", hint="Ask for the link again.")
    return link


def token_hash(token: str) -> str:
    """What is stored of a link or a session: SHA-256, enough for a random secret of 192 bits."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _refuse_frozen(review: Review) -> None:
    if review.status is not ReviewStatus.DRAFT:
        raise Frozen(review.title, "anonymity")
