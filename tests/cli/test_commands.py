"""Journeys of a project management office on the command line."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest

from reviewkit.workspace import open_workspace
from tests.cli.conftest import Run, rows

REGISTER = "ref,title,probability,impact,status\nR1,Validators late,likely,5,occurred\nR2,Strike,10,2,closed\n"
ANSWERS = "Timestamp,Email,What went well?,overall\n2026-04-02,a@b.org,The rehearsals,4\n2026-04-03,c@d.org,,5\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "input.csv"


@pytest.fixture
def tap(run: Run) -> Run:
    """A workspace with the project TAP."""
    assert run("project", "add", "TAP", "Tap-on ticketing", "--status", "active").exit_code == 0
    return run


def test_a_project_from_its_start_to_its_close(run: Run) -> None:
    brief = "Contactless ticketing on 410 buses."
    added = run(
        *("project", "add", "TAP", "Tap-on ticketing", "--brief", brief, "--kind", "software", "--tag", "bus"),
        *("--start", "2022-03-07", "--finish", "2023-02-24", "--budget", "7400000"),
        *("--status", "active"),
    )
    assert added.stdout == "Added TAP, Tap-on ticketing.\n"
    shown = rows(run("project", "show", "TAP", "--json"))
    assert (shown["brief"], shown["planned_start"], shown["tags"], shown["risks"]) == (brief, "2022-03-07", ["bus"], 0)
    assert "planned budget  7,400,000" in run("project", "show", "TAP").stdout
    assert run("project", "close", "TAP", "--finished", "2023-06-09").exit_code == 0
    (listed,) = rows(run("project", "list", "--json"))
    assert (listed["status"], listed["finish"], listed["days_late"]) == ("closed", "2023-06-09", 105)
    table = run("project", "list").stdout.splitlines()
    assert table[0].split() == ["KEY", "NAME", "KIND", "STATUS", "START", "FINISH"]
    assert rows(run("project", "list", "--status", "active", "--json")) == []


def test_an_empty_listing_says_what_to_do_on_stderr(run: Run) -> None:
    listed = run("project", "list")
    assert (listed.exit_code, listed.stdout) == (0, "")
    assert "reviewkit project add" in listed.stderr


def test_a_brief_can_come_from_a_file_or_from_standard_input(run: Run, file: Path) -> None:
    file.write_bytes("Caf\xe9 on the quay".encode("cp1252"))
    assert run("project", "add", "A", "Alpha", "--brief-file", str(file)).exit_code == 0
    assert run("project", "add", "B", "Beta", "--brief-file", "-", input="Typed in").exit_code == 0
    briefs = {row["key"]: row["brief"] for row in rows(run("project", "list", "--json"))}
    assert briefs == {"A": "Café on the quay", "B": "Typed in"}


def test_a_register_is_imported_once_and_brought_up_to_date(tap: Run, file: Path) -> None:
    file.write_text(REGISTER, encoding="utf-8")
    imported = tap("risk", "import", str(file), "--project", "TAP", "--no-analyse")
    assert imported.stdout.endswith("Imported 2 new risks.\n")
    again = tap("risk", "import", str(file), "--project", "TAP", "--no-analyse")
    assert again.stdout.endswith("Imported 0 new risks, 2 there already.\n")
    file.write_text(
        "ref,owner\nR1,Ann\n".replace("ref,", "ref,title,").replace("R1,", "R1,Validators late,"), encoding="utf-8"
    )
    assert "1 changed" in tap("risk", "import", str(file), "--project", "TAP", "--no-analyse").stdout
    late, strike = rows(tap("risk", "list", "--project", "TAP", "--json"))
    assert (late["id"], late["severity"], late["owner"], late["occurred"]) == ("TAP:R1", 20, "Ann", "yes")
    assert strike["ref"] == "R2"
    assert [row["ref"] for row in rows(tap("risk", "list", "--occurred", "yes", "--json"))] == ["R1"]


def test_a_template_of_ones_own_starts_from_a_shipped_one(tap: Run, url: str, tmp_path: Path) -> None:
    keys = {row["key"] for row in rows(tap("review", "templates", "--json"))}
    assert {"post_implementation", "benefits", "milestone", "sailboat"} <= keys
    mine = tmp_path / "mine.toml"
    mine.write_text(tap("review", "templates", "benefits").stdout.replace("worth it?", "worth the dust?"), "utf-8")
    review = rows(tap("review", "new", "TAP", "--template", str(mine), "--json"))
    assert (review["template"], review["wave"]) == ("mine", "benefits")
    with open_workspace(url) as ws:
        questions = ws.reviews.get(review["id"]).questions
    assert "Looking back, was it worth the dust?" in {question.text for question in questions}


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("none.toml", None, "cannot be read"),
        ("pic.toml", b"\x89PNG\xff", "Save it as UTF-8"),
        ("half.toml", b'title = "Half"', "“half”: the field"),
        ("nothing", None, "There are: benefits"),
    ],
)
def test_a_template_that_is_none_is_refused(
    tap: Run, tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    refused = tap("review", "new", "TAP", "--template", str(path) if name.endswith(".toml") else name)
    assert refused.exit_code == 1
    assert said in refused.stderr
    assert refused.stdout == ""


def test_a_review_takes_answers_from_a_file(tap: Run, file: Path) -> None:
    review = tap("review", "new", "TAP", "--invited", "40", "--closes", "2026-05-01").stdout.strip()
    file.write_text(ANSWERS, encoding="utf-8")
    preview = tap("responses", "import", str(file), "--review", review, "--dry-run")
    assert re.search(r"went_well +What went well\? +medium", preview.stdout)
    assert "Dropped, since they say who somebody is: Email." in preview.stdout
    assert preview.stdout.endswith("Would import 2 new responses. Nothing was changed.\n")
    imports = [tap("responses", "import", str(file), "--review", review, "--no-analyse", "--json") for _ in range(2)]
    assert [(rows(one)["new"], rows(one)["known"]) for one in imports] == [(2, 0), (0, 2)]
    assert "fewer than 5" in tap("review", "list").stdout
    (listed,) = rows(tap("review", "list", "--json"))
    assert (listed["id"], listed["invited"], listed["responses"]) == (review, 40, None)


def test_a_mapping_by_hand(tap: Run, file: Path) -> None:
    review = tap("review", "new", "TAP").stdout.strip()
    file.write_text("A,B,Overall\nlate,buggy,3\n", encoding="utf-8")
    mapping = ["--map", "went_badly=A", "--map", "went_badly=B", "--map", "overall="]
    imported = tap("responses", "import", str(file), "--review", review, *mapping, "--dry-run")
    assert imported.stdout.count("by hand") == 2
    assert "Not used: Overall." in imported.stdout


def test_a_review_opens_is_linked_to_and_closes(tap: Run, url: str) -> None:
    review = rows(tap("review", "new", "TAP", "--json"))["id"]
    assert f"reviewkit review link {review}" in tap("review", "open", review).stdout
    path = tap("review", "link", review).stdout.strip()
    assert re.fullmatch(r"/r/[\w-]{32}", path)
    with open_workspace(url) as ws:
        assert ws.reviews.link_of(path.removeprefix("/r/")).review == review
    assert tap("review", "close", review).exit_code == 0
    assert tap("review", "close", review).exit_code == 1


def test_lessons_go_out_and_come_back(run: Run, file: Path, tmp_path: Path) -> None:
    file.write_text('title,recommendation,tags\nSlings,"=Calculate, first",a; b\n', encoding="utf-8")
    run("lesson", "import", str(file), "--state", "published", "--no-analyse")
    (lesson,) = rows(run("lesson", "list", "--json"))
    out = tmp_path / "out.csv"
    assert run("lesson", "export", "--out", str(out)).stdout == ""
    exported = run("lesson", "export").stdout
    assert out.read_text(encoding="utf-8") == exported
    (row,) = csv.DictReader(io.StringIO(exported))
    assert row["recommendation"] == "'=Calculate, first"
    elsewhere = str(tmp_path / "elsewhere.db")
    run("lesson", "import", str(out), "--workspace", elsewhere, "--no-analyse")
    assert rows(run("--workspace", elsewhere, "lesson", "list", "--json")) == [lesson]
    shown = run("lesson", "show", lesson["id"]).stdout
    assert "hints" in shown
    assert "No root cause: why did it happen?" in shown


def test_accounts(run: Run) -> None:
    secret = "correct horse battery"
    assert run("user", "add", "nell", "--role", "curator", "--password-stdin", input=f"{secret}\n").exit_code == 0
    typed = run("user", "add", "tom", "--full-name", "Tom A", input=f"{secret}\n{secret}\n")
    assert typed.exit_code == 0
    assert secret not in typed.output
    listed = rows(run("user", "list", "--json"))
    assert listed == [
        {"name": "nell", "full_name": "nell", "role": "curator", "disabled": False},
        {"name": "tom", "full_name": "Tom A", "role": "viewer", "disabled": False},
    ]
    assert run("user", "passwd", "nell", "--password-stdin", input="another horse battery").exit_code == 0
    assert run("user", "disable", "nell").exit_code == 0
    assert rows(run("user", "list", "--json"))[0]["disabled"] is True


def test_the_options_stand_before_or_after_the_command(run: Run, tmp_path: Path) -> None:
    one, other = str(tmp_path / "one.db"), str(tmp_path / "other.db")
    run("--workspace", one, "project", "add", "A", "Alpha")
    run("project", "--workspace", other, "add", "B", "Beta")
    assert [row["key"] for row in rows(run("project", "list", "--json", "--workspace", one))] == ["A"]
    assert [row["key"] for row in rows(run("--workspace", one, "project", "list", "--json", "--workspace", other))] == [
        "B"
    ]


def test_a_sound_workspace_checks_out(tap: Run) -> None:
    assert isinstance(rows(tap("check", "--json")), dict)


def test_models_are_listed(run: Run) -> None:
    (model,) = rows(run("model", "list", "--json"))
    assert (model["name"], model["dim"], model["chosen"]) == ("all-MiniLM-L6-v2", 384, True)
