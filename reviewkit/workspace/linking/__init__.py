"""Links between what people said and what registers feared: which there are, what people decide, what that teaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reviewkit.domain.foreseen import Learned, People
from reviewkit.domain.themes import Link, Theme
from reviewkit.domain.words import Kind, LinkState, Verdict
from reviewkit.risks.blind_spots import is_trouble
from reviewkit.workspace.context import Context
from reviewkit.workspace.linking.calibrating import learned
from reviewkit.workspace.linking.deciding import decide
from reviewkit.workspace.linking.judging import Foreseen, statement_verdicts, theme_foreseen
from reviewkit.workspace.linking.people import people
from reviewkit.workspace.linking.queue import SeenLink, SeenLinks, Wanted, drawn, queue
from reviewkit.workspace.visibility import telling

__all__ = ["Foreseen", "Links", "SeenLink", "SeenLinks", "Wanted"]


class Links:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def queue(self, wanted: Wanted | None = None) -> Sequence[SeenLink]:
        """Links that may be shown, the uncertain and far-reaching first."""
        return queue(self._store, wanted or Wanted(), self._context.now()).items

    def page(self, wanted: Wanted, first: int, limit: int) -> SeenLinks:
        """At most `limit` of the same from the one at `first` on, or the last ones where there are not so many, with
        the words marked that both sides share."""
        found = queue(self._store, wanted, self._context.now(), first, limit)
        return replace(found, items=drawn(found.items))

    def drawn(self, found: Sequence[SeenLink]) -> Sequence[SeenLink]:
        """The same with the words marked that both sides share."""
        return drawn(found)

    def decide(self, ids: Sequence[str], state: LinkState, *, who: str) -> Sequence[Link]:
        """Confirms or rejects links, or makes them suggestions again, all or none. Raises NotFound, Invalid."""
        return decide(self._context, ids, state, who=who)

    def foreseen(self, theme: Theme) -> Foreseen | None:
        """Whether the theme had been foreseen; None for a part of one, whose links stand with the whole, and
        for one that is not mostly trouble: praise need not be foreseen."""
        if theme.parent or theme.merged_into or not is_trouble(theme):
            return None
        return theme_foreseen(self._store, theme)

    def verdicts(self, review: str) -> dict[str, Verdict]:
        """Statement id -> verdict, of the problems of a review that may tell which they are."""
        if not telling(self._store, Kind.PROBLEM, self._context.now(), {review}):
            return {}
        return statement_verdicts(self._store, self._store.statements.all(review=review))

    def learned(self) -> Learned:
        """What decisions have taught so far."""
        return learned(self._store)

    def people(self) -> People:
        """What people say had been foreseen, and how far the machine agrees."""
        return people(self._store)

    def registered(self) -> Sequence[tuple[str, int]]:
        """(project key, number of links) of projects whose register has any, by key."""
        return sorted(self._store.links.per_project().items())
