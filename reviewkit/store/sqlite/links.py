"""The links table: suggestions come and go, decisions stay."""

from __future__ import annotations

from collections.abc import Iterable

from reviewkit.domain.themes import Link
from reviewkit.domain.words import LinkState
from reviewkit.store.sqlite.connection import Connections
from reviewkit.store.sqlite.records import SqliteRecords


class SqliteLinks(SqliteRecords[Link]):
    """Links under the hash of their pair."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections, Link, "links", "link")

    def replace_suggestions(self, links: Iterable[Link]) -> None:
        with self._connections.write() as db:
            db.execute("DELETE FROM links WHERE state = ?", [LinkState.SUGGESTED.value])
            decided = {row[0] for row in db.execute("SELECT id FROM links").fetchall()}
            self.put(*(link for link in links if link.id not in decided))
