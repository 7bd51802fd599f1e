"""Who may see what of anonymous answers: decided here and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

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


@dataclass(frozen=True)
class Turnout:
    """Of so many `invited` people so many `answered`."""

    invited: int
    answered: int

    @property
    def missing(self) -> int:
        return max(0, self.invited - self.answered)

    @property
    def singles_out(self) -> bool:
        """Whether 1 to 4 people can be read off it, be it those who answered or those who did not."""
        return count_or_none(self.answered) is None or count_or_none(self.missing) is None

    def without(self, others: Iterable[Turnout]) -> Turnout:
        """What a reader is left with who takes `others` away."""
        parts = tuple(others)
        return Turnout(
            self.invited - sum(part.invited for part in parts), self.answered - sum(part.answered for part in parts)
        )


def turnouts_shown(
    review: Review, groups: Mapping[str, Turnout], whole: Turnout, *parts: Turnout
) -> dict[str, Turnout]:
    """The groups whose turnout may be shown beside that of the `whole` review and of `parts` of it that hold them all.

    In a review that is not named, no group, and nothing that is left of all groups, of the whole or of a part once
    those shown are taken away, tells of 1 to 4 people, answered or not: while it does, the smallest group still shown
    is withheld too.
    """
    if review.anonymity is Anonymity.NAMED:
        return dict(groups)
    if not shows(review, whole.answered):
        return {}
    shown = {name: turnout for name, turnout in groups.items() if not turnout.singles_out}
    together = Turnout(
        sum(turnout.invited for turnout in groups.values()), sum(turnout.answered for turnout in groups.values())
    )
    while shown and any(of.without(shown.values()).singles_out for of in (together, whole, *parts)):
        del shown[min(shown, key=lambda name: (shown[name].invited, name))]
    return shown
