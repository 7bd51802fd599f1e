"""A table and its matched columns -> each field's cells, row by row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from reviewkit.collect.importers.cells import text_of, word_of
from reviewkit.collect.importers.days import read_days
from reviewkit.collect.importers.found import ColumnMatch, RowWarning, row_number
from reviewkit.collect.tables import Table

T = TypeVar("T")


class Reading:
    """The fields of a table's rows; what cannot be read becomes a warning and is left out."""

    def __init__(self, table: Table, matches: Sequence[ColumnMatch]) -> None:
        self._table = table
        self._columns: dict[str, list[str]] = {}
        for match in matches:
            self._columns.setdefault(match.field, []).append(match.column)
        self.warnings: list[RowWarning] = []

    def __len__(self) -> int:
        return len(self._table.rows)

    def has(self, field: str) -> bool:
        return field in self._columns

    def heading(self, field: str) -> str:
        """The field's first column; the field itself where it has none."""
        return self._columns.get(field, [field])[0]

    def text(self, index: int, field: str) -> str:
        """The cell of row `index`, empty where it says nothing; several columns' cells are put below one another."""
        row = self._table.rows[index]
        return "\n".join(text for column in self._columns.get(field, ()) if (text := text_of(row.get(column, ""))))

    def texts(self, field: str) -> list[str]:
        """The whole column."""
        return [self.text(index, field) for index in range(len(self))]

    def days(self, field: str) -> list[date | None]:
        """The column as days."""
        cells = self.texts(field)
        days = read_days(cells)
        self._warn_unread(field, cells, days, "no date")
        return days

    def words(self, field: str, words: Mapping[str, T]) -> list[T | None]:
        """The column as words of a vocabulary (see `cells.vocabulary`)."""
        cells = self.texts(field)
        found = [word_of(cell, words) if cell else None for cell in cells]
        self._warn_unread(field, cells, found, "none of the words known here")
        return found

    def levels(self, field: str, levels: Sequence[int | None]) -> Sequence[int | None]:
        """`levels`, warned of where a filled cell gave none."""
        self._warn_unread(field, self.texts(field), levels, "no level on this column’s scale")
        return levels

    def tags(self, index: int, field: str) -> tuple[str, ...]:
        """A cell's members, parted by semicolons, or by commas where there are none."""
        cell = self.text(index, field)
        parts = cell.split(";" if ";" in cell else ",")
        return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))

    def warn(self, index: int, text: str) -> None:
        self.warnings.append(RowWarning(row_number(index), text))

    def _warn_unread(self, field: str, cells: Sequence[str], found: Sequence[object], problem: str) -> None:
        for index, (cell, value) in enumerate(zip(cells, found, strict=True)):
            if cell and value is None:
                self.warn(index, f"“{self.heading(field)}”: “{cell[:40]}” is {problem}; left out")
