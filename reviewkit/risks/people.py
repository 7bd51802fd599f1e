"""Answers to “had it been identified as a risk?” -> what may be told of them, by theme and beside the machine."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from reviewkit.domain.foreseen import Agreement, PeopleSaid
from reviewkit.domain.privacy import MIN_GROUP, count_or_none, whole_fives

CLEARLY = 2 / 3
"""Share of people from which they are of one mind."""


def people_said(yes: Collection[str], no: Collection[str], *, named: bool) -> PeopleSaid | None:
    """What `yes` and `no` (who said so) come to; None where fewer than five people answered.

    Numbers are in whole fives unless all reviews are `named`; a side is told only where both have five people.
    """
    n = len(yes) + len(no)
    if n < MIN_GROUP:
        return None
    share = len(yes) / n
    answer = True if share >= CLEARLY else False if 1 - share >= CLEARLY else None
    if named:
        return PeopleSaid(n, answer, len(yes), len(no), exact=True)
    both = min(len(yes), len(no)) >= MIN_GROUP
    sides = (whole_fives(len(yes)), whole_fives(len(no))) if both else (None, None)
    return PeopleSaid(whole_fives(n), answer, *sides)


def agreement(pairs: Sequence[tuple[bool, bool]], *, named: bool) -> Agreement | None:
    """How often (machine, person) say the same, one pair a person; None where fewer than five people were asked.

    How many agree is told where neither those who do nor those who do not are 1 to 4, in whole fives unless `named`.
    """
    n, agree = len(pairs), sum(machine == person for machine, person in pairs)
    if n < MIN_GROUP:
        return None
    if named:
        return Agreement(n, agree, _kappa(pairs), exact=True)
    if count_or_none(agree) is None or count_or_none(n - agree) is None:
        return Agreement(whole_fives(n), None)
    return Agreement(whole_fives(n), whole_fives(agree), round(_kappa(pairs), 1))


def _kappa(pairs: Sequence[tuple[bool, bool]]) -> float:
    """Cohen's kappa; 0 where both always say the same one thing."""
    n = len(pairs)
    seen = sum(machine == person for machine, person in pairs) / n
    machine, person = sum(one for one, _ in pairs) / n, sum(one for _, one in pairs) / n
    chance = machine * person + (1 - machine) * (1 - person)
    return 0.0 if chance >= 1 else (seen - chance) / (1 - chance)
