"""The lessons library: add, import, list, move through its life, export."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date

from reviewkit.domain.errors import Invalid
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.words import Area, LessonState
from reviewkit.lessons.hints import hints
from reviewkit.lessons.lifecycle import NEXT, move
from reviewkit.report.tables import csv_text
from reviewkit.store.port import Store
from reviewkit.workspace.context import Context

NOW = "lesson is now"
"""How the audit log begins a line on a lesson's new state."""


class Lessons:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def list(
        self, *, state: LessonState | None = None, area: Area | None = None, project: str | None = None
    ) -> list[Lesson]:
        """Lessons, by title."""
        wanted = {n: v for n, v in (("state", state), ("area", area), ("project", project)) if v}
        return sorted(self._store.lessons.all(**wanted), key=lambda lesson: (lesson.title.casefold(), lesson.id))

    def get(self, id: str) -> Lesson:
        """Raises NotFound."""
        return self._store.lessons.get(id)

    def hints(self, lesson: Lesson) -> Sequence[str]:
        """What would make it more useful."""
        return hints(lesson)

    def next_states(self, lesson: Lesson) -> tuple[LessonState, ...]:
        return NEXT[lesson.state]

    def put_all(self, lessons: Sequence[Lesson], *, who: str = "") -> int:
        """Adds or replaces lessons, all or none; returns how many were new. Raises Invalid."""
        for lesson in lessons:
            if not lesson.title.strip():
                raise Invalid(f"Lesson {lesson.id} has no title.", field="title")
        with self._store.write():
            known = {lesson.id for lesson in self._store.lessons.all()}
            self._store.lessons.put(*lessons)
            fresh = len({lesson.id for lesson in lessons} - known)
            self._context.record(who, "imported lessons", f"{len(lessons)}, {fresh} of them new")
        return fresh

    def move(self, id: str, state: LessonState, *, who: str) -> Lesson:
        """Takes a lesson to another state of its life. Raises NotFound, TransitionRefused."""
        with self._store.write():
            lesson = move(self._store.lessons.get(id), state)
            self._store.lessons.put(lesson)
            self._context.record(who, f"{NOW} {state}", id)
        return lesson

    def export(self) -> str:
        """Every lesson as CSV text, safe to open in a spreadsheet."""
        columns = [field.name for field in fields(Lesson)]
        return csv_text(columns, [[getattr(lesson, name) for name in columns] for lesson in self.list()])


def became(store: Store, state: LessonState) -> dict[str, date]:
    """Lesson id -> the last day the audit log says it came into `state`; what was imported in it has no such day."""
    days: dict[str, date] = {}
    for event in store.events.all(what=f"{NOW} {state}"):
        days[event.subject] = max(days.get(event.subject, date.min), event.at.date())
    return days
