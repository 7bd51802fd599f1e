"""What may be shown of anonymous answers."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.domain.privacy import (
    MIN_GROUP,
    NO_ANSWER,
    Cell,
    Turnout,
    answered,
    at_least,
    choices_told,
    count_or_none,
    due,
    groups_shown,
    halves_told,
    in_full,
    parted,
    picks_told,
    rate_told,
    steps_told,
    turnouts_shown,
)
from reviewkit.domain.reviews import Review
from reviewkit.domain.words import Anonymity, Wave

ANONYMOUS = Review("V", "P", "Review", "t", Wave.CLOSE, ())
NAMED = Review("V", "P", "Review", "t", Wave.CLOSE, (), anonymity=Anonymity.NAMED)

counts = st.lists(st.integers(0, 12), min_size=2, max_size=11)
sizes = st.dictionaries(st.text("abcdef", min_size=1, max_size=3), st.integers(1, 40), max_size=8)


@given(sizes)
def test_neither_a_group_nor_the_rest_singles_anybody_out(sizes: dict[str, int]) -> None:
    shown = groups_shown(sizes)
    assert all(size >= MIN_GROUP for size in shown.values())
    rest = sum(sizes.values()) - sum(shown.values())
    assert not shown or rest == 0 or rest >= MIN_GROUP


def test_large_groups_are_all_shown() -> None:
    assert groups_shown({"team": 12, "user": 7}) == {"team": 12, "user": 7}


def test_one_small_group_takes_the_next_smallest_with_it() -> None:
    assert groups_shown({"team": 12, "user": 7, "sponsor": 1}) == {"team": 12}


def test_small_counts_are_not_told() -> None:
    assert [count_or_none(n) for n in (0, 1, 4, 5, 12)] == [0, None, None, 5, 12]


@given(counts, st.integers(0, 9))
def test_no_cell_of_a_scale_has_one_to_four_people_nor_do_those_who_passed_it_over(
    steps: list[int], blank: int
) -> None:
    cells = steps_told([(str(step), count) for step, count in enumerate(steps)], blank)
    assert all(cell.people == 0 or cell.people >= MIN_GROUP for cell in cells)
    if cells:
        assert sum(cell.people for cell in cells) == sum(steps) + blank
        told = [label for cell in cells for label in cell.labels]
        assert sorted(told) == sorted([*map(str, range(len(steps))), *([NO_ANSWER] if blank else [])])


@given(counts, st.integers(0, 9))
def test_choices_without_an_order_are_told_in_fives_too(choices: list[int], blank: int) -> None:
    cells = choices_told([(str(step), count) for step, count in enumerate(choices)], blank)
    assert all(cell.people == 0 or cell.people >= MIN_GROUP for cell in cells)
    assert not cells or sum(cell.people for cell in cells) == sum(choices) + blank


@given(counts, st.integers(0, 20))
def test_of_picks_neither_who_did_nor_who_did_not_are_few(picks: list[int], more: int) -> None:
    everybody = max(picks) + more
    for cell in picks_told([(str(step), count) for step, count in enumerate(picks)], everybody):
        assert {count_or_none(cell.people), count_or_none(everybody - cell.people)} == {
            cell.people,
            everybody - cell.people,
        }


def test_neighbours_are_told_together_until_five_gave_them() -> None:
    assert steps_told([("1", 0), ("2", 3), ("3", 4), ("4", 8), ("5", 1)]) == (
        Cell(("1", "2", "3"), 7),
        Cell(("4", "5"), 9),
    )
    assert steps_told([("yes", 9), ("partly", 4), ("no", 1)]) == (Cell(("yes",), 9), Cell(("partly", "no"), 5))
    assert in_full(steps_told([("yes", 9), ("partly", 0), ("no", 5)]))
    assert steps_told([("yes", 9), ("partly", 0), ("no", 5)], 2)[-1] == Cell(("no", NO_ANSWER), 7)
    assert steps_told([("yes", 4), ("no", 4)]) == ()


@given(st.dictionaries(st.sampled_from("abcde"), st.frozensets(st.sampled_from("ABCDEFGHIJKL"), min_size=1)))
def test_groups_that_overlap_leave_nobody_alone(groups: dict[str, frozenset[str]]) -> None:
    apart = parted(groups)
    rest = {person for group, people in groups.items() if group not in apart for person in people}
    assert all(len(groups[group]) >= MIN_GROUP for group in apart)
    assert not apart or not 0 < len(rest) < MIN_GROUP


@given(st.lists(st.sampled_from(["answer", "close", "open"]), max_size=60))
def test_answers_are_released_five_or_more_at_once_and_a_review_that_closes_loses_none(events: list[str]) -> None:
    released = held = 0
    is_open = True
    for event in events:
        held += event == "answer" and is_open
        is_open = event == "open" or (event != "close" and is_open)
        going = due(ANONYMOUS, held, is_open=is_open)
        assert going == 0 or going >= MIN_GROUP
        told = answered(ANONYMOUS, released, held, is_open=is_open)
        released, held = released + going, held - going
        if is_open:
            assert told == answered(ANONYMOUS, released, held, is_open=True)
            assert told < MIN_GROUP or told % MIN_GROUP == 0
    if "open" not in events and "close" in events:
        assert not released or not held


def test_a_named_review_holds_nothing_back() -> None:
    assert due(NAMED, 1, is_open=True) == 1
    assert answered(NAMED, 2, 0, is_open=True) == 2


def test_rates_and_reach_are_told_of_five_or_more() -> None:
    assert rate_told(6, 12) == 0.5
    assert rate_told(0, 12) == 0.0
    assert [rate_told(3, 12), rate_told(6, None), rate_told(6, 0), rate_told(7, 6)] == [None] * 4
    assert [at_least(people) for people in (0, 3, 5, 9, 14)] == [0, None, 5, 5, 10]


def a_review(anonymity: Anonymity) -> Review:
    return Review("R", "P", "Review", "t", Wave.CLOSE, (), anonymity=anonymity)


turnouts = st.tuples(st.integers(1, 30), st.floats(0, 1)).map(lambda pair: Turnout(pair[0], round(pair[0] * pair[1])))
groups = st.dictionaries(st.sampled_from("abcdef"), turnouts, max_size=6)


@given(groups, turnouts, st.sampled_from([Anonymity.ANONYMOUS, Anonymity.CHOOSE]))
def test_no_turnout_and_no_difference_of_turnouts_is_of_one_to_four_people(
    groups: dict[str, Turnout], roleless: Turnout, anonymity: Anonymity
) -> None:
    whole = Turnout(
        sum(one.invited for one in groups.values()) + roleless.invited,
        sum(one.answered for one in groups.values()) + roleless.answered,
    )
    shown = turnouts_shown(a_review(anonymity), groups, whole)
    numbers = [n for one in shown.values() for n in (one.answered, one.invited - one.answered)]
    for total in (whole, Turnout(whole.invited - roleless.invited, whole.answered - roleless.answered)):
        numbers += [total.answered - sum(one.answered for one in shown.values())] if shown else []
        numbers += [total.missing - sum(one.missing for one in shown.values())] if shown else []
    assert not [n for n in numbers if 0 < n < MIN_GROUP]
    assert whole.answered >= MIN_GROUP or not shown


def test_a_part_of_which_few_are_silent_is_left_out_and_so_is_what_would_tell_it() -> None:
    review = a_review(Anonymity.ANONYMOUS)
    large = {"team": Turnout(20, 10), "user": Turnout(15, 9)}
    assert turnouts_shown(review, large, Turnout(35, 19)) == large
    silent = {**large, "sponsor": Turnout(10, 8)}  # two sponsors have not answered
    assert list(turnouts_shown(review, silent, Turnout(45, 27))) == ["team"]
    assert turnouts_shown(review, {"team": Turnout(20, 20)}, Turnout(20, 20)) == {"team": Turnout(20, 20)}
    assert turnouts_shown(review, {"team": Turnout(20, 0), "user": Turnout(9, 4)}, Turnout(29, 4)) == {}


def test_a_named_review_tells_every_turnout() -> None:
    found = {"sponsor": Turnout(2, 1)}
    assert turnouts_shown(a_review(Anonymity.NAMED), found, Turnout(2, 1)) == found


@pytest.mark.parametrize(
    ("part", "statements", "people", "told"),
    [(5, 10, 10, True), (0, 5, 5, True), (4, 10, 10, False), (6, 10, 10, False), (5, 12, 10, False), (5, 5, 4, False)],
)
def test_how_much_is_of_one_sort_is_told_where_five_people_are_on_each_side(
    part: int, statements: int, people: int, told: bool
) -> None:
    assert halves_told(part, statements, people) is told
