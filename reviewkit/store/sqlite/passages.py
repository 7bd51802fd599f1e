"""The passages table with what search reads of it: an FTS5 index that triggers keep in step, and packed entries."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple
from threading import Lock
from typing import TypeVar

import numpy as np
from sqlite_utils import Database

from reviewkit.domain.words import Scope
from reviewkit.language.ports import Matrix
from reviewkit.store.rows import from_rows, to_row
from reviewkit.store.searched import Facets, Passage, Wanted
from reviewkit.store.sqlite.connection import Connections
from reviewkit.store.sqlite.families import ENTRIES, ENTRY, STATE, sketch, touch, unsketch
from reviewkit.store.sqlite.index import COLUMNS, FACET_BITS, NAMES, Index, passages_at
from reviewkit.store.sqlite.numbering import numbered
from reviewkit.store.sqlite.packed import all_rows, put_rows, remove_rows
from reviewkit.store.sqlite.records import among, among_numbers, unstorable

T = TypeVar("T")

NUMBER_BITS = 31
"""Numbers are hashes, so that their order does not tell what was said when, and small, for FTS5 stores differences."""

_FACETS = "scope, project, review, area, kind, phase, state"
_TOLD = ("digest", "project", "review", "area", "kind", "phase", "state", "dated")
"""What may change of a passage while its text stays."""

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 2**16 - 1


class SqlitePassages:
    """What search reads; what it reads most of is kept in memory until it changes."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self._index: tuple[str, Index] | None = None
        self._lock = Lock()

    def state(self) -> str:
        with self._connections.read() as db:
            return _state(db)

    def replace(self, scope: Scope, record: str, passages: Sequence[Passage]) -> None:
        self.replace_many(scope, {record: passages})

    def replace_many(self, scope: Scope, changes: Mapping[str, Sequence[Passage]]) -> None:
        with self._connections.write() as db:
            try:
                _replace(db, scope, changes)
            except (UnicodeEncodeError, OverflowError) as problem:
                raise unstorable(problem) from None

    def digests(self, scope: Scope) -> dict[str, str]:
        sql = "SELECT record, max(digest) FROM passages WHERE scope = ? GROUP BY record ORDER BY record"
        with self._connections.read() as db:
            return dict(db.execute(sql, [scope.value]).fetchall())

    def of(self, scope: Scope, records: Iterable[str] | None = None) -> list[Passage]:
        where, values = ("1", []) if records is None else among("record", records)
        sql = f"SELECT {NAMES} FROM passages WHERE scope = ? AND {where} ORDER BY record, position"
        with self._connections.read() as db:
            return from_rows(Passage, db.execute(sql, [scope.value, *values]).fetchall())

    def numbered(self, scope: Scope) -> dict[int, Passage]:
        sql = f"SELECT {NAMES}, number FROM passages WHERE scope = ? ORDER BY record, position"
        with self._connections.read() as db:
            rows = db.execute(sql, [scope.value]).fetchall()
        return {row[-1]: passage for row, passage in zip(rows, from_rows(Passage, rows), strict=True)}

    def get(self, numbers: Iterable[int]) -> dict[int, Passage]:
        with self._connections.read() as db:
            known = self._index
            if known is not None and known[0] == _state(db):
                return known[1].passages(db, numbers)
            return passages_at(db, numbers)

    def records(self, numbers: Iterable[int]) -> dict[int, str]:
        where, values = among_numbers("number", numbers)
        with self._connections.read() as db:
            sql = f"SELECT number, scope || '/' || record FROM passages WHERE {where}"
            return dict(db.execute(sql, values).fetchall())

    def lexical(self, terms: Sequence[str], wanted: Wanted, limit: int) -> list[tuple[int, float]]:
        with self._connections.read() as db:
            return self._at(db).lexical(db, terms, wanted, limit) if limit > 0 else []

    def meanwhile(self, reading: Callable[[], T]) -> Callable[[], T]:
        known = self._index
        return self._connections.beside(reading) if known is not None and known[1].large else reading

    def nearest(self, model: str, query: Matrix, wanted: Wanted, limit: int) -> list[tuple[int, float]]:
        with self._connections.read() as db:
            return self._at(db).nearest(db, model, query, wanted, limit) if limit > 0 else []

    def vectors(self, model: str, numbers: Sequence[int]) -> Matrix:
        with self._connections.read() as db:
            return self._at(db).vectors(db, model, numbers)

    def unembedded(self, model: str, limit: int) -> list[tuple[str, str]]:
        with self._connections.read() as db:
            where, values = among_numbers("number", self._at(db).without_vector(db, model).tolist())
            sql = f"SELECT text_hash, min(text) FROM passages WHERE {where} GROUP BY text_hash ORDER BY 1 LIMIT ?"
            return [(text_hash, text) for text_hash, text in db.execute(sql, [*values, limit]).fetchall()]

    def _at(self, db: Database) -> Index:
        """The index in the state that `db` sees."""
        state = _state(db)
        with self._lock:
            if self._index is None or self._index[0] != state:
                self._index = None  # two at once would take twice the memory
                self._index = (state, Index(db))
            return self._index[1]


def forget(db: Database, numbers: Sequence[int]) -> None:
    """Removes passages with all that search holds of them; their vectors go with the next `Vectors.prune`."""
    if not numbers:
        return
    where, values = among_numbers("number", numbers)
    db.execute(f"INSERT OR IGNORE INTO unsaid SELECT text_hash FROM passages WHERE {where}", values)
    db.execute(f"DELETE FROM passages WHERE {where}", values)
    remove_rows(db, ENTRIES, ENTRY, np.array(sorted(numbers), dtype=np.uint32))
    unsketch(db, numbers)
    touch(db)


