"""A lesson as somebody wrote it -> the lesson as it can be kept, or what is wrong with which field."""

from __future__ import annotations

from dataclasses import replace

from reviewkit.domain.errors import AlreadyThere, FieldsInvalid
from reviewkit.domain.lessons import Lesson
from reviewkit.store.port import Store

MAX_TITLE, MAX_TEXT = 200, 20_000
TEXTS = ("title", "context", "what_happened", "root_cause", "effect", "recommendation", "early_warning", "owner")


def checked(store: Store, lesson: Lesson, *, new: bool = False) -> Lesson:
    """`lesson` with its texts trimmed. Raises FieldsInvalid; AlreadyThere for a `new` one whose id is taken."""
    lesson = replace(lesson, **{name: getattr(lesson, name).strip() for name in TEXTS})
    if problems := problems_of(store, lesson, new=new):
        raise FieldsInvalid("the lesson", problems)
    if new and store.lessons.find(lesson.id):
        raise AlreadyThere("lesson", lesson.id)
    return lesson


def problems_of(store: Store, lesson: Lesson, *, new: bool = False) -> dict[str, str]:
    """Field -> what is wrong with it; empty where the lesson can be kept."""
    problems = {
        name: f"at most {most:,} characters, this has {len(getattr(lesson, name)):,}"
        for name in TEXTS
        if len(getattr(lesson, name)) > (most := MAX_TITLE if name in ("title", "owner") else MAX_TEXT)
    }
    if not lesson.title.strip():
        problems["title"] = "a lesson needs a title: say in one line what was learned"
    known = None if new else store.lessons.find(lesson.id)
    if lesson.project and lesson.project != (known and known.project) and not store.projects.find(lesson.project):
        problems["project"] = f"there is no project “{lesson.project}”"
    newly = lesson.supersedes != (known.supersedes if known else "")
    if newly and (wrong := _wrong_supersedes(store, lesson)):
        problems["supersedes"] = wrong
    for name, records in (("risks", store.risks), ("themes", store.themes), ("statements", store.statements)):
        added = set(getattr(lesson, name)) - set(getattr(known, name) if known else ())
        there = {one.id for one in records.all(id=added)} if added else set()
        if gone := sorted(added - there):
            problems[name] = f"“{gone[0]}” is not there any more; untick it"
    return problems


def _wrong_supersedes(store: Store, lesson: Lesson) -> str:
    """What is wrong with the lesson it is to take the place of: none there, or one that comes after it in turn."""
    seen, at = {lesson.id}, lesson.supersedes
    while at:
        if at in seen:
            return "a lesson cannot take its own place, nor that of one that took its place"
        seen.add(at)
        found = store.lessons.find(at)
        if found is None:
            return f"there is no lesson “{at}”" if at == lesson.supersedes else ""
        at = found.supersedes
    return ""
