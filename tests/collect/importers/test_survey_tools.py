"""Tables as survey tools write them are understood by themselves, with the confidence that is due and nobody's name."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from reviewkit.collect.importers.exports import read_export
from reviewkit.collect.importers.found import Imported
from reviewkit.collect.importers.responses.table import Submission, read_responses
from reviewkit.collect.importers.responses.tools import tool_of
from reviewkit.collect.tables import read_table
from reviewkit.collect.templates import template
from reviewkit.domain.reviews import Question, Review
from reviewkit.domain.words import Confidence, ExportFormat, QuestionType, Wave

LENSES = Question("lenses", "Who took part?", QuestionType.MULTIPLE, options=("Users", "Suppliers", "Sponsor"))
QUESTIONS = (*template("post_implementation").questions, LENSES)
REVIEW = Review("PIR-1", "TAP", "Review", "own", Wave.CLOSE, QUESTIONS)

GOOGLE = """Timestamp,Email Address,Score,What went well?,What went badly?,"All in all, how did the project go?"
2026/10/04 10:15:00 AM GMT+5:30,ann.lee@example.org,8 / 10,The rehearsals,The vendor came late,4
2026/10/13 11:15:00 PM GMT+5:30,bo.chan@example.org,2 / 10,The team,"Two lines,
one of them long",2
"""
LIMESURVEY = (
    '"Response ID","Date submitted","Last page","Start language","Seed","First name","Email address",'
    '"What went well?","Who took part? [Users]","Who took part? [Suppliers]","Who took part? [Other]",'
    '"How was it? [It works as intended in daily use]","IP address"\n'
    '"7","2026-10-04 10:15:00","2","en","1234567","Ann","ann.lee@example.org","The rehearsals","Yes","No","",'
    '"4","10.1.2.3"\n'
    '"8","1980-01-01 00:00:00","2","en","7654321","Bo","bo@example.org","The team","Yes","Yes","","5","10.1.2.4"\n'
)
LIMESURVEY_CODES = (
    "id,submitdate,token,startdate,datestamp,ipaddr,refurl,firstname,went_well,G01Q02,overall\n"
    "7,2026-10-04 10:15:00,tok9aXb,2026-10-04 10:00:00,2026-10-04 10:15:00,10.1.2.3,https://example.org/x,Ann,"
    "The rehearsals,A1,4\n"
    "8,2026-10-05 10:15:00,tok8aXb,2026-10-05 10:00:00,2026-10-05 10:15:00,10.1.2.4,,Bo,The team,A2,5\n"
)
FORMBRICKS = (
    '"No.","Response ID","Timestamp","Finished","Survey ID","User ID","Notes","Tags","1. What went well?",'
    '"2. How was it? - It works as intended in daily use","2. How was it? - It delivers what was asked for"\n'
    "1,clx9,2026-10-04T10:15:00.000Z,true,s1,ann.lee,,,The rehearsals,4,5\n"
    "2,clx8,2026-10-05T10:15:00.000Z,true,s1,bo.chan,,,The team,3,2\n"
)
MONKEY_ROWS = [
    ["Respondent ID", "Collector ID", "Start Date", "End Date", "IP Address", "Email Address", "First Name",
     "Last Name", "Custom Data 1", "What went well?", "Who took part?", "", "", "How was it?", ""],
    ["", "", "", "", "", "", "", "", "", "Open-Ended Response", "Users", "Suppliers", "Other (please specify)",
     "It works as intended in daily use", "It delivers what was asked for"],
    [101, 7, datetime(2026, 10, 4, 10), datetime(2026, 10, 4, 11), "10.1.2.3", "ann.lee@example.org", "Ann", "Lee",
     "staff 77", "The rehearsals", "Users", "Suppliers", "", "4", "Agree"],
    [102, 7, datetime(2026, 10, 5, 10), datetime(2026, 10, 5, 11), "10.1.2.4", "bo@example.org", "Bo", "Chan",
     "staff 78", "The team", "Users", "", "", "3", "Disagree"],
]  # fmt: skip
DONE = datetime(2026, 10, 4, 10)
MICROSOFT_ROWS = [
    ["ID", "Start time", "Completion time", "Email", "Name", "Last modified time", "What went well?", "Who took part?"],
    [
        1,
        datetime(2026, 10, 4, 9),
        datetime(2026, 10, 4, 10),
        "anonymous",
        "",
        "",
        "Café “rehearsals”",
        "Users;Suppliers;",
    ],
    [2, datetime(2026, 10, 5, 9), datetime(2026, 10, 5, 10), "anonymous", "", "", "Naïve – but kind", "Users;"],
]
MICROSOFT = (
    "ID,Start time,Completion time,Email,Name,Last modified time,What went well?,Who took part?\r\n"
    "1,10/4/26 9:00:00,10/4/26 10:00:00,anonymous,,,Café “rehearsals”,Users;Suppliers;\r\n"
    "2,10/15/26 9:00:00,10/15/26 10:00:00,anonymous,,,Naïve – but kind,Users;\r\n"
)


def workbook(rows: list[list[object]]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def imported(content: bytes) -> Imported[Submission]:
    export = read_export(content, "x")
    found = read_responses(export.found.table, REVIEW, name="x", today=date(2026, 11, 1))
    assert not {"Ann", "Bo", "ann.lee@example.org", "10.1.2.3", "tok9aXb"} & set(repr(found.records).split("'"))
    return replace(found, dropped=(*export.found.dropped, *found.dropped))


def sure(found: Imported[Submission]) -> dict[str, Confidence]:
    return {match.field: match.confidence for match in found.columns}


AS_MICROSOFT = [MICROSOFT.encode("cp1252"), MICROSOFT.encode("utf-8-sig"), workbook(MICROSOFT_ROWS)]


def test_google_forms() -> None:
    found = imported(GOOGLE.encode())
    first, second = found.records
    assert (first.submitted, second.submitted) == (date(2026, 10, 4), date(2026, 10, 13))
    assert first.answers == {"went_well": "The rehearsals", "went_badly": "The vendor came late", "overall": 4}
    assert second.answers["went_badly"] == "Two lines,\none of them long"
    assert (found.dropped, found.unused) == (("Email Address",), ("Score",))
    high, medium = Confidence.HIGH, Confidence.MEDIUM
    assert sure(found) == {"submitted": high, "went_well": medium, "went_badly": high, "overall": high}


@pytest.mark.parametrize("content", AS_MICROSOFT)
def test_microsoft_forms_anonymous_as_csv_or_workbook(content: bytes) -> None:
    found = imported(content)
    assert found.records[0].answers == {"went_well": "Café “rehearsals”", "lenses": ("Users", "Suppliers")}
    assert found.records[1].answers == {"went_well": "Naïve – but kind", "lenses": ("Users",)}
    assert found.records[0].submitted == date(2026, 10, 4)
    assert {"Email", "Name"} <= set(found.dropped)
    assert sure(found)["submission_id"] is Confidence.HIGH
    assert [match.column for match in found.columns if match.field == "submitted"] == ["Completion time"]


def test_limesurvey_with_full_headings_and_sub_questions() -> None:
    found = imported(LIMESURVEY.encode())
    first, second = found.records
    assert first.answers == {"went_well": "The rehearsals", "lenses": ("Users",), "works_as_intended": 4}
    assert second.answers["lenses"] == ("Users", "Suppliers")
    assert second.submitted == date(2026, 11, 1)  # the day it gives to answers it keeps no day of
    assert set(found.dropped) == {"First name", "Email address", "IP address"}
    assert sure(found)["works_as_intended"] is Confidence.MEDIUM  # by a part of its heading
    assert sure(found)["lenses"] is sure(found)["submission_id"] is Confidence.HIGH


def test_limesurvey_with_codes() -> None:
    found = imported(LIMESURVEY_CODES.encode())
    assert [one.answers for one in found.records] == [
        {"went_well": "The rehearsals", "overall": 4},
        {"went_well": "The team", "overall": 5},
    ]
    assert {"token", "ipaddr", "refurl", "firstname"} <= set(found.dropped)
    assert "G01Q02" in found.unused
    assert set(sure(found).values()) == {Confidence.HIGH}


def test_formbricks_responses_with_the_rows_of_a_matrix() -> None:
    found = imported(FORMBRICKS.encode())
    assert found.records[0].answers == {"went_well": "The rehearsals", "works_as_intended": 4, "requirements_met": 5}
    assert "User ID" in found.dropped
    columns = {match.field: match.column for match in found.columns}
    assert columns["submission_id"] == "Response ID"  # “No.” is another number in each export
    assert sure(found)["requirements_met"] is Confidence.MEDIUM


def test_surveymonkeys_workbook_with_a_choice_and_a_grid_under_its_second_header() -> None:
    content = workbook(MONKEY_ROWS)
    assert read_export(content, "x").read_as is ExportFormat.SURVEYMONKEY
    found = imported(content)
    assert found.records[0].answers == {
        "went_well": "The rehearsals",
        "lenses": ("Users", "Suppliers"),
        "works_as_intended": 4,
        "requirements_met": 4,
    }
    assert {"IP Address", "Email Address", "First Name", "Last Name", "Custom Data 1"} <= set(found.dropped)
    assert found.records[0].submitted == date(2026, 10, 4)


def test_numbered_and_repeated_headings_of_personal_columns_are_dropped_too() -> None:
    found = imported(b"1. Your name,E-mail,E-mail,Q3: Full name (optional),overall\nAnn,a@b.org,c@d.org,Ann Lee,4\n")
    assert found.dropped == ("1. Your name", "E-mail", "E-mail (2)", "Q3: Full name (optional)")


@pytest.mark.parametrize(
    ("header", "tool"),
    [
        (GOOGLE, ("Google Forms", Confidence.MEDIUM)),
        (LIMESURVEY, ("LimeSurvey", Confidence.HIGH)),
        (LIMESURVEY_CODES, ("LimeSurvey", Confidence.HIGH)),
        (FORMBRICKS, ("Formbricks", Confidence.HIGH)),
        (MICROSOFT, ("Microsoft Forms", Confidence.HIGH)),
        ("What went well?,Timestamp\n", None),
        ("id,text\n", None),
    ],
)
def test_headings_tell_the_tool_and_how_sure_that_is(header: str, tool: tuple[str, Confidence] | None) -> None:
    assert tool_of(read_table(header.splitlines()[0].encode()).columns) == tool
