"""What keeps a newcomer's answers from standing alone between two looks at the results."""

from __future__ import annotations

from sqlite_utils import Database

from reviewkit.store.sqlite.schema.listed import migrations


@migrations()
def m010_answers_held_back(db: Database) -> None:
    """Answers wait until five can be released at once; those of reviews that were shown already are."""
    db.execute("ALTER TABLE responses ADD COLUMN released INTEGER NOT NULL DEFAULT 1")
    db.execute("CREATE INDEX responses_released ON responses (review, released)")
