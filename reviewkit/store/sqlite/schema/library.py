"""What the library of lessons needs to be tended."""

from __future__ import annotations

from sqlite_utils import Database

from reviewkit.store.sqlite.schema.listed import migrations


@migrations()
def m015_history_of_lessons(db: Database) -> None:
    """Every change of a lesson, and whether its area was chosen by somebody; those of before count as chosen."""
    db.execute("ALTER TABLE lessons ADD COLUMN area_suggested INTEGER NOT NULL DEFAULT 0")
    db.execute("CREATE INDEX lessons_supersedes ON lessons (supersedes) WHERE supersedes <> ''")
    db.execute("""
    CREATE TABLE lesson_changes (
        id TEXT PRIMARY KEY NOT NULL, lesson TEXT NOT NULL, number INTEGER NOT NULL, at TEXT NOT NULL,
        who TEXT NOT NULL, verb TEXT NOT NULL, changes TEXT NOT NULL
    ) WITHOUT ROWID
    """)
    db.execute("CREATE INDEX lesson_changes_lesson ON lesson_changes (lesson)")
