"""A lesson's life, and the hints that make it useful."""

from __future__ import annotations

import pytest

from reviewkit.domain.errors import TransitionRefused
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.words import LessonState
from reviewkit.lessons.hints import hints
from reviewkit.lessons.lifecycle import NEXT, move

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
