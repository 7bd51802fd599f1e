"""Where roles differ: a test that is exact, and few false alarms."""

from __future__ import annotations

import random

import pytest

from reviewkit.report.gaps import Gap, fisher, gaps


def people(role: str, count: int) -> frozenset[str]:
    return frozenset(f"{role}{n}" for n in range(count))


def test_fisher_on_tables_worked_out_by_hand() -> None:
    assert fisher(3, 1, 1, 3) == pytest.approx(34 / 70)  # Fisher's lady tasting tea, both tails
    assert fisher(5, 0, 0, 5) == pytest.approx(2 / 252)
    assert fisher(4, 4, 4, 4) == 1.0
    assert fisher(0, 5, 0, 5) == 1.0


def test_a_gap_is_told_with_the_size_of_each_side_and_nothing_else() -> None:
    team, users = people("t", 12), people("u", 14)
    high = set(team) | set(sorted(users)[:2])
    assert gaps({"team": team, "user": users}, {"Quality": (high, team | users)}) == (
        Gap("Quality", "team", 12, "user", 14),
    )


def test_who_passed_a_question_over_does_not_count_as_low() -> None:
    team, users = people("t", 12), people("u", 14)
    assert gaps({"team": team, "user": users}, {"Quality": (set(team), set(team))}) == ()


def test_among_many_that_do_not_differ_a_gap_is_seldom_told() -> None:
    draw = random.Random(7)
    groups = {role: people(role, 15) for role in "abc"}
    everybody = {one for members in groups.values() for one in members}
    told = 0
    for _ in range(200):
        did = {str(n): ({one for one in everybody if draw.random() < 0.5}, everybody) for n in range(8)}
        told += bool(gaps(groups, did))
    assert told <= 20, "5 % of 200 is 10"
