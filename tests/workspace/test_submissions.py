"""What arrives together is decided one by one: everybody gets their own receipt or their own refusal."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewkit.domain.errors import LinkUsed, NotFound, ReviewClosed, ReviewkitError, SubmissionConflict
from reviewkit.domain.projects import Project
from reviewkit.workspace import Workspace, open_workspace
from reviewkit.workspace.reviewing.submissions import Receipt, Submission, save, submission_of
from reviewkit.workspace.reviewing.ways_in import WaysIn

ANSWERS = {"went_well": "The dry run with two buses.", "overall": 4}


@pytest.fixture
def review(workspace: Workspace) -> str:
    return workspace.reviews.open(workspace.reviews.new("TAP").id).id


@pytest.fixture
def token(workspace: Workspace, review: str) -> str:
    return workspace.reviews.new_link(review)


def sent(ws: Workspace, token: str, key: str, **answers: object) -> Submission:
    return submission_of(ws.context, WaysIn(ws.context), token, key, answers or ANSWERS, "")


def outcomes(found: list[Receipt | ReviewkitError]) -> list[object]:
    """Whether each receipt is a new one, and what else each was refused for."""
    return [one.new if isinstance(one, Receipt) else type(one) for one in found]


def test_one_that_is_refused_fails_none_of_its_neighbours(workspace: Workspace, review: str, token: str) -> None:
    workspace.responses.submit(token, "taken", ANSWERS)
    withdrawn = workspace.reviews.new_link(review)
    came = [
        sent(workspace, token, "a"),
        sent(workspace, token, "taken", overall=1),
        sent(workspace, withdrawn, "b"),
        sent(workspace, token, "taken"),
        sent(workspace, token, "c"),
    ]
    workspace.inviting.withdraw(review, withdrawn)
    found = save(workspace.context, came)
    assert outcomes(found) == [True, SubmissionConflict, NotFound, False, True]
    assert {one.submission_key for one in workspace.responses.list(review)} == {"taken", "a", "c"}
    saved = {one.receipt for one in workspace.responses.list(review)}
    assert {one.receipt for one in found if isinstance(one, Receipt)} == saved


def test_the_same_key_twice_at_once_is_one_row(workspace: Workspace, review: str, token: str) -> None:
    came = [sent(workspace, token, "k"), sent(workspace, token, "k"), sent(workspace, token, "k", overall=5)]
    found = save(workspace.context, came)
    assert outcomes(found) == [True, False, SubmissionConflict]
    assert found[0].receipt == found[1].receipt  # type: ignore[union-attr]
    assert len(workspace.responses.list(review)) == 1


def test_a_personal_link_lets_one_of_those_in_who_send_by_it_at_once(workspace: Workspace, review: str) -> None:
    one, other = (made.token for made in workspace.inviting.invite(review, b"a@example.org\nb@example.org"))
    came = [sent(workspace, one, "a"), sent(workspace, one, "b"), sent(workspace, other, "c")]
    assert outcomes(save(workspace.context, came)) == [True, LinkUsed, True]
    assert outcomes(save(workspace.context, [came[0], came[1]])) == [False, LinkUsed]


def test_answers_of_two_reviews_come_together(workspace: Workspace, review: str, token: str) -> None:
    second = workspace.reviews.open(workspace.reviews.new("TAP").id).id
    other = workspace.reviews.new_link(second)
    came = [sent(workspace, token, "k"), sent(workspace, other, "k")]
    workspace.reviews.close(second)
    assert outcomes(save(workspace.context, came)) == [True, ReviewClosed]
    assert (len(workspace.responses.list(review)), len(workspace.responses.list(second))) == (1, 0)


def test_a_review_closed_by_another_process_refuses_the_very_next_answer(tmp_path: Path) -> None:
    path = str(tmp_path / "w.db")
    with open_workspace(path) as web, open_workspace(path) as command_line:
        web.projects.add(Project("TAP", "Tap-on ticketing"))
        review = web.reviews.open(web.reviews.new("TAP").id).id
        token = web.reviews.new_link(review)
        assert web.responses.submit(token, "a", ANSWERS).new
        under_way = sent(web, token, "b")
        command_line.reviews.close(review)
        assert outcomes(save(web.context, [under_way])) == [ReviewClosed]
        for answers in ({"overall": 9}, ANSWERS):  # that it is closed is said before what else is wrong
            with pytest.raises(ReviewClosed):
                web.responses.submit(token, "c", answers)
        assert not web.responses.submit(token, "a", ANSWERS).new
        command_line.reviews.open(review)
        assert web.responses.submit(token, "c", ANSWERS).new
        command_line.inviting.withdraw_all(review)
        with pytest.raises(NotFound):
            web.responses.submit(token, "d", ANSWERS)
        assert {one.submission_key for one in command_line.responses.list(review)} == {"a", "c"}
