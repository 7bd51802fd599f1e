"""The whole path: whatever is missing between answers and advice is derived, from any state."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import timedelta
from time import sleep

from reviewkit.domain.ids import new_id
from reviewkit.workspace.context import Context
from reviewkit.workspace.derive.labels import label_lessons, label_statements
from reviewkit.workspace.derive.links import link_statements, link_themes
from reviewkit.workspace.derive.pace import Pace
from reviewkit.workspace.derive.passages import embed_passages, index_records
from reviewkit.workspace.derive.progress import Report, silent
from reviewkit.workspace.derive.statements import cut_statements
from reviewkit.workspace.derive.themes import find_themes
from reviewkit.workspace.linking.calibrating import calibrate_links
from reviewkit.workspace.linking.people import hear_people
from reviewkit.workspace.linking.standing import carry_over
from reviewkit.workspace.reviewing.releasing import release_all

CLAIM = "analysis"
CLAIM_SECONDS = 60.0
ANALYSED = "analysed revision"


@dataclass(frozen=True)
class Refreshed:
    """How many records each step derived; all zero where nothing was missing."""

    statements: int = 0
    passages: int = 0
    vectors: int = 0
    labels: int = 0
    themes: int = 0
    links: int = 0

    def __bool__(self) -> bool:
        return any(astuple(self))


class Analysis:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._owner = new_id()

    def refresh(self, report: Report = silent, *, wait: bool = False) -> Refreshed:
        """Derives what is missing, in small transactions; can be killed anywhere and run again.

        Args:
            report: called as (stage, done, total) while it works.
            wait: wait for another process that is analysing instead of leaving the work to it.
        """
        release_all(self._context.store, self._context.now())
        if self._nothing_changed():
            return Refreshed()
        mine = self._take()
        while not mine and wait:
            sleep(0.5)
            mine = self._take()
        if not mine:
            return Refreshed()
        revision = self._context.store.revision()
        done = None
        try:
            done = self._derive(self._prolonging(report))
        finally:
            self._give_back(revision if done == Refreshed() else None)
        return done

    def _derive(self, report: Report) -> Refreshed:
        context = self._context
        statements = cut_statements(context, report)
        passages = index_records(context, report)
        vectors = embed_passages(context, report)
        labels = label_statements(context, report) + label_lessons(context, report)
        links = link_statements(context, report)  # before they have a place: that is how new ones are known
        themes = find_themes(context, report)
        passages += index_records(context, report)  # themes are searched too, and kinds are facets
        vectors += embed_passages(context, report)
        carry_over(context.store)
        links += link_themes(context, report)
        calibrate_links(context, fresh=links > 0)
        hear_people(context)
        if passages:
            context.store.vectors.prune()  # of texts that are said no more
        return Refreshed(statements, passages, vectors, labels, themes, links)

    def _nothing_changed(self) -> bool:
        return self._context.store.marks.get(ANALYSED) == str(self._context.store.revision())

    def _give_back(self, revision: int | None) -> None:
        """Ends the claim; `revision` is that of a store in which nothing was found missing."""
        store = self._context.store
        with store.write():
            store.claims.give_back(CLAIM, self._owner)
            if revision is not None and store.revision() == revision:  # else something came in while looking
                store.marks.put(ANALYSED, str(revision + 1))  # this very block is counted too

    def _take(self) -> bool:
        with self._context.store.write():
            return self._context.store.claims.take(CLAIM, self._owner, self._context.now(), CLAIM_SECONDS)

    def _prolonging(self, report: Report) -> Report:
        """`report` that also keeps the claim alive while the work takes long, and rests while others write."""
        pace = Pace(self._context.store, 1)
        due = self._context.now() + timedelta(seconds=CLAIM_SECONDS / 3)

        def prolong(stage: str, done: int, total: int) -> None:
            nonlocal due
            if self._context.now() >= due:
                self._take()
                due = self._context.now() + timedelta(seconds=CLAIM_SECONDS / 3)
            report(stage, done, total)
            pace.rest()

        return prolong
