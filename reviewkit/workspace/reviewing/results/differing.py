"""Responses -> who may be compared with whom, and who rated how."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from reviewkit.domain.privacy import MIN_COMMENTERS, MIN_GROUP
from reviewkit.domain.reviews import Response, Review
from reviewkit.domain.words import QuestionType

HIGH = 4
"""From here a rating of 1 to 5 says that it went well."""


def role_members(
    responses: Sequence[Response], told: Collection[str]
) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Role -> ids of responses, of roles large enough to compare ratings of, and of those for what people wrote.

    `told` are the roles whose sizes may be told.
    """
    members = {
        role: frozenset(one.id for one in responses if one.role is not None and str(one.role) == role) for role in told
    }
    raters = {role: ids for role, ids in members.items() if len(ids) >= MIN_GROUP}
    return raters, {role: ids for role, ids in raters.items() if len(ids) >= MIN_COMMENTERS}


def rated_high(review: Review, responses: Sequence[Response]) -> dict[str, tuple[set[str], set[str]]]:
    """A rating's question -> ids of responses that gave it 4 or 5, and of those that gave it any."""
    found = {}
    for question in review.questions:
        if question.type is QuestionType.RATING:
            given = {one.id: int(str(one.answers[question.key])) for one in responses if question.key in one.answers}
            found[question.text] = ({one for one, rating in given.items() if rating >= HIGH}, set(given))
    return found
