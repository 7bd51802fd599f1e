"""Exports of other tools, quirks and all, become tables of answers with a row for each respondent."""

from __future__ import annotations

import csv
import io
import zipfile
from contextlib import suppress
from datetime import date

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.collect.importers.exports import LAYOUTS, read_export
from reviewkit.collect.importers.exports.cards import SAID
from reviewkit.collect.importers.responses.table import read_responses
from reviewkit.collect.templates import template
from reviewkit.domain.errors import Invalid, ReviewkitError, UnreadableFile
from reviewkit.domain.reviews import Review
from reviewkit.domain.words import ExportFormat, Wave

PARABOL = """\ufeffreflectionGroup,author,votes,type,createdAt,discussionThread,prompt,content
Deliveries,Ann Lee,3,Reflection,2026-03-04T10:15:00.000Z,,Stop,"Ordering ""by phone"", please"
Deliveries,Bo Chan,3,Reflection,2026-03-04T10:16:00.000Z,,Start,Weekly calls with the vendor
Deliveries,Ann Lee,3,Reflection,2026-03-04T10:17:00.000Z,,Stop,Guessing dates
Deliveries,Bo Chan,,Task,2026-03-04T10:40:00.000Z,1,,Ask for a date
Deliveries,Ann Lee,,Comment,2026-03-04T10:41:00.000Z,1,,True
"""
PARABOL_PAGES = """Reflection Group,Votes,Type,Author,Prompt,Content,Discussion Thread
Dates,2,Reflection,Anonymous,Continue,The stand-ups,
Dates,2,Reflection,Anonymous,Stop,Late mails,
Dates,,Reply,Ann Lee,,Agreed,1
"""
AZURE = """Pump station retrospective


Feedback Items
Type,Description,Votes,CreatedDate,CreatedBy,
"What went well?","They said "it works" and, for once, it did",3,"2026-03-04T10:15:00.000Z","Lee, Ann",
"What didn't go well?","Two lines,
one of them, 4, long",0,"2026-03-05T08:00:00.000Z","Bo Chan",

Work Items
Feedback Description,Work Item Title,Work Item Type,Work Item Id,Url
"They said "it works"","Keep it",Task,17,https://example.org/17
"""
RECORDS = """submission_id,collected_at,source_type,field_id,field_type,source_id,source_name,field_label,value_text,\
value_number,value_boolean,value_date
s1,2026-03-04T10:15:00Z,survey,f1,text,x,Close,What went well?,The rehearsals,,,
s1,2026-03-04T10:15:00Z,survey,f2,rating,x,Close,"All in all, how did the project go?",,4,,
s2,2026-03-05T10:15:00Z,survey,f1,text,x,Close,What went well?,The team,,,
s2,2026-03-05T10:15:00Z,survey,f3,boolean,x,Close,Was the schedule kept?,,,false,
"""
MONKEY = """Respondent ID,Collector ID,Start Date,End Date,IP Address,Email Address,First Name,Last Name,Custom Data 1,\
What went well?,Who took part?,,,Was the schedule kept?
,,,,,,,,,Open-Ended Response,Users,Suppliers,Other (please specify),Response
101,7,03/04/2026 10:15:00 AM,03/14/2026 10:20:00 AM,10.1.2.3,ann@example.org,Ann,Lee,,Rehearsals,Users,Suppliers,,No
102,7,03/04/2026 11:15:00 AM,03/15/2026 11:20:00 AM,10.1.2.4,,,,,The team,,,The press,Yes
"""
RETROSPECTED = """# Pump station

#### What went well?
* (+3/-0) The rehearsals
* **Training** (+2/-0)
  * (+1/-0) Short and *at the desk*
  * (+1/-1) Ten days before we needed it
    * **Action**: *Book the room in May*

#### What could be improved?
* (+0/-0) The supplier came late

### Actions
* Book the room in May
"""
NOTES = """# Retrospective of the pump station

We met on Tuesday.

## What went well
- The rehearsals, which
  found the fault
- [x] **Clear** plan

## What to improve
1. Too few people
"""
JIRA = """Summary,Issue key,Issue id,Issue Type,Status,Project key,Reporter,Created,Updated,Labels,Labels,Description,\
Custom field (Severity),Comment,Comment
Vendor late again,RETRO-1,10001,Problem,Done,RETRO,ann.lee,12/Mar/24 9:41 AM,13/Mar/24 9:41 AM,vendor,retro,\
"Four months.",High,"12/Mar/24 9:50 AM;ann.lee;me too",
Ask for a date,RETRO-2,10002,Improvement,To Do,RETRO,ann.lee,13/Mar/24 9:41 AM,13/Mar/24 9:41 AM,vendor,,,,,
Rehearsals,RETRO-3,10003,What went well,Done,RETRO,bo.chan,13/Mar/24 1:00 PM,13/Mar/24 9:41 AM,,,,,,
"""
EASYRETRO = (
    "What went well?,What didn't go well?,Do differently,\r\nRehearsals,Late vendor,Ask earlier,\r\nThe team,,,\r\n"
)
FILES = {
    ExportFormat.PARABOL: PARABOL,
    ExportFormat.AZURE_DEVOPS: AZURE,
    ExportFormat.FORMBRICKS_RECORDS: RECORDS,
    ExportFormat.SURVEYMONKEY: MONKEY,
    ExportFormat.RETROSPECTED: RETROSPECTED,
    ExportFormat.EASYRETRO: EASYRETRO,
    ExportFormat.MARKDOWN: NOTES,
    ExportFormat.JIRA: JIRA,
}


