"""Opening dates and links on the command line."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from reviewkit.workspace import open_workspace
from tests.cli.conftest import Run, rows


@pytest.fixture
def review(run: Run) -> str:
    run("project", "add", "TAP", "Tap-on ticketing")
    return run("review", "new", "TAP", "--choose").stdout.strip()


def test_a_review_opens_and_closes_by_local_dates(run: Run, review: str) -> None:
    dates = ("--opens", "2035-01-10", "--closes", "2035-07-31T17:00", "--time-zone", "Europe/Berlin")
    done = run("review", "open", review, *dates)
    assert done.exit_code == 0
    assert "from 10 Jan 2035, 00:00 (Europe/Berlin) until 31 Jul 2035, 17:00 (Europe/Berlin)" in done.stdout
    (found,) = rows(run("review", "list", "--json"))
    assert (found["opens"], found["closes"]) == ("2035-01-09T23:00:00+00:00", "2035-07-31T15:00:00+00:00")
    assert (found["anonymity"], found["time_zone"]) == ("choose yourself", "Europe/Berlin")
    later = run("review", "extend", review, "--closes", "2035-08-31")
    assert "until 31 Aug 2035, 00:00 (Europe/Berlin)" in later.stdout
    for wrong, said in (
        (("extend", review, "--closes", "2035-08-01"), "no later"),
        (("open", review, "--time-zone", "Mars"), "is no time zone"),
        (("open", review, "--closes", "2020-01-01"), "in the future"),
    ):
        refused = run("review", *wrong)
        assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
        assert said in refused.stderr
    assert run("review", "extend", review, "--closes", "soon").exit_code == 2
    assert run("review", "extend", review).exit_code == 2


def test_addresses_in_links_out_and_none_kept(run: Run, review: str, url: str, tmp_path: Path) -> None:
    run("review", "open", review)
    people, links = tmp_path / "people.csv", tmp_path / "links.csv"
    people.write_text("email,role\nanna@planted.example,team\nben@planted.example,\n")
    site = ("--site", "https://rk.example/")
    done = run("review", "link", review, "--invite", str(people), "--out", str(links), *site)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "Made 2 personal links" in done.stderr
    found = list(csv.DictReader(io.StringIO(links.read_text())))
    assert [(row["address"], row["role"]) for row in found] == [
        ("anna@planted.example", "team"),
        ("ben@planted.example", ""),
    ]
    assert links.stat().st_mode & 0o077 == 0
    with open_workspace(url) as ws:
        for row in found:
            assert row["link"].startswith("https://rk.example/r/")
            assert ws.responses.form(row["link"].rsplit("/", 1)[1]).personal
    assert not [path for path in Path(url).parent.glob("team.db*") if b"planted.example" in path.read_bytes()]
    assert run("review", "link", review, "--invite", str(people)).stdout.startswith("address,role,link\n")


def test_the_public_address_is_set_once_for_all_links(run: Run, review: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEWKIT_PUBLIC_URL", "https://rk.example/")
    assert run("review", "link", review).stdout.startswith("https://rk.example/r/")
    assert run("review", "link", review, "--site", "http://other.example/at").stdout.startswith(
        "http://other.example/at/r/"
    )
    for wrong in (("review", "link", review, "--site", "rk.example"), ("serve", "--public-url", "javascript:alert(1)")):
        refused = run(*wrong)
        assert (refused.exit_code, refused.stderr.count("\n")) == (1, 1)
        assert f"The public address “{wrong[-1]}” is none. Give it as https://reviews.example." in refused.stderr


def test_a_list_with_a_fault_leaves_the_file_alone(run: Run, review: str, tmp_path: Path) -> None:
    people, links, fresh = tmp_path / "people.csv", tmp_path / "links.csv", tmp_path / "fresh.csv"
    people.write_text("address\nnobody\n")
    links.write_text("of last week")
    for out in (links, fresh):
        done = run("review", "link", review, "--invite", str(people), "--out", str(out))
        assert done.exit_code == 1
        assert "Row 2: “nobody” is no e-mail address." in done.stderr
    assert links.read_text() == "of last week"
    assert not fresh.exists()
    assert run("review", "link", review, "--invite", str(tmp_path / "none.csv")).exit_code == 1
    nowhere = run("review", "link", review, "--invite", str(people), "--out", str(tmp_path / "no" / "links.csv"))
    assert nowhere.exit_code == 1


def test_links_are_revoked(run: Run, review: str, url: str) -> None:
    run("review", "open", review)
    path = run("review", "link", review).stdout.strip()
    assert path.startswith("/r/")
    run("review", "link", review)
    assert run("review", "link", review, "--revoke", f"https://rk.example{path}").exit_code == 0
    wrong = run("review", "link", review, "--revoke", path + "x")
    assert (wrong.exit_code, "no link of this review" in wrong.stderr) == (1, True)
    assert run("review", "link", review, "--revoke-all").stdout == "Revoked 1 link.\n"
    with open_workspace(url) as ws:
        assert ws.inviting.standing(review).links.open == 0
    assert run("review", "link", review, "--revoke", path, "--revoke-all").exit_code == 2
    assert run("review", "link", review, "--out", "links.csv").exit_code == 2
    assert run("review", "new", "TAP", "--named", "--choose").exit_code == 2
