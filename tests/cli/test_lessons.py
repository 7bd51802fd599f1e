"""Lessons on the command line: written, changed, moved, and what was done to them."""

from __future__ import annotations

from tests.cli.conftest import Run, rows


def test_a_lesson_is_added_edited_moved_and_its_history_told(run: Run) -> None:
    added = run("lesson", "add", "--title", "Count parallel runs", "--area", "suppliers", "--review-on", "2020-05-01")
    assert added.exit_code == 0, added.stderr
    lesson = added.stdout.strip()
    assert run("lesson", "edit", lesson, "--owner", "PMO", "--positive").exit_code == 0
    for state in ("in review", "validated"):
        assert run("lesson", "move", lesson, state).exit_code == 0
    shown = rows(run("lesson", "show", lesson, "--json"))
    assert (shown["owner"], shown["positive"], shown["area"], shown["state"]) == ("PMO", True, "suppliers", "validated")
    steps = rows(run("lesson", "history", lesson, "--json"))
    assert [step["verb"] for step in steps] == ["moved", "moved", "edited", "added"]
    assert {"field": "owner", "before": "", "after": "PMO"} in steps[2]["changes"]
    assert "owner, positive" in run("lesson", "history", lesson).stdout.replace("positive, owner", "owner, positive")
    assert [one["id"] for one in rows(run("lesson", "due", "--json"))] == [lesson]


def test_what_cannot_be_kept_is_said_in_one_line(run: Run) -> None:
    for wrong in (["--title", " "], ["--title", "Fine", "--project", "NONE"], ["--title", "x", "--supersedes", "NONE"]):
        refused = run("lesson", "add", *wrong)
        assert refused.exit_code == 1
        assert len(refused.stderr.strip().splitlines()) == 1
    assert rows(run("lesson", "list", "--json")) == []
    assert run("lesson", "move", "NONE", "draft").exit_code == 1
    assert run("lesson", "add", "--theme", "NONE").exit_code == 1
