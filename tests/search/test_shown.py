"""What a hit shows: marked words, an excerpt, and counts to filter by."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reviewkit.search.facets import count_facets
from reviewkit.search.marks import excerpt, marks


def marked(query: str, text: str) -> list[str]:
    return [text[start:end] for start, end in marks(query, text)]


def test_other_forms_of_a_word_are_marked_and_stop_words_are_not() -> None:
    text = "Deliveries were late; the supplier delivered the last delivery in May."
    assert marked("the late delivery", text) == ["Deliveries", "late", "delivery"]
    assert marked("planning", "We planned it, plans and all.") == ["planned", "plans"]


@given(st.text(), st.text())
def test_marks_lie_in_the_text_in_order_and_apart(query: str, text: str) -> None:
    spans = marks(query, text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


def test_an_excerpt_holds_what_was_asked_for() -> None:
    text = "Nothing of note happened. " * 40 + "Then asbestos was found behind the panels. " + "And so on. " * 40
    begin, end = excerpt("asbestos panels", text)
    assert "asbestos was found behind the panels" in text[begin:end]
    assert end - begin <= 240


@given(st.text(), st.text(max_size=2_000), st.integers(1, 300))
def test_an_excerpt_lies_in_the_text(query: str, text: str, width: int) -> None:
    begin, end = excerpt(query, text, width=width)
    assert 0 <= begin <= end <= len(text)
    assert end - begin <= max(width, 0) or len(text) <= width


def test_facets_count_hits_by_value_commonest_first() -> None:
    hits = {"kind": ["problem", "problem", "positive"], "area": ["suppliers", "", ""], "phase": [""]}
    assert count_facets(hits) == {"area": [("suppliers", 1)], "kind": [("problem", 2), ("positive", 1)]}
    assert count_facets({}) == {}
