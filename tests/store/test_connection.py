"""One writer, readers of their own, and SQLite's errors in the domain's words."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from reviewkit.domain.errors import StorageFull, WorkspaceBusy, WorkspaceUnusable
from reviewkit.domain.lessons import Lesson
from reviewkit.store.sqlite import open_sqlite
from reviewkit.store.sqlite.connection import Connections
from reviewkit.store.sqlite.migrations import migrate
from reviewkit.store.sqlite.store import SqliteStore

WANTED = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "busy_timeout": 10_000}


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "workspace.db")


def pragmas(connections: Connections, *, writing: bool = False) -> dict[str, object]:
    with connections.write() if writing else connections.read() as db:
        return {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in (*WANTED, "query_only")}


def test_the_pragmas_hold_on_every_connection(path: str) -> None:
    connections = Connections(path)
    found = [pragmas(connections, writing=True), pragmas(connections)]
    thread = threading.Thread(target=lambda: found.append(pragmas(connections)))
    thread.start()
    thread.join()
    connections.close()
    assert found == [{**WANTED, "query_only": 0}, {**WANTED, "query_only": 1}, {**WANTED, "query_only": 1}]


def test_each_thread_reads_on_a_connection_of_its_own_and_leaves_none_behind(path: str) -> None:
    connections = Connections(path)
    held = len(connections._open)
    seen = []

    def read() -> None:
        with connections.read() as db:
            seen.append(id(db.conn))

    read()
    threads = [threading.Thread(target=read) for _ in range(5)]
    for thread in threads:
        thread.start()
        thread.join()
    with connections.write() as writer, connections.read() as within:
        assert within is writer
    assert id(writer.conn) not in seen
    assert len(connections._open) == held + 1
    connections.close()


def test_a_reader_does_not_wait_for_a_writer(path: str) -> None:
    store = open_sqlite(path)
    store.lessons.put(Lesson("a", "before"))
    seen: list[str] = []
    with store.write():
        store.lessons.put(Lesson("a", "after"))
        thread = threading.Thread(target=lambda: seen.append(store.lessons.get("a").title))
        thread.start()
        thread.join(10)
        assert seen == ["before"]
    store.close()


def test_the_file_is_made_with_its_folder_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "workspace.db"
    open_sqlite(str(path)).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_full_disk_saves_nothing_and_is_said_so(path: str) -> None:
    connections = Connections(path)
    migrate(connections)
    store = SqliteStore(connections)
    store.lessons.put(Lesson("a", "before"))
    with connections.write() as db:
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count = {pages + 2}")
    with pytest.raises(StorageFull):
        write_much(store)
    assert store.lessons.all() == [Lesson("a", "before")]
    with connections.write() as db:
        db.execute("PRAGMA max_page_count = 100000")
    write_much(store)
    assert store.lessons.count() == 3
    store.close()


def write_much(store: SqliteStore) -> None:
    with store.write():
        store.lessons.put(Lesson("b", "small"))
        store.lessons.put(Lesson("c", "large " * 20_000))


def test_what_follows_a_broken_transaction_is_not_saved_without_it(path: str) -> None:
    store = open_sqlite(path)
    with pytest.raises(StorageFull):
        lose_transaction(store)
    assert store.lessons.all() == []
    store.lessons.put(Lesson("c", "writable again"))
    store.close()


def lose_transaction(store: SqliteStore) -> None:
    with store.write():
        store.lessons.put(Lesson("a", "first"))
        with store._connections.read() as db:
            db.conn.execute("ROLLBACK")  # what SQLite does by itself where the disk fails
        store.lessons.put(Lesson("b", "second"))


def test_a_workspace_that_stays_locked_is_busy(path: str) -> None:
    store = open_sqlite(path)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    store._connections._writer.execute("PRAGMA busy_timeout = 20")  # not to wait for ten seconds here
    with pytest.raises(WorkspaceBusy):
        store.lessons.put(Lesson("a", "A"))
    assert store.lessons.all() == []
    other.execute("ROLLBACK")
    other.close()
    store.lessons.put(Lesson("a", "A"))
    store.close()


@pytest.mark.parametrize(
    "content", [b"no database at all, but long enough to be looked at" * 40, b"PK\x03\x04", b"\0" * 5000]
)
def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "letter.txt"
    path.write_bytes(content)
    with pytest.raises(WorkspaceUnusable, match=r"letter\.txt cannot be used as a workspace"):
        open_sqlite(str(path))
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_another_programs_database_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE projects (key)")
    other.commit()
    other.close()
    before = path.read_bytes()
    with pytest.raises(WorkspaceUnusable, match="another program"):
        open_sqlite(str(path))
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_and_a_place_nobody_can_write_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceUnusable):
        open_sqlite(str(tmp_path))
    (tmp_path / "file").touch()
    with pytest.raises(WorkspaceUnusable):
        open_sqlite(str(tmp_path / "file" / "workspace.db"))


def test_a_damaged_file_is_reported(path: str) -> None:
    store = open_sqlite(path)
    store.lessons.put(*(Lesson(f"l{n}", "text " * 100) for n in range(200)))
    store.close()
    with open(path, "r+b") as file:
        size = os.path.getsize(path)
        for at in range(size // 2, size, 4096):
            file.seek(at)
            file.write(os.urandom(2048))
    with pytest.raises(WorkspaceUnusable, match="damaged"):
        open_sqlite(path).check()


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9])
def test_a_backup_that_was_cut_off_is_reported(path: str, part: float) -> None:
    store = open_sqlite(path)
    store.lessons.put(*(Lesson(f"l{n}", "text " * 100) for n in range(200)))
    store.close()
    os.truncate(path, int(os.path.getsize(path) * part))
    with pytest.raises(WorkspaceUnusable):
        open_sqlite(path).check()


def test_a_store_is_not_used_across_a_fork(path: str) -> None:
    store = open_sqlite(path)
    child = os.fork()
    if child == 0:
        try:
            store.lessons.all()
        except RuntimeError:
            os._exit(7)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7
    assert store.lessons.all() == []
    store.close()


COUNTING = """
import sys
from reviewkit.store.sqlite import open_sqlite
store = open_sqlite(sys.argv[1])
for _ in range(100):
    with store.write():
        store.marks.put("count", str(int(store.marks.get("count") or 0) + 1))
