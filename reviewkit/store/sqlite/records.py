"""A table -> a family of records."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, Generic, TypeVar

from sqlite_utils import Database

from reviewkit.domain.errors import AlreadyThere, Invalid, NotFound
from reviewkit.store.rows import Plain, columns_of, from_rows, plain, to_row
from reviewkit.store.sqlite.connection import Connections
from reviewkit.store.sqlite.driver import sqlite3

T = TypeVar("T")

_MANY = 500
"""More values than this are handed over as one JSON list in place of a parameter each."""


class SqliteRecords(Generic[T]):
    """The records of one type in one table whose primary key is `key`; `noun` is what messages call one of them."""

    def __init__(self, connections: Connections, record: type[T], table: str, noun: str, key: str = "id") -> None:
        self._connections = connections
        self._record = record
        self._table = table
        self._noun = noun
        self._key = key
        self._names = [column.name for column in columns_of(record)]
        self._select = f"SELECT {listed(self._names)} FROM {table}"
        self._put = _upsert(table, list(dict.fromkeys([*self._names, key])), key)

    def find(self, id: str) -> T | None:
        found = self._read(f'{self._select} WHERE "{self._key}" = ?', [comparable(id)])
        return found[0] if found else None

    def get(self, id: str) -> T:
        record = self.find(id)
        if record is None:
            raise NotFound(self._noun, id)
        return record

    def all(self, **equal: Any) -> list[T]:
        where, values = self._where(equal)
        return self._read(f'{self._select} WHERE {where} ORDER BY "{self._key}"', values)

    def count(self, **equal: Any) -> int:
        where, values = self._where(equal)
        with self._connections.read() as db:
            return int(db.execute(f"SELECT count(*) FROM {self._table} WHERE {where}", values).fetchone()[0])

    def state(self) -> str:
        with self._connections.read() as db:
            found = db.execute("SELECT value FROM marks WHERE name = ?", [f"state of {self._table}"]).fetchone()
        return found[0] if found else ""

    def put(self, *records: T) -> None:
        rows = [self._row(record) for record in records]
        if not rows:
            return
        with self._connections.write() as db:
            try:
                db.conn.executemany(self._put, [tuple(row.values()) for row in rows])
            except sqlite3.IntegrityError as problem:
                taken = self._taken(db, str(problem), rows)
                if taken is None:
                    raise
                raise taken from None
            except (UnicodeEncodeError, OverflowError) as problem:
                raise unstorable(problem) from None

    def delete(self, *ids: str) -> None:
        with self._connections.write() as db:
            where, values = among(self._key, ids)
            db.table(self._table).delete_where(where, values)

    def _read(self, sql: str, values: Sequence[Any] = ()) -> list[T]:
        with self._connections.read() as db:
            return from_rows(self._record, db.execute(sql, values).fetchall())

    def _row(self, record: T) -> dict[str, Plain]:
        row = to_row(record)
        if self._key not in row:  # an id that is worked out from other fields
            row[self._key] = getattr(record, self._key)
        return row

    def _where(self, equal: dict[str, Any]) -> tuple[str, list[Any]]:
        clauses, values = ["1"], []
        for name, wanted in equal.items():
            column = self._key if name == "id" else name
            if column != self._key and column not in self._names:
                raise TypeError(f"A {self._noun} has no field “{name}”.")
            clause, given = among(column, wanted if isinstance(wanted, tuple | list | set | frozenset) else [wanted])
            clauses.append(clause)
            values += given
        return " AND ".join(clauses), values

    def _taken(self, db: Database, message: str, rows: list[dict[str, Plain]]) -> AlreadyThere | None:
        """Which of `rows` met a unique key that another record has; None where it was another rule."""
        columns = re.findall(r"\w+\.(\w+)", message) if message.startswith("UNIQUE") else []
        if not columns:
            return None
        met: set[tuple[Plain, ...]] = set()
        same = " AND ".join(f'"{column}" = ?' for column in columns)
        for row in rows:
            values = tuple(row[column] for column in columns)
            where = f'{same} AND "{self._key}" <> ?'
            if values in met or db.table(self._table).count_where(where, [*values, row[self._key]]):
                return AlreadyThere(self._noun, str(values[-1]))
            met.add(values)
        return None


def listed(names: Iterable[str]) -> str:
    """Column names for a SELECT, quoted."""
    return ", ".join(f'"{name}"' for name in names)


def _upsert(table: str, names: Sequence[str], key: str) -> str:
    """One statement for a row's values in the order of `names`: sqlite-utils' own upsert asks six times about tables
    and columns first, while whoever sends answers waits for the lock.
    """
    changed = ", ".join(f'"{name}" = excluded."{name}"' for name in names if name != key)
    marks = ", ".join("?" * len(names))
    return f'INSERT INTO {table} ({listed(names)}) VALUES ({marks}) ON CONFLICT ("{key}") DO UPDATE SET {changed}'


def among(column: str, wanted: Iterable[Any]) -> tuple[str, list[Any]]:
    """The condition that `column` equals one of `wanted` (None is met by NULL), and its parameters."""
    values = [plain(value) for value in wanted]
    given = [comparable(value) for value in values if value is not None]
    if len(given) > _MANY:
        texts = [value for value in given if not isinstance(value, bytes)]
        clause, given = f'"{column}" IN (SELECT value FROM json_each(?))', [json.dumps(texts)]
    elif len(given) == 1:
        clause = f'"{column}" = ?'
    else:
        clause = f'"{column}" IN ({", ".join("?" * len(given))})'
    return (f'({clause} OR "{column}" IS NULL)' if None in values else clause), given


def among_numbers(column: str, wanted: Iterable[int]) -> tuple[str, list[Any]]:
    """The same for whole numbers: one statement however many they are, so that SQLite need not parse it each time."""
    return f'"{column}" IN (SELECT value FROM json_each(?))', [json.dumps(list(wanted))]


def comparable(value: Plain) -> Plain | bytes:
    """A value to compare with; text that no column can hold (a lone surrogate) becomes one that equals nothing."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            return value.encode("utf-8", "surrogatepass")
    return value


def unstorable(problem: Exception) -> Invalid:
    """What to say of text that is no Unicode, or of a number beyond 64 bits."""
    if isinstance(problem, UnicodeEncodeError):
        return Invalid(f"A text holds half a character (U+{ord(problem.object[problem.start]):04X}); write it anew.")
    return Invalid("A number is too large to be stored.")
