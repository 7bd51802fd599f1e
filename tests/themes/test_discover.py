"""What recurs is found; what does not is left alone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.language.ports import Matrix
from reviewkit.themes.discover import discover
from reviewkit.themes.graph import unit

DIM = 64


def planted(sizes: list[int], seed: int = 0, spread: float = 0.08) -> tuple[Matrix, list[int]]:
    """Rows around one random direction for each size, and which direction each belongs to."""
    rng = np.random.default_rng(seed)
    directions = unit(rng.normal(size=(len(sizes), DIM)).astype(np.float32))
    truth = [group for group, size in enumerate(sizes) for _ in range(size)]
    return unit(directions[truth] + rng.normal(scale=spread, size=(len(truth), DIM)).astype(np.float32)), truth


def test_planted_groups_are_found_largest_first() -> None:
    vectors, truth = planted([40, 25, 30])
    found = discover(vectors)
    assert found.themes == 3
    assert [set(found.theme[np.array(truth) == group]) for group in range(3)] == [{0}, {2}, {1}]


def test_subthemes_lie_within_their_theme() -> None:
    rng = np.random.default_rng(3)
    tops = unit(rng.normal(size=(4, DIM)).astype(np.float32))
    inner = unit(np.repeat(tops, 2, axis=0) + 0.5 * unit(rng.normal(size=(8, DIM)).astype(np.float32)))
    vectors = unit(np.repeat(inner, 10, axis=0) + rng.normal(scale=0.06, size=(80, DIM)).astype(np.float32))
    found = discover(vectors)
    assert (found.themes, found.subthemes) == (4, 8)
    for number in range(8):
        rows = found.subtheme == number
        assert len(set(found.theme[rows].tolist())) == 1
        assert set(np.flatnonzero(rows).tolist()) in [set(range(at, at + 10)) for at in range(0, 80, 10)]


def test_rows_near_to_nothing_have_no_theme() -> None:
    vectors, _ = planted([12])
    strangers = unit(np.random.default_rng(9).normal(size=(3, DIM)).astype(np.float32))
    found = discover(np.vstack([vectors, strangers]))
    assert found.theme.tolist() == [0] * 12 + [-1] * 3
    assert found.centrality[12:].tolist() == [0.0] * 3


@pytest.mark.parametrize("count", [0, 1])
def test_too_few_rows_recur_with_nothing(count: int) -> None:
    found = discover(np.eye(DIM, dtype=np.float32)[:count])
    assert found.theme.tolist() == [-1] * count
    assert found.themes == found.subthemes == 0


def test_identical_rows_are_one_theme() -> None:
    found = discover(np.repeat(np.eye(DIM, dtype=np.float32)[:1], 10, axis=0))
    assert found.theme.tolist() == [0] * 10
    assert found.subtheme.tolist() == [-1] * 10
    assert found.centrality == pytest.approx(np.ones(10), abs=1e-5)


def test_of_three_rows_the_two_alike_are_a_theme() -> None:
    vectors, _ = planted([2, 1])
    assert discover(vectors).theme.tolist() == [0, 0, -1]
    assert discover(np.eye(DIM, dtype=np.float32)[:3]).theme.tolist() == [-1] * 3


def test_rows_of_one_last_theme_stay_together_while_the_words_allow_it() -> None:
    vectors, truth = planted([40, 25, 30])
    before = [f"theme {group}" if row % 2 else "" for row, group in enumerate(truth)]
    found = discover(vectors, previous=before)
    assert [set(found.theme[np.array(truth) == group]) for group in range(3)] == [{0}, {2}, {1}]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 30), min_size=1, max_size=6), st.integers(0, 99), st.floats(0.01, 0.4))
def test_any_rows_give_the_same_well_formed_answer_twice(sizes: list[int], seed: int, spread: float) -> None:
    vectors, truth = planted(sizes, seed, spread)
    found, again = discover(vectors), discover(vectors.copy())
    assert found.theme.tolist() == again.theme.tolist()
    assert found.subtheme.tolist() == again.subtheme.tolist()
    assert found.centrality.tobytes() == again.centrality.tobytes()
    counts = np.bincount(found.theme[found.theme >= 0], minlength=found.themes)
    assert len(found.theme) == len(truth)
    assert (counts >= 2).all()
    assert counts.tolist() == sorted(counts.tolist(), reverse=True)
    assert set(found.subtheme.tolist()) - {-1} == set(range(found.subthemes))
    assert (found.subtheme[found.theme < 0] == -1).all()
    assert ((found.centrality >= 0) & (found.centrality <= 1)).all()


def partition(labels: Sequence[int]) -> set[frozenset[int]]:
    """Groups of rows, whatever their numbers; rows labelled -1 are in none."""
    groups: dict[int, set[int]] = {}
    for row, label in enumerate(labels):
        groups.setdefault(label, set()).add(row)
    return {frozenset(rows) for label, rows in groups.items() if label >= 0}


def names(labels: Sequence[int]) -> list[str]:
    return [f"theme {label}" if label >= 0 else "" for label in labels]


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(1, 60), min_size=1, max_size=8), st.integers(0, 99), st.floats(0.05, 0.4))
def test_told_its_own_answer_a_run_changes_nothing(sizes: list[int], seed: int, spread: float) -> None:
    vectors, _ = planted(sizes, seed, spread)
    found = discover(vectors)
    again = discover(vectors, previous=names(found.theme.tolist()))
    assert again.theme.tolist() == found.theme.tolist()
    assert again.subtheme.tolist() == found.subtheme.tolist()


def test_rows_added_to_a_blurred_crowd_leave_the_others_where_they_were() -> None:
    vectors, _ = planted([80] * 10, seed=5, spread=0.3)
    first = np.sort(np.random.default_rng(2).permutation(len(vectors))[:560])
    before = np.full(len(vectors), -1)
    before[first] = discover(vectors[first]).theme
    told = partition(discover(vectors, previous=names(before.tolist())).theme[first].tolist())
    anew = partition(discover(vectors).theme[first].tolist())
    known = partition(before[first].tolist())

    def kept(groups: set[frozenset[int]]) -> float:
        return sum(max((len(group & old) for group in groups), default=0) for old in known) / sum(map(len, known))

    assert kept(told) > 0.95
    assert kept(told) > kept(anew)


def test_what_is_new_makes_a_theme_of_its_own_beside_those_that_were_known() -> None:
    vectors, truth = planted([40, 25, 30])
    before = ["" if group == 2 else f"theme {group}" for group in truth]
    assert partition(discover(vectors, previous=before).theme.tolist()) == partition(truth)
