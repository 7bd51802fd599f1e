"""Records -> passages of the search index, and passages -> vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date

from reviewkit.domain.ids import fingerprint, new_id
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.reviews import Statement
from reviewkit.domain.themes import Theme
from reviewkit.domain.words import LessonState, Scope, ThemeStatus
from reviewkit.language.passages import passages
from reviewkit.store.port import Passage, Store
from reviewkit.workspace.advising.ranking import INDEX_STATE
from reviewkit.workspace.context import Context
from reviewkit.workspace.derive.progress import Report

BATCH = 500
FETCHED, EMBED_BATCH = 20_000, 128

LONG = (Scope.LESSONS, Scope.PROJECTS)
"""Records that may be longer than an encoder reads. The others are a sentence or three, so that each has one vector."""


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
        return fingerprint(*(str(value) for value in astuple(self)))


def index_records(context: Context, report: Report) -> int:
    """Brings the search index in step with the records; returns how many records changed in it."""
    store = context.store
    sources: list[tuple[Scope, Callable[[Store], Iterable[Indexed]]]] = [
        (Scope.STATEMENTS, lambda store: map(_of_statement, store.statements.all())),
        (Scope.LESSONS, lambda store: map(_of_lesson, store.lessons.all())),
        (Scope.RISKS, lambda store: map(_of_risk, store.risks.all())),
        (Scope.THEMES, lambda store: map(_of_theme, store.themes.all())),
        (Scope.PROJECTS, lambda store: map(_of_project, store.projects.all())),
    ]
    changed = 0
    for scope, records in sources:
        changed += _index(store, scope, list(records(store)), report)
    return changed


def embed_passages(context: Context, report: Report) -> int:
    """Gives a vector to every passage that has none; returns how many were made."""
    store, encoder = context.store, context.engines.encoder
    made = 0
    while missing := store.passages.unembedded(encoder.name, FETCHED):
        total = made + len(missing)
        for start in range(0, len(missing), EMBED_BATCH):
            batch = missing[start : start + EMBED_BATCH]
            rows = encoder.encode([text for _, text in batch])
            with store.write():
                store.vectors.put(encoder.name, [text_hash for text_hash, _ in batch], rows)
                store.marks.put(INDEX_STATE, new_id())
            made += len(batch)
            report("vectors", made, total)
    return made


def _index(store: Store, scope: Scope, wanted: Sequence[Indexed], report: Report) -> int:
    present = store.passages.digests(scope)
    stale = [entry for entry in wanted if entry.text.strip() and present.get(entry.record) != entry.digest]
    gone = sorted(present.keys() - {entry.record for entry in wanted if entry.text.strip()})
    changes = [(entry.record, _passages(scope, entry)) for entry in stale] + [(record, []) for record in gone]
    for start in range(0, len(changes), BATCH):
        with store.write():
            for record, found in changes[start : start + BATCH]:
                store.passages.replace(scope, record, found)
            store.marks.put(INDEX_STATE, new_id())
        report(f"index of {scope}", min(start + BATCH, len(changes)), len(changes))
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
