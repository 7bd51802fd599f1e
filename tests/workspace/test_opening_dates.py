"""A review opens and closes by itself, by dates as people in its zone type them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from reviewkit.domain.errors import (
    AnswersInvalid,
    Frozen,
    Invalid,
    ReviewClosed,
    ReviewNotOpen,
    TransitionRefused,
)
from reviewkit.domain.words import Anonymity, ReviewStatus
from reviewkit.workspace import Workspace
from reviewkit.workspace.reviewing.moments import time_zones
from tests.clock import Clock

ANSWERS = {"went_well": "The dry run."}


@pytest.fixture
def review(workspace: Workspace) -> str:
    return workspace.reviews.new("TAP").id


def test_dates_are_those_of_the_zone(workspace: Workspace, review: str, clock: Clock) -> None:
    opened = workspace.reviews.open(
        review, opens=datetime(2026, 3, 9, 9), closes=datetime(2026, 4, 1, 17, 30), time_zone="Europe/Berlin"
    )
    assert opened.opens == datetime(2026, 3, 9, 8, tzinfo=UTC)  # winter
    assert opened.closes == datetime(2026, 4, 1, 15, 30, tzinfo=UTC)  # summer
    assert opened.time_zone == "Europe/Berlin"
    token = workspace.reviews.new_link(review)
    with pytest.raises(ReviewNotOpen, match=r"opens on 09 Mar 2026 at 09:00 \(Europe/Berlin\)"):
        workspace.responses.submit(token, "early", ANSWERS)
    clock.time = opened.opens
    assert workspace.responses.submit(token, "k", ANSWERS).new
    clock.time = opened.closes.replace(minute=29, second=59)
    assert workspace.responses.submit(token, "l", ANSWERS).new
    assert workspace.reviews.list()[0].review.status is ReviewStatus.OPEN
    clock.pass_by(seconds=1)
    with pytest.raises(ReviewClosed):
        workspace.responses.submit(token, "late", ANSWERS)
    assert workspace.reviews.list()[0].review.status is ReviewStatus.CLOSED
    assert workspace.results.of(review).review.status is ReviewStatus.CLOSED
    with pytest.raises(TransitionRefused):  # it is closed already, and the day it closed stays
        workspace.reviews.close(review)


def test_an_extension_is_later_and_opens_again(workspace: Workspace, review: str, clock: Clock) -> None:
    with pytest.raises(TransitionRefused):
        workspace.reviews.extend(review, datetime(2026, 5, 1))
    workspace.reviews.open(review, closes=datetime(2026, 3, 3), time_zone="Asia/Tokyo")
    token = workspace.reviews.new_link(review)
    with pytest.raises(Invalid, match="no later"):
        workspace.reviews.extend(review, datetime(2026, 3, 3))
    extended = workspace.reviews.extend(review, datetime(2026, 3, 5))
    assert (extended.closes, extended.time_zone) == (datetime(2026, 3, 4, 15, tzinfo=UTC), "Asia/Tokyo")
    clock.pass_by(days=9)
    with pytest.raises(ReviewClosed):
        workspace.responses.form(token)
    with pytest.raises(Invalid, match="in the future"):
        workspace.reviews.extend(review, datetime(2026, 3, 6))
    workspace.reviews.extend(review, datetime(2026, 4, 1))
    assert workspace.responses.submit(token, "k", ANSWERS).new
    workspace.reviews.close(review)
    workspace.reviews.extend(review, datetime(2026, 4, 2))
    assert workspace.responses.submit(token, "l", ANSWERS).new


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"time_zone": "Mars/Olympus"}, "is no time zone"),
        ({"time_zone": "../../etc/passwd"}, "is no time zone"),
        ({"time_zone": "Europe"}, "is no time zone"),
        ({"closes": datetime(2026, 3, 1)}, "in the future"),
        ({"opens": datetime(2026, 5, 1), "closes": datetime(2026, 4, 1)}, "after it opens"),
        ({"opens": datetime(2026, 3, 29, 2, 30), "time_zone": "Europe/Berlin"}, "There is no 02:30"),
        ({"closes": datetime(9999, 12, 31, 23), "time_zone": "America/New_York"}, "out of reach"),
        ({"opens": datetime(1, 1, 1), "time_zone": "Asia/Tokyo"}, "out of reach"),
    ],
)
def test_dates_that_cannot_be_change_nothing(
    workspace: Workspace, review: str, more: dict[str, object], said: str
) -> None:
    before = workspace.reviews.get(review)
    with pytest.raises(Invalid, match=said):
        workspace.reviews.open(review, **more)  # type: ignore[arg-type]
    assert workspace.reviews.get(review) == before


def test_zones_that_are_offered_are_known(workspace: Workspace) -> None:
    offered = time_zones()
    assert {"UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Kolkata"} <= set(offered)
    for zone in offered[::50]:
        review = workspace.reviews.new("TAP").id
        assert workspace.reviews.open(review, closes=datetime(2026, 6, 1, 12), time_zone=zone).time_zone == zone


def test_whether_people_are_named_is_settled_by_the_first_opening(workspace: Workspace, review: str) -> None:
    opened = workspace.reviews.open(review, opens=datetime(2026, 3, 9), anonymity=Anonymity.CHOOSE)
    assert opened.anonymity is Anonymity.CHOOSE
    with pytest.raises(Frozen, match="anonymity"):
        workspace.reviews.open(review, anonymity=Anonymity.NAMED)
    workspace.reviews.close(review)
    with pytest.raises(Frozen, match="anonymity"):
        workspace.reviews.open(review, anonymity=Anonymity.NAMED)
    with pytest.raises(Frozen, match="anonymity"):
        workspace.reviews.put_all([replace(workspace.reviews.get(review), anonymity=Anonymity.NAMED)])
    assert workspace.reviews.open(review, anonymity=Anonymity.CHOOSE).anonymity is Anonymity.CHOOSE


@pytest.mark.parametrize(
    ("anonymity", "given", "kept"),
    [
        (Anonymity.ANONYMOUS, "Nell Nobody", ""),
        (Anonymity.CHOOSE, "", ""),
        (Anonymity.CHOOSE, "  Nell\n Nobody ", "Nell Nobody"),
        (Anonymity.NAMED, "Nell\x00 \u202eNobody", "Nell Nobody"),
    ],
)
def test_a_name_is_kept_where_it_is_asked_for(
    workspace: Workspace, anonymity: Anonymity, given: str, kept: str
) -> None:
    review = workspace.reviews.open(workspace.reviews.new("TAP", anonymity=anonymity).id)
    token = workspace.reviews.new_link(review.id)
    receipt = workspace.responses.submit(token, "k", ANSWERS, given)
    assert [one.name for one in workspace.responses.list(review.id)] == [kept]
    assert workspace.responses.submit(token, "k", ANSWERS, given).receipt == receipt.receipt


def test_a_name_that_is_needed_or_is_none_is_told_beside_the_answers(workspace: Workspace) -> None:
    review = workspace.reviews.open(workspace.reviews.new("TAP", anonymity=Anonymity.NAMED).id)
    token = workspace.reviews.new_link(review.id)
    for name, said in (("", "say who you are"), (" \u200b", "say who you are"), ("n" * 201, "at most 200")):
        with pytest.raises(AnswersInvalid) as problem:
            workspace.responses.submit(token, "k", {"nps": "77"}, name)
        assert set(problem.value.problems) == {"name", "nps"}
        assert said in problem.value.problems["name"]
    assert workspace.responses.list(review.id) == []
