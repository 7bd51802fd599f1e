"""With a receipt, and nothing else, people change or erase their own answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reviewkit.domain.errors import (
    AnswersInvalid,
    LinkUsed,
    NotFound,
    ReceiptUnknown,
    ReviewClosed,
    SubmissionConflict,
    TooManyAttempts,
)
from reviewkit.domain.projects import Project
from reviewkit.domain.words import Anonymity
from reviewkit.settings import Settings
from reviewkit.workspace import Workspace, open_workspace
from reviewkit.workspace.context import Engines
from tests.clock import Clock

OLD = {
    "went_well": "The qzxplanted supplier came on time.",
    "went_badly": "The qzxplanted rooms were cold.",
    "nps": "7",
}
NEW = {"went_well": "The rxqlasting caterer came on time.", "nps": "8"}


@pytest.fixture
def filed(tmp_path: Path, clock: Clock, engines: Engines) -> Iterator[Workspace]:
    settings = Settings(login_attempts=5)
    with open_workspace(str(tmp_path / "w.db"), settings, now=clock, engines=engines) as ws:
        ws.projects.add(Project("TAP", "Tap-on ticketing"))
        yield ws


@pytest.fixture
def review(filed: Workspace) -> str:
    return filed.reviews.open(filed.reviews.new("TAP").id).id


@pytest.fixture
def token(filed: Workspace, review: str) -> str:
    return filed.reviews.new_link(review)


def on_disk(folder: Path, word: bytes) -> bool:
    """Whether the word stands in any of the workspace's files, whole or as an index keeps it."""
    return any(piece in path.read_bytes() for path in folder.iterdir() for piece in (word, word[3:]))


def test_a_correction_takes_the_place_of_what_was_sent(
    filed: Workspace, review: str, token: str, tmp_path: Path
) -> None:
    receipt = filed.responses.submit(token, "k", OLD).receipt
    filed.responses.submit(token, "other", {"went_well": "The demo."})
    filed.analysis.refresh()
    assert on_disk(tmp_path, b"qzxplanted")
    found = filed.corrections.find(token, f" {receipt[:8].upper()} {receipt[8:]} ")
    assert found.response.answers["went_well"] == OLD["went_well"]
    filed.corrections.correct(token, receipt, NEW)
    assert not on_disk(tmp_path, b"qzxplanted")
    filed.analysis.refresh()
    assert not on_disk(tmp_path, b"qzxplanted")
    assert filed.context.store.statements.count(review=review) == 0
    for number in range(8):  # new words are read with those of others
        filed.responses.submit(token, f"k{number}", {"went_well": "The demo."})
    filed.reviews.close(review)
    filed.analysis.refresh()
    texts = {statement.text for statement in filed.context.store.statements.all(review=review)}
    assert any("rxqlasting" in text for text in texts)
    filed.reviews.open(review)
    assert len(filed.responses.list(review)) == 10
    assert filed.corrections.find(token, receipt).response.answers == {"went_well": NEW["went_well"], "nps": 8}
    assert filed.responses.submit(token, "k", NEW).receipt == receipt
    with pytest.raises(SubmissionConflict):  # the first form sent once more brings nothing back
        filed.responses.submit(token, "k", OLD)


def test_an_analysis_under_way_does_not_bring_the_old_words_back(filed: Workspace, review: str, token: str) -> None:
    receipt = filed.responses.submit(token, "k", OLD).receipt
    (held,) = filed.responses.list(review)
    filed.corrections.correct(token, receipt, NEW)
    assert filed.context.store.responses.find(held.id) is None, "which is what an analysis asks before it writes"


def test_erasing_leaves_nothing(filed: Workspace, review: str, token: str, tmp_path: Path) -> None:
    receipt = filed.responses.submit(token, "k", OLD).receipt
    filed.analysis.refresh()
    filed.corrections.erase(token, receipt)
    assert not on_disk(tmp_path, b"qzxplanted")
    assert not on_disk(tmp_path, receipt.encode())
    assert filed.responses.list(review) == []
    with pytest.raises(ReceiptUnknown):
        filed.corrections.erase(token, receipt)


