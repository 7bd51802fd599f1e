"""Records <-> rows."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.store.rows import columns_of, from_rows, to_row
from reviewkit.store.sqlite.connection import Connections
from reviewkit.store.sqlite.migrations import migrate
from reviewkit.store.sqlite.store import SqliteStore


class Colour(StrEnum):
    RED = "red"


@dataclass(frozen=True)
class Inner:
    colour: Colour | None
    seen: date
    added_later: str = "default"


@dataclass(frozen=True)
class Outer:
    at: datetime
    inners: tuple[Inner, ...]
    one: Inner | None = None
    answers: dict[str, str | int | tuple[str, ...]] | None = None
    good: bool = True


def test_values_stand_in_a_row_as_their_readers_expect() -> None:
    at = datetime(2026, 5, 1, 12, tzinfo=UTC)
    outer = Outer(at, (Inner(Colour.RED, date(2024, 2, 29)),), None, {"a": ("x",), "b": 1})
    assert to_row(outer) == {
        "at": "2026-05-01T12:00:00.000000+00:00",
        "inners": '[{"colour":"red","seen":"2024-02-29","added_later":"default"}]',
        "one": None,
        "answers": '{"a":["x"],"b":1}',
        "good": 1,
    }
    assert from_rows(Outer, [tuple(to_row(outer).values())]) == [outer]


def test_a_nested_record_written_before_a_field_was_added_takes_its_default() -> None:
    row = ("2026-05-01T12:00:00.000000+00:00", '[{"colour":null,"seen":"2024-02-29","gone":1}]', None, None, 0)
    assert from_rows(Outer, [row])[0].inners == (Inner(None, date(2024, 2, 29)),)


@given(st.lists(st.datetimes(timezones=st.just(UTC)), min_size=2, max_size=2))
def test_the_text_of_moments_sorts_as_they_do(moments: list[datetime]) -> None:
    texts = [str(to_row(Outer(moment, ()))["at"]) for moment in moments]
    assert (texts[0] < texts[1]) == (moments[0] < moments[1])
    assert (texts[0] == texts[1]) == (moments[0] == moments[1])


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        to_row(Outer(datetime(2026, 5, 1), ()))
    later = datetime(2026, 5, 1, tzinfo=UTC) + timedelta(microseconds=1)
    assert to_row(Outer(later, ()))["at"] == "2026-05-01T00:00:00.000001+00:00"


def test_a_type_without_a_place_in_a_row_is_refused() -> None:
    @dataclass(frozen=True)
    class Odd:
        held: complex

    with pytest.raises(TypeError, match="complex"):
        columns_of(Odd)


def test_every_field_of_every_record_has_a_column_and_no_column_is_forgotten() -> None:
    connections = Connections(":memory:")
    migrate(connections)
    store = SqliteStore(connections)
    families: list[Any] = [family for family in vars(store).values() if hasattr(family, "_record")]
    assert len(families) == 25
    with connections.read() as db:
        for family in families:
            columns = {column.name for column in db.table(family._table).columns}
            wanted = {field.name for field in fields(family._record)}
            assert columns == wanted | {family._key}, family._table
    connections.close()
