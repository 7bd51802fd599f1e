"""`reviewkit kickoff` reads briefs in files and writes files, and tells what came of advice."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.webapp.test_kickoff_brief import BRIEF, pdf, word


@pytest.mark.parametrize(
    ("name", "opening"), [("k.docx", b"PK"), ("k.html", b"<!doctype html>"), ("K.MD", b"# A new project")]
)
@pytest.mark.parametrize("digest", [True, False])
def test_it_is_written_as_its_name_says(run: Run, tmp_path: Path, name: str, opening: bytes, digest: bool) -> None:
    brief, out = tmp_path / "brief.md", tmp_path / name
    brief.write_text(BRIEF)
    result = run("kickoff", "--brief", str(brief), "--out", str(out), *(["--digest"] if digest else []))
    assert result.exit_code == 0, result.stderr
    assert out.read_bytes().startswith(opening)
    if name.endswith("MD"):
        assert ("## The brief" in out.read_text()) is not digest


@pytest.mark.parametrize(("name", "content"), [("brief.docx", word(BRIEF)), ("brief.pdf", pdf(BRIEF))])
def test_a_brief_is_read_from_word_and_pdf(run: Run, tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    result = run("kickoff", "--brief", str(tmp_path / name), "--json")
    assert result.exit_code == 0, result.stderr
    assert "Permits of two authorities" in json.loads(result.stdout)["kickoff"]["brief"]


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("brief.pdf", b"%PDF-1.7 broken", "damaged"),
        ("brief.pdf", pdf(BRIEF, pages=61), "61 pages"),
        ("brief.pdf", pdf(), "holds pictures of pages and no text"),
        ("brief.docx", b"PK\x03\x04 broken", "brief.docx"),
    ],
)
def test_a_file_that_is_no_brief_is_one_line(run: Run, tmp_path: Path, name: str, content: bytes, told: str) -> None:
    (tmp_path / name).write_bytes(content)
    result = run("kickoff", "--brief", str(tmp_path / name))
    assert result.exit_code == 1
    assert told in result.stderr
    assert result.stderr.strip().count("\n") == 0


def test_outcomes_are_listed_and_set(run: Run) -> None:
    assert run("project", "add", "HUB", "Harbour hub", "--brief", BRIEF).exit_code == 0
    listed = run("kickoff", "outcomes", "HUB")
    assert (listed.exit_code, listed.stdout) == (0, "")
    assert "accepted nothing" in listed.stderr
    assert json.loads(run("kickoff", "outcomes", "HUB", "--json").stdout) == []
    assert run("kickoff", "outcomes", "NONE").exit_code == 1
    assert run("kickoff", "outcomes", "HUB", "--applied", "yes").exit_code == 2
    assert run("kickoff", "outcomes", "HUB", "--set", "x").exit_code == 2
    unknown = run("kickoff", "outcomes", "HUB", "--set", "x", "--applied", "yes")
    assert unknown.exit_code == 1
    assert "accepted recommendation" in unknown.stderr
