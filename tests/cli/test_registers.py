"""Registers on the command line: out again as they came, and what became of a risk."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Run, rows

REDMINE = """#,Project,Subject,Probability,Impact,Status,Strategy
12,TAP,Late,60,90,Open,mitigate
13,TAP,Strike,15,20,Open,accept
"""


def test_in_told_of_and_out_again(run: Run, tmp_path: Path) -> None:
    run("project", "add", "TAP", "Tap-on ticketing", "--status", "active")
    file = tmp_path / "register.csv"
    file.write_text(REDMINE, encoding="utf-8")
    told = run("risk", "import", str(file), "--no-analyse")
    assert "Recognised as Redmine (high confidence)." in told.stdout
    closed = run("project", "close", "TAP")
    assert "Did its risks come true? 2 risks to be told of at /projects/TAP/occurred." in closed.stdout
    assert run("risk", "occurred", "TAP", "12", "yes", "--on", "2026-01-31", "--note", "a month").exit_code == 0
    (late, _) = rows(run("risk", "list", "--json"))
    assert (late["occurred"], late["occurred_on"], late["occurred_note"], late["status"]) == (
        *("yes", "2026-01-31", "a month", "occurred"),
    )
    out = tmp_path / "out.csv"
    wrote = run("risk", "export", "--filter", "occurred=yes", "--out", str(out))
    assert f"Wrote 1 risk to {out}, as Redmine has them." in wrote.stderr
    assert "Redmine knows no status “occurred”; 12 says “closed” there." in wrote.stderr
    assert out.read_text(encoding="utf-8").splitlines() == [
        "#,Project,Subject,Probability,Impact,Status,Strategy,Occurred,Occurred on,Occurred note",
        "12,TAP,Late,60,90,Closed,mitigate,yes,2026-01-31,a month",
    ]
    book = tmp_path / "out.xlsx"
    assert run("risk", "export", "--project", "TAP", "--out", str(book)).exit_code == 0
    assert "0 new risks" in run("risk", "import", str(book), "--no-analyse").stdout


def test_what_cannot_be_is_said_in_one_line(run: Run, tmp_path: Path) -> None:
    run("project", "add", "TAP", "Tap-on ticketing")
    for said, code, arguments in (
        ("There is no risk “TAP R9”", 1, ("occurred", "TAP", "R9", "yes")),
        ("There is no project “NOPE”", 1, ("occurred", "NOPE", "R9", "yes")),
        ("There is no project “NOPE”", 1, ("export", "--project", "NOPE", "--out", str(tmp_path / "a.csv"))),
        ("must end in .csv or .xlsx", 2, ("export", "--out", str(tmp_path / "a.txt"))),
        ("is not NAME=VALUE", 2, ("export", "--filter", "colour=red", "--out", str(tmp_path / "a.csv"))),
    ):
        result = run("risk", *arguments)
        assert (result.exit_code, said in result.stderr) == (code, True), result.stderr
