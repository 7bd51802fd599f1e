"""Blocks that come together are committed together, each of them whole or not at all."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from reviewkit.domain.errors import Invalid, StorageFull
from reviewkit.domain.lessons import Lesson
from reviewkit.store.sqlite import open_sqlite
from reviewkit.store.sqlite.store import SqliteStore
from reviewkit.store.sqlite.turns import TOGETHER

Block = Callable[[SqliteStore], None]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    opened = open_sqlite(str(tmp_path / "workspace.db"))
    yield opened
    opened.close()


def together(store: SqliteStore, blocks: list[Block]) -> tuple[list[Exception | None], int]:
    """Runs each block in a thread of its own, all of them waiting before the first begins.

    Returns what each raised, and how many commits there were.
    """
    raised: list[Exception | None] = [None] * len(blocks)
    commits: list[str] = []

    def run(at: int) -> None:
        try:
            blocks[at](store)
        except Exception as problem:
            raised[at] = problem

    turns = store._connections._turns
    store._connections._writer.conn.set_trace_callback(lambda sql: commits.append(sql) if sql == "COMMIT" else None)
    threads = [threading.Thread(target=run, args=(at,)) for at in range(len(blocks))]
    with turns.held():
        for thread in threads:
            thread.start()
        while turns._waiting < len(threads):
            time.sleep(0.001)
    for thread in threads:
        thread.join(20)
    store._connections._writer.conn.set_trace_callback(None)
    return raised, len(commits)


def putting(name: str) -> Block:
    return lambda store: store.lessons.put(Lesson(name, name))


def failing(store: SqliteStore) -> None:
    with store.write():
        store.lessons.put(Lesson("never", "never"))
        raise Invalid("no")


def losing(store: SqliteStore) -> None:
    with store.write():
        store.lessons.put(Lesson("lost", "lost"))
        store._connections._writer.conn.execute("ROLLBACK")  # what SQLite does by itself where the disk fails
        store.lessons.put(Lesson("after", "after"))


def names(store: SqliteStore) -> list[str]:
    return [lesson.id for lesson in store.lessons.all()]


def test_those_who_wait_share_a_commit(store: SqliteStore) -> None:
    revision = store.revision()
    raised, commits = together(store, [putting(f"l{n:02}") for n in range(12)])
    assert raised == [None] * 12
    assert names(store) == [f"l{n:02}" for n in range(12)]
    assert commits == 1
    assert store.revision() == revision + 12


def test_a_commit_is_not_put_off_for_ever(store: SqliteStore) -> None:
    _, commits = together(store, [putting(f"l{n}") for n in range(TOGETHER + 8)])
    assert len(names(store)) == TOGETHER + 8
    assert commits == 2


def test_a_block_that_fails_is_undone_alone(store: SqliteStore) -> None:
    raised, _ = together(store, [putting("a"), failing, putting("b"), failing, putting("c")])
    assert [type(problem) for problem in raised] == [type(None), Invalid, type(None), Invalid, type(None)]
    assert names(store) == ["a", "b", "c"]


def test_a_transaction_that_is_lost_is_lost_for_all_that_were_told_nothing_yet(store: SqliteStore) -> None:
    raised, _ = together(store, [putting("a"), putting("b"), losing, putting("c")])
    saved = {name for name, problem in zip("ab.c", raised, strict=True) if problem is None}
    assert isinstance(raised[2], StorageFull)
    assert all(problem is None or isinstance(problem, StorageFull) for problem in raised)
    assert set(names(store)) == saved
    store.lessons.put(Lesson("later", "writable again"))
    assert "later" in names(store)


def test_nobody_waits_for_one_that_gave_up(store: SqliteStore) -> None:
    turns = store._connections._turns
    turns._waiting += 1  # somebody who will never come
    store.lessons.put(Lesson("a", "a"))
    assert names(store) == ["a"]
    turns._waiting -= 1
