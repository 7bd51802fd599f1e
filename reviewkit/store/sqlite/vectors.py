"""The vectors table: float32 rows as little-endian blobs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reviewkit.domain.ids import fingerprint
from reviewkit.language.ports import Matrix
from reviewkit.store.sqlite.connection import Connections

_FLOAT = np.dtype("<f4")
_CHUNK = 10_000
"""Vectors asked for at once; SQLite takes at least 32,766 parameters."""


class SqliteVectors:
    """Vectors by text hash and model, numbered by a hash of both.

    A table WITHOUT ROWID would put every vector on an overflow page: twice the bytes, and half the speed.
    """

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def put(self, model: str, hashes: Sequence[str], rows: Matrix) -> None:
        blobs = [row.tobytes() for row in np.ascontiguousarray(rows, dtype=_FLOAT)]
        entries = [
            (_number(model, text_hash), text_hash, model, blob) for text_hash, blob in zip(hashes, blobs, strict=True)
        ]
        sql = "INSERT OR IGNORE INTO vectors (number, text_hash, model, row) VALUES (?, ?, ?, ?)"
        with self._connections.write() as db:
            db.conn.executemany(sql, entries)

    def get(self, model: str, hashes: Sequence[str]) -> Matrix:
        numbers = [_number(model, text_hash) for text_hash in hashes]
        wanted = sorted(set(numbers))  # in the order of the table, so that its pages are read once each
        places: dict[int, int] = {}
        blobs: list[bytes] = []
        with self._connections.read() as db:
            for start in range(0, len(wanted), _CHUNK):
                chunk = wanted[start : start + _CHUNK]
                marks = ",".join("?" * len(chunk))
                for number, blob in db.execute(f"SELECT number, row FROM vectors WHERE number IN ({marks})", chunk):
                    places[number] = len(blobs)
                    blobs.append(blob)
            if not blobs and wanted:
                known = db.execute("SELECT length(row) FROM vectors WHERE model = ? LIMIT 1", [model]).fetchone()
                return np.zeros((len(hashes), known[0] // _FLOAT.itemsize if known else 0), dtype=np.float32)
        if not blobs:
            return np.zeros((0, 0), dtype=np.float32)
        blobs.append(bytes(len(blobs[0])))  # the row of zeros, last
        stored = np.frombuffer(b"".join(blobs), dtype=_FLOAT).reshape(len(blobs), -1)
        picked = stored[np.fromiter((places.get(number, -1) for number in numbers), np.intp, len(numbers))]
        return picked.astype(np.float32, copy=False)

    def prune(self) -> int:
        with self._connections.write() as db:
            sql = "DELETE FROM vectors WHERE text_hash NOT IN (SELECT text_hash FROM passages)"
            return db.execute(sql).rowcount


def _number(model: str, text_hash: str) -> int:
    return int(fingerprint(model, text_hash)[:15], 16)
