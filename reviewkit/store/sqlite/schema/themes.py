"""What themes need to last."""

from __future__ import annotations

from sqlite_utils import Database

from reviewkit.store.sqlite.schema.listed import migrations


@migrations()
def m002_troubles_of_themes(db: Database) -> None:
    """How many of a theme's statements are problems or suggestions; counted anew with the next themes."""
    db.execute("ALTER TABLE themes ADD COLUMN troubles INTEGER NOT NULL DEFAULT 0")


@migrations()
def m003_themes_that_last(db: Database) -> None:
    """Decisions know whom they concern, runs what they changed, and what a statement joins is kept beside the themes.

    Decisions of before hold no statements: they go on naming their theme for as long as its id is carried. Memberships
    go with their statement, so that a missing one shows.
    """
    for column in (
        "undone_at TEXT",
        "statements TEXT NOT NULL DEFAULT '[]'",
        "stayed TEXT NOT NULL DEFAULT '[]'",
        "label TEXT NOT NULL DEFAULT ''",
        "parent TEXT NOT NULL DEFAULT ''",
    ):
        db.execute(f"ALTER TABLE decisions ADD COLUMN {column}")
    for column in ("merged_into", "split_from", "suggested"):
        db.execute(f"ALTER TABLE themes ADD COLUMN {column} TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE memberships ADD COLUMN joined INTEGER NOT NULL DEFAULT 0")
    db.execute("CREATE INDEX memberships_joined ON memberships (theme) WHERE joined")
    db.execute("DELETE FROM memberships WHERE statement NOT IN (SELECT id FROM statements)")
    db.execute("""
    CREATE TRIGGER statements_removed AFTER DELETE ON statements BEGIN
        DELETE FROM memberships WHERE statement = old.id;
    END
    """)
    db.execute("""
    CREATE TABLE theme_runs (
        id TEXT PRIMARY KEY NOT NULL, at TEXT NOT NULL, recipe TEXT NOT NULL, statements INTEGER NOT NULL,
        changes TEXT NOT NULL
    )
    """)
    db.execute("""
    CREATE TABLE landmarks (
        kind TEXT NOT NULL, name TEXT NOT NULL, weight REAL NOT NULL, row BLOB NOT NULL, PRIMARY KEY (kind, name)
    )
    """)
