"""The figures behind a place in the list, in words: what was counted, and what of it counts."""

from __future__ import annotations

import pytest

from reviewkit.domain.kickoffs import BaseRate
from reviewkit.domain.words import Scope
from reviewkit.kickoff.recommend import Candidate
from reviewkit.kickoff.weighing import weighed

THREE_OF_SIX = BaseRate(tuple("abc"), tuple("abcdef"), 0.17, 0.83)


@pytest.mark.parametrize(
    ("rate", "expected", "said"),
    [
        (THREE_OF_SIX, 0.416, ("came up in 3 of 6 similar projects, likely 17 to 83 in 100.", "in about 42 of 100")),
        (THREE_OF_SIX, None, ("came up in 3 of 6 similar projects", "counts as even odds")),
        (None, 0.05, ("no similar project to count over.", "in about 5 of 100")),
        (None, None, ("no similar project to count over;", "counts as even odds")),
    ],
)
def test_recurrence_tells_the_count_and_the_rate_that_is_weighed(
    rate: BaseRate | None, expected: float | None, said: tuple[str, ...]
) -> None:
    made = Candidate(Scope.LESSONS, "L", "Do it.", "It was so.", 1.0, 0.5, rate, expected=expected)
    line = next(one for one in weighed(made, [1.0], 1.0) if one.startswith("Recurrence"))
    assert all(part in line for part in said), line
