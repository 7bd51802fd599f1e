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


OPENPROJECT = """\ufeff"ID","Subject","Type","Status","Assignee","Priority","Probability (1-5)","Impact (1-5)",\
"Description","Response strategy","Mitigation plan","Created on"
"214","Permit late","Risk","In progress","Ann Lee","High","4","5","Because the council meets once a month, \
the permit may come late, leading to idle crews.","Mitigate","Ask in March","03/14/2026 09:41 AM"
"215","Cheap fibre","Opportunity","New","","Normal","2","3","","Exploit","","03/02/2026 10:00 AM"
"""
CISO = """\ufeffref_id;assets;threats;name;description;existing_applied_controls;current_impact;current_proba;\
current_risk;additional_controls;residual_impact;residual_proba;residual_risk;treatment;strength_of_knowledge;justification
R.1;Core banking;Ransomware;Backups are encrypted too;"An attacker reaches the backups; nothing can be restored";Daily \
backups;Critical;Likely;High;Offline copies;Moderate;Unlikely;Low;mitigate;Medium;
R.2;HR portal;Phishing;Accounts are taken over;;;Major;Possible;Medium;;Minor;Possible;Low;accept;Low;Cheap to repair
"""
P6 = """Id,Name,Cause,Description,Effect,IdentifiedDate,Status,Type
R-1,Crane late,One supplier,The crane may come late,Idle crews,12-Mar-26,Impacted,Threat
R-2,Early steel,Spare capacity,Steel may come early,Earlier finish,13-Mar-26,Managed,Opportunity
R-3,Flood,River,Site may flood,Delay,14-Mar-26,Rejected,Threat
"""
JIRA = """Summary,Issue key,Issue id,Issue Type,Status,Assignee,Created,Labels,Labels,Description,\
Custom field (Probability),Custom field (Impact),Custom field (Risk response)
Vendor late,TAP-7,10007,Risk,Open,Ann,12/Mar/24 9:41 AM,vendor,tap,One factory only,4,5,Mitigate
"""


def test_openproject() -> None:
    found = read(OPENPROJECT, project="TAP")
    permit, fibre = found.records
    assert (permit.ref, permit.title, permit.probability, permit.impact) == ("214", "Permit late", 4, 5)
    assert (permit.status, permit.response) == (RiskStatus.RESPONDING, RiskResponse.REDUCE)
    assert permit.cause == "the council meets once a month"
    assert fibre.status is RiskStatus.IDENTIFIED
    assert (f"{permit.identified_on}", f"{fibre.identified_on}") == ("2026-03-14", "2026-03-02")
    assert confidences(found)["ref"] is confidences(found)["title"] is Confidence.HIGH


def test_ciso_assistant() -> None:
    found = read(CISO, project="TAP")
    backups, accounts = found.records
    assert (backups.ref, backups.title, backups.probability, backups.impact) == (
        "R.1",
        "Backups are encrypted too",
        4,
        5,
    )
    assert (backups.residual_probability, backups.residual_impact) == (2, 3)
    assert (backups.response, accounts.response) == (RiskResponse.REDUCE, RiskResponse.ACCEPT)
    assert backups.event.startswith("An attacker reaches the backups; nothing")
    assert "Offline copies" in backups.response_text


def test_primavera_p6_with_its_own_words() -> None:
    crane, steel, flood = read(P6, project="TAP").records
    assert (crane.cause, crane.event, crane.effect) == ("One supplier", "The crane may come late", "Idle crews")
    assert (crane.status, crane.occurred) == (RiskStatus.OCCURRED, Occurred.YES)
    assert (steel.nature, steel.status) == (RiskNature.OPPORTUNITY, RiskStatus.RESPONDING)
    assert (flood.status, f"{flood.identified_on}") == (RiskStatus.REJECTED, "2026-03-14")


def test_risks_kept_in_jira() -> None:
    found = read(JIRA, project="TAP")
    (risk,) = found.records
    assert (risk.ref, risk.title, risk.probability, risk.impact) == ("TAP-7", "Vendor late", 4, 5)
    assert (risk.response, f"{risk.identified_on}") == (RiskResponse.REDUCE, "2024-03-12")


def confidences(found: Imported[Risk]) -> dict[str, Confidence]:
    return {match.field: match.confidence for match in found.columns}


def test_a_code_of_ones_own_is_not_taken_for_the_projects() -> None:
    register = read("Our code,Title,Probability\nX-1,Crane late,3\n")
    assert [risk.project for risk in register.records] == ["TAP"]
    assert "project" not in register.fields
