"""A file of any earlier schema -> one of today's."""

from __future__ import annotations

from sqlite_utils import Database

from reviewkit.domain.errors import WorkspaceUnusable
from reviewkit.store.sqlite.connection import Connections, connect
from reviewkit.store.sqlite.driver import translated
from reviewkit.store.sqlite.schema import migrations


def migrate(connections: Connections) -> None:
    """Applies what is missing, each migration in a transaction of its own; safe when several processes start at once.

    Raises:
        WorkspaceUnusable: for a schema newer than this software.
    """
    while True:
        with connections.write() as db:  # what is missing is asked under the lock, for another may just have applied it
            refuse_strangers(db, connections.where)
            missing = [migration.name for migration in migrations.pending(db)]
            if not missing:
                return
            migrations.apply(db, stop_before=missing[1:])


def version(db: Database) -> str:
    """The name of the last migration applied."""
    return migrations.applied(db)[-1].name


def refuse_stranger_file(where: str) -> None:
    """Looks at a file before anything is set on it or written to it; raises WorkspaceUnusable."""
    with translated(where), connect(where) as db:
        refuse_strangers(db, where)


def refuse_strangers(db: Database, where: str) -> None:
    """Raises WorkspaceUnusable for another program's database, and for one that a newer reviewkit has written."""
    applied = [migration.name for migration in migrations.applied(db)]
    known = [migration.name for migration in migrations._migrations]
    if not applied and db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        raise WorkspaceUnusable(where, "it is the database of another program. Name another file.")
    if applied != known[: len(applied)]:
        newer = next(name for name in applied if name not in known[: len(applied)])
        raise WorkspaceUnusable(where, f"a newer reviewkit has written it (“{newer}”). Update reviewkit.")
