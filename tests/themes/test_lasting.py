"""Ids that last, quotes that differ, trends that are no noise."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.domain.reviews import Statement
from reviewkit.domain.themes import Theme
from reviewkit.domain.words import Kind
from reviewkit.themes.graph import unit
from reviewkit.themes.identity import carry_ids
from reviewkit.themes.representatives import representatives
from reviewkit.themes.trends import grown, per_year, reach_of, trend

A, B, C = ["a1", "a2", "a3", "a4"], ["b1", "b2", "b3"], ["c1", "c2"]


def known(groups: list[list[str]], ids: list[str]) -> dict[str, str]:
    return {statement: name for group, name in zip(groups, ids, strict=True) for statement in group}


def test_an_unchanged_run_keeps_every_id_in_any_order() -> None:
    ids = carry_ids([A, B, C], {})
    assert len(set(ids)) == 3
    assert carry_ids([C, A, B], known([A, B, C], ids)) == [ids[2], ids[0], ids[1]]
    assert carry_ids([A, B, C], {}) == ids


def test_a_theme_that_grew_keeps_its_id() -> None:
    ids = carry_ids([A, B], {})
    assert carry_ids([[*A, "new1", "new2"], [*B, "new3"]], known([A, B], ids)) == ids


def test_when_a_theme_splits_the_larger_part_keeps_the_id() -> None:
    ids = carry_ids([A], {})
    small, large = carry_ids([["a1", "x"], ["a2", "a3", "a4"]], known([A], ids))
    assert large == ids[0]
    assert small != ids[0]


def test_when_themes_merge_the_larger_ones_id_lives_on() -> None:
    ids = carry_ids([A, B], {})
    assert carry_ids([A + B], known([A, B], ids)) == [ids[0]]


def test_one_stray_statement_hands_no_id_on() -> None:
    many = [f"m{number}" for number in range(12)]
    ids = carry_ids([many], {})
    stray, rest = carry_ids([["m0", "x", "y", "z"], many[1:]], known([many], ids))
    assert rest == ids[0] != stray


def test_erased_statements_do_not_count_against_a_theme() -> None:
    ids = carry_ids([A], {})
    assert carry_ids([["a1", "n1", "n2"]], known([A], ids)) == ids


def test_themes_and_subthemes_of_the_same_statements_have_their_own_ids() -> None:
    assert carry_ids([A], {}) != carry_ids([A], {}, level="subtheme")


groupings = st.lists(st.integers(0, 5), min_size=1, max_size=25).map(
    lambda labels: [
        group for number in range(6) if (group := [f"s{at}" for at, label in enumerate(labels) if label == number])
    ]
)


@given(groupings, groupings)
def test_any_change_gives_every_group_one_id_of_its_own(before: list[list[str]], after: list[list[str]]) -> None:
    ids = carry_ids(before, {})
    found = carry_ids(after, known(before, ids))
    assert len(set(found)) == len(after)
    assert carry_ids(after, known(after, found)) == found


def test_quotes_cover_the_theme_unlike_each_other_and_no_text_comes_twice() -> None:
    texts = [
        "Testing was cut short",
        "testing was cut short ",
        "Tests were cut short by weeks",
        "No time for UAT at all",
        "Nobody from the depot was in the test team",
    ]
    vectors = unit(np.array([[1, 0, 0], [1, 0, 0], [0.99, 0.1, 0], [0.6, 0.8, 0], [0.5, 0, 0.9]], dtype=np.float32))
    central = [0.9, 0.9, 0.88, 0.7, 0.6]
    first, *others = representatives([0, 1, 2, 3, 4], texts, vectors, central)
    assert first in (0, 2)
    assert sorted(others) == [3, 4]
    assert representatives([0, 1, 2], texts, vectors, central) in ([0, 2], [2, 0])
    assert representatives([4, 3, 2, 1, 0], texts, vectors, central) == [first, *others]
    assert representatives([], texts, vectors, central) == []


def test_a_quote_says_more_than_two_words_where_it_can() -> None:
    texts = ["Testing!", "Testing was cut short", "Too little time to test", "Weeks of testing were dropped"]
    vectors = unit(np.array([[1, 0.0], [1, 0.1], [1, 0.2], [1, 0.3]], dtype=np.float32))
    assert 0 not in representatives([0, 1, 2, 3], texts, vectors, [1.0, 0.5, 0.5, 0.5])
    assert representatives([0], texts, vectors, [1.0] * 4) == [0]


def statement(id: str, said: date | None, response: str = "r", project: str = "P") -> Statement:
    return Statement(id, response, "review", project, "q", 0, 1, "text", "hash", said=said)


def test_reach_counts_people_and_projects_not_sentences() -> None:
    reach = reach_of(
        [
            statement("1", date(2024, 5, 1), "r1", "B"),
            statement("2", date(2023, 5, 1), "r1", "B"),
            statement("3", None, "r2", "A"),
        ]
    )
    assert (reach.statements, reach.responses, reach.projects) == (3, 2, ("A", "B"))
    assert (reach.first_seen, reach.last_seen) == (date(2023, 5, 1), date(2024, 5, 1))
    assert reach_of([]).first_seen is None


def test_a_theme_rises_when_its_share_does_not_when_there_is_more_of_everything() -> None:
    assert trend({2023: 5, 2024: 40}, {2023: 100, 2024: 100}) == "rising"
    assert trend({2023: 5, 2024: 50}, {2023: 50, 2024: 500}) == "steady"
    assert trend({2022: 30, 2023: 20, 2024: 2}, {2022: 100, 2023: 100, 2024: 100}) == "fading"
    assert trend({2023: 1, 2024: 3}, {2023: 40, 2024: 40}) == "steady"


def test_one_year_shows_no_trend() -> None:
    assert trend({2024: 5}, {2024: 10}) == ""
    assert trend({}, {}) == ""
    assert trend({2024: 5}, {2023: 5, 2024: 5}) == "rising"


def test_undated_statements_belong_to_no_year() -> None:
    assert per_year([statement("1", None), statement("2", date(2024, 1, 1))]) == {2024: 1}


SAID = st.lists(
    st.tuples(
        st.integers(0, 4), st.sampled_from(["", "P", "Q"]), st.none() | st.dates(date(2024, 1, 1)), st.booleans()
    ),
    max_size=12,
)


@given(before=SAID, joined=SAID)
def test_a_theme_that_grows_reaches_as_far_as_one_counted_anew(before: list, joined: list) -> None:  # type: ignore[type-arg]
    def statements(rows: list) -> list[Statement]:  # type: ignore[type-arg]
        return [
            replace(
                statement(f"s{at}", said, f"r{response}", project),
                kind=Kind.PROBLEM if trouble else Kind.POSITIVE,
            )
            for at, (response, project, said, trouble) in enumerate(rows)
        ]

    held, new = statements(before), statements(joined)
    theme = replace(Theme("t", "late parts"), **vars(reach_of(held)))
    spoken = {one.response for one in held} & {one.response for one in new}
    assert grown(theme, new, spoken) == reach_of([*held, *new])
