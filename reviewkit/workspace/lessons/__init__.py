"""The lessons library: add, edit, move through their life, look at again, import, export. Every change is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from reviewkit.domain.errors import Conflict, Invalid, LessonChanged
from reviewkit.domain.ids import new_id
from reviewkit.domain.lessons import EXPORTED, SOON, Alike, Lesson, LessonChange
from reviewkit.domain.words import Area, LessonState, LessonVerb
from reviewkit.lessons.hints import hints
from reviewkit.lessons.history import differences, restored
from reviewkit.lessons.lifecycle import NEXT, move, replaced
from reviewkit.report.tables import csv_text
from reviewkit.store.port import Store
from reviewkit.workspace.context import Context
from reviewkit.workspace.lessons.checking import checked, problems_of
from reviewkit.workspace.lessons.neighbours import Neighbours

NOW = "lesson is now"
"""How the audit log begins a line on a lesson's new state."""

WAITING = (LessonState.IN_REVIEW, LessonState.DRAFT)
"""States that wait for a decision, the nearest to one first."""


class Lessons:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store
        self._neighbours = Neighbours(context)

    def list(
        self, *, state: LessonState | None = None, area: Area | None = None, project: str | None = None
    ) -> list[Lesson]:
        """Lessons, by title."""
        wanted = {n: v for n, v in (("state", state), ("area", area), ("project", project)) if v}
        return sorted(self._store.lessons.all(**wanted), key=_by_title)

    def get(self, id: str) -> Lesson:
        """Raises NotFound."""
        return self._store.lessons.get(id)

    def waiting(self) -> Sequence[Lesson]:
        """Lessons that wait for a decision: those handed in, then drafts, each by title."""
        return sorted(
            self._store.lessons.all(state=WAITING), key=lambda one: (WAITING.index(one.state), *_by_title(one))
        )

    def due(self, days: int = SOON) -> Sequence[Lesson]:
        """Lessons in use whose review date lies at most `days` ahead, the longest due first."""
        until = self._context.today + timedelta(days=days)
        found = [one for one in self._store.lessons.all() if one.is_usable and one.review_on and one.review_on <= until]
        return sorted(found, key=lambda one: (one.review_on or date.max, *_by_title(one)))

    def hints(self, lesson: Lesson) -> Sequence[str]:
        """What would make it more useful."""
        return hints(lesson)

    def alike(self, lesson: Lesson) -> Sequence[Alike]:
        """Lessons that seem to say the same or to advise the opposite; none while nothing was analysed."""
        return self._neighbours.of(lesson)

    def next_states(self, lesson: Lesson) -> tuple[LessonState, ...]:
        return NEXT[lesson.state]

    def history(self, id: str) -> Sequence[LessonChange]:
        """What was done to the lesson, the latest first; what was done before histories were kept is not in it."""
        return sorted(self._store.lesson_changes.all(lesson=id), key=lambda change: -change.number)

    def replaced(self) -> Mapping[str, Lesson]:
        """Id of a lesson -> the lesson in use that took its place."""
        return replaced(one for one in self._store.lessons.all() if one.supersedes)

    def problems(self, lesson: Lesson) -> Mapping[str, str]:
        """Field -> what keeps the lesson from being kept as it is; one without an id is new."""
        return problems_of(self._store, lesson, new=not lesson.id)

    def add(self, lesson: Lesson, *, who: str) -> Lesson:
        """Keeps a new lesson as a draft, under a new id where it has none. Raises FieldsInvalid, AlreadyThere."""
        with self._store.write():
            made = checked(self._store, replace(lesson, id=lesson.id or new_id(), state=LessonState.DRAFT), new=True)
            self._store.lessons.put(made)
            self._note([(None, made)], LessonVerb.ADDED, who)
            self._context.record(who, "added lesson", made.id)
        return made

    def edit(self, lesson: Lesson, *, who: str, seen: int | None = None) -> Lesson:
        """Keeps `lesson` in place of the one with its id, whose state stays.

        An area that nobody chose is given anew where words changed. `seen` is the number of the last change that
        whoever edits had before them, None where that does not matter.

        Raises NotFound, FieldsInvalid; LessonChanged where somebody else changed it meanwhile.
        """
        with self._store.write():
            old = self._store.lessons.get(lesson.id)
            if seen is not None and seen != self._last(old.id):
                raise LessonChanged(old.title)
            made = _area_anew(old, replace(checked(self._store, lesson), state=old.state))
            if made != old:
                self._store.lessons.put(made)
                self._note([(old, made)], LessonVerb.EDITED, who)
                self._context.record(who, "edited lesson", made.id)
        return made

    def put_all(self, lessons: Sequence[Lesson], *, who: str = "") -> int:
        """Adds or replaces lessons, all or none; returns how many were new. Raises Invalid."""
        for lesson in lessons:
            if not lesson.title.strip():
                raise Invalid(f"Lesson {lesson.id} has no title.", field="title")
        with self._store.write():
            known = {lesson.id: lesson for lesson in self._store.lessons.all()}
            self._store.lessons.put(*lessons)
            self._note([(known.get(one.id), one) for one in lessons], LessonVerb.IMPORTED, who)
            fresh = len({lesson.id for lesson in lessons} - known.keys())
            self._context.record(who, "imported lessons", f"{len(lessons)}, {fresh} of them new")
        return fresh

    def move(self, id: str, state: LessonState, *, who: str) -> Lesson:
        """Takes a lesson to another state of its life. Raises NotFound, TransitionRefused."""
        with self._store.write():
            old = self._store.lessons.get(id)
            lesson = move(old, state)
            self._store.lessons.put(lesson)
            self._note([(old, lesson)], LessonVerb.MOVED, who)
            self._context.record(who, f"{NOW} {state}", id)
        return lesson

    def undo(self, id: str, number: int, *, who: str) -> Lesson:
        """Takes back the last change of a lesson, which is the one numbered `number`.

        Raises NotFound; Conflict where another change came after it, or where it changed nothing to go back to.
        """
        with self._store.write():
            old = self._store.lessons.get(id)
            steps = self.history(id)
            if not steps or steps[0].number != number:
                raise LessonChanged(old.title)
            if not steps[0].changes:
                raise Conflict(f"“{old.title}” was only added; reject it to put it away.")
            made = restored(old, steps[0].changes)
            self._store.lessons.put(made)
            self._note([(old, made)], LessonVerb.UNDONE, who)
            self._context.record(
                who, f"{NOW} {made.state}" if made.state is not old.state else "undid edit of lesson", id
            )
        return made

    def export(self) -> str:
        """Every lesson as CSV text, safe to open in a spreadsheet."""
        return csv_text(EXPORTED, [[getattr(lesson, name) for name in EXPORTED] for lesson in self.list()])

    def _last(self, id: str) -> int:
        return max((change.number for change in self._store.lesson_changes.all(lesson=id)), default=0)

    def _note(self, pairs: Sequence[tuple[Lesson | None, Lesson]], verb: LessonVerb, who: str) -> None:
        """Adds a step to the history of each lesson, given as it was (None: not there) and as it is now."""
        counts: dict[str, int] = {}
        for change in self._store.lesson_changes.all(lesson={new.id for _, new in pairs}):
            counts[change.lesson] = max(counts.get(change.lesson, 0), change.number)
        steps = []
        for old, new in pairs:
            changes = differences(old, new) if old else ()
            if old and not changes:
                continue
            counts[new.id] = counts.get(new.id, 0) + 1
            steps.append(LessonChange(new.id, counts[new.id], self._context.now(), who, verb, changes))
        self._store.lesson_changes.put(*steps)


def became(store: Store, state: LessonState) -> dict[str, date]:
    """Lesson id -> the last day the audit log says it came into `state`; what was imported in it has no such day."""
    days: dict[str, date] = {}
    for event in store.events.all(what=f"{NOW} {state}"):
        days[event.subject] = max(days.get(event.subject, date.min), event.at.date())
    return days


def _area_anew(old: Lesson, new: Lesson) -> Lesson:
    if new.area != old.area or not old.area_suggested:
        return replace(new, area_suggested=False)
    if new.text != old.text:
        return replace(new, area=None, area_suggested=False)
    return replace(new, area_suggested=True)


def _by_title(lesson: Lesson) -> tuple[str, str]:
    return lesson.title.casefold(), lesson.id
