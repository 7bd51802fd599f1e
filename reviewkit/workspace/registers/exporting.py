"""Entries of registers -> a file, laid out as the one they came from where they came from one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reviewkit.collect.importers.registers.writing import Written, own_register, written_register
from reviewkit.domain.projects import Risk
from reviewkit.domain.registers import RegisterLayout, RegisterTool
from reviewkit.domain.words import FileType
from reviewkit.report.tables import csv_text, workbook
from reviewkit.workspace.context import Context

MARK = "\ufeff"


@dataclass(frozen=True)
class ExportedRegister:
    """A file, the tool whose columns it has (None: ours), and what that tool cannot be told."""

    content: bytes
    tool: RegisterTool | None
    notes: tuple[str, ...]


class Exporting:
    def __init__(self, context: Context) -> None:
        self._store = context.store

    def layout_for(self, risks: Sequence[Risk]) -> RegisterLayout | None:
        """The layout that all of them can be written in: the one file that those with a row came from; else None.

        A layout without a column of projects holds those of its own project only.
        """
        sources = self._store.risk_sources.all(id={risk.id for risk in risks}) if risks else []
        layouts = self._store.register_layouts.all(id={source.layout for source in sources}) if sources else []
        if len(layouts) != 1:
            return None
        (layout,) = layouts
        if not layout.columns_of("project") and {risk.project for risk in risks} != {layout.project}:
            return None
        return layout

    def file(self, risks: Sequence[Risk], file_type: FileType, *, own: bool = False) -> ExportedRegister:
        """The entries as CSV or XLSX that a spreadsheet opens safely and our importer reads back.

        Args:
            own: under our own names of columns, wherever they came from.
        """
        layout = None if own else self.layout_for(risks)
        if layout is None:
            written = own_register(risks)
        else:
            written = written_register(risks, self._store.risk_sources.all(layout=layout.id), layout)
        content = _workbook(written) if file_type is FileType.XLSX else _csv(written, layout)
        return ExportedRegister(content, layout.tool if layout else None, written.notes)


def _csv(written: Written, layout: RegisterLayout | None) -> bytes:
    text = csv_text(written.columns, written.rows, delimiter=layout.delimiter if layout else ",")
    return ((MARK if layout and layout.has_mark else "") + text).encode()


def _workbook(written: Written) -> bytes:
    """Levels stand as numbers, as in a workbook that a tool writes; all else is text."""
    rows = [
        [_number(cell) if place in written.levels else cell for place, cell in enumerate(row)] for row in written.rows
    ]
    return workbook(written.columns, rows, title="Register")


def _number(cell: str) -> str | int | float:
    """The number that a cell is written as, and nothing else."""
    for kind in (int, float):
        try:
            number = kind(cell)
        except ValueError:
            continue
        if str(number) == cell:
            return number
    return cell
