"""What became of advice."""

from __future__ import annotations

from sqlite_utils import Database

from reviewkit.store.sqlite.schema.listed import migrations


@migrations()
def m013_outcomes_of_advice(db: Database) -> None:
    """One row a project and piece of advice that it had decided for."""
    db.execute("""
    CREATE TABLE outcomes (
        id TEXT PRIMARY KEY NOT NULL, recommendation TEXT NOT NULL, project TEXT NOT NULL, scope TEXT NOT NULL,
        source TEXT NOT NULL, applied TEXT NOT NULL, helped TEXT NOT NULL, recurred TEXT NOT NULL, note TEXT NOT NULL,
        who TEXT NOT NULL, at TEXT
    )
    """)
    db.execute("CREATE INDEX outcomes_project ON outcomes (project)")
    db.execute("CREATE INDEX outcomes_source ON outcomes (source)")
