"""`reviewkit insight` and `reviewkit backtest`."""

from __future__ import annotations

from dataclasses import replace

import pytest

from reviewkit.workspace import open_workspace
from tests.cli.conftest import Run, rows
from tests.webapp import organisation

INSIGHTS = ("blind-spots", "false-alarms", "base-rates")


@pytest.mark.parametrize("name", INSIGHTS)
def test_an_empty_workspace_has_none_and_says_so(run: Run, name: str) -> None:
    result = run("insight", name)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.strip()
    assert rows(run("insight", name, "--json")) == []


def test_blind_spots_name_their_projects_and_widen(run: Run, url: str) -> None:
    with open_workspace(url) as ws:
        store = organisation.found(ws).context.store
        store.themes.put(replace(store.themes.get("rooms"), troubles=2))
    (found,) = rows(run("insight", "blind-spots", "--kind", "software", "--json"))
    assert found["theme"] == "Rooms too small"
    assert [(one["class"], one["k"], one["n"], one["projects"]) for one in found["rates"]] == [
        ("kind software", 1, 1, ["TAP"]),
        ("all projects", 1, 1, ["TAP"]),
    ]
    assert all(0 <= one["low"] <= one["high"] <= 1 for one in found["rates"])
    assert "KIND SOFTWARE" in run("insight", "blind-spots", "--kind", "software").stdout


def test_a_backtest_without_a_past_says_so(run: Run) -> None:
    result = run("backtest")
    assert result.exit_code == 0
    assert "nothing to test yet" in result.stdout
    assert rows(run("backtest", "--json"))["trials"] == []


def test_unknown_insights_are_wrong_usage(run: Run) -> None:
    assert run("insight", "horoscope").exit_code == 2
    assert run("backtest", "--top", "0").exit_code == 2
