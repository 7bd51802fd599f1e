"""What became of advice: told by a person, or by most of a review."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from reviewkit.domain.errors import NotFound
from reviewkit.domain.reviews import Response
from reviewkit.domain.words import Applied, Choice, FileType, Helped, Occurred, ReportFormat, ReviewStatus
from reviewkit.kickoff.asking import is_about_advice
from reviewkit.workspace import Workspace
from tests.webapp import organisation


@pytest.fixture
def ws(workspace: Workspace) -> Workspace:
    organisation.found(workspace).kickoffs.decide(organisation.ACCEPT, Choice.ACCEPTED, who="ada")
    return workspace


def answer(
    ws: Workspace,
    given: list[str],
    *,
    status: ReviewStatus = ReviewStatus.CLOSED,
    released: bool = True,
    applied: str = "",
    recurred: str = "",
) -> str:
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
                {
                    key: one
                    for key, one in (
                        (f"applied-{organisation.ACCEPT}", applied),
                        (f"advice-{organisation.ACCEPT}", said),
                        (f"recurred-{organisation.ACCEPT}", recurred),
                    )
                    if one
                },
                released=released,
            )
            for number, said in enumerate(given)
        )
    )
    return review.id


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
    reviewed = ws.outcomes.of("QUAY")[0].reviewed
    assert reviewed is not None
    assert reviewed.helped is Helped.YES
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
    asked = [q.key for q in ws.reviews.new("QUAY").questions if q.lens == "what we had decided"]
    assert asked == ["applied-rec-1", "advice-rec-1", "recurred-rec-1"]
    assert not any(is_about_advice(question) for question in ws.reviews.new("TAP").questions)


def test_what_a_person_cannot_tell_the_review_tells(ws: Workspace) -> None:
    answer(ws, ["yes"] * 5, applied="yes", recurred="no")
    ws.outcomes.tell("QUAY", organisation.ACCEPT, applied=Applied.PARTLY, who="ada")
    found = ws.outcomes.of_lesson("L1")
    assert found is not None
    assert [str(one) for one in (found.applied, found.helped, found.recurred)] == ["1 of 1", "1 of 1", "0 of 1"]


def test_most_say_that_it_was_not_done(ws: Workspace) -> None:
    answer(ws, ["yes"] * 3 + [""] * 3, applied="no", recurred="yes")
    found = ws.outcomes.of_lesson("L1")
    assert found is not None
    assert (str(found.applied), found.helped.n, found.recurred.n) == ("0 of 1", 0, 0)
    reviewed = ws.outcomes.of("QUAY")[0].reviewed
    assert reviewed is not None
    assert reviewed.recurred is Occurred.YES


def test_results_tell_what_people_say_of_each_decision_and_files_tell_the_same(ws: Workspace) -> None:
    review = answer(ws, ["yes"] * 5 + ["no"] * 6, applied="yes")
    results = ws.results.of(review)
    (told,) = results.decisions
    assert (told.wording, told.source) == ("Tie payments to milestones seen at the factory.", "L1")
    assert told.helped is not None
    assert {cell.labels: cell.people for cell in told.helped.cells} == {("yes",): 5, ("partly",): 0, ("no",): 6}
    assert not any(is_about_advice(one.question) for one in results.distributions)

    rows = list(csv.DictReader(io.StringIO(ws.results.export(review, FileType.CSV).decode("utf-8-sig"))))
    said = {row["answer"]: row["number"] for row in rows if row["part"] == "decision"}
    assert (said["was it done?"], said["did it help: yes"], said["did it help: no"]) == ("11", "5", "6")
    record = json.loads(ws.results.export(review, FileType.JSON))
    (decision,) = record["decisions"]
    assert (decision["recommendation"], decision["helped"]["n"], decision["recurred"]["n"]) == ("rec-1", 11, 0)
    assert ws.results.export(review, FileType.XLSX)[:2] == b"PK"


@pytest.mark.parametrize("given", [["yes"] * 4, ["yes"] * 3 + ["no"] * 4, ["no"] * 9 + ["partly"]])
def test_verdicts_of_fewer_than_five_are_withheld(ws: Workspace, given: list[str]) -> None:
    results = ws.results.of(answer(ws, given, applied="yes"))
    for told in results.decisions:
        for _, found in told.asked:
            assert all(cell.people == 0 or cell.people >= 5 for cell in found.cells)
    assert bool(results.decisions) is (len(given) >= 5)


def test_the_report_tells_what_became_of_the_advice(ws: Workspace) -> None:
    answer(ws, ["yes"] * 6, applied="yes", recurred="no")
    ws.outcomes.tell("QUAY", organisation.ACCEPT, applied=Applied.YES, helped=Helped.PARTLY, who="ada")
    report = ws.reports.file("QUAY", ReportFormat.MARKDOWN).decode()
    part = report.split("Advice taken at the kickoff")[1]
    assert "1 was done, at least in part, and 1 helped" in part
    assert "yes: 6" in part


def test_a_report_names_the_advice_of_a_kickoff_that_was_made_again_since(ws: Workspace) -> None:
    answer(ws, ["yes"] * 6, applied="yes", recurred="no")
    store = ws.context.store
    (kickoff,) = store.kickoffs.all(project="QUAY")
    asked = store.recommendations.get(organisation.ACCEPT)
    with store.write():
        store.kickoffs.put(replace(kickoff, id="again", made=kickoff.made + timedelta(days=1)))
        store.recommendations.put(replace(asked, id="rec-again", kickoff="again"))
    report = ws.reports.file("QUAY", ReportFormat.MARKDOWN).decode()
    told = report.split("What people say of it in")[1]
    assert "Tie payments to milestones seen at the factory" in told
    assert "advice of an earlier kickoff" not in told
