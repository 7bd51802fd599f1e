"""Something is always the nearest: what is too far off is told apart, and only what is clearly near is above low."""

from __future__ import annotations

from math import nan

from reviewkit.domain.words import Confidence
from reviewkit.search.nearness import nearness

FAR = [0.05, 0.02, 0.0, 0.03, 0.01, 0.04] * 4


def test_what_stands_out_and_is_near_is_told_from_what_merely_stands_out() -> None:
    assert nearness([0.62, *FAR])[0] is Confidence.HIGH
    assert nearness([0.43, *FAR])[0] is Confidence.MEDIUM
    assert nearness([0.25, *FAR])[0] is Confidence.LOW
    assert set(nearness([0.15, *FAR])) == {None}
    assert set(nearness([0.6, *FAR])[1:]) == {None}


def test_what_is_not_among_the_nearest_is_none_and_changes_nothing() -> None:
    assert nearness([nan, 0.62, nan, *FAR])[:3] == [None, Confidence.HIGH, None]
    assert nearness([nan, nan]) == [None, None]
    assert nearness([]) == []


def test_where_all_are_alike_near_none_stands_out() -> None:
    assert set(nearness([0.3] * 5)) == {Confidence.LOW}
