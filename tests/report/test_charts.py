"""Charts are the same numbers in a picture, in a row of a table and in words."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.report.charts import Chart, amounts, bar_svg, bars, row_svg, spans
from reviewkit.report.formats.pictures import png

ROWS = st.lists(st.tuples(st.text(max_size=60), st.integers(0, 10**6)), min_size=1, max_size=8)


@given(ROWS)
def test_bars_lie_inside_their_picture_whatever_is_counted(rows: list[tuple[str, int]]) -> None:
    for bar in bars(rows):
        ET.fromstring(row_svg(bar))
        for rect in ET.fromstring(bar_svg(bar, 65, 3.4)).iter("{http://www.w3.org/2000/svg}rect"):
            left, wide = float(rect.get("x", 0)), float(rect.get("width", 0))
            assert left >= 0
            assert left + wide <= 65.01


def test_a_picture_tells_in_words_what_it_shows() -> None:
    chart = Chart("How did it go?", bars([("1–3", 5), ("others", 10)], ["others"]), "15 people")
    assert chart.described == "Bar chart. How did it go? (15 people). 1–3: 5; others, together: 10."


def test_spans_share_one_scale_of_time() -> None:
    planned, actual = spans(
        [
            ("Planned", date(2024, 1, 1), date(2024, 4, 10), "100 days"),
            ("Actual", date(2024, 1, 1), date(2024, 7, 19), "200 days"),
        ]
    )
    assert (planned.start, planned.width, planned.count) == (0, 50, 100)
    assert (actual.width, actual.value) == (100, "200 days")


def test_amounts_keep_their_proportion() -> None:
    assert [bar.width for bar in amounts([("Planned", 50.0, "£50"), ("Spent", 100.0, "£100")])] == [50, 100]


@pytest.mark.parametrize("count", [0, 3])
def test_a_picture_for_word_is_a_picture(count: int) -> None:
    assert png(bars([("a", count)])[0], 65, 3.4).startswith(b"\x89PNG")