def test_erasing_frees_a_personal_link(filed: Workspace, review: str) -> None:
    (one,) = filed.inviting.invite(review, b"anna@planted.example")
    receipt = filed.responses.submit(one.token, "k", OLD).receipt
    filed.corrections.correct(one.token, receipt, NEW)
    with pytest.raises(LinkUsed):
        filed.responses.form(one.token)
    filed.corrections.erase(one.token, receipt)
    assert filed.responses.form(one.token)
    assert filed.responses.submit(one.token, "l", NEW).new
    with pytest.raises(LinkUsed):
        filed.responses.submit(one.token, "m", NEW)


def test_answers_that_do_not_fit_change_nothing(filed: Workspace, review: str, token: str) -> None:
    receipt = filed.responses.submit(token, "k", OLD).receipt
    before = filed.responses.list(review)
    for given in ({}, {"nps": "77"}, {"salary": "1"}):
        with pytest.raises(AnswersInvalid):
            filed.corrections.correct(token, receipt, given)
    assert filed.responses.list(review) == before


def test_a_name_can_be_taken_back(filed: Workspace, tmp_path: Path) -> None:
    review = filed.reviews.open(filed.reviews.new("TAP", anonymity=Anonymity.CHOOSE).id).id
    token = filed.reviews.new_link(review)
    receipt = filed.responses.submit(token, "k", NEW, "Qzxplanted Name").receipt
    filed.corrections.correct(token, receipt, NEW, "")
    assert not on_disk(tmp_path, b"Qzxplanted")


def test_closed_and_withdrawn_mean_hands_off(filed: Workspace, review: str, token: str) -> None:
    receipt = filed.responses.submit(token, "k", OLD).receipt
    before = filed.responses.list(review)
    filed.reviews.close(review)
    for act in (filed.corrections.find, filed.corrections.erase):
        with pytest.raises(ReviewClosed):
            act(token, receipt)
    with pytest.raises(ReviewClosed):
        filed.corrections.correct(token, receipt, NEW)
    filed.reviews.open(review)
    filed.inviting.withdraw_all(review)
    with pytest.raises(NotFound):
        filed.corrections.erase(token, receipt)
    assert filed.responses.list(review) == before


def test_another_reviews_receipt_opens_nothing(filed: Workspace, review: str, token: str) -> None:
    other = filed.reviews.open(filed.reviews.new("TAP").id).id
    receipt = filed.responses.submit(filed.reviews.new_link(other), "k", OLD).receipt
    with pytest.raises(ReceiptUnknown):
        filed.corrections.erase(token, receipt)
    assert len(filed.responses.list(other)) == 1


@pytest.mark.parametrize("spoil", ["", " ", "x", "short", "long", "\ud800", "ж" * 16])
def test_a_receipt_off_by_a_little_opens_nothing(filed: Workspace, review: str, token: str, spoil: str) -> None:
    receipt = filed.responses.submit(token, "k", OLD).receipt
    stored = filed.context.store
    with stored.write():  # one that was imported, and has no receipt
        stored.responses.put(replace(filed.responses.list(review)[0], id="imported", submission_key="i", receipt=""))
    wrong = {"x": receipt[:-1] + ("2" if receipt[-1] != "2" else "3"), "short": receipt[:-1], "long": receipt + "2"}
    with pytest.raises(ReceiptUnknown):
        filed.corrections.find(token, wrong.get(spoil, spoil))


def test_wrong_receipts_are_limited_by_link(filed: Workspace, review: str, token: str, clock: Clock) -> None:
    receipt = filed.responses.submit(token, "k", OLD).receipt
    for _ in range(9):  # right ones do not count
        filed.corrections.find(token, receipt)
    for _ in range(5):
        with pytest.raises(ReceiptUnknown):
            filed.corrections.find(token, "guess")
    for guess in ("guess", receipt):
        with pytest.raises(TooManyAttempts):
            filed.corrections.find(token, guess)
    assert filed.corrections.find(filed.reviews.new_link(review), receipt), "others' links are not shut"
    clock.pass_by(minutes=16)
    assert filed.corrections.find(token, receipt)
