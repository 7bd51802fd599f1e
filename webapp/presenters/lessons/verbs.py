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

BACK = "Back to published"
"""What publishing a lesson is called that was embedded already."""


ENDS = (State.REJECTED, State.RETIRED)


@dataclass(frozen=True)
class Verb:
    """A step that a lesson can take; `onward` on its way through life, and not back or out of it."""

    state: State
    label: str
    key: str
    onward: bool


def verbs(lesson: Lesson, states: Sequence[State]) -> tuple[Verb, ...]:
    """In the order of the states, the likeliest first."""
    found = []
    for state in states:
        label, key = WORDS[state]
        if state is State.IN_REVIEW:
            label = AGAIN.get(lesson.state, label)
        elif state is State.PUBLISHED and lesson.state is State.EMBEDDED:
            label = BACK
        onward = state not in ENDS and not label.startswith("Back")
        found.append(Verb(state, label, key, onward))
    return tuple(found)
