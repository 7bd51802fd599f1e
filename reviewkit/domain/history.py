"""A record before and after a change -> what changed, field by field; and a record as it was before."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from enum import Enum
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")

_YES, _NO = "yes", "no"


@dataclass(frozen=True)
class FieldChange:
    """One field of a record before and after a change, as text; the entries of a list stand one a line."""

    field: str
    before: str
    after: str


def differences(before: T, after: T, passed_over: Collection[str] = ()) -> tuple[FieldChange, ...]:
    """The fields that differ, in the order of the record's; `passed_over` ones are not looked at."""
    return tuple(
        FieldChange(field.name, _text(getattr(before, field.name)), _text(getattr(after, field.name)))
        for field in fields(before)  # type: ignore[arg-type]  # records are dataclasses
        if field.name not in passed_over and getattr(before, field.name) != getattr(after, field.name)
    )


def restored(record: T, changes: Iterable[FieldChange]) -> T:
    """`record` with every field of `changes` as it was before them."""
    hints = get_type_hints(type(record))
    values = {change.field: _value(hints[change.field], change.before) for change in changes}
    return replace(record, **values)  # type: ignore[type-var]


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return _YES if value else _NO
    if isinstance(value, tuple):
        return "\n".join(value)
    return "" if value is None else str(value)


def _value(hint: Any, text: str) -> Any:
    if get_origin(hint) is tuple:
        return tuple(text.splitlines())
    kinds = [kind for kind in (get_args(hint) or (hint,)) if kind is not type(None)]
    kind = kinds[0]
    if kind is bool:
        return text == _YES
    if not text and kind is not str:
        return None
    if kind is date:
        return date.fromisoformat(text)
    if kind is int or (isinstance(kind, type) and issubclass(kind, Enum)):
        return kind(text)
    return text
