"""A lesson and the states it can go to -> what can be done with it: the words on the buttons and their keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reviewkit.domain.lessons import Lesson
from reviewkit.domain.words import LessonState as State

WORDS = {
    State.IN_REVIEW: ("Hand in for review", "h"),
    State.VALIDATED: ("Validate", "v"),
    State.PUBLISHED: ("Publish", "p"),
    State.EMBEDDED: ("Mark as embedded", "m"),
    State.DRAFT: ("Back to draft", "b"),
    State.REJECTED: ("Reject", "x"),
    State.RETIRED: ("Retire", "r"),
}
"""State -> what the button that leads there says, and the key that presses it in the queue."""

AGAIN = {
    State.VALIDATED: "Back to review",
    State.PUBLISHED: "Back to review",
    State.RETIRED: "Bring back for review",
}
"""State a lesson is in -> what its way to review is called from there."""


@dataclass(frozen=True)
class Verb:
    """A step that a lesson can take."""

    state: State
    label: str
    key: str


def verbs(lesson: Lesson, states: Sequence[State]) -> tuple[Verb, ...]:
    """In the order of the states, the likeliest first."""
    found = []
    for state in states:
        label, key = WORDS[state]
        found.append(Verb(state, AGAIN.get(lesson.state, label) if state is State.IN_REVIEW else label, key))
    return tuple(found)
