"""What search holds, and how it knows that it is of the past."""

from __future__ import annotations

from sqlite_utils import Database

from reviewkit.store.sqlite.schema.listed import migrations


@migrations()
def m004_search_in_small_numbers(db: Database) -> None:
    """Vectors of a byte a dimension and sketches of them, packed; passages under small numbers, short in FTS5.

    All of it is derived, so the old is dropped and comes back with the next analysis, which encodes every text anew.
    """
    db.executescript("""
    DROP TABLE passages_index;
    DROP TABLE passages;
    DROP TABLE vectors;
    CREATE TABLE passages (
        number INTEGER PRIMARY KEY, scope TEXT NOT NULL, record TEXT NOT NULL, position INTEGER NOT NULL,
        text TEXT NOT NULL, text_hash TEXT NOT NULL, digest TEXT NOT NULL, project TEXT NOT NULL,
        review TEXT NOT NULL, area TEXT NOT NULL, kind TEXT NOT NULL, phase TEXT NOT NULL, state TEXT NOT NULL,
        dated TEXT, UNIQUE (scope, record, position)
    );
    CREATE INDEX passages_text_hash ON passages (substr(text_hash, 1, 8));
    CREATE VIRTUAL TABLE passages_index USING fts5 (
        text, content='passages', content_rowid='number', columnsize=0,
        tokenize='porter unicode61 remove_diacritics 2'
    );
    CREATE VIRTUAL TABLE passages_words USING fts5vocab (passages_index, instance);
    CREATE TRIGGER passages_added AFTER INSERT ON passages BEGIN
        INSERT INTO passages_index (rowid, text) VALUES (new.number, new.text);
    END;
    CREATE TRIGGER passages_removed AFTER DELETE ON passages BEGIN
        INSERT INTO passages_index (passages_index, rowid, text) VALUES ('delete', old.number, old.text);
    END;
    CREATE TABLE facets (
        id INTEGER PRIMARY KEY, scope TEXT NOT NULL, project TEXT NOT NULL, review TEXT NOT NULL, area TEXT NOT NULL,
        kind TEXT NOT NULL, phase TEXT NOT NULL, state TEXT NOT NULL
    );
    CREATE TABLE packed (
        family TEXT NOT NULL, first INTEGER NOT NULL, width INTEGER NOT NULL, rows BLOB NOT NULL,
        PRIMARY KEY (family, first)
    );
    CREATE TABLE unsaid (text_hash TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID;

    CREATE TABLE unindexed (statement TEXT PRIMARY KEY NOT NULL) WITHOUT ROWID;
    INSERT INTO unindexed SELECT id FROM statements;
    CREATE TRIGGER statements_added AFTER INSERT ON statements BEGIN
        INSERT INTO unindexed SELECT new.id WHERE new.id NOT IN (SELECT statement FROM unindexed);
    END;
    CREATE TRIGGER statements_changed AFTER UPDATE OF text, project, review, area, kind, said ON statements
    WHEN (old.text, old.project, old.review, old.area, old.kind, old.said)
        IS NOT (new.text, new.project, new.review, new.area, new.kind, new.said)
    BEGIN
        INSERT INTO unindexed SELECT new.id WHERE new.id NOT IN (SELECT statement FROM unindexed);
    END;
    CREATE TRIGGER statements_gone AFTER DELETE ON statements BEGIN
        DELETE FROM unindexed WHERE statement = old.id;
    END;
    """)


@migrations()
def m005_states_of_what_search_reads(db: Database) -> None:
    """A mark for each family whose records search holds, which changes whenever one of them does."""
    for table in ("projects", "risks", "lessons", "themes"):
        db.execute("INSERT INTO marks (name, value) VALUES (?, '')", [f"state of {table}"])
        for event in ("INSERT", "UPDATE", "DELETE"):
            db.execute(f"""
            CREATE TRIGGER {table}_{event.lower()} AFTER {event} ON {table} BEGIN
                UPDATE marks SET value = hex(randomblob(16)) WHERE name = 'state of {table}';
            END
            """)
