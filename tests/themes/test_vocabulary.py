"""Names of the field for groups of concrete answers."""

from __future__ import annotations

import numpy as np

from reviewkit.language.ports import Matrix
from reviewkit.themes.graph import unit
from reviewkit.themes.vocabulary import TERMS, known_names

RNG = np.random.default_rng(5)
NAMES = unit(RNG.normal(size=(len(TERMS), 32)).astype(np.float32))


def answers_near(term: int, count: int, share: float) -> Matrix:
    """Answers of which each points only a little towards a term."""
    return unit(RNG.normal(size=(count, 32)).astype(np.float32) / 32**0.5 + share * NAMES[term])


def test_many_answers_that_each_hint_at_a_term_are_named_by_it() -> None:
    vectors = np.vstack([answers_near(term, 60, 0.6) for term in (3, 40, 90)])
    groups = [range(0, 60), range(60, 120), range(120, 180)]
    names = known_names(vectors, [""] * 180, [list(group) for group in groups], NAMES)
    assert [found[0] for found in names] == [TERMS[3], TERMS[40], TERMS[90]]


def test_a_mixed_group_and_no_answers_have_no_name() -> None:
    vectors = answers_near(0, 200, 0.0)
    assert known_names(vectors, [""] * 200, [list(range(20))], NAMES) == [[]]
    assert known_names(vectors[:0], [], [[]], NAMES) == [[]]


def test_of_two_terms_as_near_that_is_taken_whose_words_people_say() -> None:
    first, second = TERMS.index("late permits"), TERMS.index("hidden costs")
    between = unit(RNG.normal(size=(80, 32)).astype(np.float32) / 32**0.5 + 0.6 * (NAMES[first] + NAMES[second]))
    others = unit(RNG.normal(size=(80, 32)).astype(np.float32))
    for spoken, expected in (("a permit", "late permits"), ("the cost", "hidden costs")):
        texts = [spoken] * 80 + ["something else"] * 80
        (names,) = known_names(np.vstack([between, others]), texts, [list(range(80))], NAMES)
        assert names[0] == expected


def test_terms_are_phrases_for_a_card() -> None:
    assert len(set(TERMS)) == len(TERMS)
    assert all(2 <= len(term.split()) <= 5 and term == term.lower() for term in TERMS)
