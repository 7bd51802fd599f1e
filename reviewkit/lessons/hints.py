"""A lesson -> what would make it more useful. Hints for its writer, never a gate."""

from __future__ import annotations

import re

from reviewkit.domain.lessons import Lesson
from reviewkit.lessons.verbs import says_to_do

_VAGUE = re.compile(
    r"\b(communicate|follow\w*\s+up|plan|manage|test|involve|train|work|document|prepare|align|coordinate)\s+"
    r"(\w+\s+){0,3}?(better|more|earlier|well|properly|carefully|closely|sooner)\b"
    r"|\b(be|stay)\s+(more\s+)?(careful|aware|proactive|realistic)\b"
    r"|\bbetter\s+(communication|planning|management|testing|coordination|alignment)\b"
    r"|\b(pay\s+)?more\s+attention\b",
    re.IGNORECASE,
)
CONCRETE_WORDS = 18
"""A recommendation of so many words has usually said who does what when, whatever phrase it begins with."""

SHORT = 9
"""A recommendation of so few words may lack a verb; every longer one that was read had one."""


def hints(lesson: Lesson) -> list[str]:
    """Sentences that each name one thing missing; none for a lesson that can be used as it is."""
    found = []
    recommendation = lesson.recommendation.strip()
    if not recommendation:
        found.append("No recommendation: what should the next project do?")
    elif _VAGUE.search(recommendation) and len(recommendation.split()) < CONCRETE_WORDS:
        found.append("The recommendation is vague: say who does what, and when.")
    elif len(recommendation.split()) <= SHORT and not says_to_do(recommendation):
        found.append("No decision: the recommendation does not say what is to be done.")
    if not lesson.root_cause.strip():
        found.append("No root cause: why did it happen?")
    if not lesson.what_happened.strip():
        found.append("Nothing says what happened.")
    if not lesson.owner.strip():
        found.append("No owner: who keeps it alive?")
    if not (lesson.statements or lesson.themes or lesson.risks or lesson.origin):
        found.append("No evidence is attached.")
    return found
