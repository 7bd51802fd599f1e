"""Who may see what of anonymous answers: decided here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reviewkit.domain.reviews import Review
from reviewkit.domain.words import Anonymity

MIN_GROUP = 5
"""Fewer respondents than this are never shown apart."""


def shows(review: Review, respondents: int) -> bool:
    """Whether anything said in `review` may be shown to anyone but its respondents."""
    return review.anonymity is Anonymity.NAMED or respondents >= MIN_GROUP


def showing(reviews: Iterable[Review], respondents: Mapping[str, int]) -> frozenset[str]:
    """Ids of the reviews whose quotes and hits may be shown, given respondents per review id."""
    return frozenset(review.id for review in reviews if shows(review, respondents.get(review.id, 0)))


def count_or_none(people: int) -> int | None:
    """`people`, or None where the number would single somebody out (1 to 4)."""
    return None if 0 < people < MIN_GROUP else people


def groups_shown(sizes: Mapping[str, int]) -> dict[str, int]:
    """The groups that may be shown, such that what is withheld cannot be found by subtraction.

    A total minus the groups shown must not leave 1 to 4 people: while it does, the smallest
    group that is still shown is withheld too.
    """
    shown = {group: size for group, size in sizes.items() if size >= MIN_GROUP}
    while shown and count_or_none(sum(sizes.values()) - sum(shown.values())) is None:
        del shown[min(shown, key=lambda group: (shown[group], group))]
    return shown
