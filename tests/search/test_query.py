"""Queries as people type them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reviewkit.search.query import is_text, terms


def test_words_that_carry_the_subject_are_kept_in_reading_order() -> None:
    assert terms("What went wrong with the data migration, and when?") == ["wrong", "data", "migration"]


def test_a_query_of_stop_words_alone_keeps_them() -> None:
    assert terms("to be or not to be")[:3] == ["to", "be", "or"]


def test_a_word_said_often_comes_first_and_each_comes_once() -> None:
    assert terms("bus depot: chargers, chargers, chargers at the depot") == ["chargers", "depot", "bus"]


def test_a_pasted_page_is_capped_at_its_most_repeated_words() -> None:
    page = " ".join(f"word{number}" for number in range(500)) + " asbestos asbestos"
    found = terms(page, cap=50)
    assert len(found) == 50
    assert found[0] == "asbestos"


def test_query_syntax_is_only_words() -> None:
    assert terms('NEAR("risk* AND) lessons:secret ^ - \x00') == ["near", "risk", "lessons", "secret"]


def test_apostrophes_part_words_as_the_index_does() -> None:
    assert terms("the supplier’s invoice") == ["supplier", "invoice"]


@given(st.text())
def test_whatever_is_typed_gives_distinct_plain_words(query: str) -> None:
    found = terms(query)
    assert len(found) == len(set(found))
    assert all(term.isalnum() for term in found)


def test_texts_are_told_from_questions() -> None:
    assert not is_text("which suppliers delivered their equipment too late")
    assert is_text("a brief " * 20)
