"""The risks table, and what of it is asked for without its words."""

from __future__ import annotations

from collections.abc import Iterable

from reviewkit.domain.projects import Risk
from reviewkit.store.sqlite.connection import Connections
from reviewkit.store.sqlite.records import SqliteRecords, among


class SqliteRisks(SqliteRecords[Risk]):
    """Register entries under their project and reference."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections, Risk, "risks", "risk")

    def projects(self, ids: Iterable[str] | None = None) -> dict[str, str]:
        where, values = ("1", []) if ids is None else among("id", ids)
        with self._connections.read() as db:
            return dict(db.execute(f"SELECT id, project FROM risks WHERE {where}", values).fetchall())
