"""A submission is saved once, receipted, and refused with the right reason."""

from __future__ import annotations

import pytest

from reviewkit.domain.errors import (
    AnswersInvalid,
    Invalid,
    NotFound,
    ReviewClosed,
    ReviewNotOpen,
    SubmissionConflict,
)
from reviewkit.domain.words import RespondentRole
from reviewkit.workspace import Workspace
from tests.clock import Clock

ANSWERS = {"role": "team", "went_well": "The dry run with two buses.", "overall": "4"}


@pytest.fixture
def review(workspace: Workspace) -> str:
    return workspace.reviews.new("TAP").id


@pytest.fixture
def token(workspace: Workspace, review: str) -> str:
    workspace.reviews.open(review)
    return workspace.reviews.new_link(review)


def test_the_same_key_and_answers_give_the_same_receipt_and_one_row(
    workspace: Workspace, review: str, token: str
) -> None:
    first = workspace.responses.submit(token, "k1", ANSWERS)
    again = workspace.responses.submit(token, "k1", {**ANSWERS, "overall": 4, "went_badly": "  "})
    assert (first.new, again.new) == (True, False)
    assert first.receipt == again.receipt
    assert len(workspace.responses.list(review)) == 1


def test_the_same_key_with_other_answers_is_refused(workspace: Workspace, review: str, token: str) -> None:
    workspace.responses.submit(token, "k1", ANSWERS)
    with pytest.raises(SubmissionConflict):
        workspace.responses.submit(token, "k1", {**ANSWERS, "overall": 5})
    assert [response.answers["overall"] for response in workspace.responses.list(review)] == [4]


def test_two_reviews_may_see_the_same_key(workspace: Workspace, token: str) -> None:
    other = workspace.reviews.new("TAP").id
    workspace.reviews.open(other)
    receipts = {
        workspace.responses.submit(way, "k1", ANSWERS).receipt for way in (token, workspace.reviews.new_link(other))
    }
    assert len(receipts) == 2


def test_a_closed_review_refuses_what_is_new_and_confirms_what_it_holds(
    workspace: Workspace, review: str, token: str
) -> None:
    receipt = workspace.responses.submit(token, "k1", ANSWERS).receipt
    workspace.reviews.close(review)
    with pytest.raises(ReviewClosed, match="closed on 02 Mar 2026"):
        workspace.responses.submit(token, "k2", ANSWERS)
    assert workspace.responses.submit(token, "k1", ANSWERS).receipt == receipt


def test_a_review_past_its_date_is_closed(workspace: Workspace, clock: Clock) -> None:
    closes = clock.time.replace(hour=12)
    review = workspace.reviews.new("TAP", closes=closes).id
    workspace.reviews.open(review)
    token = workspace.reviews.new_link(review)
    workspace.responses.submit(token, "k1", ANSWERS)
    clock.pass_by(hours=3)
    with pytest.raises(ReviewClosed):
        workspace.responses.submit(token, "k2", ANSWERS)


def test_a_draft_takes_no_answers(workspace: Workspace, review: str) -> None:
    with pytest.raises(ReviewNotOpen):
        workspace.responses.submit(workspace.reviews.new_link(review), "k1", ANSWERS)


@pytest.mark.parametrize("change", ["", "x", None])
def test_a_token_off_by_one_character_leads_nowhere(workspace: Workspace, token: str, change: str | None) -> None:
    wrong = token[:-1] + ("A" if token[-1] != "A" else "B") if change is None else change
    with pytest.raises(NotFound):
        workspace.responses.submit(wrong, "k1", ANSWERS)


@pytest.mark.parametrize("key", ["", "   ", None, 7, "x" * 201, "a\nb"])
def test_a_submission_needs_a_key(workspace: Workspace, token: str, key: object) -> None:
    with pytest.raises(Invalid, match="submission_key"):
        workspace.responses.submit(token, key, ANSWERS)  # type: ignore[arg-type]


def test_wrong_answers_change_nothing(workspace: Workspace, review: str, token: str) -> None:
    with pytest.raises(AnswersInvalid):
        workspace.responses.submit(token, "k1", {**ANSWERS, "overall": "9"})
    assert workspace.responses.list(review) == []


def test_a_day_is_kept_and_no_moment(workspace: Workspace, review: str, token: str, clock: Clock) -> None:
    workspace.responses.submit(token, "k1", ANSWERS)
    (response,) = workspace.responses.list(review)
    assert response.submitted == clock.time.date()
    assert response.role is RespondentRole.TEAM
