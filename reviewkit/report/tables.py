"""Rows of values -> CSV text that a spreadsheet shows as it is and never runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

_FORMULA = "=+-@\t\r＝＋－＠"
_TEXT_MARK = "'"

MAX_CELL = 32_767
"""Characters a cell of a workbook can hold."""


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]], *, delimiter: str = ",") -> str:
    """A CSV table with a header; None is an empty cell, a tuple its members joined by “; ”."""
    out = io.StringIO()
    writer = csv.writer(
        out, delimiter=delimiter, lineterminator="\r\n"
    )  # so that a lone CR in a cell is put in quotation marks too
    writer.writerow([safe_cell(column) for column in columns])
    writer.writerows([[safe_cell(_shown(value)) for value in row] for row in rows])
    return out.getvalue()


def workbook(columns: Sequence[str], rows: Iterable[Sequence[object]], *, title: str = "Results") -> bytes:
    """The same table as an XLSX workbook of one sheet: numbers stay numbers, all else is text, marked as in CSV."""
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for row in (columns, *rows):
        sheet.append([_typed(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def safe_cell(text: str) -> str:
    """`text`, marked as text by a leading apostrophe where a spreadsheet would run it (OWASP, CSV injection).

    Text that already begins with the mark gets a second one, so that `plain_cell` always restores what was there.
    """
    opening = text.lstrip(" \x00\u200b\ufeff")[:1]
    return _TEXT_MARK + text if opening and opening in _FORMULA + _TEXT_MARK else text


def plain_cell(text: str) -> str:
    """What `safe_cell` was given."""
    return text[1:] if text.startswith(_TEXT_MARK) and safe_cell(text[1:]) != text[1:] else text


def _typed(sheet: Any, value: object) -> Any:
    """A number, or a cell whose type is text: openpyxl would take what begins with = for a formula."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    cell = WriteOnlyCell(sheet)
    cell.value = ILLEGAL_CHARACTERS_RE.sub("", safe_cell(_shown(value)))[:MAX_CELL]
    cell.data_type = "s"
    return cell


def _shown(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return "; ".join(_shown(member) for member in value)
    return str(value)
