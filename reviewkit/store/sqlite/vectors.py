"""Vectors of texts, a byte a dimension, and the sketches that passages have of them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reviewkit.language.ports import Matrix
from reviewkit.store.sqlite.codes import encoded
from reviewkit.store.sqlite.connection import Connections
from reviewkit.store.sqlite.families import (
    dimensions_of,
    has_vectors,
    remove_vectors,
    sketch,
    touch,
    vector_numbers,
    vectors_family,
    vectors_of,
)
from reviewkit.store.sqlite.packed import put_rows
from reviewkit.store.sqlite.passages import said_of, unsaid_of


class SqliteVectors:
    """Vectors by text hash and model."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def put(self, model: str, hashes: Sequence[str], rows: Matrix) -> None:
        with self._connections.write() as db:
            given = dict(zip(hashes, np.asarray(rows, dtype=np.float32), strict=True))
            missing = [
                text_hash for text_hash, held in zip(given, self.held(model, list(given)), strict=True) if not held
            ]
            if not missing:
                return
            new = np.stack([given[text_hash] for text_hash in missing])
            put_rows(db, vectors_family(model), encoded(vector_numbers(missing), new))
            said = said_of(db, missing)
            sketch(db, said)
            unsaid = set(missing) - {text_hash for _, text_hash in said}
            db.conn.executemany("INSERT OR IGNORE INTO unsaid VALUES (?)", [(text_hash,) for text_hash in unsaid])
            touch(db)

    def get(self, model: str, hashes: Sequence[str]) -> Matrix:
        if not hashes:
            return np.zeros((0, 0), dtype=np.float32)
        with self._connections.read() as db:
            return vectors_of(db, model, dimensions_of(db, model), hashes)[0]

    def held(self, model: str, hashes: Sequence[str]) -> list[bool]:
        with self._connections.read() as db:
            return has_vectors(db, model, hashes)

    def prune(self) -> int:
        with self._connections.write() as db:
            hashes = [text_hash for (text_hash,) in db.execute("SELECT text_hash FROM unsaid").fetchall()]
            removed = remove_vectors(db, unsaid_of(db, hashes))
            db.execute("DELETE FROM unsaid")
            return removed
