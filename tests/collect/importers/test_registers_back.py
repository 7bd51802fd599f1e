"""A register goes back out as its tool writes it, and comes in again with what was changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.collect.importers.registers import Register, read_register
from reviewkit.collect.importers.registers.tools import tool_of
from reviewkit.collect.importers.registers.writing import Written, own_register, written_register
from reviewkit.collect.tables import Table, read_table, table_of
from reviewkit.domain.projects import Risk
from reviewkit.domain.registers import ReadAs, RegisterLayout, RegisterTool, RiskSource
from reviewkit.domain.words import Confidence, Occurred, RiskNature, RiskResponse, RiskStatus
from tests.collect.importers.registers_of_tools import OPENPROJECT, PRIMAVERA, REGISTERS

EDITS: tuple[dict[str, Any], ...] = (
    {"title": "Said in other words"},
    {"probability": 1, "impact": 4},
    {"probability": 3},
    {"impact": None},
    {"residual_probability": 2, "residual_impact": 1},
    {"cause": "one crane", "event": "the roof may be late", "effect": "wet walls"},
    {"event": "It may be late. Or never; who knows"},
    {"category": "weather", "owner": "Zoë"},
    {"response": RiskResponse.AVOID},
    {"response_text": "-call them\nthen call again"},
    {"response": RiskResponse.ACCEPT, "response_text": "we live with it"},
    {"identified_on": date(2026, 4, 3), "closed_on": date(2026, 5, 6)},
    {"occurred": Occurred.YES, "occurred_on": date(2026, 6, 7), "occurred_note": "=it came"},
    {"occurred": Occurred.NO},
    {"status": RiskStatus.REJECTED},
    {"nature": RiskNature.OPPORTUNITY},
)


def read(text: str, project: str = "TAP") -> tuple[Register, RegisterLayout, list[RiskSource]]:
    table = read_table(text.encode(), "risks.csv")
    found = read_register(table, name="risks.csv", project=project)
    matched = tuple(ReadAs(one.field, one.column) for one in found.columns)
    layout = RegisterLayout("L", found.tool, project, table.columns, matched, dict(found.tops))
    sources = [
        RiskSource(risk.id, "L", place, tuple(table.rows[place][name] for name in table.columns), risk)
        for risk, place in zip(found.records, found.places, strict=True)
    ]
    return found, layout, sources


def as_table(written: Written) -> Table:
    return table_of([written.columns, *written.rows], "back.csv")


def back(written: Written, layout: RegisterLayout) -> Register:
    return read_register(as_table(written), name="back.csv", project="TAP", known_tops=layout.tops)


@pytest.mark.parametrize("name", REGISTERS)
def test_what_nobody_changed_goes_out_as_it_came(name: str) -> None:
    found, layout, sources = read(REGISTERS[name])
    written = written_register(found.records, sources, layout)
    table = read_table(REGISTERS[name].encode(), "risks.csv")
    assert as_table(written).columns == table.columns
    assert [list(row) for row in written.rows] == [list(row.values()) for row in table.rows]
    assert written.notes == ()


@pytest.mark.parametrize("edit", EDITS, ids=lambda edit: "+".join(edit))
@pytest.mark.parametrize("name", REGISTERS)
def test_an_edit_comes_back_through_the_tool_s_own_columns(name: str, edit: dict[str, Any]) -> None:
    found, layout, sources = read(REGISTERS[name])
    for place in (0, 1):
        risks = list(found.records)
        risks[place] = replace(risks[place], **edit)
        written = written_register(risks, sources, layout)
        again = back(written, layout)
        assert again.records == tuple(risks), written
        assert (again.tool, again.tool_confidence) == (found.tool, found.tool_confidence)
        was = {one.column: one.confidence for one in found.columns}
        assert {one.column: one.confidence for one in again.columns if one.column in was} == was
        assert as_table(written).columns[: len(layout.columns)] == layout.columns


@pytest.mark.parametrize("name", REGISTERS)
def test_a_risk_added_here_gets_a_row_of_its_own(name: str) -> None:
    found, layout, sources = read(REGISTERS[name])
    fresh = Risk("TAP:N1", "TAP", "N1", "Flood", "the river", "it may flood", "wet walls", probability=2, impact=5)
    fresh = replace(fresh, owner="Ann", response=RiskResponse.REDUCE, response_text="Sand", origin="import")
    again = back(written_register([*found.records, fresh], sources, layout), layout)
    assert again.records == (*found.records, fresh)


def test_words_that_a_tool_does_not_know_become_its_nearest_and_are_told_of() -> None:
    found, layout, sources = read(PRIMAVERA)
    crane = replace(found.records[0], status=RiskStatus.CLOSED)
    written = written_register([crane, *found.records[1:]], sources, layout)
    assert written.rows[0][6] == "Managed"
    assert written.notes == ("Primavera P6 knows no status “closed”; R-1 says “responding” there.",)


def test_changed_cells_look_like_the_others() -> None:
    found, layout, sources = read(OPENPROJECT)
    permit, fibre = found.records
    permit = replace(permit, identified_on=date(2026, 4, 30), response=RiskResponse.EXPLOIT, probability=2)
    row = dict(zip(layout.columns, written_register([permit, fibre], sources, layout).rows[0], strict=True))
    assert row["Created on"] == "04/30/2026"
    assert row["Response strategy"] == "Exploit"
    assert row["Probability (1-5)"] == "2"
    assert row["Priority"] == "High"

    for name, field, level, shown in (("redmine", "impact", 2, "40"), ("ciso", "impact", 4, "Major")):
        found, layout, sources = read(REGISTERS[name])
        changed = replace(found.records[0], **{field: level})
        written = written_register([changed, *found.records[1:]], sources, layout)
        (column,) = layout.columns_of(field)
        assert written.rows[0][layout.columns.index(column)] == shown


def test_days_that_could_be_misread_are_written_so_that_they_cannot() -> None:
    found, layout, sources = read(OPENPROJECT)
    only = written_register(found.records[1:], sources, layout)  # 03/02 alone does not say which is the month
    assert only.rows[0][layout.columns.index("Created on")] == "2026-03-02"
    assert back(only, layout).records == found.records[1:]


def test_a_scale_is_kept_when_only_its_low_end_is_left() -> None:
    found, layout, sources = read(REGISTERS["0-100"])
    again = back(written_register(found.records[1:], sources, layout), layout)
    assert again.records == found.records[1:]


def test_our_own_table_comes_back() -> None:
    risks = [
        Risk("TAP:R1", "TAP", "R1", "Late", "one factory", "it may slip", "no launch", "supplier", probability=4),
        Risk("TAP:R2", "TAP", "R2", "-5 degrees", nature=RiskNature.OPPORTUNITY, response=RiskResponse.SHARE),
        Risk("HUB:R1", "HUB", "R1", "Flood", status=RiskStatus.OCCURRED, occurred=Occurred.YES, impact=5),
        Risk("HUB:R2", "HUB", "R2", "Mud", closed_on=date(2026, 1, 2), occurred=Occurred.NO, residual_impact=1),
    ]
    risks = [replace(risk, origin="import") for risk in risks]
    again = read_register(as_table(own_register(risks)), name="own.csv")
    assert again.records == tuple(risks)
    assert {one.confidence for one in again.columns} == {Confidence.HIGH}
    assert again.unused == ()


@pytest.mark.parametrize(
    ("columns", "tool", "confidence"),
    [
        (("#", "Project", "Subject", "Probability", "Impact", "Strategy"), RegisterTool.REDMINE, Confidence.HIGH),
        (("id", "subject", "strategy", "probability"), RegisterTool.REDMINE, Confidence.MEDIUM),
        (("ID", "Subject", "Type", "Status"), RegisterTool.OPENPROJECT, Confidence.HIGH),
        (("ID", "Subject", "Status"), RegisterTool.OPENPROJECT, Confidence.MEDIUM),
        (("ID", "Subject"), RegisterTool.GENERIC, Confidence.HIGH),
    ],
)
def test_whose_export_it_is_shows_in_its_headings(
    columns: tuple[str, ...], tool: RegisterTool, confidence: Confidence
) -> None:
    assert tool_of(columns) == (tool, confidence)


WORDS = st.text("abc äöß-=+@'\",;|\t€%.", min_size=1, max_size=20).map(str.strip).filter(lambda text: len(text) > 3)


@given(name=st.sampled_from(sorted(REGISTERS)), title=WORDS, owner=WORDS, effect=WORDS, level=st.integers(1, 5))
def test_whatever_is_typed_comes_back(name: str, title: str, owner: str, effect: str, level: int) -> None:
    found, layout, sources = read(REGISTERS[name])
    title = " ".join(title.split())
    changed = replace(found.records[0], title=title, owner=owner, effect=effect, probability=level)
    again = back(written_register([changed, *found.records[1:]], sources, layout), layout)
    assert again.records == (changed, *found.records[1:])
