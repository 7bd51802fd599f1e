"""What the opening of a review needs."""

from __future__ import annotations

from sqlite_utils import Database

from reviewkit.store.sqlite.schema.listed import migrations


@migrations()
def m008_links_in_no_order(db: Database) -> None:
    """Links lie in the order of their hashes, so that none tells which line of a list of people it was made for.

    And how many people of each part were asked, where that was typed.
    """
    db.execute("ALTER TABLE reviews ADD COLUMN invited_roles TEXT NOT NULL DEFAULT '{}'")
    db.execute("""
    CREATE TABLE links_in_no_order (
        id TEXT PRIMARY KEY NOT NULL, review TEXT NOT NULL REFERENCES reviews (id) ON DELETE CASCADE,
        revoked INTEGER NOT NULL, personal INTEGER NOT NULL, used INTEGER NOT NULL, role TEXT, addressee TEXT NOT NULL
    ) WITHOUT ROWID
    """)
    db.execute("""
    INSERT INTO links_in_no_order (id, review, revoked, personal, used, role, addressee)
    SELECT id, review, revoked, personal, used, role, addressee FROM review_links ORDER BY id
    """)
    db.execute("DROP TABLE review_links")
    db.execute("ALTER TABLE links_in_no_order RENAME TO review_links")
    db.execute("CREATE INDEX review_links_review ON review_links (review)")
