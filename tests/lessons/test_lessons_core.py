"""A lesson's life, and the hints that make it useful."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reviewkit.domain.errors import TransitionRefused
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.words import Area, LessonState
from reviewkit.lessons.comparing import opposed
from reviewkit.lessons.hints import hints
from reviewkit.lessons.history import differences, restored
from reviewkit.lessons.lifecycle import NEXT, move
from reviewkit.workspace.files.samples import sample_lessons

GOOD = Lesson(
    "l1",
    "Count parallel runs",
    what_happened="Four runs brought 2,308 differences down to 96.",
    root_cause="The limit had been agreed in writing beforehand.",
    recommendation="Run payroll in parallel for three months and agree in writing how many differences are allowed.",
    owner="PMO",
    statements=("s1",),
)


def test_a_complete_lesson_gets_no_hint() -> None:
    assert hints(GOOD) == []


@pytest.mark.parametrize(
    "vague",
    [
        "Communicate better.",
        "Plan more carefully next time",
        "Be more proactive",
        "Better communication with suppliers",
    ],
)
def test_a_vague_recommendation_is_pointed_out(vague: str) -> None:
    lesson = Lesson("l2", "x", what_happened="y", root_cause="z", recommendation=vague, owner="o", statements=("s",))
    assert [hint for hint in hints(lesson) if "vague" in hint]


def test_what_is_missing_is_named() -> None:
    assert len(hints(Lesson("l3", "Only a title"))) == 5


def test_a_lesson_goes_from_draft_to_embedded_and_not_backwards_in_one_step() -> None:
    lesson = GOOD
    for state in (LessonState.IN_REVIEW, LessonState.VALIDATED, LessonState.PUBLISHED, LessonState.EMBEDDED):
        lesson = move(lesson, state)
    with pytest.raises(TransitionRefused, match="retired"):
        move(lesson, LessonState.DRAFT)


def test_every_state_has_its_next_ones() -> None:
    assert set(NEXT) == set(LessonState)


@pytest.mark.parametrize("verbless", ["Early supplier involvement", "Better planning of the interfaces", "More staff."])
def test_advice_without_a_verb_is_pointed_out(verbless: str) -> None:
    told = hints(replace(GOOD, recommendation=verbless))
    assert any(hint.startswith("No decision:") or "vague" in hint for hint in told)


@pytest.mark.parametrize(
    "told",
    ["Visit the factory.", "At month three, ask the depot.", "Suppliers must show the plan.", "Name a deputy to sign."],
)
def test_short_advice_that_says_what_to_do_gets_no_hint(told: str) -> None:
    assert hints(replace(GOOD, recommendation=told)) == []


def test_a_change_is_told_field_by_field_and_can_be_gone_back_on() -> None:
    after = replace(GOOD, tags=("a", "b"), area=Area.QUALITY, positive=True, review_on=date(2027, 1, 2), effect="x")
    changes = differences(GOOD, after)
    assert {one.field: (one.before, one.after) for one in changes}["tags"] == ("", "a\nb")
    assert restored(after, changes) == GOOD
    assert restored(GOOD, differences(after, GOOD)) == after


CONTRARY = [
    ("Freeze the design before the tender.", "Do not freeze the design before the tender."),
    ("Involve the operators early in the design.", "Involve the operators late in the design."),
    ("Move all depots at once over a weekend.", "Never move all depots at once over a weekend."),
]
ALIKE_ONLY = [
    ("Freeze the design before the tender.", "Freeze the design before the tender goes out."),
    ("Do not freeze the design late.", "Freeze the design early."),
    ("Avoid late changes of the design.", "Do not accept late changes of the design."),
    ("Visit the factory before paying.", "Do not pay juniors for the work of experts."),
    ("", "Do not pay."),
]


@pytest.mark.parametrize(("one", "two"), CONTRARY)
def test_opposite_advice_is_asked_about(one: str, two: str) -> None:
    assert opposed(one, two)
    assert opposed(two, one)


@pytest.mark.parametrize(("one", "two"), ALIKE_ONLY)
def test_advice_that_goes_together_is_not(one: str, two: str) -> None:
    assert not opposed(one, two)
    assert not opposed(two, one)


def test_no_two_lessons_of_the_sample_are_said_to_contradict_each_other() -> None:
    said = [lesson.recommendation for lesson in sample_lessons()]
    assert [(one, two) for one in said for two in said if opposed(one, two)] == []
