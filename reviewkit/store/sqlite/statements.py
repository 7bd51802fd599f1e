"""The statements table."""

from __future__ import annotations

from collections.abc import Sequence

from reviewkit.domain.reviews import Statement
from reviewkit.domain.words import Scope
from reviewkit.store.sqlite.connection import Connections
from reviewkit.store.sqlite.families import has_vectors
from reviewkit.store.sqlite.passages import forget
from reviewkit.store.sqlite.records import SqliteRecords, among


class SqliteStatements(SqliteRecords[Statement]):
    """Statements under hashed ids, in no order."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections, Statement, "statements", "statement")

    def replace(self, response: str, statements: Sequence[Statement]) -> None:
        with self._connections.write():
            kept = {statement.id for statement in statements}
            if stale := [earlier.id for earlier in self.all(response=response) if earlier.id not in kept]:
                self.delete(*stale)
            self.put(*statements)

    def delete(self, *ids: str) -> None:
        with self._connections.write() as db:
            where, values = among("record", ids)
            sql = f"SELECT number FROM passages WHERE scope = '{Scope.STATEMENTS}' AND {where}"
            forget(db, [number for (number,) in db.execute(sql, values).fetchall()])
            super().delete(*ids)

    def unlabelled(self, model: str, limit: int) -> list[Statement]:
        found: list[Statement] = []
        last = ""
        while len(found) < limit:
            sql = f"{self._select} WHERE kind IS NULL AND id > ? ORDER BY id LIMIT ?"
            if not (batch := self._read(sql, [last, limit])):
                break
            last = batch[-1].id
            found += self._embedded(model, batch)
        return found[:limit]

    def unindexed(self, limit: int) -> list[Statement]:
        sql = f"{self._select} WHERE id IN (SELECT statement FROM unindexed ORDER BY statement LIMIT ?) ORDER BY id"
        return self._read(sql, [limit])

    def unplaced(self, model: str) -> list[Statement]:
        placed = "EXISTS (SELECT 1 FROM memberships AS m WHERE m.statement = statements.id)"
        return self._embedded(model, self._read(f"{self._select} WHERE NOT {placed} ORDER BY id"))

    def ids(self) -> list[str]:
        with self._connections.read() as db:
            return [row[0] for row in db.execute("SELECT id FROM statements ORDER BY id").fetchall()]

    def _embedded(self, model: str, statements: Sequence[Statement]) -> list[Statement]:
        """Those whose text has a vector of the model."""
        with self._connections.read() as db:
            held = has_vectors(db, model, [statement.text_hash for statement in statements])
        return [statement for statement, known in zip(statements, held, strict=True) if known]
