"""Views of the register that people gave a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from reviewkit.domain.errors import Invalid
from reviewkit.domain.ids import new_id
from reviewkit.domain.registers import FILTERS, SavedFilter
from reviewkit.workspace.context import Context

MAX_NAME = 60


class SavedFilters:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def list(self) -> Sequence[SavedFilter]:
        """By name; those removed are not among them."""
        return sorted(self._store.saved_filters.all(is_removed=False), key=lambda one: (one.name.casefold(), one.id))

    def get(self, id: str) -> SavedFilter:
        """Removed ones too. Raises NotFound."""
        return self._store.saved_filters.get(id)

    def save(self, name: str, query: Mapping[str, str], *, who: str) -> SavedFilter:
        """Keeps the filters of `query` that the register knows.

        Raises Invalid where there are none, and for a name that is blank, too long or taken.
        """
        name = " ".join(name.split())
        kept = {one: query[one] for one in FILTERS if query.get(one)}
        if not name or len(name) > MAX_NAME:
            raise Invalid(f"Give the filter a name of at most {MAX_NAME} characters.", field="name")
        if not kept:
            raise Invalid("Choose a filter first, then save it under a name.", field="name")
        with self._store.write():
            if any(one.name.casefold() == name.casefold() for one in self.list()):
                raise Invalid(f"There is a filter called “{name}” already; choose another name.", field="name")
            made = SavedFilter(new_id(), name, kept, who, self._context.now())
            self._store.saved_filters.put(made)
            self._context.record(who, "saved filter", f"{made.id} {name}")
        return made

    def remove(self, id: str, *, who: str) -> SavedFilter:
        """Takes it off the list; `restore` brings it back. Raises NotFound."""
        return self._set(id, is_removed=True, who=who, what="removed filter")

    def restore(self, id: str, *, who: str) -> SavedFilter:
        """Raises NotFound."""
        return self._set(id, is_removed=False, who=who, what="brought filter back")

    def _set(self, id: str, *, is_removed: bool, who: str, what: str) -> SavedFilter:
        with self._store.write():
            made = replace(self._store.saved_filters.get(id), is_removed=is_removed)
            self._store.saved_filters.put(made)
            self._context.record(who, what, f"{id} {made.name}")
        return made
