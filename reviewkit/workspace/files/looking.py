"""A file before it is imported -> its columns, what stands in them, and what each is taken for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from reviewkit.collect.answers import ROLE
from reviewkit.collect.importers import lessons_table, projects_table, registers
from reviewkit.collect.importers.exports import open_export
from reviewkit.collect.importers.found import ColumnMatch
from reviewkit.collect.importers.headings import HAND
from reviewkit.collect.importers.nasa import is_nasa
from reviewkit.collect.importers.responses.names import ID, SUBMITTED
from reviewkit.collect.importers.responses.table import SAMPLED, Reading
from reviewkit.collect.tables import Table
from reviewkit.domain.reviews import Review
from reviewkit.workspace.files.imports import table_at
from reviewkit.workspace.opening import Workspace

EXAMPLES = 2

_RECORDS: Mapping[str, tuple[Mapping[str, object], Callable[..., tuple[ColumnMatch, ...]]]] = {
    "risks": (registers.FIELDS, registers.match),
    "projects": (projects_table.FIELDS, projects_table.match),
    "lessons": (lessons_table.FIELDS, lessons_table.match),
}
_OWN_WORDS = {ID: "Number that tells responses apart", SUBMITTED: "Day it was answered", ROLE: "Part in the project"}


@dataclass(frozen=True)
class SheetColumn:
    """A column, some of what stands in it, and the field it is read as, if any."""

    name: str
    examples: tuple[str, ...]
    match: ColumnMatch | None


@dataclass(frozen=True)
class Sheet:
    """A file's columns and the fields they may be read as, by what people call them.

    `fixed` files are known by their header and need no mapping; `unsigned` is how many cards of a board do not say who
    wrote them.
    """

    columns: tuple[SheetColumn, ...]
    fields: Mapping[str, str]
    dropped: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    unsigned: int = 0
    fixed: bool = False


def look_at_answers(
    ws: Workspace, path: Path, review: Review, mapping: HAND, *, name: str, people: int | None
) -> Sheet:
    """A file of answers to `review`. Raises as `answers.import_responses` does, but not where no column fits."""
    export = open_export(path, name, people=people)
    reading = Reading(export.found.table, review, mapping, name, ws.context.today)
    columns = [column for column in export.found.table.columns if column not in reading.dropped]
    return Sheet(
        _columns(columns, islice(export.found.table.rows, SAMPLED), reading.matches),
        fields_of("answers", review),
        (*export.found.dropped, *reading.dropped),
        export.found.notes,
        export.found.unsigned,
    )


def fields_of(what: str, review: Review | None = None) -> dict[str, str]:
    """The fields that a column of answers to `review`, or of risks, projects or lessons, may be, in people's words."""
    if review:
        return {**{question.key: question.text for question in review.questions}, **_OWN_WORDS}
    return {field: field.replace("_", " ").capitalize() for field in _RECORDS[what][0]}


def look_at_records(what: str, path: Path, mapping: HAND, *, name: str) -> Sheet:
    """A table of risks, projects or lessons. Raises UnreadableFile, NoSuchColumn, Invalid."""
    table, name = table_at(path, name)
    _, match = _RECORDS[what]
    said = fields_of(what)
    if what == "lessons" and is_nasa(table.columns):
        return Sheet(_sheet(table, ()), said, fixed=True)
    return Sheet(_sheet(table, match(table, mapping, name=name)), said)


def _sheet(table: Table, matches: Sequence[ColumnMatch]) -> tuple[SheetColumn, ...]:
    return _columns(table.columns, islice(table.rows, SAMPLED), matches)


def _columns(
    columns: Sequence[str], rows: Iterable[Mapping[str, str]], matches: Sequence[ColumnMatch]
) -> tuple[SheetColumn, ...]:
    read_as = {match.column: match for match in matches}
    examples: dict[str, list[str]] = {column: [] for column in columns}
    for row in rows:
        for column, some in examples.items():
            lines = (" ".join(line.split()) for line in row.get(column, "")[:400].splitlines())
            cell = " · ".join(line for line in lines if line)
            if cell and cell not in some and len(some) < EXAMPLES:
                some.append(cell)
    return tuple(SheetColumn(column, tuple(examples[column]), read_as.get(column)) for column in columns)
