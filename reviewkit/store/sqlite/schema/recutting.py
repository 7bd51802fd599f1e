"""What decided links need, so that they outlive another cut of the answers they are about."""

from __future__ import annotations

from sqlite_utils import Database

from reviewkit.store.sqlite.schema.listed import migrations


@migrations()
def m022_words_of_decided_links(db: Database) -> None:
    """Which response, and which words of it, a person decided about; of earlier decisions, today's statements tell."""
    db.execute("ALTER TABLE links ADD COLUMN response TEXT NOT NULL DEFAULT ''")
    db.execute("ALTER TABLE links ADD COLUMN words TEXT NOT NULL DEFAULT ''")
    db.execute("CREATE INDEX links_response ON links (response)")
    db.execute("""
    UPDATE links SET response = said.response, words = said.text_hash FROM statements AS said
    WHERE links.scope = 'statements' AND links.state <> 'suggested' AND said.id = links.source
    """)
