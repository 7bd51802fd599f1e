"""Headings become fields with a confidence in words, and never the field that says the opposite."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.collect.importers.headings import match_headings, plain_words, unused
from reviewkit.domain.errors import Invalid, NoSuchColumn
from reviewkit.domain.words import Confidence

FIELDS = {
    "went_well": ("What went well, and should be done again?",),
    "went_badly": ("What went badly?",),
    "do_differently": ("What would you do differently next time?",),
    "title": ("risk title",),
}


def matched(*columns: str, by_hand: tuple[tuple[str, str], ...] = ()) -> dict[str, tuple[str, Confidence]]:
    found = match_headings(columns, FIELDS, by_hand, name="answers.csv")
    return {match.field: (match.column, match.confidence) for match in found}


@pytest.mark.parametrize(
    ("column", "field", "confidence"),
    [
        ("went_well", "went_well", Confidence.HIGH),
        ("Went-Well ", "went_well", Confidence.HIGH),
        ("WHAT WENT WELL, AND SHOULD BE DONE AGAIN?", "went_well", Confidence.HIGH),
        ("What went well?", "went_well", Confidence.MEDIUM),
        ("What should we do differently next time?", "do_differently", Confidence.MEDIUM),
        ("riskTitle", "title", Confidence.HIGH),
    ],
)
def test_the_nearer_the_words_the_higher_the_confidence(column: str, field: str, confidence: Confidence) -> None:
    assert matched(column) == {field: (column, confidence)}


@pytest.mark.parametrize("column", ["What did not go well?", "What did not go well, and should not be done again?"])
def test_a_heading_that_says_the_opposite_is_no_match(column: str) -> None:
    assert "went_well" not in matched(column)


def test_each_column_and_each_field_is_used_once_and_the_surest_match_wins() -> None:
    assert matched("What went well?", "went_well") == {"went_well": ("went_well", Confidence.HIGH)}


def test_a_person_has_the_last_word() -> None:
    found = matched("went_well", "Notes", by_hand=(("went_well", "notes"),))
    assert found == {"went_well": ("Notes", Confidence.HIGH)}


def test_a_field_can_be_read_from_several_columns_or_from_none() -> None:
    columns = ("went_well", "A", "B")
    several = match_headings(columns, FIELDS, [("went_badly", "A"), ("went_badly", "B")], name="x")
    assert [match.column for match in several if match.field == "went_badly"] == ["A", "B"]
    assert not match_headings(("went_well",), FIELDS, [("went_well", "")], name="x")


def test_what_does_not_exist_is_named_with_what_does() -> None:
    with pytest.raises(NoSuchColumn, match=r"“Nope”.*went_well"):
        matched("went_well", by_hand=(("title", "Nope"),))
    with pytest.raises(Invalid, match=r"“nope”.*went_well, went_badly"):
        matched("went_well", by_hand=(("nope", "went_well"),))


@given(st.lists(st.text(max_size=40), unique=True, max_size=6))
def test_any_headings_are_matched_or_left_but_never_both(columns: list[str]) -> None:
    matches = match_headings(columns, FIELDS, name="x")
    used = [match.column for match in matches]
    assert len(set(used)) == len(used)
    assert sorted([*used, *unused(columns, matches)]) == sorted(columns)


@given(st.text(max_size=60))
def test_plain_words_are_plain_however_often_they_are_made(text: str) -> None:
    assert plain_words(plain_words(text)) == plain_words(text)
