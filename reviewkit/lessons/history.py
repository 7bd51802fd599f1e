"""A lesson before and after a change -> what changed, field by field; and a lesson as it was before."""

from __future__ import annotations

from dataclasses import fields

from reviewkit.domain import history
from reviewkit.domain.history import FieldChange, restored
from reviewkit.domain.lessons import Lesson

__all__ = ["NAMES", "PASSED_OVER", "differences", "restored"]

PASSED_OVER = frozenset({"id", "area_suggested"})
NAMES = tuple(field.name for field in fields(Lesson) if field.name not in PASSED_OVER)


def differences(before: Lesson, after: Lesson) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order of the lesson's."""
    return history.differences(before, after, PASSED_OVER)
