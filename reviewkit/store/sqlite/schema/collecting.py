"""What the collecting of answers needs beyond a form."""

from __future__ import annotations

from sqlite_utils import Database

from reviewkit.store.sqlite.schema.listed import migrations


@migrations()
def m006_invitations_and_own_templates(db: Database) -> None:
    """Personal links, names where they are asked for, time zones of reviews, and templates made in the workspace."""
    db.execute("ALTER TABLE reviews ADD COLUMN time_zone TEXT NOT NULL DEFAULT 'UTC'")
    db.execute("ALTER TABLE responses ADD COLUMN name TEXT NOT NULL DEFAULT ''")
    for column in (
        "personal INTEGER NOT NULL DEFAULT 0",
        "used INTEGER NOT NULL DEFAULT 0",
        "role TEXT",
        "addressee TEXT NOT NULL DEFAULT ''",
    ):
        db.execute(f"ALTER TABLE review_links ADD COLUMN {column}")
    db.execute("""
    CREATE TABLE templates (
        key TEXT PRIMARY KEY NOT NULL, title TEXT NOT NULL, wave TEXT NOT NULL, intro TEXT NOT NULL,
        questions TEXT NOT NULL, minutes INTEGER NOT NULL
    )
    """)
