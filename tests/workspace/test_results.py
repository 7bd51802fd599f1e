"""Results of a review: what they tell, how they go out, and what they forget."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from reviewkit.collect.tables import read_table
from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Response, Review, ReviewLink, Statement
from reviewkit.domain.words import Anonymity, FileType, Kind, RespondentRole, ReviewStatus
from reviewkit.report.tables import plain_cell
from reviewkit.settings import Settings
from reviewkit.workspace import Workspace, open_workspace
from reviewkit.workspace.reviewing.results.found import View
from tests.attacker.organisations import QUESTIONS
from tests.clock import Clock
from webapp import create_app

TEAM, USER = RespondentRole.TEAM, RespondentRole.USER
WILD = ("=1+1", "+1", "-1", "@SUM(1)", "\uff1d1", "'=1", "plain", 'a, b; "c"', "- a bullet")


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    with open_workspace(str(tmp_path / "w.db"), Settings(), now=Clock()) as workspace:
        workspace.projects.add(Project("P", "Project"))
        yield workspace


def closed(ws: Workspace, *, team: int = 12, users: int = 14, anonymity: Anonymity = Anonymity.ANONYMOUS) -> Review:
    """A closed review: the team rates 5 and writes of what went well, users rate 2 and write of what did not."""
    review = replace(ws.reviews.new("P", review_id="V", anonymity=anonymity), questions=QUESTIONS, invited=40)
    store = ws.context.store
    with store.write():
        store.reviews.put(replace(review, status=ReviewStatus.CLOSED))
        for number in range(team + users):
            role, rating = (TEAM, 5) if number < team else (USER, 2)
            key = "well" if role is TEAM else "badly"
            text = f"{WILD[number % len(WILD)]}"
            store.responses.put(
                Response(f"r{number}", "V", f"k{number}", "x", role, date(2026, 1, 1), {"rate": rating, key: text})
            )
            kind = Kind.POSITIVE if role is TEAM else Kind.PROBLEM
            store.statements.put(
                Statement(f"s{number}", f"r{number}", "V", "P", key, 0, 1, text, f"h{number}", role, kind=kind)
            )
        for number in range(20):
            store.links_in.put(ReviewLink(f"l{number}", "V", personal=True, used=True, role=TEAM))
    return store.reviews.get("V")


def test_rates_by_role_are_against_those_invited(ws: Workspace) -> None:
    closed(ws)
    found = ws.results.of("V")
    assert [(one.role, one.answered, one.invited, one.rate) for one in found.roles] == [
        ("user", 14, None, None),
        ("team", 12, 20, 0.6),
    ]
    assert (found.responses, found.rate) == (26, 0.65)


def test_roles_that_differ_are_named_with_the_size_of_each(ws: Workspace) -> None:
    closed(ws)
    (gap,) = ws.results.of("V").rating_gaps
    assert (gap.about, gap.more, gap.n_more, gap.fewer, gap.n_fewer) == ("How good?", "team", 12, "user", 14)


def test_a_role_too_small_is_neither_told_nor_compared(ws: Workspace) -> None:
    closed(ws, team=4)
    found = ws.results.of("V")
    assert (found.roles, found.others, found.rating_gaps) == ((), 18, ())


def test_views_are_shown_where_five_speak_and_five_or_none_are_left(ws: Workspace) -> None:
    closed(ws)
    assert {one.quote.statement for one in ws.results.of("V", View(lens="went well")).said["went well"]} == {
        f"s{number}" for number in range(12)
    }
    assert ws.results.of("V", View("went well", Kind.PROBLEM)).narrowed_away
    (one,) = ws.context.store.statements.all(id="s0")
    ws.context.store.statements.put(replace(one, question="next"))
    assert "do differently" not in ws.results.of("V").headings
    assert ws.results.of("V", View(lens="do differently")).narrowed_away


def test_a_named_review_tells_everything_at_once(ws: Workspace) -> None:
    closed(ws, team=1, users=1, anonymity=Anonymity.NAMED)
    found = ws.results.of("V")
    assert (found.responses, {one.role: one.answered for one in found.roles}) == (2, {"team": 1, "user": 1})
    rating = next(one for one in found.distributions if one.question.key == "rate")
    assert (rating.n, rating.mean) == (2, 3.5)
    assert set(found.said) == {"went well", "went badly"}


@pytest.mark.parametrize("file_type", [FileType.CSV, FileType.XLSX])
def test_a_table_runs_nothing_and_a_re_import_restores_what_was_said(
    ws: Workspace, tmp_path: Path, file_type: FileType
) -> None:
    closed(ws)
    path = tmp_path / f"results.{file_type}"
    path.write_bytes(ws.results.export("V", file_type))
    rows = [row for row in read_table(path).rows if row["part"] == "statement"]
    assert not [row for row in rows if row["answer"][:1] in "=+-@\uff1d"]
    said = {one.quote.text for said in ws.results.of("V").said.values() for one in said}
    assert {plain_cell(row["answer"]) for row in rows} == said == set(WILD)


def test_no_cell_of_a_workbook_is_a_formula(ws: Workspace, tmp_path: Path) -> None:
    import openpyxl

    closed(ws)
    path = tmp_path / "results.xlsx"
    path.write_bytes(ws.results.export("V", FileType.XLSX))
    types = {cell.data_type for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row}  # type: ignore[union-attr]
    assert "f" not in types


def test_a_file_of_a_review_too_small_says_nothing(ws: Workspace) -> None:
    closed(ws, team=2, users=2)
    record = json.loads(ws.results.export("V", FileType.JSON))
    assert (record["withheld"], record["responses_at_least"], record["statements"]) == (True, None, [])
    assert b"bullet" not in ws.results.export("V", FileType.CSV)


def test_answers_of_a_review_whose_time_is_over_are_released_by_the_analysis(ws: Workspace) -> None:
    clock = ws.context.now
    assert isinstance(clock, Clock)
    from datetime import timedelta

    review = ws.reviews.open(ws.reviews.new("P", closes=clock() + timedelta(days=2)).id)
    for number in range(7):
        ws.responses.submit(ws.reviews.new_link(review.id), str(number), {"overall": 4})
    assert ws.results.of(review.id).withheld
    assert ws.reviews.list()[0].responses == 5, "in whole fives"
    clock.pass_by(days=3)
    ws.analysis.refresh()
    found = ws.results.of(review.id)
    assert (found.responses, found.waiting, found.settled) == (7, False, True)


def test_who_answered_from_where_is_nowhere_on_disk(ws: Workspace, tmp_path: Path) -> None:
    review = ws.reviews.open(ws.reviews.new("P").id)
    token = ws.reviews.new_link(review.id)
    client = create_app(ws).test_client()
    heads = {"User-Agent": "planted-agent/9", "X-Forwarded-For": "203.0.113.77", "Referer": "http://planted.example/"}
    for number in range(6):
        body = {"submission_key": f"k{number}", "answers": {"went_well": "All of it."}}
        path = f"/api/v1/respond/{token}"
        answer = client.post(path, json=body, headers=heads, environ_base={"REMOTE_ADDR": "198.51.100.23"})
        assert answer.status_code == 201, answer.text
    raw = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    planted = (token, "planted-agent", "203.0.113.77", "198.51.100.23", "planted.example")
    assert [one for one in planted if one.encode() in raw] == []
    with closing(sqlite3.connect(tmp_path / "w.db")) as db:
        assert {len(row[0]) for row in db.execute("SELECT submitted FROM responses")} == {len("2026-03-02")}


def test_an_answer_that_waits_can_be_erased_and_is_nowhere_then(ws: Workspace, tmp_path: Path) -> None:
    review = ws.reviews.open(ws.reviews.new("P").id)
    token = ws.reviews.new_link(review.id)
    for number in range(7):
        ws.responses.submit(token, f"k{number}", {"went_well": f"zqmy{number}word was kind."})
    store = ws.context.store
    (mine,) = (one for one in store.responses.all(released=False) if one.submission_key == "k3")
    ws.results.export(review.id, FileType.XLSX)
    store.responses.erase(mine.id)
    raw = b"".join(file.read_bytes() for file in tmp_path.iterdir())
    assert b"zqmy3word" not in raw
    assert b"zqmy4word" in raw
    ws.reviews.close(review.id)
    assert ws.results.of(review.id).responses == 6
