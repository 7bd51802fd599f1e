"""A lesson before and after a change -> what changed, field by field; and a lesson as it was before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, replace
from datetime import date
from typing import Any

from reviewkit.domain.lessons import FieldChange, Lesson
from reviewkit.domain.words import Area, LessonState, Phase

PASSED_OVER = frozenset({"id", "area_suggested"})
NAMES = tuple(field.name for field in fields(Lesson) if field.name not in PASSED_OVER)

_LISTS = frozenset({"tags", "statements", "themes", "risks"})
_DAYS = frozenset({"learned", "review_on"})
_YES, _NO = "yes", "no"


def differences(before: Lesson, after: Lesson) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order of the lesson's."""
    return tuple(
        FieldChange(name, _text(getattr(before, name)), _text(getattr(after, name)))
        for name in NAMES
        if getattr(before, name) != getattr(after, name)
    )


def restored(lesson: Lesson, changes: Iterable[FieldChange]) -> Lesson:
    """`lesson` with every field of `changes` as it was before them."""
    return replace(lesson, **{change.field: _value(change.field, change.before) for change in changes})


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, tuple):
        return "\n".join(value)
    return "" if value is None else str(value)


def _value(field: str, text: str) -> Any:
    if field in _LISTS:
        return tuple(text.splitlines())
    if field in _DAYS:
        return date.fromisoformat(text) if text else None
    if field == "positive":
        return text == _YES
    if field == "state":
        return LessonState(text)
    if field in ("area", "phase"):
        words: type[Area] | type[Phase] = Area if field == "area" else Phase
        return words(text) if text else None
    return text
