"""Blocks of writes -> transactions: one block at a time, and one commit for those that came meanwhile.

A commit waits for the disk longer than most blocks take. So a block that ends while others wait leaves its transaction
open for the next one, and the last of them commits for all. Each block still ends only once its work is on the disk, is
undone by itself where it fails, and fails where the commit does. (Group commit: Gray and Reuter, Transaction
Processing, 1993, section 9.4.7.)
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlite_utils import Database

from reviewkit.domain.errors import StorageFull, WorkspaceBusy
from reviewkit.store.sqlite.driver import translated

PATIENCE = 10.0
"""Seconds a writer waits for another one before the workspace counts as busy."""

TOGETHER = 32
"""Blocks of one commit at most, so that another process gets its turn."""

_FORSAKEN = 0.05
"""Seconds after which a block looks whether whoever was to commit for it has given up."""


@dataclass(eq=False)
class _Group:
    """Blocks that are committed together; `failure` is why they were not."""

    blocks: int = 0
    over: threading.Event = field(default_factory=threading.Event)
    failure: BaseException | None = None


class Turns:
    """The turns at one writing connection; `where` names its file in messages.

    With `alone` each block is committed by itself: in a database that lives in memory readers see what is not.
    """

    def __init__(self, db: Database, where: str, *, alone: bool) -> None:
        self._db, self._where, self._alone = db, where, alone
        self._lock = threading.RLock()
        self._count = threading.Lock()
        self._waiting = 0
        self._holder: int | None = None
        self._group: _Group | None = None

    @property
    def mine(self) -> bool:
        """Whether this thread is in a block."""
        return self._holder == threading.get_ident()

    @contextmanager
    def block(self) -> Iterator[None]:
        """A transaction of one's own, as far as anybody can tell; within this thread's own block a part of that.

        Raises StorageFull, WorkspaceBusy, WorkspaceUnusable.
        """
        if self.mine:
            self._refuse_lost_transaction()
            with translated(self._where), self._db.atomic():
                yield
            return
        with self._turn():
            group = self._group or self._begin()
            self._holder = threading.get_ident()
            try:
                with translated(self._where), self._part_of(group):
                    yield
            finally:
                self._holder = None
                if group is self._group and not self._others_follow(group):
                    self._commit(group)
        self._await(group)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else is in a block meanwhile. Raises WorkspaceBusy."""
        if not self._lock.acquire(timeout=PATIENCE):
            raise WorkspaceBusy()
        try:
            yield
        finally:
            self._lock.release()

    def finish(self) -> None:
        """Commits for those who wait for another to do so; call it while the turn is `held`."""
        if self._group is not None:
            self._commit(self._group)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self._count:
            self._waiting += 1
        came = self._lock.acquire(timeout=PATIENCE)
        with self._count:
            self._waiting -= 1
        if not came:
            raise WorkspaceBusy()
        try:
            yield
        finally:
            self._lock.release()

    def _begin(self) -> _Group:
        # IMMEDIATE, since a transaction that reads first and then writes would be refused when others wrote meanwhile.
        with translated(self._where):
            self._db.conn.execute("BEGIN IMMEDIATE")
        self._group = _Group()
        return self._group

    @contextmanager
    def _part_of(self, group: _Group) -> Iterator[None]:
        """A savepoint, with the revision raised where the block changed a row."""
        before = self._db.conn.total_changes
        try:
            with self._db.atomic():
                yield
                self._refuse_lost_transaction()
                if self._db.conn.total_changes != before:
                    revision = int(self._db.execute("PRAGMA user_version").fetchone()[0])
                    self._db.execute(f"PRAGMA user_version = {(revision + 1) % 2**31}")
            group.blocks += 1
        except BaseException:
            if not self._db.conn.in_transaction:
                self._end(group, StorageFull())
            raise

    def _others_follow(self, group: _Group) -> bool:
        return not self._alone and self._waiting > 0 and group.blocks < TOGETHER

    def _commit(self, group: _Group) -> None:
        try:
            with translated(self._where):
                self._db.conn.execute("COMMIT")
        except BaseException as problem:
            self._db.rollback()
            self._end(group, problem)
        else:
            self._end(group)

    def _end(self, group: _Group, failure: BaseException | None = None) -> None:
        self._group, group.failure = None, failure
        group.over.set()

    def _await(self, group: _Group) -> None:
        """Until the group's work is on the disk. Raises what kept it from getting there."""
        while not group.over.wait(_FORSAKEN):
            with self.held():
                if group is self._group:
                    self._commit(group)
        if group.failure is not None:
            raise group.failure

    def _refuse_lost_transaction(self) -> None:
        # SQLite breaks a whole transaction off when the disk fails; what follows must not be saved without it.
        if not self._db.conn.in_transaction:
            raise StorageFull()
