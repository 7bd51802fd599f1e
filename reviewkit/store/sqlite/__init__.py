"""The SQLite store: the only SQL there is."""

from reviewkit.store.sqlite.store import SqliteStore, open_sqlite

__all__ = ["SqliteStore", "open_sqlite"]