store.close()
"""


def test_four_processes_start_on_a_blank_file_and_read_then_write_without_loss(path: str) -> None:
    commands = [subprocess.Popen([sys.executable, "-c", COUNTING, path], stderr=subprocess.PIPE) for _ in range(4)]
    errors = [command.communicate()[1].decode() for command in commands]
    assert [command.returncode for command in commands] == [0, 0, 0, 0], errors
    store = open_sqlite(path)
    assert store.marks.get("count") == "400"
    store.close()


SAVING = """
import sys
from reviewkit.domain.lessons import Lesson
from reviewkit.store.sqlite import open_sqlite
store = open_sqlite(sys.argv[1])
for n in range(100_000):
    store.lessons.put(Lesson(f"{n}", "text " * 50))
    print(n, flush=True)
"""


def test_a_killed_process_loses_nothing_that_it_reported(path: str) -> None:
    command = subprocess.Popen([sys.executable, "-c", SAVING, path], stdout=subprocess.PIPE)
    assert command.stdout is not None
    reported = [command.stdout.readline() for _ in range(60)]
    command.kill()
    reported += command.stdout.read().splitlines()
    command.wait()
    store = open_sqlite(path)
    assert store.check()["integrity"] == "ok"
    saved = {lesson.id for lesson in store.lessons.all()}
    assert {line.decode().strip() for line in reported} <= saved
    store.close()


def test_what_another_process_wrote_is_told_from_what_was_written_here(path: str) -> None:
    store, other = open_sqlite(path), open_sqlite(path)
    before = store.written_elsewhere()
    store.lessons.put(Lesson("here", "here"))
    other.lessons.all()
    assert store.written_elsewhere() == before
    other.lessons.put(Lesson("there", "there"))
    assert store.written_elsewhere() != before
    store.close(), other.close()
