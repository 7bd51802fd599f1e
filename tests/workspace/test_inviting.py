"""Personal links: one answer each, and nothing that tells whose."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from reviewkit.domain.errors import Invalid, LinkUsed, NotFound, ReviewClosed, SubmissionConflict
from reviewkit.domain.ids import new_id
from reviewkit.domain.privacy import Turnout
from reviewkit.domain.projects import Project
from reviewkit.domain.words import Anonymity, RespondentRole
from reviewkit.workspace import Workspace, open_workspace
from reviewkit.workspace.reviewing.inviting import Invitation, links_csv
from reviewkit.workspace.reviewing.reviews import token_hash

ANSWERS = {"went_well": "The dry run."}


def a_list(**parts: int) -> bytes:
    rows = [f"{role}{n}@planted.example,{role}" for role, count in parts.items() for n in range(count)]
    return "\n".join(["address,role", *rows]).encode()


def opened(workspace: Workspace, anonymity: Anonymity = Anonymity.ANONYMOUS) -> str:
    return workspace.reviews.open(workspace.reviews.new("TAP", anonymity=anonymity).id).id


@pytest.fixture
def review(workspace: Workspace) -> str:
    return opened(workspace)


@pytest.fixture
def filed(tmp_path: Path) -> Iterator[Workspace]:
    """A workspace in a file, which a test can read byte by byte."""
    with open_workspace(str(tmp_path / "w.db")) as ws:
        ws.projects.add(Project("TAP", "Tap-on ticketing"))
        yield ws


def answer(workspace: Workspace, made: list[Invitation], **more: str) -> None:
    for one in made:
        workspace.responses.submit(one.token, new_id(22), {**ANSWERS, **more})


def test_a_personal_link_lets_one_answer_in(workspace: Workspace, review: str) -> None:
    (one,) = workspace.inviting.invite(review, b"anna@planted.example")
    for _ in range(3):
        assert workspace.responses.form(one.token).personal
    first = workspace.responses.submit(one.token, "k", ANSWERS)
    assert workspace.responses.submit(one.token, "k", ANSWERS) == type(first)(first.receipt, new=False)
    with pytest.raises(SubmissionConflict):
        workspace.responses.submit(one.token, "k", {"nps": 3})
    with pytest.raises(LinkUsed):
        workspace.responses.submit(one.token, "other", ANSWERS)
    with pytest.raises(LinkUsed):
        workspace.responses.form(one.token)
    workspace.reviews.close(review)
    with pytest.raises(ReviewClosed):
        workspace.responses.form(one.token)
    assert workspace.responses.submit(one.token, "k", ANSWERS).receipt == first.receipt
    assert len(workspace.responses.list(review)) == 1


def test_wrong_answers_use_no_link_up(workspace: Workspace, review: str) -> None:
    (one,) = workspace.inviting.invite(review, b"anna@planted.example")
    for given in ({}, {"nps": "77"}, {"salary": "1"}):
        with pytest.raises(Invalid):
            workspace.responses.submit(one.token, "k", given)
    assert workspace.responses.submit(one.token, "k", ANSWERS).new


def test_two_at_once_by_one_personal_link_are_one_row(filed: Workspace) -> None:
    review = opened(filed)
    made = filed.inviting.invite(review, a_list(team=20))

    def send(attempt: tuple[Invitation, int]) -> bool:
        one, number = attempt
        try:
            return filed.responses.submit(one.token, f"{one.token}-{number}", ANSWERS).new
        except LinkUsed:
            return False

    with ThreadPoolExecutor(8) as pool:
        saved = list(pool.map(send, [(one, number) for one in made for number in range(4)]))
    assert sum(saved) == len(filed.responses.list(review)) == 20


def test_no_address_is_stored_and_no_token_unless_hashed(filed: Workspace, tmp_path: Path) -> None:
    for anonymity in (Anonymity.ANONYMOUS, Anonymity.CHOOSE):
        review = opened(filed, anonymity)
        made = filed.inviting.invite(review, a_list(team=6, user=5), who="nell")
        answer(filed, made[:7])
        filed.inviting.withdraw(review, f"https://rk.example/r/{made[8].token}")
        assert filed.inviting.standing(review).silent == ()
        on_disk = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert b"planted.example" not in on_disk
        assert not [one.token for one in made if one.token.encode() in on_disk]
        assert token_hash(made[0].token).encode() in on_disk


def test_nothing_joins_a_link_to_an_answer(filed: Workspace, tmp_path: Path) -> None:
    """No value, order or number of the one is found with the other; whatever else is stored names neither."""
    review, people = opened(filed), 400
    made = filed.inviting.invite(review, a_list(team=people))
    order, keys = random.Random(4).sample(made, people), [new_id(22) for _ in made]
    for number, (one, key) in enumerate(zip(order, keys, strict=True)):
        filed.responses.submit(one.token, key, {"nps": number % 11})
    with closing(sqlite3.connect(tmp_path / "w.db")) as db:
        tables = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        rows = {name: db.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
        for table in ("review_links", "responses"):
            with pytest.raises(sqlite3.OperationalError, match="no such column"):
                db.execute(f"SELECT rowid FROM {table}")
        links = [row[0] for row in db.execute("SELECT id FROM review_links NOT INDEXED WHERE used")]
        answers = [row[0] for row in db.execute("SELECT submission_key FROM responses NOT INDEXED")]
    shared = {str(v) for row in rows["review_links"] for v in row} & {str(v) for row in rows["responses"] for v in row}
    assert shared <= {review, "0", "1", ""}
    own = {row[0] for row in rows["review_links"]} | {value for row in rows["responses"] for value in row[:4]} - {
        review
    }
    for table, held in rows.items():
        if table not in ("review_links", "responses"):
            assert not own & {str(value) for row in held for value in row}, table
    came = {token_hash(one.token): number for number, one in enumerate(order)}
    listed = {token_hash(one.token): number for number, one in enumerate(made)}
    in_time = [came[link] for link in links], [keys.index(key) for key in answers], [listed[link] for link in links]
    for one, other in ((0, 1), (1, 2)):  # place by place; over 400 rows chance stays within 0.2 (four deviations)
        assert abs(np.corrcoef(in_time[one], in_time[other])[0, 1]) < 0.2
    for series in in_time:
        assert abs(np.corrcoef(series, range(people))[0, 1]) < 0.2


def test_withdrawn_links_lead_nowhere_and_answers_stay(workspace: Workspace, review: str) -> None:
    made, token = workspace.inviting.invite(review, a_list(team=6)), workspace.reviews.new_link(review)
    answer(workspace, made[:2])
    workspace.inviting.withdraw(review, f" /r/{token} ")
    workspace.inviting.withdraw(review, made[2].token)
    for gone in (token, made[2].token):
        with pytest.raises(NotFound):
            workspace.responses.submit(gone, "k", ANSWERS)
    assert workspace.reviews.get(review).invited == 5
    for wrong in ("", "/r/", token[:-1], made[0].token + "x", workspace.reviews.new_link(opened(workspace))):
        with pytest.raises(Invalid, match="no link of this review"):
            workspace.inviting.withdraw(review, wrong)
    assert workspace.inviting.withdraw_all(review) == 5
    for one in made:
        with pytest.raises(NotFound):
            workspace.responses.form(one.token)
    assert len(workspace.responses.list(review)) == 2
    assert workspace.reviews.get(review).invited == 2  # those who answered


def test_turnouts_by_role_come_from_personal_links(workspace: Workspace, review: str) -> None:
    made = workspace.inviting.invite(review, a_list(team=12, user=10))
    assert workspace.inviting.standing(review).roles == {}
    answer(workspace, made[:6] + made[12:17])
    found = workspace.inviting.standing(review)
    assert found.roles == {"user": Turnout(10, 5), "team": Turnout(12, 6)}
    assert (found.whole, found.links.used, found.withheld) == (Turnout(22, 11), 11, False)
    answer(workspace, made[17:19])  # three users are silent now, and would be known from the team's number
    found = workspace.inviting.standing(review)
    assert (found.roles, found.withheld) == ({}, True)


def test_turnouts_by_role_come_from_typed_numbers_else(workspace: Workspace, review: str) -> None:
    token = workspace.reviews.new_link(review)
    with pytest.raises(Invalid):
        workspace.inviting.expect(review, {RespondentRole.TEAM: -1})
    workspace.inviting.expect(review, {RespondentRole.TEAM: 20, RespondentRole.SPONSOR: 0})
    assert workspace.reviews.get(review).invited == 20
    for number in range(9):
        workspace.responses.submit(token, str(number), {**ANSWERS, "role": "team"})
    found = workspace.inviting.standing(review)
    assert (found.roles, found.withheld) == ({}, True), "before and after one more answer, the newcomer's part is seen"
    workspace.reviews.close(review)
    assert workspace.inviting.standing(review).roles == {"team": Turnout(20, 9)}


def test_a_named_review_knows_who_was_asked_and_who_answered(workspace: Workspace) -> None:
    review = opened(workspace, Anonymity.NAMED)
    first = workspace.inviting.invite(review, a_list(team=2))
    workspace.responses.submit(first[0].token, "k", ANSWERS, "Nell")
    found = workspace.inviting.standing(review)
    assert (found.names, found.silent) == (("Nell",), ("team1@planted.example",))
    assert found.roles == {"team": Turnout(2, 1)}
    second = workspace.inviting.invite(review, b"team1@planted.example")
    with pytest.raises(NotFound):  # the earlier link of the same person
        workspace.responses.form(first[1].token)
    assert workspace.responses.form(second[0].token)


def test_names_that_people_chose_to_give_are_told_to_nobody(workspace: Workspace) -> None:
    review = opened(workspace, Anonymity.CHOOSE)
    token = workspace.reviews.new_link(review)
    for number in range(6):
        workspace.responses.submit(token, str(number), ANSWERS, f"Planted Name {number}")
    assert "Planted" not in repr(workspace.inviting.standing(review)) + repr(workspace.results.of(review))


def test_links_are_written_so_that_no_spreadsheet_runs_them(workspace: Workspace, review: str) -> None:
    made = workspace.inviting.invite(review, b"address,role\n=1+1@planted.example,team\nb@x.org,")
    assert links_csv(made, "https://rk.example").splitlines() == [
        "address,role,link",
        f"'=1+1@planted.example,team,https://rk.example/r/{made[0].token}",
        f"b@x.org,,https://rk.example/r/{made[1].token}",
    ]


@pytest.mark.parametrize("people", [b"", b"a@x.org\nnobody", b"address,role\na@x.org,king"])
def test_a_list_with_a_fault_makes_no_link(workspace: Workspace, review: str, people: bytes) -> None:
    with pytest.raises(Invalid):
        workspace.inviting.invite(review, people)
    assert workspace.inviting.standing(review).links.personal == 0


def test_personal_links_and_typed_numbers_add_up(workspace: Workspace, review: str) -> None:
    workspace.inviting.expect(review, {RespondentRole.USER: 15, RespondentRole.TEAM: 5})
    made = workspace.inviting.invite(review, a_list(team=12))
    assert workspace.reviews.get(review).invited == 27  # the team by their links, users as was typed
    workspace.inviting.withdraw(review, made[0].token)
    assert workspace.reviews.get(review).invited == 26
    workspace.inviting.expect(review, {})
    assert workspace.reviews.get(review).invited == 11
