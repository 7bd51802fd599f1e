"""Scores of several kinds become one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.search.hybrid import Scores, best_of_records, fuse, ordered

LACKING = float("nan")

scored = st.lists(st.one_of(st.floats(-50, 50), st.just(LACKING)), min_size=8, max_size=8).map(np.array)


def fused(*halves: list[float]) -> list[int]:
    return ordered(fuse(*map(np.array, halves))).tolist()


def test_what_both_halves_find_comes_before_what_one_finds() -> None:
    lexical = [1.0, 8.9, LACKING, 9.0]
    semantic = [0.1, LACKING, 0.79, 0.8]
    assert fused(lexical, semantic)[0] == 3


def test_a_clear_lead_counts_whatever_the_scale() -> None:
    assert fused([5.0, 4.9, 4.8, 30.0], [0.42, 0.41, 0.39, 0.4])[0] == 3


def test_a_record_counts_with_its_best_passage() -> None:
    best = best_of_records(np.array([0, 1, 0, 2]), np.array([1.0, 5.0, 1.2, LACKING]), 3)
    assert best == pytest.approx([1.2, 5.0, LACKING], nan_ok=True)


def test_one_half_alone_keeps_its_order_and_nothing_gives_nothing() -> None:
    blank = [LACKING] * 3
    semantic = [0.5, 0.9, 0.4]
    assert fused(blank, semantic) == fused(semantic, blank) == [1, 0, 2]
    assert fused(blank, blank) == fused([], []) == []


def test_equals_stay_as_they_stand() -> None:
    assert fused([1.0, 2.0, 1.0, 2.0]) == [1, 3, 0, 2]


@given(scored, scored)
def test_every_candidate_is_ranked_once_whatever_order_they_came_in(lexical: Scores, semantic: Scores) -> None:
    ranked = fuse(lexical, semantic)
    known = ~np.isnan(lexical) | ~np.isnan(semantic)
    assert (np.isnan(ranked) == ~known).all()
    assert sorted(ordered(ranked).tolist()) == np.flatnonzero(known).tolist()
    assert fuse(lexical[::-1], semantic[::-1])[::-1] == pytest.approx(ranked, nan_ok=True)
