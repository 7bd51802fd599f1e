"""Records -> passages of the search index, and passages -> vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias, TypeVar

from reviewkit.domain.ids import fingerprint
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.reviews import Statement
from reviewkit.domain.themes import Theme
from reviewkit.domain.words import LessonState, Scope, ThemeStatus
from reviewkit.language.passages import passages
from reviewkit.store.port import Sources, Store
from reviewkit.store.searched import Passage
from reviewkit.workspace.context import Context
from reviewkit.workspace.derive.pace import Pace
from reviewkit.workspace.derive.progress import Report

RECIPE = "1"
"""Changes when passages are made in another way, so that all are made anew."""

BATCH = 2_000
"""Records whose passages are written at once."""

FETCHED = 20_000

SAVED = 1_024
"""Vectors made and written at once: a second's work or three is lost at most, many have the same length and go through
the network together, and the packed rows they go to are written seldom."""

LONG = (Scope.LESSONS, Scope.PROJECTS)
"""Records that may be longer than an encoder reads. The others are a sentence or three, so that each has one vector."""


T = TypeVar("T")


@dataclass(frozen=True)
class Indexed:
    """What search should hold of one record; an empty text takes it out. A `title` is held by itself too."""

    record: str
    text: str
    title: str = ""
    project: str = ""
    review: str = ""
    area: str = ""
    kind: str = ""
    phase: str = ""
    state: str = ""
    dated: date | None = None

    @property
    def digest(self) -> str:
        return fingerprint(*(str(value) for value in vars(self).values()))


Source: TypeAlias = tuple[Scope, Sources[T], Callable[[T], Indexed]]
"""Under which scope, from which records, and how."""


def index_records(context: Context, report: Report) -> int:
    """Brings the search index in step with the records; returns how many records changed in it."""
    store = context.store
    changed = _index_statements(store, report)
    sources: list[Source[Any]] = [
        (Scope.LESSONS, store.lessons, _of_lesson),
        (Scope.RISKS, store.risks, _of_risk),
        (Scope.THEMES, store.themes, _of_theme),
        (Scope.PROJECTS, store.projects, _of_project),
    ]
    for scope, records, entry in sources:
        mark, state = f"index of {scope}", f"{RECIPE} {records.state()}"
        if store.marks.get(mark) != state:
            changed += _index(store, scope, [entry(record) for record in records.all()], report)
            store.marks.put(mark, state)
    return changed


def embed_passages(context: Context, report: Report) -> int:
    """Gives a vector to every passage that has none; returns how many were made."""
    store, encoder = context.store, context.engines.encoder
    pace = Pace(store, SAVED)
    made = 0
    while missing := store.passages.unembedded(encoder.name, FETCHED):
        total = made + len(missing)
        for start in range(0, len(missing), SAVED):
            batch = missing[start : start + SAVED]
            found = encoder.encode([text for _, text in batch])
            report("vectors", made + len(batch), total)
            for portion in pace.portions(range(len(batch))):
                store.vectors.put(encoder.name, [batch[row][0] for row in portion], found[portion])
            made += len(batch)
    return made


def _index_statements(store: Store, report: Report) -> int:
    """Those that are new or changed; what is deleted takes its passages along."""
    pace = Pace(store, BATCH)
    changed = 0
    while store.statements.unindexed(1):  # asked first: a block of writing is a revision, though nothing be written
        pace.begin()
        with store.write():  # read and written in one, so that none that is erased meanwhile comes back
            batch = [_of_statement(statement) for statement in store.statements.unindexed(pace.size)]
            store.passages.replace_many(
                Scope.STATEMENTS, {entry.record: _passages(Scope.STATEMENTS, entry) for entry in batch}
            )
        pace.rest()
        changed += len(batch)
        report(f"index of {Scope.STATEMENTS}", changed, 0)
    return changed


def _index(store: Store, scope: Scope, wanted: Sequence[Indexed], report: Report) -> int:
    present = store.passages.digests(scope)
    said = [entry for entry in wanted if entry.text.strip()]
    stale = {entry.record: _passages(scope, entry) for entry in said if present.get(entry.record) != entry.digest}
    changes = [*stale.items(), *((record, []) for record in sorted(present.keys() - {entry.record for entry in said}))]
    written = 0
    for portion in Pace(store, BATCH).portions(changes):
        store.passages.replace_many(scope, dict(portion))
        written += len(portion)
        report(f"index of {scope}", written, len(changes))
    return len(changes)


def _passages(scope: Scope, entry: Indexed) -> list[Passage]:
    return [
        Passage(
            scope=scope,
            record=entry.record,
            position=position,
            text=text,
            text_hash=fingerprint(text),
            digest=entry.digest,
            project=entry.project,
            review=entry.review,
            area=entry.area,
            kind=entry.kind,
            phase=entry.phase,
            state=entry.state,
            dated=entry.dated,
        )
        for position, text in enumerate(_pieces(scope, entry))
    ]


def _pieces(scope: Scope, entry: Indexed) -> Sequence[str]:
    if not entry.text.strip():
        return []
    if scope in LONG:
        return passages(entry.text)
    return [entry.text, entry.title] if entry.title and entry.title != entry.text else [entry.text]


def _of_statement(statement: Statement) -> Indexed:
    return Indexed(
        statement.id,
        statement.text,
        project=statement.project,
        review=statement.review,
        area=statement.area or "",
        kind=statement.kind or "",
        dated=statement.said,
    )


def _of_lesson(lesson: Lesson) -> Indexed:
    hidden = lesson.state in (LessonState.REJECTED, LessonState.RETIRED)
    return Indexed(
        lesson.id,
        "" if hidden else lesson.text,
        project=lesson.project,
        area=lesson.area or "",
        kind="positive" if lesson.positive else "problem",
        phase=lesson.phase or "",
        state=lesson.state,
        dated=lesson.learned,
    )


def _of_risk(risk: Risk) -> Indexed:
    return Indexed(
        risk.id, risk.text, title=risk.title, project=risk.project, state=risk.status, dated=risk.identified_on
    )


def _of_theme(theme: Theme) -> Indexed:
    text = "" if theme.status is ThemeStatus.RETIRED else theme.text
    return Indexed(theme.id, text, area=theme.area or "", state=theme.status, dated=theme.last_seen)


def _of_project(project: Project) -> Indexed:
    text = f"{project.name}. {project.brief}" if project.brief else project.name
    return Indexed(project.key, text, project=project.key, state=project.status, dated=project.actual_start)
