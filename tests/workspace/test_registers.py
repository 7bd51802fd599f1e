"""Registers come in, are worked on, and go back to the tool that they came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from reviewkit.domain.errors import Conflict, FieldsInvalid, NotFound, RiskChanged, TransitionRefused
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.registers import Occurrence, RegisterTool, RiskVerb
from reviewkit.domain.words import FileType, Occurred, ProjectStatus, RiskResponse, RiskStatus
from reviewkit.risks.base_rates import forecast
from reviewkit.settings import Settings
from reviewkit.workspace import Workspace, open_workspace
from reviewkit.workspace.files.imports import import_risks
from tests.clock import Clock
from tests.collect.importers.registers_of_tools import CISO, REGISTERS

TOOLS = {
    "openproject": RegisterTool.OPENPROJECT,
    "redmine": RegisterTool.REDMINE,
    "ciso": RegisterTool.CISO_ASSISTANT,
    "primavera": RegisterTool.PRIMAVERA,
    "jira": RegisterTool.JIRA,
}


@pytest.fixture
def ws() -> Iterator[Workspace]:
    with open_workspace(":memory:", Settings(), now=Clock()) as workspace:
        workspace.projects.add(Project("TAP", "Tap-on ticketing"))
        yield workspace


def file_of(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("type", [FileType.CSV, FileType.XLSX])
@pytest.mark.parametrize("name", REGISTERS)
def test_imported_edited_exported_and_imported_elsewhere(
    ws: Workspace, tmp_path: Path, name: str, type: FileType
) -> None:
    first = import_risks(ws, file_of(tmp_path, "risks.csv", REGISTERS[name]), "TAP")
    risk = ws.risks.list("TAP")[0]
    edit = {"title": "-Said = otherwise", "impact": 2, "owner": "@Ann", "response": RiskResponse.ACCEPT}
    ws.registers.edit(replace(risk, **edit), who="ann")  # type: ignore[arg-type]

    found = ws.register_files.file(ws.risks.list("TAP"), type)
    assert found.tool == TOOLS.get(name, RegisterTool.GENERIC)
    out = file_of(tmp_path, f"back.{type}", found.content)
    with open_workspace(":memory:", Settings()) as other:
        other.projects.add(Project("TAP", "Tap-on ticketing"))
        again = import_risks(other, out, "TAP")
        assert other.risks.list("TAP") == ws.risks.list("TAP")
        assert again.recognised == first.recognised
        was = {one.column: one.confidence for one in first.columns}
        assert {one.column: one.confidence for one in again.columns if one.column in was} == was
    known = import_risks(ws, out, "TAP")
    assert (known.new, known.changed) == (0, 0)


def test_a_file_goes_back_with_its_own_signs_and_the_columns_nobody_read(ws: Workspace, tmp_path: Path) -> None:
    report = import_risks(ws, file_of(tmp_path, "risks.csv", CISO), "TAP")
    assert report.recognised == "CISO Assistant (high confidence)"
    content = ws.register_files.file(ws.risks.list("TAP"), FileType.CSV).content.decode()
    assert content.startswith("\ufeffref_id;assets;threats;name;")
    assert "Core banking;Ransomware;" in content
    own = ws.register_files.file(ws.risks.list("TAP"), FileType.CSV, own=True)
    assert own.tool is None
    assert own.content.decode().startswith("Ref,Project key,Title,Cause,")


def test_registers_of_several_files_go_out_in_our_own_columns(ws: Workspace, tmp_path: Path) -> None:
    import_risks(ws, file_of(tmp_path, "a.csv", "ref,title\n1,Strike\n"), "TAP")
    import_risks(ws, file_of(tmp_path, "b.csv", "Risk ID,Name\n2,Flood\n"), "TAP")
    found = ws.register_files.file(ws.risks.list("TAP"), FileType.CSV)
    assert (found.tool, found.notes) == (None, ())
    assert ws.register_files.file([], FileType.CSV).content.decode().count("\n") == 1


def test_what_a_tool_cannot_be_told_is_said(ws: Workspace, tmp_path: Path) -> None:
    import_risks(ws, file_of(tmp_path, "p6.csv", REGISTERS["primavera"]), "TAP")
    crane = ws.risks.get("TAP:R-1")
    ws.registers.edit(replace(crane, owner="Ann"), who="ann")
    ws.registers.move("TAP:R-1", RiskStatus.CLOSED, who="ann")
    found = ws.register_files.file(ws.risks.list("TAP"), FileType.CSV)
    assert "Primavera P6 has no column for owner; it stands in “Owner”." in found.notes
    assert "Primavera P6 knows no status “closed”; R-1 says “responding” there." in found.notes


def test_refs_count_on_and_steps_are_kept(ws: Workspace) -> None:
    add = ws.registers.add
    assert add(Risk("", "TAP", "", "Strike"), who="ann").id == "TAP:R1"
    assert add(Risk("", "TAP", "r7", "Flood"), who="ann").id == "TAP:r7"
    assert add(Risk("", "TAP", "", "Mud"), who="ann").id == "TAP:R8"
    with pytest.raises(FieldsInvalid, match="there is no project “NOPE”"):
        add(Risk("", "NOPE", "", "Mud"), who="ann")
    assert ws.registers.named("TAP", "R7").title == "Flood"
    with pytest.raises(NotFound, match="risk list --project TAP"):
        ws.registers.named("TAP", "R99")
    (step,) = ws.registers.history("TAP:R1")
    assert (step.verb, step.who, step.at) == (RiskVerb.ADDED, "ann", ws.context.now())


def test_a_life_and_its_undo(ws: Workspace) -> None:
    risk = ws.registers.add(Risk("", "TAP", "", "Strike"), who="ann")
    today = ws.context.today
    occurred = ws.registers.move(risk.id, RiskStatus.OCCURRED, who="bo")
    assert (occurred.occurred, occurred.occurred_on) == (Occurred.YES, today)
    with pytest.raises(TransitionRefused):
        ws.registers.move(risk.id, RiskStatus.IDENTIFIED, who="bo")
    with pytest.raises(RiskChanged):
        ws.registers.undo(risk.id, 1, who="bo")
    assert ws.registers.undo(risk.id, 2, who="bo") == risk
    closed = ws.registers.move(risk.id, RiskStatus.CLOSED, who="bo")
    assert closed.closed_on == today
    assert ws.registers.move(risk.id, RiskStatus.RESPONDING, who="bo").closed_on is None
    fresh = ws.registers.add(Risk("", "TAP", "", "Flood"), who="ann")
    with pytest.raises(Conflict, match="only added"):
        ws.registers.undo(fresh.id, 1, who="ann")


def test_an_import_and_a_draft_leave_steps_too(ws: Workspace, tmp_path: Path) -> None:
    import_risks(ws, file_of(tmp_path, "a.csv", "ref,title\n1,Strike\n"), "TAP", who="ann")
    import_risks(ws, file_of(tmp_path, "a.csv", "ref,title,owner\n1,Strike,Bo\n"), "TAP", who="cy")
    last, first = ws.registers.history("TAP:1")
    assert (first.verb, first.who, first.changes) == (RiskVerb.IMPORTED, "ann", ())
    assert [(one.field, one.before, one.after) for one in last.changes] == [("owner", "", "Bo")]


def test_what_became_of_risks_feeds_the_base_rates_and_is_all_or_nothing(ws: Workspace) -> None:
    ids = [ws.registers.add(Risk("", "TAP", "", title), who="ann").id for title in ("Strike", "Flood")]
    ws.projects.close("TAP", finished=date(2026, 1, 31))
    answers = [Occurrence(ids[0], Occurred.YES, date(2026, 1, 2), "a week"), Occurrence(ids[1], Occurred.NO)]
    with pytest.raises(FieldsInvalid, match="still to come"):
        ws.registers.tell([replace(answers[0], on=date(2999, 1, 1)), answers[1]], who="ann")
    with pytest.raises(NotFound):
        ws.registers.tell([*answers, Occurrence("gone", Occurred.NO)], who="ann")
    assert len(ws.registers.unanswered("TAP")) == 2
    steps = ws.registers.tell(answers, who="ann")
    assert ws.registers.unanswered("TAP") == []
    kinds = forecast(["TAP"], [ws.risks.get(one) for one in ids], np.eye(2, dtype=np.float32))
    assert sorted((one.base_rate.k, one.base_rate.n) for one in kinds) == [(0, 1), (1, 1)]
    ws.registers.undo_several(steps, who="ann")
    assert len(ws.registers.unanswered("TAP")) == 2


def test_a_closing_is_taken_back_whole(ws: Workspace) -> None:
    before = ws.projects.get("TAP")
    ws.projects.close("TAP")
    assert ws.projects.reopen("TAP") == before
    with pytest.raises(Conflict):
        ws.projects.reopen("TAP")
    ws.projects.put_all([Project("OLD", "Old", status=ProjectStatus.CLOSED)])
    assert not ws.projects.can_reopen("OLD")


def test_a_risk_whose_ref_stands_in_no_address_can_be_imported_and_looked_at(ws: Workspace, tmp_path: Path) -> None:
    import_risks(ws, file_of(tmp_path, "a.csv", "ref,title\nA/1 #2?,Strike\n"), "TAP")
    assert ws.registers.named("TAP", "a/1 #2?").title == "Strike"
