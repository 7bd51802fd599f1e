"""Files into a workspace: previewed, applied whole or not at all, and never twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from reviewkit.domain.errors import Invalid, NotFound, UnreadableFile
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.words import Area, LessonState, Occurred, ProjectStatus
from reviewkit.workspace import Workspace
from reviewkit.workspace.files.answers import import_responses
from reviewkit.workspace.files.imports import (
    import_lessons,
    import_projects,
    import_risks,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "input.csv"


@pytest.fixture
def review(workspace: Workspace) -> str:
    return workspace.reviews.new("TAP").id


def test_a_dry_run_tells_what_the_import_will_do_and_changes_nothing(
    workspace: Workspace, review: str, file: Path
) -> None:
    file.write_text("Email,overall,Colour\na@b.org,5,red\nc@d.org,9,red\n", encoding="utf-8")
    preview = import_responses(workspace, file, review, dry_run=True)
    assert workspace.responses.list(review) == []
    report = import_responses(workspace, file, review)
    assert (preview.applied, report.applied) == (False, True)
    assert (preview.new, preview.columns, preview.dropped) == (report.new, report.columns, report.dropped)
    assert (report.new, report.unused, report.dropped) == (1, ("Colour",), ("Email",))
    assert len(workspace.responses.list(review)) == 1


def test_answers_imported_again_add_nothing_but_later_ones_do(workspace: Workspace, review: str, file: Path) -> None:
    file.write_text("Response ID,overall\n1,5\n2,4\n", encoding="utf-8")
    import_responses(workspace, file, review)
    file.write_text("Response ID,overall\n1,5\n2,4\n3,5\n", encoding="utf-8")
    report = import_responses(workspace, file, review)
    assert (report.new, report.known, report.found) == (1, 2, 3)
    assert len(workspace.responses.list(review)) == 3


def test_the_order_of_the_file_does_not_show_in_the_workspace(workspace: Workspace, review: str, file: Path) -> None:
    given = [f"answer number {n:02}" for n in range(40)]
    file.write_text("id,went_well\n" + "".join(f"{n},{text}\n" for n, text in enumerate(given)), encoding="utf-8")
    import_responses(workspace, file, review)
    kept = [response.answers["went_well"] for response in workspace.responses.list(review)]
    assert sorted(map(str, kept)) == given
    assert kept != given


def test_a_workbook_is_read_like_a_csv(workspace: Workspace, review: str, tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Completion time", "What went well?", "overall"])
    book.active.append(["2026-02-03", "The rehearsals", 4])
    book.save(tmp_path / "answers.xlsx")
    assert import_responses(workspace, tmp_path / "answers.xlsx", review).new == 1
    (response,) = workspace.responses.list(review)
    assert (response.answers, f"{response.submitted}") == ({"went_well": "The rehearsals", "overall": 4}, "2026-02-03")


def test_a_register_that_comes_again_brings_up_to_date_and_blanks_nothing(workspace: Workspace, file: Path) -> None:
    file.write_text("ref,title,probability,owner,occurred\nR1,Strike,3,Ann,yes\nR2,Flood,2,,\n", encoding="utf-8")
    import_risks(workspace, file, "TAP")
    file.write_text("ref,title,probability,owner\nR1,Strike,5,\nR2,Flood,2,\n", encoding="utf-8")
    report = import_risks(workspace, file, "TAP")
    assert (report.new, report.changed, report.known) == (0, 1, 1)
    strike = workspace.risks.get("TAP:R1")
    assert (strike.probability, strike.owner, strike.occurred) == (5, "Ann", Occurred.YES)


def test_a_register_may_name_projects_by_key_or_by_name(workspace: Workspace, file: Path) -> None:
    file.write_text("project,ref,title\ntap,1,Strike\nTap-On Ticketing,2,Flood\n", encoding="utf-8")
    import_risks(workspace, file)
    assert sorted(risk.id for risk in workspace.risks.list()) == ["TAP:1", "TAP:2"]


def test_a_part_of_a_file_that_cannot_go_in_keeps_all_of_it_out(workspace: Workspace, file: Path) -> None:
    file.write_text("project,ref,title\nTAP,1,Strike\nNOPE,2,Flood\n", encoding="utf-8")
    with pytest.raises(Invalid, match="not here: NOPE"):
        import_risks(workspace, file)
    file.write_text("key,name\nGOOD,Good\na/b,Bad\nWORSE,\n", encoding="utf-8")
    before = workspace.projects.list()
    import_projects(workspace, file, dry_run=True)
    assert workspace.projects.list() == before
    assert workspace.risks.list() == []


def test_projects_keep_the_status_they_have_unless_the_file_tells_one(workspace: Workspace, file: Path) -> None:
    file.write_text("key,name,sponsor\nTAP,Tap-on ticketing,Ruth\n", encoding="utf-8")
    assert import_projects(workspace, file).changed == 1
    assert workspace.projects.get("TAP").status is ProjectStatus.CLOSED
    file.write_text("key,name,status\nTAP,Tap-on ticketing,cancelled\n", encoding="utf-8")
    import_projects(workspace, file)
    assert workspace.projects.get("TAP").status is ProjectStatus.CANCELLED
    assert workspace.projects.get("TAP").sponsor == "Ruth"


def test_a_lesson_keeps_the_state_that_a_person_gave_it(workspace: Workspace, file: Path) -> None:
    file.write_text("title,owner\nSlings,Ann\n", encoding="utf-8")
    import_lessons(workspace, file, state=LessonState.PUBLISHED)
    (lesson,) = workspace.lessons.list()
    workspace.lessons.move(lesson.id, LessonState.EMBEDDED, who="nell")
    file.write_text("title,owner\nSlings,Bob\n", encoding="utf-8")
    assert import_lessons(workspace, file, state=LessonState.PUBLISHED).changed == 1
    (lesson,) = workspace.lessons.list()
    assert (lesson.state, lesson.owner) == (LessonState.EMBEDDED, "Bob")


def test_a_lesson_of_a_project_that_is_not_here_keeps_its_name_as_a_tag(workspace: Workspace, file: Path) -> None:
    file.write_text("title,project\nSlings,Tap-on ticketing\nKeys,Moon base\n", encoding="utf-8")
    import_lessons(workspace, file)
    keys, slings = workspace.lessons.list()
    assert (slings.project, slings.tags) == ("TAP", ())
    assert (keys.project, keys.tags) == ("", ("Moon base",))


def test_an_export_comes_back_as_it_was_formulas_and_all(workspace: Workspace, file: Path) -> None:
    lesson = Lesson("L-1", "=1+1", recommendation="@SUM(1)", context="'quoted", area=Area.SUPPLIERS, tags=("-a", "b"))
    workspace.lessons.put_all([lesson])
    file.write_text(workspace.lessons.export(), encoding="utf-8")
    report = import_lessons(workspace, file)
    assert (report.new, report.changed, report.known) == (0, 0, 1)
    assert workspace.lessons.get("L-1") == lesson


def test_nasa_lessons_are_known_by_their_header_and_published(workspace: Workspace, file: Path) -> None:
    file.write_text(
        "lesson_id,title,driving_event,lesson,recommendation\n7,Slings,A sling broke,Intuition,Calculate\n",
        encoding="utf-8",
    )
    import_lessons(workspace, file)
    assert workspace.lessons.get("NASA-7").is_usable


def test_what_is_not_there_is_named(workspace: Workspace, review: str, file: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"input\.csv"):
        import_lessons(workspace, file)
    file.write_text("overall\n5\n", encoding="utf-8")
    with pytest.raises(NotFound, match="“NOPE”"):
        import_responses(workspace, file, "NOPE")
    with pytest.raises(NotFound, match="“NOPE”"):
        import_risks(workspace, file, "NOPE")
