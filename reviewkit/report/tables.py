"""Rows of values -> CSV text that a spreadsheet shows as it is and never runs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

_FORMULA = "=+-@＝＋－＠"
_TEXT_MARK = "'"
_SKIPPED = " \x00\u200b\ufeff"
_PARTS = re.compile(r"([;,|\t\r\n])")

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
    """`text`, marked as text by an apostrophe wherever a spreadsheet would run it (OWASP, CSV injection).

    That is at its beginning, and behind each sign at which a spreadsheet might begin another cell: those of many
    countries part cells at semicolons, whatever the file does, and take no notice of quotation marks then. Text that
    already has the mark in such a place gets a second one, so that `plain_cell` always restores what was there.
    """
    pieces = _PARTS.split(text)
    return "".join(_mark(place, pieces) + piece for place, piece in enumerate(pieces))


def plain_cell(text: str) -> str:
    """What `safe_cell` was given."""
    if _TEXT_MARK not in text:
        return text
    pieces = _PARTS.split(text)
    for place, piece in enumerate(pieces):
        if piece.startswith(_TEXT_MARK):
            pieces[place] = piece[1:]
            if not _mark(place, pieces):
                pieces[place] = piece
    return "".join(pieces)


def _mark(place: int, pieces: Sequence[str]) -> str:
    """The mark that this piece of a cell needs; every other piece is what parts two others, and needs none."""
    if place % 2:
        return ""
    opening = pieces[place].lstrip(_SKIPPED)[:1]
    if not opening and place == 0 and len(pieces) > 1 and pieces[1] in "\t\r":
        return _TEXT_MARK  # a cell that begins with them runs what comes behind
    return _TEXT_MARK if opening and opening in _FORMULA + _TEXT_MARK else ""


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
