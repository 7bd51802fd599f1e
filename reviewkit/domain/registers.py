"""What is kept beside a risk: who changed it, the file it came from, and the filters people saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from reviewkit.domain.history import FieldChange
from reviewkit.domain.ids import derived_id
from reviewkit.domain.projects import Risk
from reviewkit.domain.words import Occurred

VALUES = ("project", "occurred", "category", "status", "owner", "nature")
"""Filters of a register that name a value of the field that they are called after."""

GRID = ("probability", "impact")
FILTERS = (*VALUES, *GRID, "q", "map")
"""All there are: “q” holds words, “map” says “residual” where the grid means what is left after the response."""

RESIDUAL = "residual"


def level_of(risk: Risk, name: str, query: Mapping[str, str]) -> int | None:
    """The probability or impact, before or after the response as the map in `query` shows it."""
    level = getattr(risk, f"residual_{name}" if query.get("map") == RESIDUAL else name)
    return None if level is None else int(level)


class RegisterTool(StrEnum):
    """Whose export a register is; the value is what people call it."""

    GENERIC = "a table"
    OPENPROJECT = "OpenProject"
    REDMINE = "Redmine"
    CISO_ASSISTANT = "CISO Assistant"
    PRIMAVERA = "Primavera P6"
    JIRA = "Jira"


class RiskVerb(StrEnum):
    """What a step in the history of a risk did."""

    ADDED = "added"
    EDITED = "edited"
    TOLD = "told"
    IMPORTED = "imported"
    UNDONE = "undone"


@dataclass(frozen=True)
class RiskChange:
    """One step in the history of a risk; `number` counts its steps from 1."""

    risk: str
    number: int
    at: datetime
    who: str
    verb: RiskVerb
    changes: tuple[FieldChange, ...] = ()

    @property
    def id(self) -> str:
        return derived_id("change of risk", self.risk, str(self.number))


@dataclass(frozen=True)
class ReadAs:
    """A column and the field of a risk that it was read as."""

    field: str
    column: str


@dataclass(frozen=True)
class RegisterLayout:
    """How a register's file was laid out, so that it can be written so again.

    `project` is the one its rows were said to belong to, empty where a column says it. `tops` holds the highest value
    of each numeric scale by field: 1, 5, 10 or 100; a column of words has none.
    """

    id: str
    tool: RegisterTool
    project: str
    columns: tuple[str, ...]
    read_as: tuple[ReadAs, ...]
    tops: dict[str, float] = field(default_factory=dict)
    delimiter: str = ","
    has_mark: bool = False
    """Whether the file began with a byte order mark, which some tools write and some programs need."""

    def columns_of(self, name: str) -> tuple[str, ...]:
        """The columns that were read as the field."""
        return tuple(one.column for one in self.read_as if one.field == name)


@dataclass(frozen=True)
class RiskSource:
    """A risk's row as it came: its cells in the order of the layout's columns, and what they were read as."""

    id: str
    layout: str
    position: int
    cells: tuple[str, ...]
    read: Risk


@dataclass(frozen=True)
class SavedFilter:
    """A view of the register that somebody gave a name; `query` holds what its address does."""

    id: str
    name: str
    query: dict[str, str]
    who: str
    at: datetime
    is_removed: bool = False


@dataclass(frozen=True)
class Occurrence:
    """What somebody says became of a risk."""

    risk: str
    occurred: Occurred
    on: date | None = None
    note: str = ""
