"""Two rankings become one."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.search.hybrid import fuse, nearest

Scored = list[tuple[str, float]]
scored = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.floats(-50, 50)), max_size=20)


def names(ranked: list[tuple[str, float]]) -> list[str]:
    return [name for name, _ in ranked]


@pytest.mark.parametrize("long", [True, False])
def test_what_both_halves_find_comes_before_what_one_finds(long: bool) -> None:
    lexical = [("both", 9.0), ("words only", 8.9), ("far", 1.0)]
    semantic = [("both", 0.8), ("meaning only", 0.79), ("far", 0.1)]
    assert names(fuse(lexical, semantic, long=long))[0] == "both"


def test_a_long_query_trusts_a_clear_lead_over_ranks() -> None:
    lexical = [("clear", 30.0), ("a", 5.0), ("b", 4.9), ("c", 4.8)]
    semantic = [("a", 0.42), ("b", 0.41), ("clear", 0.4), ("c", 0.39)]
    assert names(fuse(lexical, semantic, long=True))[0] == "clear"
    assert names(fuse(lexical, semantic, long=False))[0] == "a"


def test_a_record_counts_with_its_best_passage() -> None:
    lexical = [("many", 1.0), ("many", 1.1), ("many", 1.2), ("one", 5.0)]
    assert names(fuse(lexical, [], long=True)) == ["one", "many"]


def test_one_half_alone_keeps_its_order_and_nothing_gives_nothing() -> None:
    semantic = [("b", 0.9), ("a", 0.5), ("c", 0.4)]
    assert names(fuse([], semantic, long=True)) == names(fuse([], semantic, long=False)) == ["b", "a", "c"]
    assert fuse([], [], long=True) == []


@given(scored, scored, st.booleans(), st.randoms())
def test_every_candidate_is_ranked_once_whatever_order_they_came_in(
    lexical: Scored, semantic: Scored, long: bool, random: np.random.Generator
) -> None:
    ranked = fuse(lexical, semantic, long=long)
    assert sorted(names(ranked)) == sorted({name for name, _ in lexical + semantic})
    assert [score for _, score in ranked] == sorted((score for _, score in ranked), reverse=True)
    shuffled_lexical, shuffled_semantic = list(lexical), list(semantic)
    random.shuffle(shuffled_lexical)  # type: ignore[arg-type]
    random.shuffle(shuffled_semantic)  # type: ignore[arg-type]
    again = dict(fuse(shuffled_lexical, shuffled_semantic, long=long))
    assert again == pytest.approx(dict(ranked))


def test_nearest_agrees_with_sorting_everything() -> None:
    rng = np.random.default_rng(1)
    matrix = rng.normal(size=(200, 8)).astype(np.float32)
    query = matrix[17]
    scores = matrix @ query
    expected = sorted(range(200), key=lambda row: (-scores[row], row))[:25]
    assert [row for row, _ in nearest(query, matrix, 25)] == expected
    assert [row for row, _ in nearest(query, matrix, 500)] == sorted(range(200), key=lambda row: (-scores[row], row))


def test_rows_as_near_as_each_other_come_in_order() -> None:
    matrix = np.ones((30, 2), dtype=np.float32)
    assert [row for row, _ in nearest(matrix[0], matrix, 5)] == [0, 1, 2, 3, 4]


def test_a_query_of_several_passages_finds_what_any_of_them_is_near_to() -> None:
    matrix = np.eye(4, dtype=np.float32)
    assert {row for row, _ in nearest(matrix[[1, 3]], matrix, 2)} == {1, 3}


def test_nothing_is_nearest_in_an_empty_index() -> None:
    assert nearest(np.ones(3, dtype=np.float32), np.zeros((0, 3), dtype=np.float32), 5) == []
