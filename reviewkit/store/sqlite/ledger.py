"""What the workspace notes of itself: marks, claims on work, failed logins."""

from __future__ import annotations

from datetime import datetime, timedelta

from reviewkit.store.rows import plain
from reviewkit.store.sqlite.connection import Connections
from reviewkit.store.sqlite.records import comparable


class SqliteMarks:
    """Named values."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def get(self, name: str) -> str | None:
        with self._connections.read() as db:
            row = db.execute("SELECT value FROM marks WHERE name = ?", [comparable(name)]).fetchone()
        return None if row is None else str(row[0])

    def put(self, name: str, value: str) -> None:
        with self._connections.write() as db:
            db.table("marks").upsert({"name": name, "value": value}, pk="name")


class SqliteClaims:
    """Leases on work."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def take(self, name: str, owner: str, now: datetime, seconds: float) -> bool:
        with self._connections.write() as db:
            others = "name = ? AND owner <> ? AND until > ?"
            if db.table("claims").count_where(others, [name, owner, plain(now)]):
                return False
            until = plain(now + timedelta(seconds=seconds))
            db.table("claims").upsert({"name": name, "owner": owner, "until": until}, pk="name")
            return True

    def give_back(self, name: str, owner: str) -> None:
        with self._connections.write() as db:
            db.table("claims").delete_where("name = ? AND owner = ?", [name, owner])


class SqliteAttempts:
    """Failed logins."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def record(self, subject: str, at: datetime) -> None:
        with self._connections.write() as db:
            db.table("attempts").insert({"subject": comparable(subject), "at": plain(at)})

    def since(self, subject: str, moment: datetime) -> int:
        with self._connections.read() as db:
            sql = "SELECT count(*) FROM attempts WHERE subject = ? AND at >= ?"
            return int(db.execute(sql, [comparable(subject), plain(moment)]).fetchone()[0])

    def withdraw(self, subject: str, at: datetime) -> None:
        with self._connections.write() as db:
            db.execute(
                "DELETE FROM attempts WHERE rowid = (SELECT max(rowid) FROM attempts WHERE subject = ? AND at = ?)",
                [comparable(subject), plain(at)],
            )

    def clear(self, subject: str) -> None:
        with self._connections.write() as db:
            db.table("attempts").delete_where("subject = ?", [comparable(subject)])

    def forget(self, before: datetime) -> None:
        with self._connections.write() as db:
            db.table("attempts").delete_where("at < ?", [plain(before)])
