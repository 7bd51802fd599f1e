"""What kickoffs keep of how advice was weighed."""

from __future__ import annotations

from sqlite_utils import Database

from reviewkit.store.sqlite.schema.listed import migrations


@migrations()
def m018_how_advice_was_weighed(db: Database) -> None:
    """Advice of before tells of no figures; its kickoff made again does."""
    db.execute("ALTER TABLE recommendations ADD COLUMN weighed TEXT NOT NULL DEFAULT '[]'")
