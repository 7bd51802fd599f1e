"""The SQLite library in use, and its errors -> the domain's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from reviewkit.domain.errors import (
    AlreadyThere,
    Conflict,
    Invalid,
    ReviewkitError,
    StorageFull,
    WorkspaceBusy,
    WorkspaceUnusable,
)

if TYPE_CHECKING:
    import sqlite3
else:
    try:  # as sqlite-utils does: where it is installed its SQLite is newer than Python's own
        from pysqlite3 import dbapi2 as sqlite3
    except ImportError:
        import sqlite3

__all__ = ["sqlite3", "translated"]

# Primary result codes, https://sqlite.org/rescode.html
_PERM, _BUSY, _LOCKED, _READONLY, _IOERR, _CORRUPT, _FULL = 3, 5, 6, 8, 10, 11, 13
_CANTOPEN, _PROTOCOL, _CONSTRAINT, _NOTADB = 14, 15, 19, 26
_IOERR_SHMSIZE = 4874  # the index of the write-ahead log could not grow, which is how a full disk shows there


@contextmanager
def translated(where: str) -> Iterator[None]:
    """Raises the domain's errors in place of SQLite's; `where` names the file in their messages.

    An error that only a mistake in this software can cause passes as it is.
    """
    try:
        yield
    except sqlite3.Error as problem:
        meaning = _meaning(problem, where)
        if meaning is None:
            raise
        raise meaning from problem


def _meaning(problem: sqlite3.Error, where: str) -> ReviewkitError | None:
    code = getattr(problem, "sqlite_errorcode", 0)
    primary = code & 0xFF
    if primary == _FULL or code == _IOERR_SHMSIZE:
        return StorageFull()
    if primary in (_BUSY, _LOCKED, _PROTOCOL):
        return WorkspaceBusy()
    if primary == _NOTADB:
        return WorkspaceUnusable(where, "it is not a SQLite database. Name another file, or restore a backup.")
    if primary == _CORRUPT:
        return WorkspaceUnusable(where, f"it is damaged ({problem}). Restore a backup.")
    if primary in (_PERM, _READONLY, _IOERR, _CANTOPEN):
        return WorkspaceUnusable(where, f"{problem}. Check the path, its permissions and the disk.")
    if primary == _CONSTRAINT:
        return _constraint(str(problem))
    return None


def _constraint(message: str) -> ReviewkitError:
    rule, _, columns = message.partition(": ")
    if rule.startswith(("UNIQUE", "PRIMARY KEY")):
        return AlreadyThere("record with the same", columns)
    if rule.startswith("FOREIGN KEY"):
        return Conflict("That record refers to one that is not there, or another one still refers to it.")
    return Invalid(f"A value cannot be stored ({message}).")
