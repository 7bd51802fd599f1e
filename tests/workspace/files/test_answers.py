"""Answers into a review: all or nothing, never twice, nobody's name, and no more people than there were."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.domain.errors import Invalid, ReviewkitError
from reviewkit.domain.privacy import shows
from reviewkit.domain.projects import Project
from reviewkit.workspace import Workspace, open_workspace
from reviewkit.workspace.files import answers
from reviewkit.workspace.files.answers import import_responses

SECRETS = ("Zebediah", "zebediah.quux@example.org", "198.51.100.77", "tok-Xyzzy-9", "Mozilla/9.7", "+44 7700 900123")
BOARD = "Went well,Went badly,Do differently,\r\n" + "".join(f"good {n},bad {n},other {n},\r\n" for n in range(7))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "input.csv"


@pytest.fixture
def review(workspace: Workspace) -> str:
    return workspace.reviews.new("TAP").id


def rows(count: int, start: int = 0) -> str:
    return "Response ID,overall,went_well\n" + "".join(f"{n},{n % 5 + 1},fine {n}\n" for n in range(start, count))


def test_what_says_who_somebody_is_reaches_no_file_of_the_workspace(tmp_path: Path, file: Path) -> None:
    first, email, address, token, browser, phone = SECRETS
    file.write_text(
        "Response ID,Timestamp,First name,Email Address,ipaddr,token,User agent,Phone number,Where,went_well\n"
        + "".join(
            f"{n},2026-10-04,{first},{email},{address},{token},{browser},{phone},{email},The rehearsals {n}\n"
            for n in range(6)
        ),
        encoding="utf-8",
    )
    folder = tmp_path / "space"
    folder.mkdir()
    with open_workspace(str(folder / "team.db")) as ws:
        ws.projects.add(Project("TAP", "Tap-on ticketing"))
        report = import_responses(ws, file, ws.reviews.new("TAP").id)
        assert report.new == 6
        assert len(report.dropped) == 7  # “Where” by what stands in it
        held = {path.name: path.read_bytes() for path in folder.iterdir()}
    held |= {path.name: path.read_bytes() for path in folder.iterdir()}
    assert any(b"The rehearsals" in content for content in held.values())
    for secret in SECRETS:
        assert not [name for name, content in held.items() if secret.encode() in content], secret


def test_an_import_that_fails_half_way_changes_nothing(
    workspace: Workspace, review: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "BATCH", 10)
    file.write_text(rows(50), encoding="utf-8")
    before = workspace.context.store.revision()

    def stop(stage: str, done: int, total: int) -> None:
        if stage == "responses saved" and done >= 30:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_responses(workspace, file, review, report=stop)
    assert workspace.responses.list(review) == []
    assert workspace.context.store.revision() == before
    assert import_responses(workspace, file, review).new == 50


def test_a_row_that_cannot_be_read_keeps_the_whole_file_out(workspace: Workspace, review: str, file: Path) -> None:
    file.write_text(rows(20) + '20,5,"never closed\n21,4,x\n', encoding="utf-8")
    with pytest.raises(Invalid, match="never closed"):
        import_responses(workspace, file, review)
    assert workspace.responses.list(review) == []


def test_the_same_file_again_and_a_longer_one_add_each_row_once(
    workspace: Workspace, review: str, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answers, "BATCH", 7)
    file.write_text(rows(20), encoding="utf-8")
    assert import_responses(workspace, file, review).new == 20
    again = import_responses(workspace, file, review)
    assert (again.new, again.known) == (0, 20)
    file.write_text(rows(31), encoding="utf-8")
    preview = import_responses(workspace, file, review, dry_run=True)
    longer = import_responses(workspace, file, review)
    assert (preview.new, longer.new, longer.known) == (11, 11, 20)
    assert len(workspace.responses.list(review)) == 31


def test_how_far_it_is_is_told(workspace: Workspace, review: str, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answers, "BATCH", 10)
    file.write_text(rows(25), encoding="utf-8")
    told: list[tuple[str, int, int]] = []
    import_responses(workspace, file, review, report=lambda *said: told.append(said))
    assert [said for said in told if said[0] == "rows read"] == [("rows read", n, 25) for n in (10, 20, 25)]
    assert [said for said in told if said[0] != "rows read"] == [("responses saved", n, 25) for n in (10, 20, 25)]


def test_unsigned_cards_do_not_lift_a_review_over_the_threshold(workspace: Workspace, review: str, file: Path) -> None:
    file.write_text(BOARD, encoding="utf-8", newline="")
    report = import_responses(workspace, file, review)
    assert (report.new, report.unsigned) == (1, 21)
    assert not shows(workspace.reviews.get(review), len(workspace.responses.list(review)))


def test_whoever_was_there_may_say_how_many_wrote_them(workspace: Workspace, review: str, file: Path) -> None:
    file.write_text(BOARD, encoding="utf-8", newline="")
    with pytest.raises(Invalid, match="21 cards"):
        import_responses(workspace, file, review, people=22)
    assert import_responses(workspace, file, review, people=6).new == 6
    said = " ".join(str(answer) for one in workspace.responses.list(review) for answer in one.answers.values())
    assert all(f"{word} {n}" in said for word in ("good", "bad", "other") for n in range(7))


FORMULAS = ["=1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", "\0=1", "=cmd|'/C calc'!A0", ";=1", "＝1", "a; =1; b"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_that_was_exported_as_text_comes_back_as_it_was(
    workspace: Workspace, review: str, file: Path, text: str
) -> None:
    from reviewkit.report.tables import csv_text

    file.write_text(csv_text(["Response ID", "went_well"], [["1", text], ["2", "plain"]]), "utf-8", newline="")
    import_responses(workspace, file, review)
    kept = {one.answers["went_well"] for one in workspace.responses.list(review)}
    assert kept == {text.replace("\0", "").strip(), "plain"}


@pytest.mark.parametrize(
    "content",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"<!DOCTYPE html><table><tr><td>overall</td></tr></table>",
        b"PK\x03\x04 cut off",
        b"overall;went_well\n1,fine\n2,good\n",
        b'Response ID,overall\n1,"5\n',
        b"",
    ],
)
def test_what_is_no_table_gives_one_line_and_changes_nothing(
    workspace: Workspace, review: str, tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "answers.xlsx"
    path.write_bytes(content)
    before = workspace.context.store.revision()
    with pytest.raises(ReviewkitError) as refused:
        import_responses(workspace, path, review)
    assert str(refused.value).startswith("answers.xlsx: ")
    assert "\n" not in str(refused.value)
    assert workspace.context.store.revision() == before


def test_a_workbook_that_is_a_csv_is_read_as_one(workspace: Workspace, review: str, tmp_path: Path) -> None:
    path = tmp_path / "answers.xlsx"
    path.write_text("Response ID,overall\n1,5\n", encoding="utf-16")
    assert import_responses(workspace, path, review).new == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("# Went well\n- The demo\n", "notes with headings and bullets (Markdown) (high confidence)"),
        (BOARD, "FunRetro or EasyRetro (medium confidence)"),
        ("Timestamp,overall\n2026-03-01,5\n", "Google Forms (medium confidence)"),
        (rows(3), ""),
    ],
)
def test_what_wrote_the_file_is_told_with_how_sure_it_is(
    workspace: Workspace, review: str, file: Path, content: str, said: str
) -> None:
    file.write_text(content, encoding="utf-8", newline="")
    assert import_responses(workspace, file, review, dry_run=True).recognised == said


def test_notes_without_dates_are_not_told_to_lack_them(workspace: Workspace, review: str, file: Path) -> None:
    file.write_text("# Went well\n- The demo\n", encoding="utf-8")
    report = import_responses(workspace, file, review)
    assert [match.field for match in report.columns] == ["went_well"]
    assert not any("Timestamp" in str(warning) for warning in report.warnings)
    assert workspace.responses.list(review)[0].submitted == workspace.context.today
