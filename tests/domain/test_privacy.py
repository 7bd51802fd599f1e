"""What may be shown of anonymous answers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from reviewkit.domain.privacy import MIN_GROUP, count_or_none, groups_shown

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