def rows(text: str, *, one_each: bool = False) -> list[dict[str, str]]:
    """The table's rows without dates and blank cells; `one_each` takes each unsigned card for another person's."""
    people = read_export(text.encode(), "x").found.unsigned if one_each else None
    table = read_export(text.encode(), "x", people=people).found.table
    return [{column: cell for column, cell in row.items() if cell and column != SAID} for row in table.rows]


@pytest.mark.parametrize("known", FILES)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_the_file_itself_tells_what_wrote_it(known: ExportFormat, encoding: str) -> None:
    text = FILES[known].lstrip("\ufeff")
    assert read_export(text.encode(encoding), "x").read_as is known
    assert read_export("\r\n".join(text.splitlines()).encode(encoding), "x").read_as is known


def test_every_layout_has_a_file_here() -> None:
    assert set(FILES) == set(LAYOUTS)


@pytest.mark.parametrize("text", ["a,b\n1,2\n", "overall\n5\n", "# went well;# went badly\nthis;that\n"])
def test_any_other_table_stays_a_table(text: str) -> None:
    assert read_export(text.encode(), "x").read_as is ExportFormat.TABLE


def test_parabols_reflections_are_put_together_by_author_and_no_author_is_kept() -> None:
    export = read_export(PARABOL.encode(), "x")
    assert rows(PARABOL) == [
        {"Stop": 'Ordering "by phone", please\nGuessing dates'},
        {"Start": "Weekly calls with the vendor"},
    ]
    assert export.found.dropped == ("author",)
    assert "Ann" not in repr(export.found.table)
    assert export.found.notes == ("Left out, since they are no reflections: 1 of type task, 1 of type comment",)


def test_cards_that_nobody_signed_are_of_one_person_unless_it_is_said_how_many_wrote_them() -> None:
    assert rows(PARABOL_PAGES) == [{"Continue": "The stand-ups", "Stop": "Late mails"}]
    assert rows(PARABOL_PAGES, one_each=True) == [{"Continue": "The stand-ups"}, {"Stop": "Late mails"}]
    assert any("count as one person" in note for note in read_export(PARABOL_PAGES.encode(), "x").found.notes)
    for people in (0, 3):
        with pytest.raises(Invalid, match="2 cards are unsigned"):
            read_export(PARABOL_PAGES.encode(), "x", people=people)


def test_quotation_marks_that_azure_devops_leaves_open_do_no_harm() -> None:
    assert rows(AZURE) == [
        {"What went well?": 'They said "it works" and, for once, it did'},
        {"What didn't go well?": "Two lines,\none of them, 4, long"},
    ]


def test_single_records_of_formbricks_become_submissions() -> None:
    assert rows(RECORDS) == [
        {"Submission ID": "s1", "What went well?": "The rehearsals", "All in all, how did the project go?": "4"},
        {"Submission ID": "s2", "What went well?": "The team", "Was the schedule kept?": "no"},
    ]


def test_two_header_rows_of_surveymonkey_become_one() -> None:
    first, second = rows(MONKEY)
    assert (first["Who took part?"], second["Who took part?"]) == ("Users;Suppliers", "The press")
    assert (first["What went well?"], second["Was the schedule kept?"]) == ("Rehearsals", "Yes")


def test_votes_groups_and_repeated_actions_of_retrospected_are_no_answers() -> None:
    assert [next(iter(row.items())) for row in rows(RETROSPECTED, one_each=True)] == [
        ("What went well?", "The rehearsals"),
        ("What went well?", "Short and at the desk"),
        ("What went well?", "Ten days before we needed it"),
        ("Actions", "Book the room in May"),
        ("What could be improved?", "The supplier came late"),
    ]


def test_bullets_of_notes_are_answers_to_their_heading() -> None:
    assert rows(NOTES, one_each=True) == [
        {"What went well": "The rehearsals, which found the fault"},
        {"What went well": "Clear plan"},
        {"What to improve": "Too few people"},
    ]


