"""Responses without statements -> statements."""

from __future__ import annotations

from dataclasses import replace

from reviewkit.domain.ids import fingerprint
from reviewkit.language.statements import statements_of
from reviewkit.workspace.context import Context
from reviewkit.workspace.derive.pace import Pace
from reviewkit.workspace.derive.progress import Report
from reviewkit.workspace.derive.recutting import keep_decided_links
from reviewkit.workspace.projects import roster

BATCH = 200


def cut_statements(context: Context, report: Report) -> int:
    """Cuts the answers that were not cut by today's splitter and roster; returns how many statements came of it."""
    store, splitter = context.store, context.engines.splitter
    names = roster(store)
    cut_by = f"{splitter.name}+{fingerprint(*names)[:8]}"
    reviews = {review.id: review for review in store.reviews.all()}
    pace = Pace(store, BATCH)
    made = done = 0
    total = store.responses.count() if store.responses.unsplit(cut_by, 1) else 0
    while batch := store.responses.unsplit(cut_by, BATCH):
        found = [(one, statements_of(one, reviews[one.review], splitter, names)) for one in batch]
        for portion in pace.portions(found):
            with store.write():
                for response, statements in portion:
                    if store.responses.find(response.id) is None:  # erased meanwhile
                        continue
                    before = store.statements.all(response=response.id) if response.split_by else []
                    store.statements.replace(response.id, statements)
                    if before:
                        keep_decided_links(store, response.id, before, statements)
                    store.responses.put(replace(response, split_by=cut_by))
                    made += len(statements)
        done += len(batch)
        report("statements", done, total)
    return made
