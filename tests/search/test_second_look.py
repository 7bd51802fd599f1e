"""Candidates of two indexes become one ranking."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.language.ports import Matrix
from reviewkit.search.second_look import Candidates, rank

MISSING = float("nan")


def unit(*rows: tuple[float, ...]) -> Matrix:
    matrix = np.array(rows, dtype=np.float32)
    return np.asarray(matrix / np.linalg.norm(matrix, axis=1, keepdims=True), dtype=np.float32)


def candidates(*passages: tuple[str, str, tuple[float, ...], float]) -> Candidates:
    records, texts, rows, lexical = zip(*passages, strict=True)
    return Candidates(records, texts, unit(*rows), np.array(lexical))


def names(ranked: list[tuple[str, float]]) -> list[str]:
    return [record for record, _ in ranked]


def test_what_words_and_meaning_agree_on_comes_first() -> None:
    found = candidates(
        ("words", "late bread", (0, 1, 0), 3.0),
        ("both", "late trains", (1, 0.1, 0), 3.0),
        ("meaning", "delayed railway", (1, 0.1, 0), MISSING),
        ("neither", "a song", (0, 0, 1), MISSING),
    )
    ranked = names(rank("late trains", unit((1, 0, 0)), found, depth=4))
    assert ranked[0] == "both"
    assert ranked[-1] == "neither"


def test_a_record_counts_once_with_its_best_passage() -> None:
    found = candidates(
        ("long", "a song", (0, 0, 1), MISSING),
        ("long", "late trains", (1, 0, 0), 5.0),
        ("short", "late bread", (0.5, 1, 0), 2.0),
    )
    assert names(rank("late trains", unit((1, 0, 0)), found, depth=3)) == ["long", "short"]


def test_what_resembles_the_first_hits_comes_before_what_does_not() -> None:
    """Both are as near to the query; one is near to what answers it best."""
    found = candidates(
        ("answer", "harness swapped", (1, 0.6, 0), 9.0),
        ("kin", "pins bent", (0.8, 0.6, 0), MISSING),
        ("stranger", "tea served", (0.8, -0.6, 0), MISSING),
        ("far", "a song", (0, 0, 1), MISSING),
    )
    ranked = names(rank("swapped", unit((1, 0, 0)), found, depth=4))
    assert ranked == ["answer", "kin", "stranger", "far"]


def test_words_alone_rank_where_no_vector_was_derived_yet() -> None:
    found = Candidates(
        ["a", "b"], ["a song", "late trains run late"], np.zeros((2, 3), dtype=np.float32), np.array([1.0, 4.0])
    )
    assert names(rank("late trains", unit((1, 0, 0)), found, depth=2)) == ["b", "a"]
    blank = Candidates(found.records, found.texts, np.zeros((2, 0), dtype=np.float32), found.lexical)
    for asked in (unit((1, 0, 0)), np.zeros((1, 0), dtype=np.float32)):
        assert names(rank("late trains", asked, blank, depth=2)) == ["b", "a"]


def test_meaning_alone_ranks_where_no_word_was_found() -> None:
    found = candidates(("far", "a song", (0, 1, 0), MISSING), ("near", "a tram", (1, 0.2, 0), MISSING))
    assert names(rank("railway", unit((1, 0, 0)), found, depth=2)) == ["near", "far"]


def test_nothing_found_is_nothing_ranked() -> None:
    nothing = Candidates([], [], np.zeros((0, 3), dtype=np.float32), np.zeros(0))
    assert rank("late", unit((1, 0, 0)), nothing, depth=5) == []


def test_a_pasted_text_is_weighed_by_what_it_says_often() -> None:
    brief = "Pumps, pumps and water. " * 3 + "A team of twelve reports to the board every month on progress. " * 3
    found = candidates(
        ("pumps", "The pumps failed and the water stopped", (1, 0.1, 0), 2.0),
        ("reports", "Reporting took days of every month at headquarters", (1, 0.1, 0), 2.1),
        ("lights", "The lights were late", (1, 0.1, 0), 0.5),
    )
    assert names(rank(brief, unit((1, 0, 0)), found, depth=3))[0] == "pumps"


@given(
    st.lists(
        st.tuples(st.sampled_from("abcd"), st.text(), st.integers(0, 4), st.none() | st.floats(0, 30)), max_size=12
    ),
    st.text(min_size=1),
    st.integers(12, 15),
)
def test_every_candidate_is_ranked_once_and_always_alike(
    passages: list[tuple[str, str, int, float | None]], query: str, depth: int
) -> None:
    directions = np.vstack([np.eye(4, dtype=np.float32), np.zeros((1, 4), dtype=np.float32)])

    def ranked(given: list[tuple[str, str, int, float | None]]) -> list[tuple[str, float]]:
        vectors = directions[[direction for *_, direction, _ in given]].reshape(-1, 4)
        lexical = np.array([MISSING if score is None else score for *_, score in given])
        found = Candidates([one[0] for one in given], [one[1] for one in given], vectors, lexical)
        return rank(query, unit((1, 2, 3, 4)), found, depth=depth)

    found = ranked(passages)
    assert sorted(names(found)) == sorted({record for record, *_ in passages})
    assert np.isfinite([score for _, score in found]).all()
    assert ranked(passages) == found
    assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
