"""A lesson and a wish -> the lesson in its next state."""

from __future__ import annotations

from dataclasses import replace

from reviewkit.domain.errors import TransitionRefused
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.words import LessonState as State

NEXT: dict[State, tuple[State, ...]] = {
    State.DRAFT: (State.IN_REVIEW, State.REJECTED),
    State.IN_REVIEW: (State.VALIDATED, State.DRAFT, State.REJECTED),
    State.VALIDATED: (State.PUBLISHED, State.IN_REVIEW, State.RETIRED),
    State.PUBLISHED: (State.EMBEDDED, State.IN_REVIEW, State.RETIRED),
    State.EMBEDDED: (State.PUBLISHED, State.RETIRED),
    State.RETIRED: (State.IN_REVIEW,),
    State.REJECTED: (State.DRAFT,),
}
"""Where a lesson can go from each state."""


def move(lesson: Lesson, state: State) -> Lesson:
    """The lesson in `state`. Raises TransitionRefused where its life does not lead there."""
    if state not in NEXT[lesson.state]:
        raise TransitionRefused("lesson", lesson.state, state, NEXT[lesson.state])
    return replace(lesson, state=state)
