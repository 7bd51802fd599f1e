"""Records <-> rows: plain values a database column can hold, chosen by each field's type hint."""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import cache, lru_cache
from typing import Any, TypeAlias, TypeVar, Union, cast, get_args, get_origin, get_type_hints

T = TypeVar("T")
Plain: TypeAlias = str | int | float | None
"""What a column holds. Enums stand by value, dates as ISO 8601 text, moments as ISO 8601 text in UTC to the
microsecond (so that text order is order in time), tuples, mappings and nested records as JSON."""

REMEMBERED = 128
"""Texts of a field of nested records that are not parsed again; records never change, so they can be shared."""

_UNIONS = (Union, types.UnionType)


@dataclass(frozen=True)
class Column:
    """One field of a record and how it stands in a row; `write` or `read` is None where the value stands as it is."""

    name: str
    write: Callable[[Any], Plain] | None
    read: Callable[[Any], Any] | None


def columns_of(record: type) -> tuple[Column, ...]:
    """The columns of a record type, in the order of its fields.

    Raises:
        TypeError: for a field whose type has no place in a row.
    """
    return _columns_of(cast(Hashable, record))


@cache
def _columns_of(record: Any) -> tuple[Column, ...]:
    hints = _hints_of(record)
    return tuple(Column(field.name, *_codec(hints[field.name])) for field in fields(record))


def to_row(record: object) -> dict[str, Plain]:
    """Column name -> plain value.

    Raises:
        ValueError: for a moment without a time zone.
    """
    row: dict[str, Plain] = {}
    for column in columns_of(type(record)):
        value = getattr(record, column.name)
        row[column.name] = value if column.write is None or value is None else column.write(value)
    return row


def from_rows(record: type[T], rows: Iterable[Sequence[Any]]) -> list[T]:
    """Records from rows whose values stand in the order of `columns_of`; values beyond those are passed over."""
    readers = [column.read for column in columns_of(record)]
    read = [(place, reader) for place, reader in enumerate(readers) if reader is not None]  # most stand as they are
    make = cast(Callable[..., T], record)
    found = []
    for row in rows:
        values = list(row[: len(readers)])
        for place, reader in read:
            if values[place] is not None:
                values[place] = reader(values[place])
        found.append(make(*values))
    return found


def plain(value: object) -> Plain:
    """A single value as it stands in a column of its own; tuples, mappings and records become JSON."""
    if value is None or type(value) in (str, int, float):
        return cast(Plain, value)
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, Enum | datetime | date):
        return cast(Plain, _to_json(value))
    if isinstance(value, str | int | float):
        return value
    return _dumps(value)


def _codec(hint: Any) -> tuple[Callable[[Any], Plain] | None, Callable[[Any], Any] | None]:
    members = _members(hint)
    if len(members) != 1:
        read = _reader(hint)
        return _dumps, lambda text: read(json.loads(text))
    kind = members[0]
    if kind in (str, int, float):
        return None, None
    if kind is bool:
        return int, bool
    if isinstance(kind, type) and issubclass(kind, Enum):
        return plain, {member.value: member for member in kind}.__getitem__
    if kind is datetime:
        return plain, datetime.fromisoformat
    if kind is date:
        return plain, date.fromisoformat
    if get_origin(kind) is tuple and get_args(kind)[0] is str:
        return _dumps, lru_cache(maxsize=REMEMBERED)(lambda text: tuple(json.loads(text)))
    if get_origin(kind) is tuple and is_dataclass(get_args(kind)[0]):
        read = _reader(kind)
        return _dumps, lru_cache(maxsize=REMEMBERED)(lambda text: read(json.loads(text)))
    if get_origin(kind) in (tuple, dict) or is_dataclass(kind):
        read = _reader(kind)
        return _dumps, lambda text: read(json.loads(text))
    raise TypeError(f"A field of type {hint} has no place in a row.")


def _members(hint: Any) -> list[Any]:
    """The types a value may have beside None."""
    if get_origin(hint) in _UNIONS:
        return [member for member in get_args(hint) if member is not type(None)]
    return [hint]


def _dumps(value: object) -> str:
    return json.dumps(_to_json(value), ensure_ascii=False, separators=(",", ":"))


def _to_json(value: object) -> Any:
    if type(value) in (str, int, float):  # most values are, and the tests below cost more than they say
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _to_json(entry) for key, entry in value.items()}
    if isinstance(value, tuple | list):
        return [_to_json(entry) for entry in value]
    if is_dataclass(value):
        return {field.name: _to_json(getattr(value, field.name)) for field in fields(value)}
    return value


@cache
def _reader(hint: Any) -> Callable[[Any], Any]:
    """JSON values of a type -> the type, worked out once: a review's questions are read for every answer that comes."""
    members = _members(hint)
    if len(members) > 1:
        return lambda value: value if value is None else _reader(_member_for(members, value))(value)
    kind = members[0]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is tuple:
        one = _reader(arguments[0])
        return lambda value: value if value is None else tuple([one(entry) for entry in value])
    if origin is dict:
        one = _reader(arguments[1])
        return lambda value: value if value is None else {key: one(entry) for key, entry in value.items()}
    if is_dataclass(kind):
        return _record_reader(cast(Callable[..., Any], kind), _hints_of(cast(Any, kind)))
    if kind in (date, datetime):
        return lambda value: value if value is None else kind.fromisoformat(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return lambda value: value if value is None else kind(value)
    if kind is float:
        return lambda value: value if value is None else float(value)
    return lambda value: value


def _record_reader(make: Callable[..., Any], hints: Mapping[str, Any]) -> Callable[[Any], Any]:
    """A field that was added since takes its default; one that is gone is passed over."""
    readers = {name: _reader(hint) for name, hint in hints.items()}

    def read(value: Any) -> Any:
        if value is None:
            return None
        return make(**{name: readers[name](entry) for name, entry in value.items() if name in readers})

    return read


@cache
def _hints_of(record: Any) -> dict[str, Any]:
    """A record type's hints; working them out costs more than reading a record."""
    return get_type_hints(record)


def _member_for(members: Sequence[Any], value: Any) -> Any:
    """Which member of a union a JSON value is of: a list is the tuple, an object the mapping or record."""
    if isinstance(value, list):
        return next(member for member in members if get_origin(member) is tuple)
    if isinstance(value, dict):
        return next(member for member in members if get_origin(member) is dict or is_dataclass(member))
    return type(value)
