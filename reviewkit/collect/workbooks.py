"""The bytes of an XLSX workbook -> rows of text."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from reviewkit.collect.archives import parts_of
from reviewkit.domain.errors import UnreadableFile

MOST_ROWS, MOST_COLUMNS = 100_000, 200


def rows_of_workbook(content: bytes, name: str) -> Iterator[list[str]]:
    """Rows of the first sheet that has any, as text: whole numbers without a point, days and times as in ISO 8601.

    Formulas give the value they had when the file was saved.

    Raises:
        UnreadableFile: no workbook, damaged, or larger than 100,000 rows, 200 columns or 32 MB unpacked.
    """
    if "xl/workbook.xml" not in parts_of(content, name):
        raise UnreadableFile(name, "this is a zip archive, not a workbook. Save the table as CSV or XLSX.")
    import openpyxl

    if not openpyxl.DEFUSEDXML:  # switched off by OPENPYXL_DEFUSEDXML
        raise UnreadableFile(name, "XLSX is read only with defusedxml in place. Save the table as CSV.")
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        try:
            for sheet in book.worksheets:
                rows = list(_rows(sheet, name))
                if any(any(row) for row in rows):
                    yield from rows
                    return
        finally:
            book.close()
    except UnreadableFile:
        raise
    except Exception as problem:  # openpyxl raises whatever a damaged part brings about
        raise UnreadableFile(name, f"the workbook is damaged: {type(problem).__name__}. Save it as CSV.") from None


def _rows(sheet: Any, name: str) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what the file says of its size may be wrong
    found = sheet.iter_rows(max_row=MOST_ROWS + 2, max_col=MOST_COLUMNS + 1, values_only=True)
    for number, cells in enumerate(found, start=1):
        row = [_text(cell) for cell in cells]
        while row and not row[-1]:
            row.pop()
        if row and (number > MOST_ROWS + 1 or len(row) > MOST_COLUMNS):
            raise UnreadableFile(
                name, f"the sheet has more than {MOST_ROWS:,} rows or {MOST_COLUMNS} columns. Save it as CSV."
            )
        yield row


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ")
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell)
