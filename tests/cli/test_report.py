"""`reviewkit report` writes what its file's name says, or says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.fixture
def project(run: Run) -> None:
    assert run("project", "add", "HUB", "Harbour hub", "--brief", "Buses meet the ferry.").exit_code == 0


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("name", "opening"), [("r.docx", b"PK"), ("r.html", b"<!doctype html>"), ("R.MD", b"# Harbour hub")]
)
def test_a_report_is_written_as_its_name_says(run: Run, tmp_path: Path, name: str, opening: bytes) -> None:
    out = tmp_path / name
    result = run("report", "HUB", "--out", str(out))
    assert result.exit_code == 0, result.stderr
    assert result.stdout == ""
    assert out.read_bytes().startswith(opening)


@pytest.mark.usefixtures("project")
def test_another_ending_is_wrong_usage_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    result = run("report", "HUB", "--out", str(out))
    assert result.exit_code == 2
    assert ".docx" in result.stderr
    assert not out.exists()


def test_an_unknown_project_is_one_line_and_writes_nothing(run: Run, tmp_path: Path) -> None:
    out = tmp_path / "report.md"
    result = run("report", "NONE", "--out", str(out))
    assert result.exit_code == 1
    assert "NONE" in result.stderr
    assert not out.exists()


@pytest.mark.usefixtures("project")
def test_a_folder_that_is_not_there_is_one_line(run: Run, tmp_path: Path) -> None:
    result = run("report", "HUB", "--out", str(tmp_path / "none" / "report.md"))
    assert result.exit_code == 1
    assert "No such file" in result.stderr
