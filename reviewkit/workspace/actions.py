"""Actions: what was promised, by whom, until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reviewkit.domain.errors import Invalid
from reviewkit.domain.ids import new_id
from reviewkit.domain.kickoffs import Action
from reviewkit.domain.words import ActionState
from reviewkit.workspace.context import Context


class Actions:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def list(self, project: str | None = None, state: ActionState | None = None) -> list[Action]:
        """Actions, the soonest due first, those without a date last."""
        wanted = {name: value for name, value in (("project", project), ("state", state)) if value}
        return sorted(self._store.actions.all(**wanted), key=lambda action: (action.due or date.max, action.id))

    def add(
        self, project: str, text: str, *, owner: str = "", due: date | None = None, source: str = "", who: str = ""
    ) -> Action:
        """Raises NotFound, Invalid."""
        if not text.strip():
            raise Invalid("An action needs a text: what is to be done?", field="text")
        action = Action(new_id(), self._store.projects.get(project).key, text.strip(), owner.strip(), due, source)
        with self._store.write():
            self._store.actions.put(action)
            self._context.record(who, "added action", action.id)
        return action

    def settle(self, id: str, state: ActionState, *, who: str = "") -> Action:
        """Marks an action done, dropped or open again. Raises NotFound."""
        with self._store.write():
            action = replace(self._store.actions.get(id), state=state)
            self._store.actions.put(action)
            self._context.record(who, f"marked action {state}", id)
        return action
