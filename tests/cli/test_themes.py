"""Themes on the command line: what keeps coming back, and what is decided about it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Response, Review, Statement
from reviewkit.domain.themes import Membership, Theme, ThemeChange, ThemeRun
from reviewkit.domain.words import Area, Kind, ThemeChangeKind, Wave
from reviewkit.workspace import open_workspace
from tests.cli.conftest import Run, rows

LATE, TRAINING = range(8), range(8, 11)


@pytest.fixture
def themed(run: Run, url: str) -> Run:
    """A workspace with the themes “late” of eight people, which has a part, and “training” of three."""
    with open_workspace(url) as ws, ws.context.store.write():
        store = ws.context.store
        store.projects.put(Project("TAP", "Tap-on ticketing"))
        store.reviews.put(Review("V", "TAP", "Review", "pir", Wave.CLOSE, ()))
        for number in (*LATE, *TRAINING):
            store.responses.put(Response(f"r{number}", "V", f"k{number}", "receipt", None, date(2026, 3, 1)))
            text = f"{'Parts came late' if number in LATE else 'The course was short'}, {number} times"
            said = Statement(f"s{number}", f"r{number}", "V", "TAP", "q", 0, 9, text, f"h{number}", kind=Kind.PROBLEM)
            store.statements.put(said)
            theme, part = ("late", "late-hw" if number < 3 else "") if number in LATE else ("training", "")
            store.memberships.put(Membership(f"s{number}", theme, part, 0.5))
        store.themes.put(
            Theme("late", "late parts", ("late",), Area.SUPPLIERS, "", 8, 8, ("TAP",), suggested="late parts"),
            Theme("late-hw", "late hardware", (), Area.SUPPLIERS, "late", 3, 3, ("TAP",), suggested="late hardware"),
            Theme("training", "short training", (), Area.PEOPLE, "", 3, 3, ("TAP",), suggested="short training"),
        )
        grown = ThemeChange(ThemeChangeKind.GROWN, "late", "late parts", 6, 8, 2)
        moved = ThemeChange(
            ThemeChangeKind.MOVED, "late", "late parts", 6, 8, 5, "training", "short training", people=5
        )
        gone = ThemeChange(ThemeChangeKind.MERGED, "slow", "slow parts", 7, 0, 7, "late", "late parts", people=7)
        store.theme_runs.put(ThemeRun("last", datetime(2026, 3, 2, 9, tzinfo=UTC), "5", 11, (grown, gone, moved)))
    return run


def listed(run: Run) -> dict[str, Any]:
    return {row["id"]: row for row in rows(run("theme", "list", "--retired", "--json"))}


def test_themes_are_listed_and_few_people_are_not_counted(themed: Run) -> None:
    late, training = rows(themed("theme", "list", "--json"))
    assert (late["id"], late["label"], late["area"], late["responses"]) == ("late", "late parts", "suppliers", 5)
    assert (training["responses"], training["statements"]) == (None, None)
    assert "fewer than 5" in themed("theme", "list").stdout
    assert [row["id"] for row in rows(themed("theme", "list", "--area", "people and team", "--json"))] == ["training"]
    assert rows(themed("theme", "list", "--recurring", "--json")) == []


def test_a_theme_is_shown_with_its_parts_quotes_and_decisions(themed: Run) -> None:
    themed("theme", "rename", "late", "Parts too late", "--why", "board asked")
    shown = rows(themed("theme", "show", "late", "--json"))
    assert (shown["label"], shown["kinds"]) == ("Parts too late", {"problem": 8})
    assert [part["id"] for part in shown["subthemes"]] == ["late-hw"]
    assert {quote["statement"] for quote in shown["quotes"]} == {f"s{number}" for number in LATE}
    assert [(one["verb"], one["value"], one["why"]) for one in shown["decisions"]] == [
        ("rename", "Parts too late", "board asked")
    ]
    text = themed("theme", "show", "late").stdout
    assert "Parts came late, 0 times" in text
    assert "renamed to “Parts too late”" in text


def test_what_is_decided_is_done_at_once_and_can_be_taken_back(themed: Run) -> None:
    (split,) = rows(themed("theme", "split", "late", "s6", "s7", "--name", "Late and dear", "--json"))
    assert listed(themed)[split["value"]]["label"] == "Late and dear"
    (merged,) = rows(themed("theme", "merge", "training", split["value"], "--json"))
    assert listed(themed)[split["value"]]["responses"] == 5
    assert "training" not in listed(themed)
    shown = rows(themed("theme", "show", "training", "--json"))
    assert (shown["status"], shown["merged_into"]) == ("retired", split["value"])
    assert (
        themed("theme", "undo", merged["id"]).stdout
        == f"Taken back: the merge of “short training” into {split['value']}.\n"
    )
    assert listed(themed)["training"]["label"] == "short training"
    assert themed("theme", "undo", split["id"]).stdout == f"Taken back: the split into {split['value']}.\n"
    assert listed(themed)["late"]["statements"] == 5
    assert split["value"] not in listed(themed)


def test_statements_move_to_a_theme_a_part_of_one_or_out_of_any(themed: Run) -> None:
    moved = themed("theme", "move", "s8", "s0", "late-hw")
    assert moved.stdout.startswith("Moved 2 statements to “late hardware”.")
    assert "s8" in {quote["statement"] for quote in rows(themed("theme", "show", "late-hw", "--json"))["quotes"]}
    themed("theme", "move", "s9", "s10", "--out")
    assert "training" not in listed(themed)
    assert themed("theme", "move", "s9").exit_code == 2


def test_a_part_is_split_off_by_its_id(themed: Run) -> None:
    (split,) = rows(themed("theme", "split", "late", "late-hw", "--json"))
    shown = rows(themed("theme", "show", split["value"], "--json"))
    assert {quote["statement"] for quote in shown["quotes"]} == {"s0", "s1", "s2"}
    assert (shown["label"], shown["split_from"]) == ("late parts, split off", "late")


def test_a_retired_theme_is_listed_on_request_only(themed: Run) -> None:
    (decision,) = rows(themed("theme", "retire", "late", "--json"))
    assert [row["id"] for row in rows(themed("theme", "list", "--json"))] == ["training"]
    assert listed(themed)["late"]["status"] == "retired"
    themed("theme", "undo", decision["id"])
    assert themed("theme", "confirm", "late").stdout.startswith("Confirmed.")
    assert listed(themed)["late"]["status"] == "confirmed"


def test_the_diff_names_what_changed_and_no_small_numbers(themed: Run) -> None:
    found = rows(themed("theme", "diff", "--json"))
    assert found["at"] == "2026-03-02T09:00:00+00:00"
    assert [(one["kind"], one["theme"], one["count"]) for one in found["changes"]] == [
        ("grown", "late", None), ("merged", "slow", 5), ("moved", "late", 5)
    ]  # fmt: skip
    text = themed("theme", "diff").stdout
    assert "at least 5 statements into “late parts”" in text
    assert "a few statements" in text


@pytest.mark.parametrize(
    ("command", "told"),
    [
        (["merge", "late", "late"], "cannot be merged into itself"),
        (["merge", "late", "late-hw"], "“late hardware” is a part of another theme"),
        (["merge", "late", "nowhere"], "There is no theme “nowhere”. `reviewkit theme list`"),
        (["merge", "slow", "late"], "The last run merged it into “late parts” (late)."),
        (["split", "late", *(f"s{number}" for number in LATE)], "not all"),
        (["split", "late", "s8"], "Statement “s8” is not in “late parts”"),
        (["split", "late", "s99"], "There is no statement “s99”."),
        (["move", "s99", "late"], "There is no statement “s99”."),
        (["move", "s1", "nowhere"], "There is no theme “nowhere”."),
        (["rename", "late", "x"], "2 to 80 characters"),
        (["undo", "nothing"], "There is no decision “nothing”."),
        (["show", "nowhere"], "There is no theme “nowhere”."),
    ],
)
def test_what_cannot_be_done_is_one_clear_line(themed: Run, command: list[str], told: str) -> None:
    done = themed("theme", *command)
    assert done.exit_code == 1
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_what_was_merged_away_says_where_it_went(themed: Run) -> None:
    themed("theme", "merge", "training", "late")
    done = themed("theme", "rename", "training", "Courses")
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "“short training” was merged into “late parts” (late)" in done.stderr


def test_without_themes_the_listing_says_how_to_find_some(run: Run) -> None:
    assert "reviewkit analyse" in run("theme", "list").stderr
    assert "No run yet" in run("theme", "diff").stderr
    assert rows(run("theme", "diff", "--json")) == {"at": None, "changes": []}
