"""`reviewkit risk links|confirm|reject|undo|trust`."""

from __future__ import annotations

from reviewkit.workspace import open_workspace
from tests.cli.conftest import Run, rows
from tests.webapp import organisation


def test_a_link_is_confirmed_rejected_and_taken_back(run: Run, url: str) -> None:
    with open_workspace(url) as ws:
        organisation.found(ws)
    (link,) = rows(run("risk", "links", "--project", "TAP", "--json"))
    assert (link["source"], link["risk"], link["own"]) == ("late", "TAP:R1", True)
    assert "score" not in link
    for verb, state in (("confirm", "confirmed"), ("reject", "rejected"), ("undo", "suggested")):
        (made,) = rows(run("risk", verb, link["id"], "--json"))
        assert made["state"] == state
        (seen,) = rows(run("risk", "links", "--state", state, "--json"))
        assert seen["id"] == link["id"]
    assert run("risk", "links", "--project", "LIBRARY").stdout == ""


def test_what_is_not_there_is_said_in_one_line(run: Run) -> None:
    for command in (("risk", "confirm", "nope"), ("risk", "links", "--project", "NOPE")):
        result = run(*command)
        assert result.exit_code == 1
        assert result.stderr.count("\n") == 1
    assert run("risk", "links", "--state", "perhaps").exit_code == 2


def test_trust_begins_with_nothing(run: Run) -> None:
    found = rows(run("risk", "trust", "--json"))
    assert (found["decided"], found["calibration"], found["agreement"]) == (0, None, None)
    assert "not enough yet" in run("risk", "trust").stdout
