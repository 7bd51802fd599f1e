"""An analysis that nobody disturbs works in large steps; one beside people who send answers makes way for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.domain.lessons import Lesson
from reviewkit.store.sqlite import open_sqlite
from reviewkit.store.sqlite.store import SqliteStore
from reviewkit.workspace.derive.pace import FIRST, LONGEST, MOMENT, QUIET, REST, SHY, Pace


class Day:
    """A clock, a processor and a bed that cost no time."""

    def __init__(self) -> None:
        self.now = self.worked = 0.0
        self.rests: list[float] = []

    def work(self, seconds: float) -> None:
        self.now += seconds
        self.worked += seconds

    def sleep(self, seconds: float) -> None:
        self.now += seconds
        self.rests.append(seconds)

    def pace(self, store: SqliteStore, most: int = 1_000) -> Pace:
        return Pace(store, most, clock=lambda: self.now, effort=lambda: self.worked, rest_for=self.sleep)


def test_alone_it_writes_more_each_time_and_never_rests(tmp_path: Path) -> None:
    store, day = open_sqlite(str(tmp_path / "w.db")), Day()
    sizes = []
    for portion in day.pace(store, 100).portions(range(400)):
        store.lessons.put(Lesson(f"l{portion[0]}", "our own writing is no company"))
        day.work(0.5)
        sizes.append(len(portion))
    assert sizes == [FIRST, 2 * FIRST, 4 * FIRST, 100, 100, 400 - 200 - 7 * FIRST]
    assert day.rests == []
    store.close()


def test_beside_others_it_writes_for_moments_and_rests_longer_than_it_works(tmp_path: Path) -> None:
    path, day = str(tmp_path / "w.db"), Day()
    store, other = open_sqlite(path), open_sqlite(path)
    pace = day.pace(store)
    other.lessons.put(Lesson("a", "written by another process"))
    sizes = []
    for portion in pace.portions(range(40)):
        day.work(len(portion) * MOMENT / 10)  # ten fit into a moment
        sizes.append(len(portion))
    assert sizes == [SHY, 2 * SHY, 10, 10, 8]
    assert day.rests == pytest.approx([REST * size * MOMENT / 10 for size in sizes])
    store.close(), other.close()


def test_it_stays_careful_for_a_while_for_those_who_wait_write_nothing(tmp_path: Path) -> None:
    path, day = str(tmp_path / "w.db"), Day()
    store, other = open_sqlite(path), open_sqlite(path)
    pace = day.pace(store)
    other.lessons.put(Lesson("a", "written by another process"))
    day.work(0.1)
    pace.rest()
    day.work(10.0)  # nobody could write meanwhile
    assert day.rests == pytest.approx([REST * 0.1])
    pace.rest()
    assert len(day.rests) == 1
    other.lessons.put(Lesson("b", "another"))
    day.work(QUIET * 2)
    pace.rest()
    assert day.rests == pytest.approx([REST * 0.1, LONGEST])
    store.close(), other.close()
