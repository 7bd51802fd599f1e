"""What an importer hands back: records, how each column was understood, and what is wrong in which row."""

from __future__ import annotations

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
