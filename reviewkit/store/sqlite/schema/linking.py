"""What links to risks need, so that what people decide about them can be learned from."""

from __future__ import annotations

from sqlite_utils import Database

from reviewkit.store.sqlite.schema.listed import migrations


@migrations()
def m017_nearness_of_links(db: Database) -> None:
    """How near the two sides of a link are in meaning; not known of links made before."""
    db.execute("ALTER TABLE links ADD COLUMN cosine REAL")
