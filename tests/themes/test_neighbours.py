"""The nearest rows are found, all of them among few rows and nearly all among many."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.language.ports import Matrix
from reviewkit.themes import neighbours
from reviewkit.themes.graph import unit
from reviewkit.themes.neighbours import has_near, nearest

K = 5


def cosines(vectors: Matrix) -> Matrix:
    """All with all; a row's own is -2."""
    everything = vectors @ vectors.T
    np.fill_diagonal(everything, -2.0)
    return everything


def spread(n: int, dim: int, seed: int = 0) -> Matrix:
    return unit(np.random.default_rng(seed).normal(size=(n, dim)).astype(np.float32))


def test_of_few_rows_the_nearest_are_exactly_those() -> None:
    vectors = spread(300, 24)
    found, likeness = nearest(vectors, K)
    expected = np.argsort(-cosines(vectors), axis=1)[:, :K]
    assert found.tolist() == expected.tolist()
    assert likeness == pytest.approx(np.take_along_axis(cosines(vectors), expected, axis=1), abs=1e-5)


def test_of_many_rows_nearly_all_the_nearest_are_found_and_the_same_ones_each_time(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(neighbours, "EXACT", 1_000)
    directions = spread(60, 32)
    vectors = unit(np.repeat(directions, 80, axis=0) + spread(4_800, 32, seed=1))
    found, _ = nearest(vectors, K)
    expected = np.argsort(-cosines(vectors), axis=1)[:, :K]
    shared = [len({*row} & {*other}) / K for row, other in zip(found.tolist(), expected.tolist(), strict=True)]
    assert np.mean(shared) > 0.95
    assert nearest(vectors.copy(), K)[0].tolist() == found.tolist()


@pytest.mark.parametrize("exact", [1_000_000, 10])
def test_no_row_is_its_own_neighbour_even_where_many_are_the_same(exact: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(neighbours, "EXACT", exact)
    found, _ = nearest(np.repeat(np.eye(16, dtype=np.float32)[:2], 40, axis=0), K)
    assert found.shape == (80, K)
    assert not (found == np.arange(80)[:, None]).any()


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 80), st.integers(0, 99), st.integers(2, 12), st.floats(0.1, 0.95), st.sampled_from([3, 16, 100]))
def test_a_row_has_another_near_it_exactly_where_one_is(n: int, seed: int, dim: int, bar: float, block: int) -> None:
    vectors = spread(n, dim, seed)
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(neighbours, "BLOCK", block)
        expected = cosines(vectors).max(axis=1, initial=-2.0)
        unclear = np.abs(expected - bar) < 1e-5
        assert (has_near(vectors, bar) == (expected >= bar))[~unclear].all()
