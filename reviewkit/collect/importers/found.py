"""What an importer hands back: records, how each column was understood, and what is wrong in which row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from reviewkit.domain.words import Confidence

T = TypeVar("T")

HEADER_ROWS = 1


@dataclass(frozen=True)
class ColumnMatch:
    """A column read as a field; `by_hand` where a person said so."""

    field: str
    column: str
    confidence: Confidence
    by_hand: bool = False


@dataclass(frozen=True)
class RowWarning:
    """What could not be read; `row` counts as a spreadsheet does, the header being 1, and is 0 for the whole file."""

    row: int
    text: str

    def __str__(self) -> str:
        return f"row {self.row}: {self.text}" if self.row else self.text


class Warnings(list[RowWarning]):
    """The first thousand warnings of a file, and how many more there were: nobody reads the rest."""

    MOST = 1_000

    def __init__(self, first: Iterable[RowWarning] = ()) -> None:
        super().__init__(first)
        self._more = 0

    def warn(self, row: int, text: str) -> None:
        if len(self) < self.MOST:
            self.append(RowWarning(row, text))
        else:
            self._more += 1

    def all(self) -> tuple[RowWarning, ...]:
        more = [RowWarning(0, f"there are {self._more:,} more warnings like these")] if self._more else []
        return (*self, *more)


@dataclass(frozen=True)
class Imported(Generic[T]):
    """Records read from a table, in its order.

    `unused` columns fit no field; `dropped` ones say who somebody is and are read no further.
    """

    records: tuple[T, ...]
    columns: tuple[ColumnMatch, ...]
    unused: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    warnings: tuple[RowWarning, ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        """The fields that some column gives."""
        return frozenset(match.field for match in self.columns)


def row_number(index: int) -> int:
    """The spreadsheet's number of the row at `index` of a table's rows."""
    return index + 1 + HEADER_ROWS
