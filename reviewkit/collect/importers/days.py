"""A column of dates as tools write them -> days."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO = re.compile(r"\s*([12][0-9]{3})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?![0-9])")
_PARTS = re.compile(r"\s*([0-9]{1,2})[-/.]([0-9]{1,2})[-/.]([0-9]{4}|[0-9]{2})(?![0-9])")
_DAY_MONTH = re.compile(r"\s*([0-9]{1,2})(?:st|nd|rd|th)?[\s/.-]+([a-z]{3})[a-z]*[\s/.,-]+([0-9]{4}|[0-9]{2})(?![0-9])")
_MONTH_DAY = re.compile(r"\s*([a-z]{3})[a-z]*[\s.]+([0-9]{1,2})(?:st|nd|rd|th)?,?\s+([0-9]{4})(?![0-9])")
_SERIAL = re.compile(r"\s*([2-6][0-9]{4})(?:\.[0-9]+)?\s*")
_SERIAL_ZERO = date(1899, 12, 30)
"""Spreadsheets count days from here (with the leap day of 1900 that never was)."""


def read_days(cells: Sequence[str]) -> list[date | None]:
    """Each cell's day; None where there is none to be read. The time of day and the zone are passed over.

    Read are 2026-10-04, 2026/10/04, 4 October 2026, 12/Mar/24, March 12, 2024, spreadsheet serial numbers, and
    04/10/2026. Whether day or month comes first in the last is settled by the column: month first only where some
    cell can be read in no other way, and none the opposite.
    """
    column = DayColumn()
    for cell in cells:
        column.see(cell)
    return [column.day(cell) for cell in cells]


class DayColumn:
    """A column of dates that is gone through twice: `see` each of its cells, then ask for the `day` of each."""

    def __init__(self) -> None:
        self._first_beyond_12 = self._second_beyond_12 = False

    def see(self, cell: str) -> None:
        if found := _PARTS.match(cell):
            self._first_beyond_12 |= int(found[1]) > 12
            self._second_beyond_12 |= int(found[2]) > 12

    def day(self, cell: str) -> date | None:
        """The day, read as the column's other cells tell; None where there is none."""
        return _day(cell.casefold(), self._second_beyond_12 and not self._first_beyond_12)


def _day(cell: str, month_first: bool) -> date | None:
    if found := _ISO.match(cell):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _PARTS.match(cell):
        day, month = (int(found[2]), int(found[1])) if month_first else (int(found[1]), int(found[2]))
        return _date(int(found[3]), month, day)
    if found := _DAY_MONTH.match(cell):
        return _date(int(found[3]), _month(found[2]), int(found[1]))
    if found := _MONTH_DAY.match(cell):
        return _date(int(found[3]), _month(found[1]), int(found[2]))
    if found := _SERIAL.fullmatch(cell):
        return _SERIAL_ZERO + timedelta(days=int(found[1]))
    return None


def _month(name: str) -> int:
    return _MONTHS.index(name) + 1 if name in _MONTHS else 0


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
