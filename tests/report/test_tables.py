"""Tables that leave are safe in a spreadsheet and come back as they were."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.report.tables import csv_text, plain_cell, safe_cell

FORMULAS = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\x00=1", "=cmd|'/C calc'!A0", "＝1", " =1+1", "\u200b=1"]
WITHIN = [";=1", "a;=cmd|'/C calc'!A0;b", "a,=1", "a\t=1", "a\n=1", "a; @SUM(1)", ";＝1", "\r;=1", "a|=1"]

wild = st.text(max_size=40) | st.text(alphabet="'=+-@;,|\t\r\n a\x00\u200b＝", max_size=14)


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_written_as_text(text: str) -> None:
    assert safe_cell(text).startswith("'")
    assert plain_cell(safe_cell(text)) == text


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("text", [*FORMULAS, *WITHIN])
def test_no_spreadsheet_finds_a_formula_wherever_it_parts_cells(text: str, delimiter: str) -> None:
    for written in (",", ";"):
        table = csv_text(["id", text], [["1", text]], delimiter=written)
        read = list(csv.reader(io.StringIO(table, newline=""), delimiter=delimiter))
        cells = [cell.lstrip(" \x00\u200b\ufeff") for row in read for cell in row]
        assert not [cell for cell in cells if re.match("[=+@＝-]", cell)], cells
    assert plain_cell(safe_cell(text)) == text


@given(wild)
def test_every_cell_comes_back(text: str) -> None:
    assert plain_cell(safe_cell(text)) == text


@given(wild)
def test_a_cell_marked_twice_comes_back_in_two_steps(text: str) -> None:
    assert plain_cell(safe_cell(safe_cell(text))) == safe_cell(text)


@pytest.mark.parametrize(
    "text", ["late, again; then more", "3 - 4", "a-b; c+d", "a@example", "it's the crew's", "a\nb"]
)
def test_what_is_no_formula_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == plain_cell(text) == text


@pytest.mark.parametrize("tags", [("=1+1", "plain"), ("plain", "=1+1"), ("a", "@SUM(1)", "b")])
def test_a_formula_inside_a_joined_list_cannot_begin_a_cell(tags: tuple[str, ...]) -> None:
    table = csv_text(["tags"], [[tags]])
    cell = next(iter(csv.DictReader(io.StringIO(table))))["tags"]
    assert not [part for part in re.split("[;,]", cell) if part.lstrip()[:1] in "=+-@"]
    assert plain_cell(cell) == "; ".join(tags)
