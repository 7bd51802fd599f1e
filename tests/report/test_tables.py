"""Tables that leave are safe in a spreadsheet and come back as they were."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.report.tables import csv_text, plain_cell, safe_cell

FORMULAS = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\x00=1", "=cmd|'/C calc'!A0", "＝1", " =1+1", "\u200b=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_written_as_text(text: str) -> None:
    assert safe_cell(text).startswith("'")
    assert plain_cell(safe_cell(text)) == text


@given(st.text(max_size=40))
def test_every_cell_comes_back(text: str) -> None:
    assert plain_cell(safe_cell(text)) == text


def test_a_formula_inside_a_joined_list_cannot_begin_the_cell() -> None:
    table = csv_text(["tags"], [[("=1+1", "plain")]])
    assert next(iter(csv.DictReader(io.StringIO(table))))["tags"] == "'=1+1; plain"
