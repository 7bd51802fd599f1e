"""Topics of the past, and which of them a later review raises again."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.kickoff.topics import Told, topics
from reviewkit.language.ports import Matrix


def rows(count: int, axis: int, seed: int) -> Matrix:
    drawn = np.random.default_rng(seed).normal(0, 0.15, (count, 12))
    drawn[:, axis] += 1
    return np.asarray(drawn / np.linalg.norm(drawn, axis=1, keepdims=True), dtype=np.float32)


def past(seed: int) -> Told:
    vectors = np.vstack([rows(10, axis, seed + axis) for axis in range(3)])
    projects = ["A", "B"] * 15
    return Told(projects, [f"{project}{n}" for n, project in enumerate(projects)], [""] * 30, vectors)


def new(axis: int, count: int, seed: int = 99) -> Told:
    return Told(["N"] * count, [f"N{n}" for n in range(count)], [""] * count, rows(count, axis, seed))


def test_a_topic_that_two_respondents_raise_again_is_met_and_one_remark_is_not() -> None:
    found = topics(past(1), new(0, 4))
    (topic,) = {name for name, sure in found.met["N"].items() if sure > 0.5}
    members = found.members[found.names.index(topic)]
    assert set(members) & set(range(10))
    assert not set(members) & set(range(10, 30))
    assert all(sure <= 0.5 for sure in topics(past(1), new(0, 1)).met.get("N", {}).values())


@settings(deadline=None, max_examples=15)
@given(st.integers(0, 40), st.integers(0, 2), st.integers(0, 6))
def test_the_new_review_shapes_no_topic(seed: int, axis: int, count: int) -> None:
    with_it, without = topics(past(seed), new(axis, count)), topics(past(seed), new(axis, 0))
    assert (with_it.names, with_it.members) == (without.names, without.members)
    assert {key: met for key, met in with_it.met.items() if key != "N"} == without.met
    assert 0 <= with_it.fresh <= 1
