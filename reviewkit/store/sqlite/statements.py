"""The statements table."""

from __future__ import annotations

from collections.abc import Sequence

from reviewkit.domain.reviews import Statement
from reviewkit.store.sqlite.connection import Connections
from reviewkit.store.sqlite.records import SqliteRecords


class SqliteStatements(SqliteRecords[Statement]):
    """Statements under hashed ids, in no order."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections, Statement, "statements", "statement")

    def replace(self, response: str, statements: Sequence[Statement]) -> None:
        with self._connections.write():
            kept = {statement.id for statement in statements}
            self.delete(*(earlier.id for earlier in self.all(response=response) if earlier.id not in kept))
            self.put(*statements)

    def unlabelled(self, model: str, limit: int) -> list[Statement]:
        embedded = "EXISTS (SELECT 1 FROM vectors AS v WHERE v.text_hash = statements.text_hash AND v.model = ?)"
        return self._read(f"{self._select} WHERE kind IS NULL AND {embedded} ORDER BY id LIMIT ?", [model, limit])

    def unplaced(self, model: str) -> list[Statement]:
        embedded = "EXISTS (SELECT 1 FROM vectors AS v WHERE v.text_hash = statements.text_hash AND v.model = ?)"
        placed = "EXISTS (SELECT 1 FROM memberships AS m WHERE m.statement = statements.id)"
        return self._read(f"{self._select} WHERE NOT {placed} AND {embedded} ORDER BY id", [model])

    def ids(self) -> list[str]:
        with self._connections.read() as db:
            return [row[0] for row in db.execute("SELECT id FROM statements ORDER BY id").fetchall()]
