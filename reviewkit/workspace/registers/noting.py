"""A risk as it was and as it is now -> a step in its history."""

from __future__ import annotations

from collections.abc import Sequence

from reviewkit.domain.history import differences
from reviewkit.domain.projects import Risk
from reviewkit.domain.registers import RiskChange, RiskVerb
from reviewkit.workspace.context import Context

PASSED_OVER = frozenset({"id", "origin"})


def note(context: Context, pairs: Sequence[tuple[Risk | None, Risk]], verb: RiskVerb, who: str) -> None:
    """Adds a step to the history of each risk, given as it was (None: not there) and as it is now.

    Call it inside the transaction it tells of.
    """
    store, counts = context.store, dict[str, int]()
    for change in store.risk_changes.all(risk={new.id for _, new in pairs}):
        counts[change.risk] = max(counts.get(change.risk, 0), change.number)
    steps = []
    for old, new in pairs:
        changes = differences(old, new, PASSED_OVER) if old else ()
        if old and not changes:
            continue
        counts[new.id] = counts.get(new.id, 0) + 1
        steps.append(RiskChange(new.id, counts[new.id], context.now(), who, verb, changes))
    store.risk_changes.put(*steps)