def drop_unused_facets(db: Database) -> None:
    """Removes facets that no passage has any more: they too tell of what was said."""
    used = np.unique(all_rows(db, ENTRIES, ENTRY)["facets"]).tolist()
    db.execute("DELETE FROM facets WHERE id NOT IN (SELECT value FROM json_each(?))", [json.dumps(used)])


def said_of(db: Database, hashes: Sequence[str]) -> list[tuple[int, str]]:
    """(number, text hash) of the passages with these texts."""
    sql = """
        SELECT number, text_hash FROM json_each(?) JOIN passages
        ON substr(text_hash, 1, 8) = substr(value, 1, 8) AND text_hash = value
    """
    found: list[tuple[int, str]] = db.execute(sql, [json.dumps(hashes)]).fetchall()
    return found


def unsaid_of(db: Database, hashes: Sequence[str]) -> list[str]:
    """Those of the text hashes that no passage has."""
    said = {text_hash for _, text_hash in said_of(db, hashes)}
    return [text_hash for text_hash in hashes if text_hash not in said]


def _state(db: Database) -> str:
    found = db.execute("SELECT value FROM marks WHERE name = ?", [STATE]).fetchone()
    return found[0] if found else ""


def _replace(db: Database, scope: Scope, changes: Mapping[str, Sequence[Passage]]) -> None:
    new = {(passage.record, passage.position): passage for passages in changes.values() for passage in passages}
    held = _held(db, scope, changes)
    same = {key for key, (_, text) in held.items() if key in new and new[key].text == text}
    forget(db, [number for key, (number, _) in held.items() if key not in same])
    numbers = _numbers(db, scope, [key for key in new if key not in same])
    numbers |= {key: held[key][0] for key in same}
    facets = _facet_numbers(db, {passage.facets for passage in new.values()})
    _insert(db, [(numbers[key], passage) for key, passage in new.items() if key not in same])
    _tell(db, [(numbers[key], new[key]) for key in same])
    entries = [
        (numbers[key], facets[passage.facets], min(len(_WORD.findall(passage.text)), _LONGEST))
        for key, passage in new.items()
    ]
    put_rows(db, ENTRIES, np.array(entries, dtype=ENTRY))
    sketch(db, [(numbers[key], passage.text_hash) for key, passage in new.items() if key not in same])
    if scope is Scope.STATEMENTS:
        where, values = among("statement", changes)
        db.execute(f"DELETE FROM unindexed WHERE {where}", values)
    touch(db)


def _held(db: Database, scope: Scope, records: Iterable[str]) -> dict[tuple[str, int], tuple[int, str]]:
    """(record, position) -> (number, text) of the records' passages."""
    where, values = among("record", records)
    sql = f"SELECT record, position, number, text FROM passages WHERE scope = ? AND {where}"
    rows = db.execute(sql, [scope.value, *values]).fetchall()
    return {(record, position): (number, text) for record, position, number, text in rows}


def _numbers(db: Database, scope: Scope, keys: Sequence[tuple[str, int]]) -> dict[tuple[str, int], int]:
    def holders(numbers: list[int]) -> dict[int, tuple[str, ...]]:
        where, values = among_numbers("number", numbers)
        sql = f"SELECT number, scope, record, position FROM passages WHERE {where}"
        return {number: (*name, str(position)) for number, *name, position in db.execute(sql, values).fetchall()}

    names: dict[tuple[str, ...], tuple[str, int]] = {(scope.value, *map(str, key)): key for key in keys}
    return {names[name]: number for name, number in numbered(names, NUMBER_BITS, holders).items()}


def _facet_numbers(db: Database, facets: Iterable[Facets]) -> dict[Facets, int]:
    """The numbers of facets, which get a row where they have none."""

    def holders(numbers: list[int]) -> dict[int, tuple[str, ...]]:
        where, values = among("id", numbers)
        return {
            number: tuple(name)
            for number, *name in db.execute(f"SELECT id, {_FACETS} FROM facets WHERE {where}", values)
        }

    names: dict[tuple[str, ...], Facets] = {tuple(str(value) for value in astuple(one)): one for one in facets}
    found = numbered(names, FACET_BITS, holders)
    db.conn.executemany(
        f"INSERT OR IGNORE INTO facets (id, {_FACETS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [(number, *name) for name, number in found.items()],
    )
    return {names[name]: number for name, number in found.items()}


def _insert(db: Database, passages: Sequence[tuple[int, Passage]]) -> None:
    marks = ", ".join("?" * len(COLUMNS))
    rows = sorted((number, *to_row(passage).values()) for number, passage in passages)
    db.conn.executemany(f"INSERT INTO passages (number, {NAMES}) VALUES (?, {marks})", rows)


def _tell(db: Database, passages: Sequence[tuple[int, Passage]]) -> None:
    """Stores anew what may change of a passage while its text stays."""
    rows = [([row[name] for name in _TOLD], number) for number, row in ((n, to_row(p)) for n, p in passages)]
    settings = ", ".join(f"{name} = ?" for name in _TOLD)
    db.conn.executemany(f"UPDATE passages SET {settings} WHERE number = ?", [(*told, number) for told, number in rows])
