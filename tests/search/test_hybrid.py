"""Scores of several kinds become one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.search.hybrid import best_of_records, fuse

scored = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(-50, 50), max_size=8)


def test_what_both_halves_find_comes_before_what_one_finds() -> None:
    lexical = {"both": 9.0, "words only": 8.9, "far": 1.0}
    semantic = {"both": 0.8, "meaning only": 0.79, "far": 0.1}
    assert next(iter(fuse(lexical, semantic))) == "both"


def test_a_clear_lead_counts_whatever_the_scale() -> None:
    lexical = {"clear": 30.0, "a": 5.0, "b": 4.9, "c": 4.8}
    semantic = {"a": 0.42, "b": 0.41, "clear": 0.4, "c": 0.39}
    assert next(iter(fuse(lexical, semantic))) == "clear"


def test_a_record_counts_with_its_best_passage() -> None:
    assert best_of_records([("many", 1.0), ("one", 5.0), ("many", 1.2)]) == {"many": 1.2, "one": 5.0}


def test_one_half_alone_keeps_its_order_and_nothing_gives_nothing() -> None:
    semantic = {"b": 0.9, "a": 0.5, "c": 0.4}
    assert list(fuse({}, semantic)) == list(fuse(semantic, {})) == ["b", "a", "c"]
    assert fuse({}, {}) == {}


@given(scored, scored)
def test_every_candidate_is_ranked_once_whatever_order_they_came_in(
    lexical: dict[str, float], semantic: dict[str, float]
) -> None:
    ranked = fuse(lexical, semantic)
    assert ranked.keys() == lexical.keys() | semantic.keys()
    assert list(ranked.values()) == sorted(ranked.values(), reverse=True)
    turned = fuse(dict(reversed(lexical.items())), dict(reversed(semantic.items())))
    assert turned == pytest.approx(ranked)
