"""A draft's form is made question by question, frozen once open, and kept as a template of one's own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from reviewkit.collect.questions import minutes_of
from reviewkit.domain.errors import (
    AlreadyThere,
    Conflict,
    FieldsInvalid,
    Invalid,
    NotFound,
    QuestionInvalid,
    QuestionsFrozen,
)
from reviewkit.domain.kickoffs import Kickoff, Recommendation
from reviewkit.domain.reviews import Condition, Question, Review
from reviewkit.domain.words import Choice, QuestionType, ReviewStatus, Scope
from reviewkit.kickoff.asking import AT_ONCE
from reviewkit.workspace import Workspace

KEPT = Question("kept", "Was the schedule kept?", QuestionType.YES_PARTLY_NO)
WHY = Question("why", "Why not?", QuestionType.PARAGRAPH, when=Condition("kept", ("no",)))


@pytest.fixture
def ws(workspace: Workspace) -> Workspace:
    return workspace


@pytest.fixture
def draft(ws: Workspace) -> Review:
    """A draft that asks for the role and what was learned."""
    return ws.reviews.new("TAP", template_key="own_questions")


def keys(ws: Workspace, review: Review) -> list[str]:
    return [question.key for question in ws.reviews.get(review.id).questions]


def test_questions_are_added_changed_moved_and_removed(ws: Workspace, draft: Review) -> None:
    kept = ws.building.put(draft.id, replace(KEPT, key="", text=" Was the\tschedule  kept? "), who="ada")
    assert (kept.key, kept.text) == ("was_the_schedule_kept", "Was the schedule kept?")
    first = ws.building.put(draft.id, Question("", "When?", QuestionType.DATE), after="")
    second = ws.building.put(draft.id, Question("", "When?", QuestionType.DATE, options=("a",)), after="role")
    assert keys(ws, draft) == [first.key, "role", second.key, "learned", kept.key] == [
        "when", "role", "when_2", "learned", "was_the_schedule_kept"
    ]  # fmt: skip
    ws.building.put(draft.id, replace(first, text="By when?", required=True))
    assert ws.reviews.get(draft.id).questions[0] == replace(first, text="By when?", required=True)
    ws.building.move(draft.id, "when_2", up=True)
    ws.building.move(draft.id, "when", up=True)  # it is at the top
    ws.building.move(draft.id, "learned", up=False)
    ws.building.remove(draft.id, "role")
    assert keys(ws, draft) == ["when", "when_2", "was_the_schedule_kept", "learned"]
    assert {"ada"} == {event.who for event in ws.context.store.events.all(what="changed question") if event.who}


def test_a_question_stays_below_the_one_it_hangs_on(ws: Workspace, draft: Review) -> None:
    kept = ws.building.put(draft.id, replace(KEPT, key=""))
    why = ws.building.put(draft.id, replace(WHY, key="", when=Condition(kept.key, ("no",))))
    for key, up in ((why.key, True), (kept.key, False)):
        with pytest.raises(Invalid, match="so it stays below it"):
            ws.building.move(draft.id, key, up=up)
    with pytest.raises(QuestionInvalid) as refused:
        ws.building.put(draft.id, replace(kept, type=QuestionType.TEXT))
    assert list(refused.value.problems) == ["type"]
    with pytest.raises(QuestionInvalid, match="“Why not\\?” is asked only after"):
        ws.building.put(draft.id, replace(kept, type=QuestionType.SINGLE, options=("yes", "never")))
    ws.building.remove(draft.id, kept.key)
    assert ws.reviews.get(draft.id).questions[-1].when is None


@pytest.mark.parametrize(
    ("question", "field"),
    [
        (Question("", " ", QuestionType.TEXT), "text"),
        (Question("", "x" * 501, QuestionType.TEXT), "text"),
        (Question("", "Which?", QuestionType.SINGLE, options=("a", " ")), "options"),
        (Question("", "Which?", QuestionType.TEXT, when=Condition("learned", ("no",))), "when"),
        (Question("", "Which?", QuestionType.TEXT, lens="x" * 61), "lens"),
    ],
)
def test_what_cannot_be_asked_changes_nothing(ws: Workspace, draft: Review, question: Question, field: str) -> None:
    with pytest.raises(QuestionInvalid) as refused:
        ws.building.put(draft.id, question)
    assert list(refused.value.problems) == [field]
    assert ws.reviews.get(draft.id) == draft


def test_unknown_questions_and_the_last_one(ws: Workspace, draft: Review) -> None:
    for change in (
        lambda: ws.building.put(draft.id, replace(KEPT, key="gone")),
        lambda: ws.building.put(draft.id, replace(KEPT, key=""), after="gone"),
        lambda: ws.building.move(draft.id, "gone", up=True),
        lambda: ws.building.remove(draft.id, "gone"),
        lambda: ws.building.remove("gone", "role"),
    ):
        with pytest.raises(NotFound):
            change()
    ws.building.remove(draft.id, "role")
    with pytest.raises(Invalid, match="at least one question"):
        ws.building.remove(draft.id, "learned")


def test_minutes_follow_the_questions_unless_somebody_set_them(ws: Workspace, draft: Review) -> None:
    for number in range(5):
        ws.building.put(draft.id, Question("", f"Question {number}?", QuestionType.PARAGRAPH))
    assert (draft.minutes, ws.reviews.get(draft.id).minutes) == (1, 2)
    ws.building.describe(draft.id, title=" How  was it? ", intro=" Short.\r\n", minutes=7)
    ws.building.remove(draft.id, "learned")
    review = ws.reviews.get(draft.id)
    assert (review.title, review.intro, review.minutes) == ("How was it?", "Short.", 7)
    assert ws.building.describe(draft.id, title="Again", intro="").minutes == ws.building.minutes(review) == 2
    for wrong in ({"title": " "}, {"minutes": 0}, {"intro": "x" * 2001}):
        with pytest.raises(FieldsInvalid) as refused:
            ws.building.describe(draft.id, **{"title": "T", "intro": "", **wrong})  # type: ignore[arg-type]
        assert refused.value.problems.keys() == wrong.keys()


def test_decisions_that_wait_folded_take_no_minutes(ws: Workspace) -> None:
    one = Recommendation("", "K", 1, Scope.LESSONS, "", "", "why", 0.5, choice=Choice.ACCEPTED)
    store = ws.context.store
    with store.write():
        store.kickoffs.put(Kickoff("K", "TAP", "A new line.", ws.context.now()))
        store.recommendations.put(*(replace(one, id=f"r{n}", source=f"L{n}", rank=n, advice="Go.") for n in range(40)))
    source = ws.templates.get("own_questions")
    draft = ws.reviews.new("TAP", template_key="own_questions")
    assert len(draft.questions) == len(source.questions) + 3 * 40
    asked_at_first = (*source.questions, *draft.questions[len(source.questions) :][: 3 * AT_ONCE])
    about = minutes_of(asked_at_first)
    assert minutes_of(draft.questions) > about > source.minutes
    assert (draft.minutes, ws.building.minutes(draft)) == (about, about)
    assert ws.building.describe(draft.id, title="How was it?", intro="").minutes == about
    added = ws.building.put(draft.id, Question("", "Why?", QuestionType.PARAGRAPH))
    assert ws.reviews.get(draft.id).minutes == minutes_of((*asked_at_first, added))  # they are estimated anew
    ws.building.remove(draft.id, added.key)
    assert ws.building.as_template(draft.id).minutes == minutes_of(source.questions)  # which asks of no decision
    again = ws.building.start_from(draft.id, source)
    assert (len(again.questions), again.minutes) == (len(draft.questions), about)


def test_a_draft_starts_again_from_another_template(ws: Workspace, draft: Review) -> None:
    review = ws.building.start_from(draft.id, ws.templates.get("sailboat"))
    assert (review.title, review.template, review.minutes) == ("Sailboat of Tap-on ticketing", "sailboat", 2)
    assert review.questions == ws.templates.get("sailboat").questions
    ws.building.describe(draft.id, title="Where do we sail?", intro="")
    assert ws.building.start_from(draft.id, ws.templates.get("daki")).title == "Where do we sail?"


@pytest.mark.parametrize("closed", [False, True])
def test_an_opened_review_is_frozen_and_a_corrected_copy_is_not(ws: Workspace, draft: Review, closed: bool) -> None:
    opened = ws.reviews.open(draft.id)
    opened = ws.reviews.close(draft.id) if closed else opened
    changes: list[Callable[[], object]] = [
        lambda: ws.building.describe(draft.id, title="T", intro=""),
        lambda: ws.building.put(draft.id, replace(KEPT, key="")),
        lambda: ws.building.put(draft.id, draft.questions[0]),
        lambda: ws.building.move(draft.id, "role", up=False),
        lambda: ws.building.remove(draft.id, "role"),
        lambda: ws.building.start_from(draft.id, ws.templates.get("daki")),
    ]
    for change in changes:
        with pytest.raises(QuestionsFrozen, match="corrected copy"):
            change()
    copy = ws.building.corrected_copy(draft.id, who="ada")
    assert ws.reviews.get(draft.id) == opened
    assert copy == replace(opened, id=copy.id, title=copy.title, status=ReviewStatus.DRAFT, opens=None, closes=None)
    assert copy.title == "Own questions of Tap-on ticketing (corrected)"
    assert ws.building.corrected_copy(copy.id).title == "Own questions of Tap-on ticketing (corrected 2)"
    ws.building.remove(copy.id, "role")
    assert keys(ws, draft) == ["role", "learned"]


def test_a_form_is_kept_as_a_template_of_ones_own(ws: Workspace, draft: Review) -> None:
    kept = ws.building.put(draft.id, replace(KEPT, key=""))
    ws.building.put(draft.id, replace(WHY, key="", when=Condition(kept.key, ("no",))))
    made = ws.templates.save(ws.building.as_template(draft.id, "Our close review"), who="ada")
    assert made.key == "our_close_review"
    assert ws.templates.get(made.key) == made
    assert made in ws.templates.list()
    assert ws.templates.own() == [made]
    assert ws.templates.read("our_close_review.toml", ws.templates.text(made.key).encode()) == made
    assert ws.reviews.new("TAP", template_key=made.key).questions == made.questions
    with pytest.raises(AlreadyThere):
        ws.templates.save(made)
    with pytest.raises(AlreadyThere):
        ws.templates.save(replace(made, key="sailboat"), replace=True)
    assert ws.templates.save(replace(made, minutes=9), replace=True).minutes == 9
    ws.templates.remove(made.key)
    assert ws.templates.own() == []
    with pytest.raises(NotFound):
        ws.templates.remove(made.key)
    with pytest.raises(Conflict, match="shipped"):
        ws.templates.remove("sailboat")


def test_a_form_taken_away_as_toml_comes_back_the_same(ws: Workspace, draft: Review) -> None:
    found = ws.templates.read("mine.toml", ws.building.toml(draft.id).encode())
    assert (found.key, found.questions, found.minutes) == ("mine", draft.questions, draft.minutes)
    assert ws.building.start_from(draft.id, found).questions == draft.questions
    for content in (b"\xff\xfe", b"x" * (1024 * 1024 + 1), b"title = 1"):
        with pytest.raises(Invalid, match="mine"):
            ws.templates.read("mine.toml", content)
