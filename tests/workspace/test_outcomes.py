"""What became of advice: told by a person, or by most of a review."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reviewkit.domain.errors import NotFound
from reviewkit.domain.reviews import Response
from reviewkit.domain.words import Applied, Choice, Helped, ReviewStatus
from reviewkit.workspace import Workspace
from tests.webapp import organisation


@pytest.fixture
def ws(workspace: Workspace) -> Workspace:
    organisation.found(workspace).kickoffs.decide(organisation.ACCEPT, Choice.ACCEPTED, who="ada")
    return workspace


def answer(
    ws: Workspace, given: list[str], *, status: ReviewStatus = ReviewStatus.CLOSED, released: bool = True
) -> None:
    review = replace(ws.reviews.new("QUAY"), status=status)
    ws.context.store.reviews.put(review)
    ws.context.store.responses.put(
        *(
            Response(
                f"{review.id}{number}",
                review.id,
                str(number),
                f"{review.id}{number}",
                None,
                date(2026, 1, 1),
                {f"advice-{organisation.ACCEPT}": said},
                released=released,
            )
            for number, said in enumerate(given)
        )
    )


def helped(ws: Workspace) -> str:
    found = ws.outcomes.of_lesson("L1")
    return str(found.helped) if found else ""


def test_a_person_tells_and_may_change_it(ws: Workspace) -> None:
    assert ws.outcomes.waiting("QUAY") == (1, 1)
    ws.outcomes.tell("QUAY", organisation.ACCEPT, applied=Applied.YES, helped=Helped.NO, who="ada")
    assert helped(ws) == "0 of 1"
    told = ws.outcomes.tell("QUAY", organisation.ACCEPT, applied=Applied.PARTLY, helped=Helped.YES, who="ben")
    assert (helped(ws), told.who, told.at is not None) == ("1 of 1", "ben", True)
    assert ws.outcomes.waiting("QUAY") == (0, 1)
    assert ws.outcomes.effectiveness(but="QUAY") == {}


def test_only_what_the_project_decided_for_can_be_told_of(ws: Workspace) -> None:
    for project, advice in (("QUAY", organisation.ADAPT), ("TAP", organisation.ACCEPT), ("QUAY", "nothing")):
        with pytest.raises(NotFound):
            ws.outcomes.tell(project, advice, applied=Applied.YES, who="ada")


def test_most_of_a_settled_review_is_an_observation_where_no_person_gave_one(ws: Workspace) -> None:
    answer(ws, ["yes"] * 4 + ["no"])
    assert helped(ws) == "1 of 1"
    assert ws.outcomes.of("QUAY")[0].reviewed is Helped.YES
    ws.outcomes.tell("QUAY", organisation.ACCEPT, applied=Applied.YES, helped=Helped.UNKNOWN, who="ada")
    assert helped(ws) == "1 of 1"
    ws.outcomes.tell("QUAY", organisation.ACCEPT, applied=Applied.YES, helped=Helped.NO, who="ada")
    assert helped(ws) == "0 of 1"


def test_too_few_answers_those_held_back_and_open_reviews_tell_nothing(ws: Workspace) -> None:
    answer(ws, ["yes"] * 4)
    answer(ws, ["yes"] * 4, released=False)
    answer(ws, ["yes"] * 9, status=ReviewStatus.OPEN)
    assert helped(ws) == ""
    assert ws.outcomes.of("QUAY")[0].reviewed is None


def test_a_question_copied_into_the_review_of_another_project_tells_nothing(ws: Workspace) -> None:
    answer(ws, ["yes"] * 6)
    review = next(one.review for one in ws.reviews.list("QUAY"))
    ws.context.store.reviews.put(replace(review, project="TAP"))
    assert helped(ws) == ""


def test_a_review_asks_what_its_project_decided_and_no_other(ws: Workspace) -> None:
    assert [q.key for q in ws.reviews.new("QUAY").questions if q.lens == "what we had decided"] == ["advice-rec-1"]
    assert not any(q.key.startswith("advice-") for q in ws.reviews.new("TAP").questions)
