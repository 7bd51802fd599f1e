"""Answers to closed questions, as far as they may be told."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

from reviewkit.domain.privacy import NO_ANSWER, Cell
from reviewkit.domain.reviews import Answer, Question, Response
from reviewkit.domain.words import QuestionType
from reviewkit.report.ratings import Distribution, NetPromoter, cell_label, distribution, net_promoter


def found(
    kind: QuestionType, given: list[Answer | None], options: tuple[str, ...] = (), *, named: bool = False
) -> Distribution:
    question = Question("q", "How?", kind, options=options)
    responses = [
        Response(str(n), "V", str(n), "r", None, date(2026, 1, 1), {} if answer is None else {"q": answer})
        for n, answer in enumerate(given)
    ]
    return distribution(question, responses, named=named)


@pytest.mark.parametrize(
    ("labels", "kind", "said"),
    [
        (("yes", NO_ANSWER), QuestionType.YES_PARTLY_NO, "yes or not answered"),
        (("yes", "partly", NO_ANSWER), QuestionType.YES_PARTLY_NO, "yes, partly or not answered"),
        (("1", "2", "3", NO_ANSWER), QuestionType.RATING, "1–3 or not answered"),
        (("partly", "no"), QuestionType.YES_PARTLY_NO, "partly or no"),
        ((NO_ANSWER,), QuestionType.YES_PARTLY_NO, "no answer"),
    ],
)
def test_those_who_said_nothing_are_not_taken_for_a_no(labels: tuple[str, ...], kind: QuestionType, said: str) -> None:
    assert cell_label(Cell(labels, 8), kind) == said


def test_a_mean_is_told_only_where_every_step_is() -> None:
    full = found(QuestionType.RATING, [4] * 5 + [5] * 7)
    assert (full.n, round(full.mean or 0, 2)) == (12, 4.58)
    assert found(QuestionType.RATING, [4] * 5 + [5] * 7 + [1]).mean is None
    skipped = found(QuestionType.RATING, [4] * 5 + [5] * 7 + [None])
    assert (skipped.n, skipped.mean) == (None, None), "one person gave no answer"
    assert Cell(("4", NO_ANSWER), 6) in skipped.cells


def test_the_score_has_an_interval_and_is_told_only_where_its_three_groups_are() -> None:
    full = found(QuestionType.NPS, [9] * 10 + [8] * 5 + [2] * 5)
    assert full.net_promoter == NetPromoter(25, -12, 55)
    assert found(QuestionType.NPS, [9] * 10 + [8] * 5 + [2] * 4).net_promoter is None


def test_the_interval_stays_on_the_scale_and_narrows() -> None:
    assert net_promoter(0, 0, 5).high == 100
    few, many = net_promoter(2, 3, 5), net_promoter(200, 300, 500)
    assert many.high - many.low < (few.high - few.low) / 5
    assert few.score == many.score == 30
    with pytest.raises(ValueError, match="answers"):
        net_promoter(0, 0, 0)


def test_single_choices_go_together_and_months_are_neighbours() -> None:
    single = found(QuestionType.SINGLE, ["a"] * 9 + ["b"] * 6 + ["c"], ("a", "b", "c", "d"))
    assert single.cells == (Cell(("a",), 9), Cell(("d",), 0), Cell(("b", "c"), 7))
    dates = found(QuestionType.DATE, [f"2026-0{month}-11" for month in (1, 1, 1, 2, 2, 3, 3, 3, 3, 3)])
    assert dates.cells == (Cell(("Jan 2026", "Feb 2026"), 5), Cell(("Mar 2026",), 5))


def test_of_several_choices_those_that_nearly_everybody_made_are_not_told() -> None:
    given: list[Answer | None] = [("a", "b")] * 6 + [("a",)] * 5 + [("c",)] * 2
    multiple = found(QuestionType.MULTIPLE, given, ("a", "b", "c", "d"))
    assert multiple.cells == (Cell(("b",), 6), Cell(("d",), 0))
    assert multiple.untold == ("a", "c")


def test_a_named_review_tells_all() -> None:
    named = found(QuestionType.RATING, [1, 5, None], named=True)
    assert (named.n, named.mean) == (2, 3.0)
    assert named.cells[0] == Cell(("1",), 1)


OPINIONS = {
    "even": (1 / 3, 1 / 3, 1 / 3),
    "middling": (0.2, 0.4, 0.4),
    "loved": (0.05, 0.15, 0.8),
    "all but praised": (0.02, 0.08, 0.9),
    "split in two": (0.45, 0.1, 0.45),
    "disliked": (0.6, 0.3, 0.1),
    "passive": (0.1, 0.8, 0.1),
}
"""True shares of detractors, passives and promoters."""


def coverage(n: int, shares: tuple[float, float, float]) -> float:
    """How often the interval of `n` answers drawn at such shares holds the true score: a sum over all that may come."""
    below, between, above = (math.log(share) for share in shares)
    true, held = 100 * (shares[2] - shares[0]), 0.0
    for few in range(n + 1):
        for many in range(n + 1 - few):
            rest = n - few - many
            ways = math.lgamma(n + 1) - math.lgamma(few + 1) - math.lgamma(rest + 1) - math.lgamma(many + 1)
            chance = math.exp(ways + few * below + rest * between + many * above)
            if chance > 1e-12:
                told = net_promoter(few, rest, many)
                held += chance * (told.low - 0.5 <= true <= told.high + 0.5)  # it is told in whole points
    return held


@pytest.mark.parametrize(("n", "least", "most"), [(5, 0.91, 1), (10, 0.92, 1), *((n, 0.935, 0.985) for n in (20, 50))])
def test_the_interval_of_a_small_group_holds_the_true_score_as_often_as_it_says(
    n: int, least: float, most: float
) -> None:
    found = {name: round(coverage(n, shares), 4) for name, shares in OPINIONS.items()}
    assert {name: held for name, held in found.items() if not least <= held <= most} == {}


@pytest.mark.parametrize("n", [100, 200, 500])
def test_the_interval_of_a_large_group_holds_the_true_score_as_often_as_it_says(n: int) -> None:
    draw = np.random.default_rng(n)
    found = {}
    for name, shares in OPINIONS.items():
        drawn, times = np.unique(draw.multinomial(n, shares, 4_000), axis=0, return_counts=True)
        told = [net_promoter(*map(int, one)) for one in drawn]
        true = 100 * (shares[2] - shares[0])
        holds = [one.low - 0.5 <= true <= one.high + 0.5 for one in told]
        found[name] = float(times[holds].sum()) / 4_000
    assert {name: held for name, held in found.items() if not 0.935 <= held <= 0.985} == {}
