"""Long texts -> passages."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.language.passages import MOST_WORDS, passages

SENTENCES = [f"Sentence number {n} tells of pump {n * 7} and of what became of it." for n in range(60)]


def test_a_short_text_stays_as_it_is() -> None:
    assert passages("  Two lines.\nOne lesson. ") == ["Two lines.\nOne lesson."]


@pytest.mark.parametrize("text", ["", "  \n"])
def test_a_blank_text_has_no_passage(text: str) -> None:
    assert passages(text) == []


def test_passages_are_whole_sentences_that_overlap() -> None:
    found = passages(" ".join(SENTENCES))
    assert len(found) > 3
    for passage in found:
        assert passage.startswith("Sentence number")
        assert passage.endswith("it.")
    for before, after in pairwise(found):
        assert after.split(" it. ")[0] in before
    assert all(any(sentence in passage for passage in found) for sentence in SENTENCES)


@settings(max_examples=60, deadline=None)
@given(
    text=st.lists(
        st.sampled_from(["late", ". ", "\n", "x" * 900, "word " * 200, "! ", "…", "“", "\u3000"]), max_size=30
    ).map("".join)
)
def test_no_passage_is_too_long_and_no_word_is_lost(text: str) -> None:
    found = passages(text)
    for passage in found:
        assert passage == passage.strip() != ""
        assert len(passage) <= 1_400
        assert len(passage.split()) <= MOST_WORDS
    letters = "".join(text.split())
    assert len("".join("".join(found).split())) >= len(letters)
    assert set(letters) == {sign for passage in found for sign in passage if not sign.isspace()}


@pytest.mark.parametrize("piece", [".", "a.\n", "x", "\n", '.")', ". ", "a ", "One sentence of some words. "])
def test_a_megabyte_is_read_to_its_end(piece: str) -> None:
    found = passages(piece * (1_000_000 // len(piece)))
    assert all(len(passage) <= 1_400 for passage in found)
