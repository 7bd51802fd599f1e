"""How alike the words of a query and of records are."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.search.likeness import Wordings


def likeness(query: str, *records: str) -> list[float]:
    return Wordings(query, [[record] for record in records]).likeness().tolist()


def test_what_a_text_says_often_and_few_candidates_say_weighs_more() -> None:
    brief = "The station takes water. Water pumps, pumps and pipes; the team reports monthly."
    reports = "The team reports on time. The team reports well."
    found = likeness(brief, "Pumps failed and the water stopped.", reports, "The team reports on lighting.")
    assert found[0] > max(found[1:])


def test_words_that_stand_together_in_the_query_count_where_they_stand_together() -> None:
    others = ["Crane hire", "Paint dried"]
    together, apart, *_ = likeness("the flight software", "Flight software crashed", "Software in flight", *others)
    assert together > apart > 0
    assert likeness("the flight software", "Ovens", "Bread", *others) == [0.0] * 4


def test_a_long_record_wins_nothing_by_its_length() -> None:
    short, long, _ = likeness("asbestos", "asbestos in ducts", "asbestos " + "and walls and floors " * 40, "a tree")
    assert short > long > 0


def test_a_record_of_several_passages_is_one_text() -> None:
    parted = Wordings("late asbestos survey", [["the survey was late", "asbestos was found"], ["a tree"]])
    whole = Wordings("late asbestos survey", [["asbestos was found the survey was late"], ["a tree"]])
    assert parted.likeness() == pytest.approx(whole.likeness())


def test_words_of_the_first_hits_find_what_the_query_did_not_say() -> None:
    records = [
        ["Harness swapped, pins bent"],
        ["Bent pins on the harness"],
        ["Choir sang a song"],
        ["A bench was bought"],
    ]
    wordings = Wordings("swapped", records)
    assert wordings.likeness()[1] == 0
    learnt = wordings.likeness_to_more([0], np.array([1.0]))
    assert learnt[0] > learnt[1] > 0
    assert learnt[2] == learnt[3] == 0


@given(st.text(), st.lists(st.lists(st.text(), max_size=3), max_size=6))
def test_whatever_is_written_gives_one_finite_score_a_record(query: str, records: list[list[str]]) -> None:
    wordings = Wordings(query, records)
    hits = list(range(len(records)))[:2]
    for found in (wordings.likeness(), wordings.likeness_to_more(hits, np.full(len(hits), 0.5))):
        assert found.shape == (len(records),)
        assert np.isfinite(found).all()
        assert (found >= 0).all()
