"""`reviewkit risk links|confirm|reject|undo|trust`."""

from __future__ import annotations

from dataclasses import replace

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


def test_a_long_queue_is_listed_in_part_and_whole_as_json(run: Run, url: str) -> None:
    with open_workspace(url) as ws:
        organisation.found(ws)
        (risk,) = [risk for risk in ws.risks.list() if risk.id == "TAP:R1"]
        more = [replace(risk, id=f"TAP:X{n}", ref=f"X{n}") for n in range(30)]
        ws.context.store.risks.put(*more)
        (link,) = [link for link in ws.context.store.links.all() if link.source == "late" and link.risk == risk.id]
        ws.context.store.links.put(*(replace(link, risk=one.id) for one in more))
    whole = rows(run("risk", "links", "--project", "TAP", "--json"))
    assert len(whole) == 31
    listed = run("risk", "links", "--project", "TAP").stdout
    assert listed.count("TAP:") == 25
    assert "6 more: --limit 31 lists all" in listed
    assert run("risk", "links", "--project", "TAP", "--limit", "31").stdout.count("TAP:") == 31
    assert "more:" not in run("risk", "links", "--project", "TAP", "--limit", "40").stdout
    assert run("risk", "links", "--limit", "0").exit_code == 2
