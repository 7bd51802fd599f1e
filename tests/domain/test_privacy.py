"""What may be shown of anonymous answers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reviewkit.domain.privacy import MIN_GROUP, Turnout, count_or_none, groups_shown, turnouts_shown
from reviewkit.domain.reviews import Review
from reviewkit.domain.words import Anonymity, Wave

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
