"""A file -> its connections: one that writes, and one for each thread that reads."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from weakref import WeakSet

from sqlite_utils import Database

from reviewkit.domain.errors import WorkspaceBusy, WorkspaceUnusable
from reviewkit.store.sqlite.driver import sqlite3, translated
from reviewkit.store.sqlite.turns import PATIENCE, Turns

T = TypeVar("T")

MEMORY = ":memory:"
UNWIPED = "erased rows are still to be wiped from the file"
"""The mark that stands from an erasure until the file was rewritten, so that a crash between the two is made good."""

PRAGMAS = {
    "synchronous": 2,  # FULL: a commit is on the disk before it is reported, a power cut included
    "foreign_keys": 1,
    "secure_delete": 1,  # what is deleted is overwritten
    "busy_timeout": int(PATIENCE * 1000),
}
"""What holds on every connection, beside the write-ahead log; each is read back after it was set."""


_AGAIN = 0.02
"""Seconds until the log is tried again: SQLite waits for who reads or writes, but not for another connection that is
just then emptying it, as the next commit of anybody does once a rewritten file stands in it."""


class _Own(threading.local):
    """What each thread has to itself: the connection it reads by, and whether what it writes must be wiped after."""

    reader: Database | None = None
    must_wipe = False


class Connections:
    """The connections of one process to one workspace; `:memory:` has a single one, shared under the lock."""

    def __init__(self, where: str) -> None:
        self.where = where
        self._process = os.getpid()
        self._own = _Own()
        self._open: WeakSet[Database] = WeakSet()
        self._writer = self._connect()
        self._turns = Turns(self._writer, where, alone=where == MEMORY)
        self._beside = ThreadPoolExecutor(max_workers=2)  # has no thread before it is asked for one

    @contextmanager
    def write(self) -> Iterator[Database]:
        """The writing connection within a transaction; a nested block joins it as a savepoint.

        Raises StorageFull, WorkspaceBusy, WorkspaceUnusable; what a block did before an exception is undone.
        """
        self._refuse_fork()
        nested = self._turns.mine
        if not nested:
            self._own.must_wipe = False
        with self._turns.block():
            yield self._writer
        if self._own.must_wipe and not nested:
            self.wipe()

    @contextmanager
    def read(self) -> Iterator[Database]:
        """A connection that sees what is committed, and within this thread's `write()` also what that wrote."""
        self._refuse_fork()
        if self._turns.mine:
            with translated(self.where):
                yield self._writer
        elif self.where == MEMORY:
            with self._turns.held(), translated(self.where):
                yield self._writer
        else:
            with translated(self.where):
                yield self._reader()

    def beside(self, reading: Callable[[], T]) -> Callable[[], T]:
        """Begins to read on another thread; what is returned waits for it and gives what it found.

        Within a `write()`, whose changes only this thread sees, and where there is one connection, it is read then.
        """
        if self._turns.mine or self.where == MEMORY:
            return reading
        return self._beside.submit(reading).result

    def revision(self) -> int:
        """Outermost `write()` blocks that changed a row, committed so far by all processes (modulo 2^31)."""
        with self.read() as db:
            return int(db.execute("PRAGMA user_version").fetchone()[0])

    def written_elsewhere(self) -> int:
        """SQLite's data version: it stays the same for what the asking connection, our only writing one, commits."""
        with self._turns.held(), translated(self.where):
            return int(self._writer.execute("PRAGMA data_version").fetchone()[0])

    def wipe_after_commit(self) -> None:
        """Has the file rewritten once the write that is under way is committed; see `wipe`."""
        with self.write() as db:
            db.execute("INSERT OR REPLACE INTO marks (name, value) VALUES (?, '')", [UNWIPED])
        self._own.must_wipe = True

    def wipe(self) -> None:
        """Rewrites the file and empties the write-ahead log, so that nothing deleted is left in either.

        `secure_delete` alone leaves some: where a page was split, the copy that stayed behind is not overwritten.
        Raises WorkspaceBusy where another process held on to the log, StorageFull where there is no room for a copy.
        """
        with self._turns.held(), translated(self.where):
            self._turns.finish()
            self._writer.execute("VACUUM")
            until = time.monotonic() + PATIENCE
            while self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                if time.monotonic() > until:
                    raise WorkspaceBusy()
                time.sleep(_AGAIN)
            self._writer.execute("DELETE FROM marks WHERE name = ?", [UNWIPED])

    def close(self) -> None:
        self._beside.shutdown()
        with self._turns.held():
            self._turns.finish()
        for db in list(self._open):
            db.close()

    def _reader(self) -> Database:
        db = self._own.reader
        if db is None:
            db = self._connect()
            db.execute("PRAGMA query_only = 1")
            self._own.reader = db
        return db

    def _connect(self) -> Database:
        with translated(self.where):
            db = connect(self.where)
            self._open.add(db)
            set_pragmas(db, self.where)
        return db

    def _refuse_fork(self) -> None:
        if os.getpid() != self._process:
            raise RuntimeError("A store cannot be used across a fork: open one in each process.")


def connect(where: str) -> Database:
    """A connection that leaves transactions to us and may be closed by another thread; nothing is set on it yet."""
    conn = sqlite3.connect(where, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    return Database(conn, execute_plugins=False, recursive_triggers=False)


def set_pragmas(db: Database, where: str) -> None:
    """Sets and reads back what must hold; raises WorkspaceUnusable where the file or its disk does not allow it."""
    wanted: dict[str, int | str] = {**PRAGMAS, "journal_mode": "memory" if where == MEMORY else "wal"}
    for name, value in wanted.items():
        db.execute(f"PRAGMA {name} = {value}")
    for name, value in wanted.items():
        held = db.execute(f"PRAGMA {name}").fetchone()[0]
        if held != value:
            problem = f"“{name}” stays {held} where {value} is needed. Put it on a local disk."
            raise WorkspaceUnusable(where, problem)


def make_file(where: str) -> None:
    """Makes the file and its folder where absent; only its owner may read what people wrote."""
    try:
        Path(where).parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(where, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return
    except OSError as problem:
        raise WorkspaceUnusable(where, f"it cannot be made ({problem.strerror}).") from None
