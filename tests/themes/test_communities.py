"""Communities that cannot be told apart are one; the others stay."""

from __future__ import annotations

import numpy as np

from reviewkit.themes.communities import by_size, joined, members
from reviewkit.themes.graph import unit


def test_a_crowd_cut_in_three_is_one_again_and_the_stranger_stays() -> None:
    rng = np.random.default_rng(0)
    crowd, other = unit(rng.normal(size=(2, 64)).astype(np.float32))
    rows = unit(np.vstack([crowd + rng.normal(scale=0.1, size=(90, 64)), other + rng.normal(scale=0.1, size=(30, 64))]))
    cut = np.array([row % 3 for row in range(90)] + [3] * 30)
    assert joined(rows.astype(np.float32), cut).tolist() == [0] * 90 + [1] * 30


def test_thousands_of_pairs_of_communities_are_joined_pair_by_pair() -> None:
    rng = np.random.default_rng(1)
    directions = unit(rng.normal(size=(600, 256)).astype(np.float32))
    rows = unit(np.repeat(directions, 8, axis=0) + rng.normal(scale=0.02, size=(4_800, 256)).astype(np.float32))
    assert joined(rows, np.arange(4_800) // 4).tolist() == (np.arange(4_800) // 8).tolist()


def test_numbers_run_from_the_largest_and_groups_too_small_have_none() -> None:
    labels = np.array([7, 2, 2, 7, 2, -1, 5])
    assert by_size(labels, 2).tolist() == [1, 0, 0, 1, 0, -1, -1]
    assert [rows.tolist() for rows in members(by_size(labels, 1))] == [[1, 2, 4], [0, 3], [6]]
    assert by_size(np.array([-1, -1]), 1).tolist() == [-1, -1]
    assert members(np.array([-1, -1])) == []
