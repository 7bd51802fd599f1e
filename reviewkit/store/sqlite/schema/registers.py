"""What risk registers need to be written in, and to go back where they came from."""

from __future__ import annotations

from sqlite_utils import Database

from reviewkit.store.sqlite.schema.listed import migrations


@migrations()
def m016_registers_kept(db: Database) -> None:
    """Every change of a risk, the row and the layout that it came in, and the filters that people saved."""
    db.execute("""
    CREATE TABLE risk_changes (
        id TEXT PRIMARY KEY NOT NULL, risk TEXT NOT NULL, number INTEGER NOT NULL, at TEXT NOT NULL,
        who TEXT NOT NULL, verb TEXT NOT NULL, changes TEXT NOT NULL
    ) WITHOUT ROWID
    """)
    db.execute("CREATE INDEX risk_changes_risk ON risk_changes (risk)")
    db.execute("""
    CREATE TABLE register_layouts (
        id TEXT PRIMARY KEY NOT NULL, tool TEXT NOT NULL, project TEXT NOT NULL, columns TEXT NOT NULL,
        read_as TEXT NOT NULL, tops TEXT NOT NULL, delimiter TEXT NOT NULL, has_mark INTEGER NOT NULL
    )
    """)
    db.execute("""
    CREATE TABLE risk_sources (
        id TEXT PRIMARY KEY NOT NULL, layout TEXT NOT NULL, position INTEGER NOT NULL, cells TEXT NOT NULL,
        read TEXT NOT NULL
    )
    """)
    db.execute("CREATE INDEX risk_sources_layout ON risk_sources (layout)")
    db.execute("""
    CREATE TABLE saved_filters (
        id TEXT PRIMARY KEY NOT NULL, name TEXT NOT NULL, query TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL,
        is_removed INTEGER NOT NULL
    )
    """)
