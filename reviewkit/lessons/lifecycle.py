"""A lesson and a wish -> the lesson in its next state."""

from __future__ import annotations

from collections.abc import Iterable
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


def replaced(successors: Iterable[Lesson]) -> dict[str, Lesson]:
    """Id of a lesson -> the one that takes its place; a draft takes nobody's place yet.

    Where several claim to, the one whose id comes first.
    """
    standing = sorted((one for one in successors if one.supersedes and one.is_usable), key=lambda one: one.id)
    return {one.supersedes: one for one in reversed(standing)}
