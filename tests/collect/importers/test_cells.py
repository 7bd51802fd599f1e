"""Cells as spreadsheets and tools write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.collect.importers.cells import headline, is_nothing, levels_of, number_of
from reviewkit.collect.importers.days import read_days


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("1250000", 1_250_000),
        ("£1,250,000", 1_250_000),
        ("1.250.000,50", 1_250_000.5),
        ("1 250 000,50 €", 1_250_000.5),
        ("CHF 1'250'000", 1_250_000),
        ("1.2m", 1_200_000),
        ("2.5 million", 2_500_000),
        ("7.25", 7.25),
        ("0,125", 0.125),
        ("-40", -40),
        ("12,500", 12_500),
        ("about a lot", None),
        ("", None),
        ("9" * 400, None),
    ],
)
def test_amounts(cell: str, value: float | None) -> None:
    assert number_of(cell) == value


@pytest.mark.parametrize("cell", ["", "  ", "-", "n/a", "N/A", "None", "Unavailable.", "Not Specified", "TBD"])
def test_cells_that_say_nothing(cell: str) -> None:
    assert is_nothing(cell)


@pytest.mark.parametrize("cell", ["no", "nothing", "0", "none of the training was any use"])
def test_cells_that_say_something(cell: str) -> None:
    assert not is_nothing(cell)


@pytest.mark.parametrize(
    ("cells", "heading", "levels"),
    [
        (["1", "3", "5"], "Probability", [1, 3, 5]),
        (["Low", "very high", "M"], "Probability", [2, 5, 3]),
        (["4 - Likely", "2 (unlikely)"], "Probability", [4, 2]),
        (["10", "50", "100"], "Probability", [1, 3, 5]),
        (["5%", "20%", "21%", "81%"], "Probability", [1, 1, 2, 5]),
        (["3", "4"], "Probability (%)", [1, 1]),
        (["0.1", "0.5", "0.9"], "Probability", [1, 3, 5]),
        (["2", "7", "10"], "Impact", [1, 4, 5]),
        (["3", "", "perhaps"], "Impact", [3, None, None]),
        (["0", "2.5"], "Impact", [None, None]),
        (["101", "50"], "Impact", [None, 3]),
    ],
)
def test_levels_on_every_scale_become_one_to_five(cells: list[str], heading: str, levels: list[int | None]) -> None:
    assert levels_of(cells, heading) == levels


@given(st.lists(st.text(max_size=20)), st.text(max_size=20))
def test_a_level_is_from_one_to_five_or_none(cells: list[str], heading: str) -> None:
    levels = levels_of(cells, heading)
    assert len(levels) == len(cells)
    assert all(level is None or 1 <= level <= 5 for level in levels)


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "2026-10-04",
            "2026-10-04 10:15:00",
            "2026/10/04 10:15:00 AM GMT+5:30",
            "04/10/2026",
            "4.10.2026",
            "04-10-26",
        ),
        *("4 October 2026", "04/Oct/26 9:41 AM", "Oct 4, 2026", "4th October 2026", "46299", "46299.42"),
    ],
)
def test_one_day_written_in_many_ways(cell: str) -> None:
    assert read_days([cell]) == [date(2026, 10, 4)]


def test_the_column_tells_whether_the_month_comes_first() -> None:
    assert read_days(["03/04/2026", "03/25/2026"]) == [date(2026, 3, 4), date(2026, 3, 25)]
    assert read_days(["03/04/2026", "25/04/2026"]) == [date(2026, 4, 3), date(2026, 4, 25)]
    assert read_days(["03/25/2026", "25/03/2026"]) == [None, date(2026, 3, 25)]


@given(st.lists(st.text(max_size=40)))
def test_whatever_is_no_day_is_none(cells: list[str]) -> None:
    assert len(read_days(cells)) == len(cells)


@given(st.text())
def test_a_headline_is_short_and_on_one_line(text: str) -> None:
    line = headline(text)
    assert len(line) <= 91
    assert "\n" not in line
