"""Projects: add, import, list, close."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from reviewkit.domain.errors import AlreadyThere, Conflict, FieldsInvalid, Invalid, TransitionRefused
from reviewkit.domain.projects import Project
from reviewkit.domain.words import ProjectStatus
from reviewkit.store.port import Store
from reviewkit.workspace.context import Context

ROSTER = "roster"

_POST_WORDS = """
    of and the for board chair chairman chief committee council department director executive head lead leader manager
    office officer owner president programme project sponsor tba tbd team
"""
_POSTS = frozenset(_POST_WORDS.split())

_NEXT = {
    ProjectStatus.PROPOSED: (ProjectStatus.ACTIVE, ProjectStatus.CLOSED, ProjectStatus.CANCELLED),
    ProjectStatus.ACTIVE: (ProjectStatus.CLOSING, ProjectStatus.CLOSED, ProjectStatus.CANCELLED),
    ProjectStatus.CLOSING: (ProjectStatus.CLOSED, ProjectStatus.CANCELLED),
    ProjectStatus.CLOSED: (),
    ProjectStatus.CANCELLED: (),
}


class Projects:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def list(self, status: ProjectStatus | None = None) -> list[Project]:
        """All projects (of one status), the latest to start first."""
        found = self._store.projects.all(**({"status": status} if status else {}))
        return sorted(found, key=lambda project: (_start(project), project.key), reverse=True)

    def get(self, key: str) -> Project:
        """Raises NotFound."""
        return self._store.projects.get(key)

    def add(self, project: Project, *, who: str = "") -> Project:
        """Raises AlreadyThere, Invalid, FieldsInvalid."""
        _check(project)
        if problems := _dates_wrong(project):
            raise FieldsInvalid("The project", problems)
        with self._store.write():
            if self._store.projects.find(project.key):
                raise AlreadyThere("project", project.key)
            self._store.projects.put(project)
            self._context.record(who, "added project", project.key)
        return project

    def put_all(self, projects: Sequence[Project], *, who: str = "") -> None:
        """Adds or replaces several, all or none. Raises Invalid."""
        for project in projects:
            _check(project)
        with self._store.write():
            self._store.projects.put(*projects)
            for project in projects:
                self._context.record(who, "imported project", project.key)

    def edit(self, project: Project, *, who: str = "") -> Project:
        """Keeps other attributes of a project; its brief and status stay. Raises NotFound, FieldsInvalid."""
        problems = _dates_wrong(project)
        if not project.name.strip():
            problems["name"] = "a project needs a name"
        if problems:
            raise FieldsInvalid("The project", problems)
        with self._store.write():
            known = self.get(project.key)
            kept = replace(project, brief=known.brief, status=known.status)
            if kept != known:
                self._store.projects.put(kept)
                self._context.record(who, "changed project", project.key)
        return kept

    def close(self, key: str, *, finished: date | None = None, who: str = "") -> Project:
        """Marks the project closed, as of `finished` or today. Raises NotFound, TransitionRefused."""
        with self._store.write():
            project = self.get(key)
            if ProjectStatus.CLOSED not in _NEXT[project.status]:
                raise TransitionRefused("project", project.status, ProjectStatus.CLOSED, _NEXT[project.status])
            finish = finished or project.actual_finish or self._context.today
            before = {"status": project.status, "finish": str(project.actual_finish or "")}
            self._store.marks.put(_before(key), json.dumps(before))
            project = replace(project, status=ProjectStatus.CLOSED, actual_finish=finish)
            self._store.projects.put(project)
            self._context.record(who, "closed project", key)
        return project

    def can_close(self, key: str) -> bool:
        """Raises NotFound."""
        return ProjectStatus.CLOSED in _NEXT[self.get(key).status]

    def can_reopen(self, key: str) -> bool:
        """Whether it is known what the project was before it was closed here."""
        return bool(self._store.marks.get(_before(key))) and self.get(key).is_finished

    def reopen(self, key: str, *, who: str = "") -> Project:
        """Takes the closing of a project back. Raises NotFound; Conflict where it was not closed here."""
        with self._store.write():
            project = self.get(key)
            if not self.can_reopen(key):
                raise Conflict(f"Project {key} was not closed here, so there is nothing to take back.")
            before = json.loads(self._store.marks.get(_before(key)) or "{}")
            finish = date.fromisoformat(before["finish"]) if before["finish"] else None
            project = replace(project, status=ProjectStatus(before["status"]), actual_finish=finish)
            self._store.projects.put(project)
            self._store.marks.put(_before(key), "")
            self._context.record(who, "took back closing of project", key)
        return project

    def set_roster(self, names: Sequence[str], *, who: str = "") -> None:
        """People of the organisation whose names are taken out of answers before anything else reads them."""
        with self._store.write():
            self._store.marks.put(ROSTER, "\n".join(sorted({name.strip() for name in names if name.strip()})))
            self._context.record(who, "set roster", f"{len(names)} names")


def _before(key: str) -> str:
    """The mark that holds what a project was before it was closed."""
    return f"before closing {key}"


def roster(store: Store) -> list[str]:
    """The names set by `Projects.set_roster`, and every project's sponsor and manager; sorted."""
    named = (store.marks.get(ROSTER) or "").split("\n")
    people = [name for project in store.projects.all() for name in (project.sponsor, project.manager)]
    return sorted({name.strip() for name in (*named, *filter(_is_a_name, people)) if name.strip()})


def _is_a_name(text: str) -> bool:
    """Whether it is a person and not a post, as in “Director of Operations”: its words would vanish from answers."""
    words = text.replace(",", " ").split()
    return 2 <= len(words) <= 4 and not _POSTS & {word.casefold() for word in words}


def _start(project: Project) -> date:
    return project.actual_start or project.planned_start or date.min


def _dates_wrong(project: Project) -> dict[str, str]:
    return {
        f"{which}_finish": "this is before it starts"
        for which in ("planned", "actual")
        if (start := getattr(project, f"{which}_start")) and (end := getattr(project, f"{which}_finish"))
        if end < start
    }


def _check(project: Project) -> None:
    if not project.key.strip() or any(char in project.key for char in "/?#% \t\n"):
        raise Invalid("A project's key must be a short word without spaces or slashes, as in TAP.", field="key")
    if project.key == "new":
        raise Invalid("No project can have the key “new”: its page would be the one that adds a project.", field="key")
    if not project.name.strip():
        raise Invalid(f"Project {project.key} needs a name.", field="name")
