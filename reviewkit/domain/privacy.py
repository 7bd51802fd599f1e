"""Who may see what of anonymous answers: decided here and nowhere else (docs/adr/0014-small-groups.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeVar

from reviewkit.domain.reviews import Review
from reviewkit.domain.words import Anonymity

MIN_GROUP = 5
"""Fewer respondents than this are never shown apart."""

MIN_COMMENTERS = 10
"""Fewer respondents of one role than this have nothing told of what they wrote."""

NO_ANSWER = "no answer"
"""The cell of those who passed a question over, which is as small or as large as any other."""

K = TypeVar("K")


@dataclass(frozen=True)
class Cell:
    """People who gave one of `labels`; more than one label where they are told together."""

    labels: tuple[str, ...]
    people: int


def shows(review: Review, respondents: int) -> bool:
    """Whether anything said in `review` may be shown to anyone but its respondents."""
    return review.anonymity is Anonymity.NAMED or respondents >= MIN_GROUP


def showing(reviews: Iterable[Review], respondents: Mapping[str, int]) -> frozenset[str]:
    """Ids of the reviews whose quotes and hits may be shown, given released respondents per review id."""
    return frozenset(review.id for review in reviews if shows(review, respondents.get(review.id, 0)))


def due(review: Review, held: int, *, is_open: bool) -> int:
    """How many of the answers held back are to be released now, always five or more at once.

    What two moments differ by is then never what one newcomer said. While a review takes answers five of them at least
    stay behind, so that whatever comes last never stands alone when it closes; a closed one holds back only fewer than
    five.
    """
    if review.anonymity is Anonymity.NAMED:
        return held
    if is_open:
        return max(0, held // MIN_GROUP - 1) * MIN_GROUP
    return held if held >= MIN_GROUP else 0


def settled(review: Review, held: int, *, is_open: bool) -> bool:
    """Whether its numbers may be told: while answers are still released, each number would change by those of a few.

    Until then words are shown in one list, and people are counted in whole fives.
    """
    return review.anonymity is Anonymity.NAMED or not (is_open or due(review, held, is_open=False))


def answered(review: Review, released: int, held: int, *, is_open: bool) -> int:
    """How many are said to have answered: of a settled review those released, else all in whole fives.

    A number below five is to go through `count_or_none`.
    """
    if review.anonymity is Anonymity.NAMED or released + held < MIN_GROUP:
        return released + held
    return released if settled(review, held, is_open=is_open) else whole_fives(released + held)


def rate_told(responded: int, invited: int | None) -> float | None:
    """The share of those invited who answered, 0 to 1; None where it would tell of 1 to 4 people or cannot be.

    More answers than invitations say that others were asked too, and then nobody knows of how many.
    """
    if not invited or responded > invited or count_or_none(responded) is None:
        return None
    return responded / invited


def count_or_none(people: int) -> int | None:
    """`people`, or None where the number would single somebody out (1 to 4)."""
    return None if 0 < people < MIN_GROUP else people


def at_least(people: int) -> int | None:
    """`people` in whole fives, None for 1 to 4: for groups that overlap, whose exact sizes could be subtracted."""
    return None if count_or_none(people) is None else whole_fives(people)


def whole_fives(people: int) -> int:
    return people - people % MIN_GROUP


def least_people(part: int, statements: int, people: int) -> int:
    """At least so many people are behind `part` of the `statements` that so many `people` made.

    Each person made one; only what there is beyond that can be the second or third of somebody.
    """
    return max(0, part - max(0, statements - people))


def halves_told(part: int, statements: int, people: int) -> bool:
    """Whether it may be told how many of the `statements` of so many `people` are of one sort, as `part` of them are.

    Only where five people at least are behind those that are, unless there are none, and behind those that are not.
    """
    sides = (part, statements - part)
    return people >= MIN_GROUP and all(not one or least_people(one, statements, people) >= MIN_GROUP for one in sides)


def groups_shown(sizes: Mapping[str, int]) -> dict[str, int]:
    """The groups that may be shown, such that what is withheld cannot be found by subtraction.

    A total minus the groups shown must not leave 1 to 4 people: while it does, the smallest
    group that is still shown is withheld too.
    """
    shown = {group: size for group, size in sizes.items() if size >= MIN_GROUP}
    while shown and count_or_none(sum(sizes.values()) - sum(shown.values())) is None:
        del shown[min(shown, key=lambda group: (shown[group], group))]
    return shown


def parted(groups: Mapping[K, Set[str]]) -> tuple[K, ...]:
    """The groups that may stand apart, in the order given; the others go together.

    `groups` holds who said something that belongs there; a person may be in several. Each group that stands apart has
    five people, and so has everything outside of it, unless that is nobody.
    """
    apart = [group for group, people in groups.items() if len(people) >= MIN_GROUP]
    while apart:
        rest = {person for group, people in groups.items() if group not in apart for person in people}
        if count_or_none(len(rest)) is not None:
            break
        apart.remove(min(apart, key=lambda group: len(groups[group])))
    return tuple(apart)


def steps_told(steps: Sequence[tuple[str, int]], blank: int = 0) -> tuple[Cell, ...]:
    """Steps of a scale as cells of five people or more (or none); empty where everybody would be in one.

    Steps are told one by one where none has 1 to 4 people, otherwise neighbours are put together until each group has
    five. `blank` people gave no answer: with 1 to 4 of them, they are told together with the smallest group.
    """
    if all(count_or_none(count) is not None for _, count in steps):
        cells = [Cell((label,), count) for label, count in steps]
    else:
        cells = _neighbours(steps)
    return _with_blank(cells, blank)


def choices_told(choices: Sequence[tuple[str, int]], blank: int = 0) -> tuple[Cell, ...]:
    """Choices without an order, of which each person made one: those that may be shown, the others together.

    Empty where everybody would be in one cell.
    """
    sizes = dict(choices) | ({NO_ANSWER: blank} if blank else {})
    shown = groups_shown(sizes)
    small = tuple(label for label, count in sizes.items() if count and label not in shown)
    cells = [Cell((label,), count) for label, count in sizes.items() if label not in small]
    if small:
        cells.append(Cell(small, sum(sizes[label] for label in small)))
    return _telling(cells)


def picks_told(picks: Sequence[tuple[str, int]], everybody: int) -> tuple[Cell, ...]:
    """Choices of which each of `everybody` made any number: those where neither who did nor who did not is 1 to 4."""
    if everybody < MIN_GROUP:
        return ()
    return tuple(
        Cell((label,), count)
        for label, count in picks
        if count_or_none(count) is not None and count_or_none(everybody - count) is not None
    )


def in_full(cells: Iterable[Cell]) -> bool:
    """Whether each answer stands in a cell of its own, so that what is worked out from all of them tells no more."""
    found = list(cells)
    return bool(found) and all(len(cell.labels) == 1 for cell in found)


def _neighbours(steps: Sequence[tuple[str, int]]) -> list[Cell]:
    cells: list[Cell] = []
    labels: tuple[str, ...] = ()
    people = 0
    for label, count in steps:
        labels, people = (*labels, label), people + count
        if people >= MIN_GROUP:
            cells.append(Cell(labels, people))
            labels, people = (), 0
    if labels:
        last = cells.pop() if cells else Cell((), 0)
        cells.append(Cell(last.labels + labels, last.people + people))
    return cells


def _with_blank(cells: list[Cell], blank: int) -> tuple[Cell, ...]:
    if blank >= MIN_GROUP:
        return _telling([*cells, Cell((NO_ANSWER,), blank)])
    if blank:
        peopled = [cell for cell in cells if cell.people]
        if not peopled:
            return ()
        smallest = min(peopled, key=lambda cell: cell.people)
        mixed = Cell((*smallest.labels, NO_ANSWER), smallest.people + blank)
        cells = [mixed if cell is smallest else cell for cell in cells]
    return _telling(cells)


def _telling(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """`cells`, or none where they tell nothing apart or would tell of too few."""
    if len(cells) < 2 or any(count_or_none(cell.people) is None for cell in cells):
        return ()
    return tuple(cells)


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
