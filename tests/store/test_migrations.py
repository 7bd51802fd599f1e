"""Files of every age open; what was not made by this software is not touched."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from sqlite_utils import Database, Migrations

from reviewkit.domain.errors import WorkspaceUnusable
from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import ReviewLink
from reviewkit.store.sqlite import migrations as module
from reviewkit.store.sqlite import open_sqlite
from reviewkit.store.sqlite.connection import Connections
from reviewkit.store.sqlite.migrations import migrate, migrations


@pytest.fixture
def path(tmp_path: Path) -> str:
    return str(tmp_path / "workspace.db")


def schema(path: str) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as db:
        return db.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name").fetchall()


def names() -> list[str]:
    return [migration.name for migration in migrations._migrations]


def test_a_blank_file_gets_todays_schema_and_opens_again(path: str) -> None:
    store = open_sqlite(path)
    store.projects.put(Project("A", "Alpha"))
    assert store.check()["schema"] == names()[-1]
    store.close()
    made = schema(path)
    store = open_sqlite(path)
    assert store.projects.all() == [Project("A", "Alpha")]
    store.close()
    assert schema(path) == made


def test_the_oldest_schema_becomes_todays(path: str, tmp_path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        migrations.apply(Database(db), stop_before=names()[1:])
    open_sqlite(path).close()
    open_sqlite(str(tmp_path / "blank.db")).close()
    assert schema(path) == schema(str(tmp_path / "blank.db"))


def test_links_made_before_they_lay_in_no_order_still_lead_in(path: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        migrations.apply(Database(db), stop_before="m008_links_in_no_order")
        db.execute(
            "INSERT INTO projects SELECT 'P', 'P', '', '', '', '', 1, 0, 0, 0, 0, 0, 0, '', '', '', '[]', 'active'"
        )
        db.execute(
            "INSERT INTO reviews (id, project, title, template, wave, questions, intro, minutes, anonymity, status) "
            "VALUES ('V', 'P', 'Review', 't', 'close', '[]', '', 4, 'anonymous', 'open')"
        )
        db.execute("INSERT INTO review_links (id, review, revoked) VALUES ('b', 'V', 0), ('a', 'V', 1)")
    store = open_sqlite(path)
    assert store.links_in.all() == [ReviewLink("a", "V", revoked=True), ReviewLink("b", "V")]
    assert store.reviews.get("V").invited_roles == {}
    assert store.check()["integrity"] == "ok"
    store.close()


def test_migrations_are_appended_and_never_put_between() -> None:
    """A workspace that has those before would be taken for one of a newer software."""
    assert names() == sorted(names())


def test_decided_links_of_before_know_the_words_they_were_about(path: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        migrations.apply(Database(db), stop_before="m022_words_of_decided_links")
        db.execute("PRAGMA foreign_keys = OFF")
        db.execute(
            "INSERT INTO statements (id, response, review, project, question, start, end, text, text_hash, "
            "kind_confidence) VALUES ('s', 'R', 'V', 'P', 'q', 0, 4, 'Late', 'hash', 0)"
        )
        for source, state in (("s", "rejected"), ("s2", "rejected"), ("s", "suggested")):
            db.execute(
                "INSERT INTO links (id, scope, source, risk, score, confidence, state, decided_by) "
                "VALUES (?, 'statements', ?, 'P:1', 1, 'high', ?, '')",
                [f"{source} {state}", source, state],
            )
    open_sqlite(path).close()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("SELECT id, response, words FROM links ORDER BY id").fetchall() == [
            ("s rejected", "R", "hash"),
            ("s suggested", "", ""),
            ("s2 rejected", "", ""),
        ]


def test_a_newer_schema_is_refused(path: str) -> None:
    open_sqlite(path).close()
    with closing(sqlite3.connect(path)) as db, db:
        row = ("reviewkit", "m999_from_the_future", "2030-01-01")
        db.execute("INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES (?, ?, ?)", row)
    before = Path(path).read_bytes()
    with pytest.raises(WorkspaceUnusable, match=r"newer reviewkit.*m999_from_the_future.*Update"):
        open_sqlite(path)
    assert Path(path).read_bytes() == before


def test_a_migration_that_fails_half_way_leaves_the_schema_before_it(
    path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    works = False
    longer = Migrations("reviewkit")
    for known in migrations._migrations:
        longer(name=known.name)(known.fn)

    @longer()
    def m998_next(db: Database) -> None:
        db.execute("CREATE TABLE next (id TEXT)")

    @longer()
    def m999_after(db: Database) -> None:
        db.executescript("CREATE TABLE after (id TEXT); INSERT INTO marks VALUES ('a', 'b');")
        if not works:
            raise ZeroDivisionError

    open_sqlite(path).close()
    monkeypatch.setattr(module, "migrations", longer)
    connections = Connections(path)
    with pytest.raises(ZeroDivisionError):
        migrate(connections)
    tables = {name for name, _ in schema(path)}
    assert "next" in tables
    assert "after" not in tables
    works = True
    migrate(connections)
    with connections.read() as db:
        assert module.version(db) == "m999_after"
        assert db.table("marks").count_where("name = 'a'") == 1
    connections.close()
