"""Dismissals by kind of project, and what they are worth."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.domain.dismissals import Dismissal, Fit, Why, why_and_text
from reviewkit.kickoff.fitness import fitness, fits

counts = st.integers(0, 1_000)


def against(project: str, why: Why = Why.UNFIT, kind: str = "bridge") -> Dismissal:
    return Dismissal("lessons/L1", project, kind, why, "")


@given(counts, counts)
def test_it_stays_within_its_bounds_and_moves_the_right_way(unfit: int, taken: int) -> None:
    here = fitness(Fit("bridge", unfit, taken))
    assert 0.75 <= here <= 1.0
    assert fitness(Fit("bridge", unfit + 1, taken)) <= here <= fitness(Fit("bridge", unfit, taken + 1))


def test_one_project_alone_moves_nothing_and_two_do() -> None:
    assert fitness(None) == fitness(Fit("bridge", 1, 0)) == 1.0
    assert fitness(Fit("bridge", 2, 0)) == pytest.approx(1 - 0.25 * 2 / 6)


def test_only_that_it_does_not_apply_counts_and_only_for_the_same_kind() -> None:
    said = [against("A"), against("B", kind="Bridge "), against("C", Why.DONE), against("D", kind="software")]
    said += [against("E", Why.OUTDATED), against("F", Why.COSTLY), against("G", Why.OTHER)]
    taken = [("lessons/L1", "bridge"), ("lessons/L1", "software"), ("lessons/L2", "bridge")]
    assert fits(said, taken, "bridge") == {"lessons/L1": Fit("bridge", 2, 1)}
    assert fits(said, taken, "") == fits(said, taken, "tunnel") == {}


@pytest.mark.parametrize(
    ("said", "why", "text"),
    [
        ("It does not apply to this project: no water here", Why.UNFIT, "no water here"),
        ("It is out of date", Why.OUTDATED, ""),
        ("It is wrong or out of date: see the new rule", Why.OUTDATED, "see the new rule"),
        ("It is out of dates: a typo", Why.OTHER, "It is out of dates: a typo"),
        ("we have no crane", Why.OTHER, "we have no crane"),
    ],
)
def test_the_reason_is_read_from_what_was_said(said: str, why: Why, text: str) -> None:
    assert why_and_text(said) == (why, text)
