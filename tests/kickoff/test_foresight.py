"""What is to be expected of a new project, and the back-test that asks whether it would have been right."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.domain.projects import Project
from reviewkit.kickoff.backtest import by_chance, foretell, marks, summed
from reviewkit.kickoff.foresight import Case, foresee, popularity

TOPICS = ("late", "scope", "staff", "tools")
BLANK = np.zeros(1, dtype=np.float32)
KINDS = st.sampled_from(("software", "construction", ""))


def case(key: str, year: int, *met: str, kind: str = "") -> Case:
    return Case(Project(key, key, kind=kind), BLANK, date(year, 1, 1), date(year, 12, 31), dict.fromkeys(met, 1.0))


@st.composite
def histories(draw: st.DrawFn) -> list[Case]:
    found = []
    for number in range(draw(st.integers(1, 8))):
        start = date(2015, 1, 1) + timedelta(days=draw(st.integers(0, 3000)))
        met = draw(st.dictionaries(st.sampled_from(TOPICS), st.floats(0, 1)))
        known = start + timedelta(days=draw(st.integers(0, 900)))
        found.append(Case(Project(f"P{number}", "x", kind=draw(KINDS)), BLANK, start, known, met))
    return found


def test_what_like_projects_met_is_expected_before_what_others_met() -> None:
    past = [case(f"S{n}", 2010 + n, "tools", kind="software") for n in range(4)]
    past += [case(f"C{n}", 2010 + n, "staff", kind="construction") for n in range(4)]
    new = case("NEW", 2020, kind="software")
    expected = dict(zip(TOPICS, foresee(new, past, TOPICS).tolist(), strict=True))
    assert expected["tools"] > expected["staff"] > expected["late"]


def test_likeness_that_foretold_nothing_so_far_counts_less() -> None:
    """Where kinds said nothing about what earlier projects met, a kind's own troubles are expected less strongly."""
    telling = [case(f"P{n}", 2000 + n, "tools" if n % 2 else "staff", kind="ab"[n % 2]) for n in range(12)]
    blind = [case(f"P{n}", 2000 + n, "tools" if n // 2 % 2 else "staff", kind="ab"[n % 2]) for n in range(12)]
    new = case("NEW", 2020, kind="b")

    def lead(past: list[Case]) -> float:
        expected = foresee(new, past, ("staff", "tools"))
        return float(expected[1] - expected[0])

    assert lead(telling) > lead(blind)


@settings(deadline=None)
@given(st.lists(st.sets(st.sampled_from(TOPICS)), min_size=1, max_size=12))
def test_where_no_project_is_more_like_it_the_order_is_that_of_popularity(told: list[set[str]]) -> None:
    past = [case(f"P{n}", 2010, *sorted(met), kind="software") for n, met in enumerate(told)]
    new = case("NEW", 2020, kind="software")
    order = np.argsort(-np.round(foresee(new, past, TOPICS), 9), kind="stable")
    assert order.tolist() == np.argsort(-popularity(new, past, TOPICS), kind="stable").tolist()


@pytest.mark.parametrize("many", range(2, 7))
def test_a_handful_of_projects_proves_no_likeness(many: int) -> None:
    """What the one project of the same kind met does not overtake what two met, until more such pairs have told."""
    others = [case(f"C{n}", 2010, "staff", kind="construction") for n in range(many)]
    past = [case("S", 2010, "tools", kind="software"), *others]
    expected = dict(zip(TOPICS, foresee(case("NEW", 2020, kind="software"), past, TOPICS).tolist(), strict=True))
    assert expected["staff"] > expected["tools"] > expected["late"]


def test_more_evidence_for_likeness_moves_the_order_further() -> None:
    def share(pairs: int) -> float:
        past = [case(f"S{n}", 2010, "tools", kind="software") for n in range(pairs)]
        past += [case(f"C{n}", 2010, "staff", kind="construction") for n in range(2 * pairs)]
        _, _, staff, tools = foresee(case("NEW", 2020, kind="software"), past, TOPICS)
        return float(tools / (tools + staff))

    shares = [share(pairs) for pairs in (1, 2, 4, 8, 16)]
    assert shares == sorted(shares)
    assert shares[0] < 0.5 < shares[-1]


@pytest.mark.parametrize("projects", [8, 16, 30])
def test_where_attributes_tell_nothing_little_is_lost_to_popularity(projects: int) -> None:
    """Two hundred made-up organisations, kinds and briefs drawn by lot: the mean falls at most 0.01 behind."""
    drawn = np.random.default_rng(7)
    topics = [f"topic {n:02}" for n in range(24)]
    lost = []
    for _ in range(200):
        rates = drawn.beta(0.8, 2.4, len(topics))
        cases = [
            Case(
                Project(f"P{n}", "x", kind=str(drawn.choice(["a", "b", "c"]))),
                np.asarray(drawn.normal(size=8) / 3, dtype=np.float32),
                date(2010 + n // 4, 1 + n % 12, 1),
                date(2010 + n // 4, 12, 28),
                {topic: 1.0 for topic, met in zip(topics, drawn.random(len(topics)) < rates, strict=True) if met},
            )
            for n in range(projects)
        ]
        new = replace(cases[-1], start=date(2030, 1, 1))
        trial = foretell(new, cases[:-1], topics)
        if trial is not None:
            lost.append(trial.popularity.precision - trial.ours.precision)
    assert np.mean(lost) < 0.01


def test_without_a_past_nothing_is_told_apart() -> None:
    assert foresee(case("NEW", 2020), [], TOPICS).tolist() == [0.5] * 4


@settings(deadline=None)
@given(histories())
def test_rates_lie_between_0_and_1_and_later_stories_change_nothing(cases: list[Case]) -> None:
    new = Case(Project("NEW", "x", kind="software"), BLANK, date(2020, 1, 1), date.max)
    expected = foresee(new, cases, TOPICS)
    assert ((expected > 0) & (expected < 1)).all()
    earlier = [one for one in cases if one.known < new.start]
    assert expected.tolist() == foresee(new, earlier, TOPICS).tolist()
    assert popularity(new, cases, TOPICS).tolist() == popularity(new, earlier, TOPICS).tolist()


@settings(deadline=None)
@given(histories(), st.integers(1, 5))
def test_no_trial_sees_what_came_later_and_marks_are_shares(cases: list[Case], top: int) -> None:
    for new in cases:
        trial = foretell(new, cases, TOPICS, top=top)
        earlier = [one for one in cases if one.known < new.start]
        assert trial == foretell(new, earlier, TOPICS, top=top)
        if trial is None:
            continue
        assert trial.project not in trial.known
        for side in (trial.ours, trial.popularity, trial.chance):
            assert 0 <= side.recall <= 1
            assert 0 < side.precision <= 1
        assert trial.ours.recall == len(trial.warned) / trial.met


@settings(deadline=None)
@given(histories())
def test_means_lie_in_their_intervals(cases: list[Case]) -> None:
    trials = [trial for new in cases if (trial := foretell(new, cases, TOPICS))]
    found = summed(trials, [])
    assert (found.recall is None) == (not trials)
    for compared in (found.recall, found.precision):
        if compared is not None:
            for side in (compared.ours, compared.popularity, compared.chance, compared.gain):
                assert side.low - 1e-9 <= side.mean <= side.high + 1e-9 or len(trials) < 4


def test_a_project_that_began_before_a_story_was_told_is_not_warned_by_it() -> None:
    first, second = case("A", 2019, "late"), case("B", 2020, "late")
    assert foretell(second, [first, second], TOPICS) is not None
    untold = replace(first, known=second.start)
    assert foretell(second, [untold, second], TOPICS) is None


def test_marks_of_a_known_order() -> None:
    found = marks([2, 0, 1, 3], [True, False, True, True], top=2)
    assert found.recall == pytest.approx(2 / 3)
    assert found.precision == pytest.approx((1 + 1 + 3 / 4) / 3)


@given(st.integers(1, 6).flatmap(lambda n: st.tuples(st.just(n), st.integers(1, n), st.integers(1, 7))))
def test_chance_is_the_mean_over_all_orders(sizes: tuple[int, int, int]) -> None:
    from itertools import permutations

    topics, met, top = sizes
    right = [row < met for row in range(topics)]
    every = [marks(order, right, top) for order in permutations(range(topics))]
    chance = by_chance(met, topics, top)
    assert chance.recall == pytest.approx(sum(one.recall for one in every) / len(every))
    assert chance.precision == pytest.approx(sum(one.precision for one in every) / len(every))