def test_issues_of_jira_are_cards_by_type_and_reporter_and_their_labels_are_told() -> None:
    found = read_export(JIRA.encode(), "x").found
    assert rows(JIRA) == [
        {"Problem": "Vendor late again\nFour months.", "Improvement": "Ask for a date"},
        {"What went well": "Rehearsals"},
    ]
    assert "ann" not in repr(found.table)
    assert found.dropped == ("Reporter",)
    assert found.notes == ("Status, not imported: 2 Done, 1 To Do", "Labels, not imported: 2 vendor, 1 retro")


def test_cards_stacked_in_columns_are_not_taken_for_one_persons_row() -> None:
    assert [next(iter(row.values())) for row in rows(EASYRETRO, one_each=True)] == [
        *("Rehearsals", "Late vendor", "Ask earlier", "The team"),
    ]


@pytest.mark.parametrize("listed", [True, False])
def test_notes_in_word_are_read_by_their_headings(listed: bool) -> None:
    document = docx.Document()
    document.add_heading("Pump station", 0)
    document.add_heading("What went well?", 1)
    if listed:
        document.add_paragraph("We met on Tuesday.")
    document.add_paragraph("The rehearsals", style="List Bullet" if listed else None)
    document.add_heading("What didn't go well?", 1)
    document.add_paragraph("The vendor was late", style="List Number" if listed else None)
    file = io.BytesIO()
    document.save(file)
    export = read_export(file.getvalue(), "notes.docx")
    said = [{column: cell for column, cell in row.items() if cell} for row in export.found.table.rows]
    assert export.read_as is ExportFormat.WORD
    assert said == [{"What went well?": "The rehearsals", "What didn't go well?": "The vendor was late"}]


@pytest.mark.parametrize("damage", ["cut", "hollow", "bomb"])
def test_a_damaged_or_swollen_word_file_is_refused_in_one_line(damage: str) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 40_000_000 if damage == "bomb" else b"<w:document/>")
    content = file.getvalue()[:-40] if damage == "cut" else file.getvalue()
    with pytest.raises(UnreadableFile, match=r"damaged|unpacks to more"):
        read_export(content, "notes.docx")


def test_an_export_read_as_another_or_without_answers_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="not laid out as Parabol"):
        read_export(NOTES.encode(), "x", ExportFormat.PARABOL)
    with pytest.raises(UnreadableFile, match="no answers"):
        rows(PARABOL.splitlines()[0] + "\n")
    with pytest.raises(UnreadableFile, match="empty"):
        read_export(b"  \n", "x", ExportFormat.MARKDOWN)


@pytest.mark.parametrize("known", FILES)
def test_answers_reach_the_review_dated_and_without_anybodys_address(known: ExportFormat) -> None:
    review = Review("r", "P", "Review", "post_implementation", Wave.CLOSE, template("post_implementation").questions)
    board = known in (ExportFormat.PARABOL,)  # its columns are not those of this review
    by_hand = [("went_badly", "Stop"), ("do_differently", "Start")] if board else []
    table = read_export(FILES[known].encode(), "x").found.table
    found = read_responses(table, review, by_hand, name="x", today=date(2026, 5, 4))
    again = read_responses(table, review, by_hand, name="x", today=date(2026, 5, 5))
    assert found.records
    assert [one.key for one in found.records] == [one.key for one in again.records]
    assert not any(secret in repr(found) for secret in ("ann@example.org", "10.1.2.3", "Lee", "ann.lee"))
    dated = known not in (ExportFormat.RETROSPECTED, ExportFormat.EASYRETRO, ExportFormat.MARKDOWN)
    assert all((one.submitted.month == 3) == dated for one in found.records)


@given(text=st.text(max_size=300), known=st.sampled_from(sorted(FILES)), cut=st.integers(0, 900))
def test_whatever_stands_in_a_file_it_is_read_or_refused(text: str, known: ExportFormat, cut: int) -> None:
    mangled = FILES[known][:cut] + text + FILES[known][cut:]
    try:
        table = read_export(mangled.encode("utf-8", "replace"), "x").found.table
    except ReviewkitError:
        return
    assert all(set(row) == set(table.columns) for row in table.rows)


def test_what_only_begins_like_an_export_is_refused_in_one_line() -> None:
    header = PARABOL.splitlines()[0]
    for content in (header + "\n" + "\t" * 300 + "x", header + "\n" + "a\tb\n" * 9):
        with pytest.raises(UnreadableFile) as refused:
            read_export(content.encode(), "x.csv")
        assert "\n" not in str(refused.value)


@pytest.mark.parametrize("sign", [",", ";", "\t", '"'])
def test_a_first_line_beyond_measure_is_no_failure(sign: str) -> None:
    csv.field_size_limit(131_072)  # what a process begins with
    content = ("x" * 200_000 + f"{sign}went well\n1{sign}2\n").encode()
    with suppress(UnreadableFile):
        assert read_export(content, "x.csv").read_as is ExportFormat.TABLE
