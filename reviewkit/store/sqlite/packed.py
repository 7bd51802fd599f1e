"""Rows of one width <-> blobs of many, in the order of their numbers.

A million small rows as rows of a table cost half as many bytes again, and seconds to read. Here they stand in chunks:
reading all of them is reading a thousand blobs, and a change rewrites only the chunks that it meets. Numbers are
hashes, so the order tells nothing of what came when.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from sqlite_utils import Database

Rows: TypeAlias = npt.NDArray[Any]
"""A structured array whose field “number” is the key, ascending, each number once."""

Numbers: TypeAlias = npt.NDArray[Any]

CHUNK_BYTES = 24 * 1024
"""A blob fills whole pages of 4 kB but the last: of a chunk this large 4 % is lost so, of a smaller one more, while a
larger one makes a change of a single row dearer."""


def all_rows(db: Database, family: str, kind: np.dtype[Any]) -> Rows:
    """Every row of the family."""
    blobs = db.execute("SELECT rows FROM packed WHERE family = ? ORDER BY first", [family]).fetchall()
    return np.frombuffer(b"".join(blob for (blob,) in blobs), dtype=kind)


def chunks_of(db: Database, family: str) -> Numbers:
    """The first number of each of the family's chunks, ascending."""
    held = db.execute("SELECT first FROM packed WHERE family = ? ORDER BY first", [family]).fetchall()
    return np.array([first for (first,) in held], dtype=np.int64)


def rows_of(db: Database, family: str, kind: np.dtype[Any], numbers: Numbers, chunks: Numbers | None = None) -> Rows:
    """The rows with these numbers (ascending, each once); those that are not there are left out.

    `chunks` are what `chunks_of` told, where that is known: to look them up takes a quarter of the time.
    """
    sql = "SELECT rows FROM packed WHERE family = ? AND first IN (SELECT value FROM json_each(?)) ORDER BY first"
    begins = _firsts(db, family, numbers) if chunks is None or not len(chunks) else _firsts_among(chunks, numbers)
    firsts = np.unique(begins).tolist()
    blobs = db.execute(sql, [family, json.dumps(firsts)]).fetchall()
    rows = np.frombuffer(b"".join(blob for (blob,) in blobs), dtype=kind)
    place, found = where(rows["number"], numbers)
    return rows[place[found]]


def put_rows(db: Database, family: str, rows: Rows) -> None:
    """Adds the rows, in any order; one whose number is there takes its place."""
    rows = rows[np.argsort(rows["number"], kind="stable")]

    def merged(held: Rows, numbers: Numbers) -> Rows:
        new = rows[np.searchsorted(rows["number"], numbers)]
        both = np.concatenate([held[~np.isin(held["number"], numbers)], new])
        return both[np.argsort(both["number"], kind="stable")]

    _change(db, family, rows.dtype, rows["number"], merged)


def remove_rows(db: Database, family: str, kind: np.dtype[Any], numbers: Numbers) -> None:
    """Removes the rows with these numbers (ascending, each once)."""
    _change(db, family, kind, numbers, lambda held, gone: held[~np.isin(held["number"], gone)])


def where(ascending: Numbers, wanted: Numbers) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.bool_]]:
    """Each wanted number's place among the ascending ones, and whether it is there."""
    if not len(ascending):
        return np.zeros(len(wanted), np.intp), np.zeros(len(wanted), np.bool_)
    same = wanted.astype(ascending.dtype, copy=False)  # else all of the ascending ones are copied to compare them
    place = np.minimum(np.searchsorted(ascending, same), len(ascending) - 1)
    return place, ascending[place] == wanted


def _change(
    db: Database, family: str, kind: np.dtype[Any], numbers: Numbers, changed: Callable[[Rows, Numbers], Rows]
) -> None:
    gone: list[tuple[str, int]] = []
    kept: list[tuple[str, int, int, bytes]] = []
    for first, rows, met in _chunks(db, family, kind, numbers):
        new = changed(rows, met)
        if not len(new):
            gone.append((family, first))
            continue
        pieces = np.array_split(new, -(-new.nbytes // CHUNK_BYTES))
        firsts = [first, *(int(piece["number"][0]) for piece in pieces[1:])]
        kept += [(family, start, kind.itemsize, piece.tobytes()) for start, piece in zip(firsts, pieces, strict=True)]
    db.conn.executemany("DELETE FROM packed WHERE family = ? AND first = ?", gone)
    db.conn.executemany("INSERT OR REPLACE INTO packed (family, first, width, rows) VALUES (?, ?, ?, ?)", kept)


def _chunks(db: Database, family: str, kind: np.dtype[Any], numbers: Numbers) -> Iterator[tuple[int, Rows, Numbers]]:
    """(first, rows, which of the numbers fall into it) of every chunk that ascending numbers fall into.

    A chunk reaches from its first number to that of the next one; below the lowest there is an empty one, from 0.
    """
    firsts, starts = np.unique(_firsts(db, family, numbers), return_index=True)
    for first, met in zip(firsts.tolist(), np.split(numbers, starts[1:]), strict=False):
        blob = db.execute("SELECT rows FROM packed WHERE family = ? AND first = ?", [family, first]).fetchone()
        yield first, np.frombuffer(blob[0] if blob else b"", dtype=kind), met


def _firsts(db: Database, family: str, numbers: Numbers) -> Numbers:
    """The first number of the chunk that each number falls into."""
    sql = """
        SELECT ifnull((SELECT max(first) FROM packed WHERE family = ? AND first <= value), 0) FROM json_each(?)
    """
    held = db.execute(sql, [family, json.dumps(numbers.tolist())]).fetchall()
    return np.array([first for (first,) in held], dtype=np.int64)


def _firsts_among(chunks: Numbers, numbers: Numbers) -> Numbers:
    return chunks[np.maximum(np.searchsorted(chunks, numbers.astype(np.int64), side="right") - 1, 0)]
