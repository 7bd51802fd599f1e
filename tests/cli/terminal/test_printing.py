"""Tables that line up, and JSON that programs can rely on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime

from hypothesis import given
from hypothesis import strategies as st

from reviewkit.cli.terminal.printing import one_line, opening, plain_value, table, wrapped
from reviewkit.domain.words import Area


@dataclass(frozen=True)
class Record:
    area: Area | None
    day: date
    moment: datetime
    tags: tuple[str, ...]


def test_columns_line_up_and_numbers_stand_to_the_right() -> None:
    text = table(["NAME", "PEOPLE"], [["late deliveries", 7], ["x", 120]])
    assert text == "NAME             PEOPLE\nlate deliveries       7\nx                   120"


def test_wide_letters_take_two_places() -> None:
    first, second = table(["A", "B"], [["日本", "x"], ["abcd", "y"]]).splitlines()[1:]
    assert first == "日本  x"
    assert second == "abcd  y"


def test_records_become_plain_json() -> None:
    record = Record(Area.SUPPLIERS, date(2026, 1, 2), datetime(2026, 1, 2, 3, 4, tzinfo=UTC), ("a", "b"))
    value = plain_value({"record": record, "none": Record(None, date.min, datetime.min, ())})
    assert json.loads(json.dumps(value))["record"] == {
        "area": "suppliers",
        "day": "2026-01-02",
        "moment": "2026-01-02T03:04:00+00:00",
        "tags": ["a", "b"],
    }


@given(st.text())
def test_one_line_is_one_line_of_visible_text(text: str) -> None:
    line = one_line(text)
    assert len(line.splitlines()) <= 1
    assert line == line.strip()
    line.encode("utf-8")
    assert all(char.isprintable() or not char.isascii() for char in line)


@given(st.text(max_size=400))
def test_wrapping_loses_nothing(text: str) -> None:
    shown = wrapped(text, first="1. ", indent="   ")
    assert "".join(shown.split()) == "1." + "".join(one_line(text).split())


@given(st.text(), st.integers(40, 400))
def test_an_opening_is_no_longer_than_asked_for(text: str, most: int) -> None:
    assert len(opening(text, most)) <= most + 2


def test_an_opening_ends_with_a_sentence_where_one_fits() -> None:
    assert opening("Test on the street. Then ask the drivers what froze.", 30) == "Test on the street. …"
    assert opening("Test on the street.", 30) == "Test on the street."
