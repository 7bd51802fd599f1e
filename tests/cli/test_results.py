"""`review results`: on the terminal, as JSON and as a file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from reviewkit.workspace import open_workspace
from tests.cli.conftest import Run, rows


@pytest.fixture
def review(run: Run, url: str) -> str:
    """A closed review that seven people answered, six of them with a word."""
    run("project", "add", "TAP", "Tap-on ticketing")
    made: str = run("review", "new", "TAP").stdout.strip()
    with open_workspace(url) as ws:
        token = ws.reviews.new_link(ws.reviews.open(made).id)
        for number in range(7):
            ws.responses.submit(token, f"k{number}", {"overall": 5 if number else 1, "role": "user"})
        ws.reviews.close(made)
    return made


def test_results_are_told_in_a_table_and_as_json(run: Run, review: str) -> None:
    told = run("review", "results", review)
    assert told.exit_code == 0
    assert told.stdout.splitlines()[0].split() == ["PART", "ABOUT", "ANSWER", "NUMBER", "NOTE"]
    record = rows(run("review", "results", review, "--json"))
    assert (record["responses"], record["settled"], record["statements"]) == (7, True, [])
    assert record["roles"] == [{"role": "user", "answered": 7, "invited": None, "rate": None}]
    overall = next(one for one in record["ratings"] if one["question"] == "overall")
    assert (overall["n"], overall["counts"], overall["mean"]) == (7, [], None), "one person rated otherwise"


@pytest.mark.parametrize("ending", ["csv", "xlsx", "json"])
def test_results_go_into_a_file_by_its_ending(run: Run, review: str, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"results.{ending}"
    assert run("review", "results", review, "--out", str(out)).exit_code == 0
    opening = {"csv": b"part,about", "xlsx": b"PK", "json": b"{"}[ending]
    assert out.read_bytes().startswith(opening)
    if ending == "json":
        assert json.loads(out.read_bytes()) == rows(run("review", "results", review, "--json"))


def test_what_cannot_be_is_said_in_a_line(run: Run, review: str, tmp_path: Path) -> None:
    assert run("review", "results", review, "--out", str(tmp_path / "results.pdf")).exit_code == 2
    assert run("review", "results", "nothing").exit_code == 1
    assert rows(run("review", "results", review, "--lens", "no such heading", "--json"))["view_withheld"]
