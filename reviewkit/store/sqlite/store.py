"""A workspace file -> the store over it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from reviewkit.domain.errors import StorageFull, WorkspaceBusy, WorkspaceUnusable
from reviewkit.domain.kickoffs import Action, Kickoff, Recommendation
from reviewkit.domain.lessons import Lesson, LessonChange
from reviewkit.domain.outcomes import Outcome
from reviewkit.domain.people import Event, Session, User
from reviewkit.domain.projects import Project
from reviewkit.domain.registers import RegisterLayout, RiskChange, RiskSource, SavedFilter
from reviewkit.domain.reviews import Review, ReviewLink, Template
from reviewkit.domain.themes import Decision, Theme, ThemeRun
from reviewkit.store.port import (
    Attempts,
    Claims,
    Landmarks,
    Links,
    Marks,
    Memberships,
    Records,
    Responses,
    Risks,
    Sources,
    Statements,
    Tokens,
)
from reviewkit.store.searched import Passages, Vectors
from reviewkit.store.sqlite.connection import MEMORY, PRAGMAS, UNWIPED, Connections, make_file
from reviewkit.store.sqlite.driver import sqlite3
from reviewkit.store.sqlite.landmarks import SqliteLandmarks
from reviewkit.store.sqlite.ledger import SqliteAttempts, SqliteClaims, SqliteMarks
from reviewkit.store.sqlite.links import SqliteLinks
from reviewkit.store.sqlite.memberships import SqliteMemberships
from reviewkit.store.sqlite.migrations import migrate, refuse_stranger_file, version
from reviewkit.store.sqlite.passages import SqlitePassages
from reviewkit.store.sqlite.records import SqliteRecords
from reviewkit.store.sqlite.responses import SqliteResponses
from reviewkit.store.sqlite.risks import SqliteRisks
from reviewkit.store.sqlite.statements import SqliteStatements
from reviewkit.store.sqlite.vectors import SqliteVectors

_MENDED = (3, 51, 3)
"""The first SQLite that does not lose a commit when the write-ahead log is reset at an unlucky moment."""


def open_sqlite(url: str) -> SqliteStore:
    """The store in the file `url` (made when absent, brought to today's schema), or in memory for “:memory:”.

    Raises:
        WorkspaceUnusable: for a file that is no workspace, is damaged, or is newer than this software.
    """
    if url != MEMORY:
        make_file(url)
        refuse_stranger_file(url)
    connections = Connections(url)
    try:
        migrate(connections)
        store = SqliteStore(connections)
        if store.marks.get(UNWIPED) is not None:
            with suppress(WorkspaceBusy, StorageFull):  # it stays marked, for the next to open the file
                connections.wipe()
    except BaseException:
        connections.close()
        raise
    return store


class SqliteStore:
    """The port `reviewkit.store.port.Store` over SQLite; a verb outside `write()` is a write of its own."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections
        self.projects: Sources[Project] = SqliteRecords(connections, Project, "projects", "project", key="key")
        self.risks: Risks = SqliteRisks(connections)
        self.risk_changes: Records[RiskChange] = SqliteRecords(
            connections, RiskChange, "risk_changes", "change of a risk"
        )
        self.risk_sources: Records[RiskSource] = SqliteRecords(connections, RiskSource, "risk_sources", "row of a risk")
        self.register_layouts: Records[RegisterLayout] = SqliteRecords(
            connections, RegisterLayout, "register_layouts", "layout of a register"
        )
        self.saved_filters: Records[SavedFilter] = SqliteRecords(
            connections, SavedFilter, "saved_filters", "saved filter"
        )
        self.templates: Records[Template] = SqliteRecords(connections, Template, "templates", "template", key="key")
        self.reviews: Records[Review] = SqliteRecords(connections, Review, "reviews", "review")
        self.links_in: Tokens = SqliteRecords(connections, ReviewLink, "review_links", "review link")
        self.responses: Responses = SqliteResponses(connections)
        self.statements: Statements = SqliteStatements(connections)
        self.passages: Passages = SqlitePassages(connections)
        self.vectors: Vectors = SqliteVectors(connections)
        self.themes: Sources[Theme] = SqliteRecords(connections, Theme, "themes", "theme")
        self.memberships: Memberships = SqliteMemberships(connections)
        self.theme_runs: Records[ThemeRun] = SqliteRecords(connections, ThemeRun, "theme_runs", "run of themes")
        self.landmarks: Landmarks = SqliteLandmarks(connections)
        self.links: Links = SqliteLinks(connections)
        self.lessons: Sources[Lesson] = SqliteRecords(connections, Lesson, "lessons", "lesson")
        self.lesson_changes: Records[LessonChange] = SqliteRecords(
            connections, LessonChange, "lesson_changes", "change of a lesson"
        )
        self.kickoffs: Records[Kickoff] = SqliteRecords(connections, Kickoff, "kickoffs", "kickoff")
        self.recommendations: Records[Recommendation] = SqliteRecords(
            connections, Recommendation, "recommendations", "recommendation"
        )
        self.outcomes: Records[Outcome] = SqliteRecords(connections, Outcome, "outcomes", "outcome")
        self.actions: Records[Action] = SqliteRecords(connections, Action, "actions", "action")
        self.decisions: Records[Decision] = SqliteRecords(connections, Decision, "decisions", "decision")
        self.users: Records[User] = SqliteRecords(connections, User, "users", "account", key="name")
        self.sessions: Records[Session] = SqliteRecords(connections, Session, "sessions", "session")
        self.events: Records[Event] = SqliteRecords(connections, Event, "events", "event")
        self.marks: Marks = SqliteMarks(connections)
        self.claims: Claims = SqliteClaims(connections)
        self.attempts: Attempts = SqliteAttempts(connections)

    @contextmanager
    def write(self) -> Iterator[None]:
        with self._connections.write():
            yield

    def revision(self) -> int:
        return self._connections.revision()

    def written_elsewhere(self) -> int:
        return self._connections.written_elsewhere()

    def check(self) -> dict[str, str]:
        """Reads the whole file: seconds for a large workspace.

        Returns integrity, schema, SQLite's version, each pragma, and “warning” where that version has a known fault.
        Raises WorkspaceUnusable where the file is damaged.
        """
        where = self._connections.where
        with self._connections.read() as db:
            faults = [row[0] for row in db.execute("PRAGMA quick_check(1)").fetchall()]
            if faults != ["ok"]:
                raise WorkspaceUnusable(where, f"it is damaged ({faults[0]}). Restore a backup.")
            if orphan := db.execute("PRAGMA foreign_key_check").fetchone():
                raise WorkspaceUnusable(where, f"a row of {orphan[0]} refers to one that is gone. Restore a backup.")
            found = {"workspace": where, "integrity": "ok", "schema": version(db), "sqlite": sqlite3.sqlite_version}
            for name in ("journal_mode", *PRAGMAS):
                found[name] = str(db.execute(f"PRAGMA {name}").fetchone()[0])
        if sqlite3.sqlite_version_info < _MENDED:
            found["warning"] = (
                f"SQLite {sqlite3.sqlite_version} can lose a commit when its log is reset (mended in 3.51.3); "
                "use a Python with a newer SQLite, or install pysqlite3."
            )
        return found

    def close(self) -> None:
        self._connections.close()
