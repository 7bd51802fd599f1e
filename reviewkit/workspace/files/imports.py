"""Files that people arrive with -> records of the workspace: previewed, then applied whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from reviewkit.collect.importers.found import ColumnMatch, Imported, RowWarning
from reviewkit.collect.importers.headings import HAND, plain_words
from reviewkit.collect.importers.lessons_table import is_own_export, read_lessons
from reviewkit.collect.importers.nasa import is_nasa, read_nasa
from reviewkit.collect.importers.projects_table import read_projects
from reviewkit.collect.importers.registers import read_register
from reviewkit.collect.tables import Table, bytes_of, read_table, signs_of
from reviewkit.domain.errors import Invalid
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.projects import Risk
from reviewkit.domain.words import ExportFormat, LessonState
from reviewkit.report.tables import plain_cell
from reviewkit.workspace.opening import Workspace
from reviewkit.workspace.registers.keeping import keep_rows, recognised

T = TypeVar("T")


@dataclass(frozen=True)
class ImportReport:
    """What an import added, or would add in a dry run.

    `new` records were not there; of those that were, `changed` ones took something over and `known` ones did not.
    """

    new: int
    changed: int
    known: int
    columns: tuple[ColumnMatch, ...]
    unused: tuple[str, ...]
    dropped: tuple[str, ...]
    warnings: tuple[RowWarning, ...]
    applied: bool
    read_as: ExportFormat = ExportFormat.TABLE
    unsigned: int = 0
    """Cards of a board that do not say who wrote them."""
    recognised: str = ""
    """Whose export it was taken for and how surely, in words; empty where that is no question."""

    @property
    def found(self) -> int:
        return self.new + self.changed + self.known


def import_risks(
    ws: Workspace,
    path: str | Path,
    project: str = "",
    mapping: HAND = (),
    *,
    name: str = "",
    dry_run: bool = False,
    who: str = "",
) -> ImportReport:
    """A register from a CSV or XLSX table; an entry with a known ref takes over what the file says of it.

    A project column may hold keys or names. Raises as `answers.import_responses` does, and Invalid for projects that
    are not here.
    """
    table, where = table_at(path, name)
    if project:
        project = ws.projects.get(project).key
    known_tops = ws.registers.known_tops(project, table.columns)
    found = read_register(table, mapping, name=where, project=project, known_tops=known_tops)
    found = replace(found, records=_of_known_projects(ws, where, found.records))
    with ws.context.store.write():
        report = _put(found, {risk.id: risk for risk in ws.risks.list()}, ws.risks.put_all, (), dry_run, who)
        if not dry_run:
            content = bytes_of(Path(path).expanduser())
            keep_rows(ws.context, found, table, project, signs_of(content, where))
    return replace(report, recognised=recognised(found))


def import_projects(
    ws: Workspace, path: str | Path, mapping: HAND = (), *, name: str = "", dry_run: bool = False, who: str = ""
) -> ImportReport:
    """Projects from a CSV or XLSX table; one whose key is known takes over what the file says of it.

    Raises as `answers.import_responses` does.
    """
    table, name = table_at(path, name)
    found = read_projects(table, mapping, name=name, today=ws.context.today)
    known = {project.key: project for project in ws.projects.list()}
    return _put(found, known, ws.projects.put_all, () if "status" in found.fields else ("status",), dry_run, who)


def import_lessons(
    ws: Workspace,
    path: str | Path,
    mapping: HAND = (),
    *,
    name: str = "",
    state: LessonState | None = None,
    dry_run: bool = False,
    who: str = "",
) -> ImportReport:
    """Lessons from our own export, anybody's table, or NASA's LLIS export, which is known by its header.

    Lessons whose state the file does not tell are in `state`: by default published where they come from NASA, else
    drafts. A lesson that is there takes over what the file says of it, but keeps the state a person gave it.

    Raises as `answers.import_responses` does.
    """
    table, name = table_at(path, name)
    if is_nasa(table.columns) and not mapping:
        found = read_nasa(table, state=state or LessonState.PUBLISHED)
    else:
        found = read_lessons(table, mapping, name=name, state=state or LessonState.DRAFT)
        if not is_own_export(table.columns):
            keys = _keys(ws)
            found = replace(found, records=tuple(_at_home(lesson, keys) for lesson in found.records))
    known = {lesson.id: lesson for lesson in ws.lessons.list()}

    def put(lessons: Sequence[Lesson], *, who: str) -> None:
        ws.lessons.put_all(lessons, who=who)

    return _put(found, known, put, ("state",), dry_run, who)


def table_at(path: str | Path, name: str = "") -> tuple[Table, str]:
    """The file's table without the marks that keep a spreadsheet from running its cells, and the file's name."""
    where = Path(path).expanduser()
    return _spoken(read_table(where, name)), name or where.name


def _spoken(table: Table) -> Table:
    """The table without the marks that keep a spreadsheet from running its cells."""
    return replace(table, rows=[{column: plain_cell(cell) for column, cell in row.items()} for row in table.rows])


def _put(
    found: Imported[T],
    known: dict[str, T],
    put_all: Callable[..., None],
    decided: Sequence[str],
    dry_run: bool,
    who: str,
) -> ImportReport:
    """Saves new records and those that change; `decided` fields of known ones stay as they are."""
    fresh, changed = [], []
    for record in found.records:
        present = known.get(_id(record))
        if present is None:
            fresh.append(record)
        elif (merged := _merged(present, record, decided)) != present:
            changed.append(merged)
    if not dry_run and (fresh or changed):
        put_all([*fresh, *changed], who=who)
    return _report(found, len(fresh), len(changed), dry_run)


def _merged(present: T, record: T, decided: Sequence[str]) -> T:
    """`present` with whatever `record` says; a field left blank or not in the file says nothing."""
    said: dict[str, Any] = {
        field.name: value
        for field in fields(record)  # type: ignore[arg-type]  # records are dataclasses
        if field.name not in decided and (value := getattr(record, field.name)) != field.default
    }
    return replace(present, **said)  # type: ignore[type-var]


def _id(record: object) -> str:
    return str(getattr(record, "id"))  # noqa: B009  # every record has one, as a field or a property


def _of_known_projects(ws: Workspace, name: str, risks: Iterable[Risk]) -> tuple[Risk, ...]:
    """The risks with their projects' keys, which the file may give in other letter case, or as names."""
    keys = _keys(ws)
    strangers = sorted({risk.project for risk in risks if plain_words(risk.project) not in keys})
    if strangers:
        shown = ", ".join(strangers[:5]) + (" …" if len(strangers) > 5 else "")
        raise Invalid(
            f"{name}: these projects are not here: {shown}. Add them with `reviewkit project add` or `import`,"
            " or name one for the whole file with --project.",
            field="project",
        )
    settled = []
    for risk in risks:
        key = keys[plain_words(risk.project)]
        settled.append(replace(risk, project=key, id=f"{key}:{risk.ref}"))
    return tuple(settled)


def _at_home(lesson: Lesson, keys: dict[str, str]) -> Lesson:
    """The lesson with its project's key; the name of a project that is not here becomes a tag."""
    if not lesson.project or (key := keys.get(plain_words(lesson.project))) is None:
        return replace(lesson, project="", tags=(*lesson.tags, *filter(None, [lesson.project])))
    return replace(lesson, project=key)


def _keys(ws: Workspace) -> dict[str, str]:
    """Plain words of each project's name and key -> its key."""
    projects = ws.projects.list()
    return {plain_words(project.name): project.key for project in projects} | {
        plain_words(project.key): project.key for project in projects
    }


def _report(found: Imported[Any], new: int, changed: int, dry_run: bool) -> ImportReport:
    return ImportReport(
        new=new,
        changed=changed,
        known=len(found.records) - new - changed,
        columns=found.columns,
        unused=found.unused,
        dropped=found.dropped,
        warnings=found.warnings,
        applied=not dry_run,
    )
