"""The landmarks table: vectors of themes, projects and questions, as float32 blobs."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from reviewkit.store.sqlite.connection import Connections
from reviewkit.themes.joining import Landmark

_FLOAT = np.dtype("<f4")


class SqliteLandmarks:
    """Landmarks by kind and name."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def replace(self, landmarks: Iterable[Landmark]) -> None:
        rows = [(one.kind, one.name, one.weight, one.row.astype(_FLOAT).tobytes()) for one in landmarks]
        with self._connections.write() as db:
            db.execute("DELETE FROM landmarks")
            db.conn.executemany("INSERT INTO landmarks (kind, name, weight, row) VALUES (?, ?, ?, ?)", rows)

    def all(self) -> list[Landmark]:
        with self._connections.read() as db:
            rows = db.execute("SELECT kind, name, weight, row FROM landmarks ORDER BY kind, name").fetchall()
        return [
            Landmark(kind, name, weight, np.frombuffer(row, dtype=_FLOAT).astype(np.float32))
            for kind, name, weight, row in rows
        ]
