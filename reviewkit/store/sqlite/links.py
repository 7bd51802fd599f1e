"""The links table: suggestions come and go, decisions stay."""

from __future__ import annotations

from collections.abc import Iterable

from reviewkit.domain.themes import Link
from reviewkit.domain.words import LinkState
from reviewkit.store.sqlite.connection import Connections
from reviewkit.store.sqlite.records import SqliteRecords, among


class SqliteLinks(SqliteRecords[Link]):
    """Links under the hash of their pair."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections, Link, "links", "link")

    def replace_suggestions(self, links: Iterable[Link], sources: Iterable[str] | None = None) -> None:
        where, values = ("1", []) if sources is None else among("source", sources)
        with self._connections.write() as db:
            db.execute(f"DELETE FROM links WHERE state = ? AND {where}", [LinkState.SUGGESTED.value, *values])
            decided = {row[0] for row in db.execute(f"SELECT id FROM links WHERE {where}", values).fetchall()}
            self.put(*(link for link in links if link.id not in decided))
