"""Registers from several tools become risks on one scale."""

from __future__ import annotations

from datetime import date

import pytest

from reviewkit.collect.importers.found import Imported
from reviewkit.collect.importers.registers import read_register
from reviewkit.collect.tables import read_table
from reviewkit.domain.errors import Invalid
from reviewkit.domain.projects import Risk
from reviewkit.domain.words import Confidence, Occurred, RiskNature, RiskResponse, RiskStatus


def read(text: str, *by_hand: tuple[str, str], project: str = "TAP") -> Imported[Risk]:
    return read_register(read_table(text.encode(), "risks.csv"), by_hand, name="risks.csv", project=project)


def test_redmine() -> None:
    found = read(
        "#,Project,Subject,Category,Probability,Impact,Status,Strategy,Description,Treatments\n"
        "12,TAP,Validators late,Supplier,60,90,Open,mitigate,The factory slips,monthly call\n"
        "13,TAP,Strike,People,10,20,Closed,accept,,\n"
    )
    late, strike = found.records
    assert (late.id, late.probability, late.impact) == ("TAP:12", 3, 5)
    assert (late.response, late.response_text, late.event) == (RiskResponse.REDUCE, "monthly call", "The factory slips")
    assert (strike.status, strike.response) == (RiskStatus.CLOSED, RiskResponse.ACCEPT)
    assert {match.confidence for match in found.columns} <= {Confidence.HIGH, Confidence.MEDIUM}
    assert not found.warnings


def test_primavera() -> None:
    (risk,) = read(
        "Id,Name,Cause,Description,Effect,IdentifiedDate,Status,Type\n"
        "R1,Permit late,two authorities,The permit comes late,works stand still,12-Mar-24,Impacted,Threat\n"
    ).records
    assert (risk.cause, risk.event, risk.effect) == ("two authorities", "The permit comes late", "works stand still")
    assert (risk.status, risk.occurred, risk.nature) == (RiskStatus.OCCURRED, Occurred.YES, RiskNature.THREAT)
    assert risk.identified_on == date(2024, 3, 12)


def test_a_semicolon_register_in_words_with_its_treatment_in_the_same_cell() -> None:
    (risk,) = read(
        "ref_id;name;description;current_impact;current_proba;treatment\n"
        "A-1;Ransom;Files are locked;Very high;unlikely;Mitigate: offline backups\n"
    ).records
    assert (risk.ref, risk.probability, risk.impact) == ("A-1", 2, 5)
    assert (risk.response, risk.response_text) == (RiskResponse.REDUCE, "Mitigate: offline backups")


def test_the_sentence_of_cause_event_and_effect_is_taken_apart() -> None:
    (risk,) = read(
        'Risk description\n"Because of the chip shortage, the switches may arrive late, leading to closed libraries."\n'
    ).records
    assert risk.cause == "the chip shortage"
    assert risk.event == "the switches may arrive late"
    assert risk.effect == "closed libraries"
    assert risk.title == "the switches may arrive late"


def test_a_risk_without_a_number_has_the_same_id_at_each_import() -> None:
    once, again = read("Title\nStrike\n").records[0], read("Title,Owner\nstrike ,Ann\n").records[0]
    assert once.id == again.id
    assert read("Title\nFlood\n").records[0].id != once.id


def test_a_column_can_name_the_projects() -> None:
    found = read("Project key,Risk ID,Risk title\nTAP,1,Strike\nPUMP,1,Flood\n,2,Mould\n", project="")
    assert [risk.id for risk in found.records] == ["TAP:1", "PUMP:1"]
    assert [str(warning) for warning in found.warnings] == ["row 4: it has no project, so it is left out"]


def test_words_that_are_not_understood_are_left_out_with_a_warning() -> None:
    found = read("ref,title,status,occurred\n1,Strike,Open,yes\n2,Flood,Closed,no\n3,Mould,Purple,perhaps not\n")
    assert found.records[2].status is RiskStatus.IDENTIFIED
    assert found.records[2].occurred is Occurred.UNKNOWN
    assert [warning.row for warning in found.warnings] == [4, 4]


def test_a_column_called_impact_that_holds_prose_is_not_the_level() -> None:
    (risk,) = read("title,impact\nStrike,Buses stand still for days\n").records
    assert risk.impact is None


def test_a_ref_that_stands_twice_is_read_once() -> None:
    found = read("ref,title\n1,Strike\n1,Flood\n")
    assert [risk.title for risk in found.records] == ["Strike"]
    assert found.warnings[0].row == 3


@pytest.mark.parametrize(("text", "project"), [("colour,size\nred,4\n", "TAP"), ("title\nStrike\n", "")])
def test_a_table_that_is_no_register_is_refused(text: str, project: str) -> None:
    with pytest.raises(Invalid, match=r"risks\.csv: no column"):
        read(text, project=project)
