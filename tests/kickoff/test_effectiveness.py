"""How often advice helped, and what that weighs."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.domain.kickoffs import Recommendation
from reviewkit.domain.outcomes import Effectiveness, Outcome, SoFar
from reviewkit.domain.words import Applied, Choice, Helped, Occurred, Scope
from reviewkit.kickoff.asking import advice_of, advice_questions, folded, majority, observed
from reviewkit.kickoff.effectiveness import effectiveness, standing, weight
from reviewkit.kickoff.recommend import Candidate, recommend
from reviewkit.risks.base_rates import base_rate

ADVICE = Recommendation("r", "k", 1, Scope.LESSONS, "L", "Visit the factory.", "", 0.5, choice=Choice.ACCEPTED)
NOBODY = base_rate([], [])


def effect(k: int, n: int) -> Effectiveness:
    projects = [f"P{number}" for number in range(n)]
    return Effectiveness(Scope.LESSONS, "L", NOBODY, base_rate(projects[:k], projects), NOBODY)


def outcome(project: str, applied: Applied = Applied.YES, helped: Helped = Helped.UNKNOWN) -> Outcome:
    return Outcome(project, "r", project, Scope.LESSONS, "L", applied, helped)


def test_only_who_applied_it_and_can_tell_counts() -> None:
    found = effectiveness(
        [
            outcome("A", Applied.YES, Helped.YES),
            replace(outcome("B", Applied.PARTLY, Helped.PARTLY), recurred=Occurred.YES),
            outcome("C", Applied.YES, Helped.NO),
            outcome("D", Applied.YES),
            outcome("E", Applied.NO, Helped.YES),
        ]
    )["lessons/L"]
    assert [str(rate) for rate in (found.applied, found.helped, found.recurred)] == ["4 of 5", "2 of 3", "1 of 1"]
    assert found.said == "It helped in 2 of 3 projects that applied it: not enough yet to say how often it helps."


def test_an_interval_is_told_from_five_projects_on() -> None:
    assert "not enough yet" in effect(4, 4).said
    assert effect(5, 5).said == "It helped in 5 of 5 projects that applied it, likely 62 to 100 in 100."
    assert effect(0, 0).said == ""


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_the_weight_is_bounded_and_rises_with_each_project_that_was_helped(k: int, others: int) -> None:
    n = k + others
    assert 0.75 < weight(effect(min(k, 40), min(n, 40))) < 1.25
    k, n = min(k, 40), min(k, 40) + min(others, 40)
    assert weight(effect(k + 1, n + 1)) > weight(effect(k, n)) > weight(effect(k, n + 1))


CANDIDATES = st.lists(
    st.tuples(
        st.sampled_from([Scope.LESSONS, Scope.THEMES]),
        st.floats(-3, 3),
        st.floats(0, 1),
        st.lists(st.floats(-1, 1), min_size=3, max_size=3),
    ),
    min_size=1,
    max_size=12,
)


def candidates(drawn: list[tuple[Scope, float, float, list[float]]]) -> tuple[list[Candidate], np.ndarray]:
    made = [
        Candidate(scope, f"s{number:02}", "Do it.", "It was.", relevance, severity, None)
        for number, (scope, relevance, severity, _) in enumerate(drawn)
    ]
    rows = np.array([row for *_, row in drawn], dtype=np.float32) + np.float32(1e-3)
    return made, rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-6)


@given(CANDIDATES)
def test_without_an_observation_order_and_scores_are_those_of_before(
    drawn: list[tuple[Scope, float, float, list[float]]],
) -> None:
    made, vectors = candidates(drawn)
    untold = [replace(one, effect=effect(0, 0)) for one in made]
    before = [(one.source, score) for one, score in recommend(made, vectors, top=7)]
    assert [(one.source, score) for one, score in recommend(untold, vectors, top=7)] == before


@given(CANDIDATES, st.data())
def test_more_help_never_lowers_a_place(
    drawn: list[tuple[Scope, float, float, list[float]]], data: st.DataObject
) -> None:
    made, vectors = candidates([(Scope.LESSONS, *rest) for _, *rest in drawn])  # type: ignore[misc]
    row, k, n = data.draw(st.integers(0, len(made) - 1)), data.draw(st.integers(0, 5)), data.draw(st.integers(5, 8))

    def place(told: Effectiveness) -> int:
        changed = [replace(one, effect=told) if at == row else one for at, one in enumerate(made)]
        read = [one.source for one, _ in recommend(changed, vectors, top=len(made))]
        return read.index(made[row].source)

    assert place(effect(k + 1, n + 1)) <= place(effect(k, n))


def test_what_was_decided_last_stands() -> None:
    later = replace(ADVICE, id="r2", choice=Choice.DISMISSED)
    other = replace(ADVICE, id="r3", source="M", choice=Choice.ADAPTED)
    assert standing([[ADVICE]]) == [ADVICE]
    assert standing([[ADVICE], [later, other]]) == [other]
    assert standing([[ADVICE, other], [replace(ADVICE, id="r4", choice=Choice.UNDECIDED)]]) == [other]


def test_a_review_asks_about_each_decision_in_words_that_fit() -> None:
    decided = [replace(ADVICE, id=f"r{number}", advice="word " * 300) for number in range(5)]
    asked = advice_questions(decided, 250)
    assert [one.key for one in asked[::3]] == [f"applied-r{number}" for number in range(5)]
    assert [one.key for one in asked[:3]] == ["applied-r0", "advice-r0", "recurred-r0"]
    assert {advice_of(one) for one in asked} == {one.id for one in decided}
    assert folded(asked) == {one.key for one in asked[9:]}
    assert folded(asked[:9]) == frozenset()
    assert all(len(one.text) <= 500 and not one.required and one.when is None for one in asked)
    assert all(one.text.endswith("… Was that done?") for one in asked[::3])
    assert [len(advice_questions(decided, room)) for room in (2, 3, 8)] == [0, 3, 6]
    assert advice_questions(decided, -1) == ()


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        (["yes"] * 4, None),
        (["yes"] * 5, "yes"),
        (["yes"] * 3 + ["no"] * 3, None),
        (["no"] * 3 + ["partly"] * 2, "no"),
        (["yes"] * 2 + ["partly"] * 3, "partly"),
        ([], None),
    ],
)
def test_a_majority_is_more_than_half_of_at_least_five(answers: list[str], said: str | None) -> None:
    assert majority(answers) == said


@pytest.mark.parametrize(
    ("applied", "helped", "recurred", "said"),
    [
        ("yes", "yes", "no", (Applied.YES, Helped.YES, Occurred.NO)),
        ("partly", "no", "partly", (Applied.PARTLY, Helped.NO, Occurred.YES)),
        ("no", "yes", "yes", (Applied.NO, Helped.UNKNOWN, Occurred.YES)),
        ("yes", "", "", (Applied.YES, Helped.UNKNOWN, Occurred.UNKNOWN)),
        (
            "",
            "partly",
            "",
            (Applied.YES, Helped.PARTLY, Occurred.UNKNOWN),
        ),  # an older review asks no more
        ("", "", "yes", None),
        ("", "", "", None),
    ],
)
def test_what_most_of_a_review_say_of_a_decision(
    applied: str, helped: str, recurred: str, said: tuple[Applied, Helped, Occurred] | None
) -> None:
    given = {"applied-r1": applied, "advice-r1": helped, "recurred-r1": recurred}
    found = observed("P", replace(ADVICE, id="r1"), [given] * 5)
    assert (found and (found.applied, found.helped, found.recurred)) == said
    assert observed("P", replace(ADVICE, id="r1"), [given] * 4) is None


@pytest.mark.parametrize(
    ("k", "n", "said"),
    [(0, 0, SoFar.UNTOLD), (4, 4, SoFar.FEW), (5, 5, SoFar.MOST), (3, 5, SoFar.MOST), (3, 6, SoFar.HALF)],
)
def test_how_advice_did_so_far_in_words(k: int, n: int, said: SoFar) -> None:
    assert effect(k, n).so_far is said
