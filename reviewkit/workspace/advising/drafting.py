"""The draft register of a kickoff, and what of it goes into the project's own register."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from reviewkit.domain.errors import Conflict, Invalid
from reviewkit.domain.projects import Risk
from reviewkit.domain.registers import RiskVerb
from reviewkit.domain.words import Scope
from reviewkit.kickoff.draft_register import DraftedRisk, draft_register
from reviewkit.workspace.advising.kickoffs import Kickoffs
from reviewkit.workspace.context import Context
from reviewkit.workspace.registers.noting import note

_OURS = re.compile(r"K(\d{1,6})")


class DraftRegister:
    def __init__(self, context: Context, kickoffs: Kickoffs) -> None:
        self._context, self._store, self._kickoffs = context, context.store, kickoffs

    def preview(self, key: str) -> list[DraftedRisk]:
        """What the last kickoff would put into the project's register, beside what is there; changes nothing.

        Empty where no kickoff was made. Raises NotFound.
        """
        advice = self._kickoffs.latest(key)
        if advice is None:
            return []
        told = {one.source for one in advice.recommendations if one.scope is Scope.LESSONS}
        lessons = {lesson.id: lesson for lesson in self._store.lessons.all(id=told)}
        tied = {risk for forecast in advice.kickoff.forecasts for risk in forecast.risks}
        tied |= {risk for lesson in lessons.values() for risk in lesson.risks}
        past = {risk.id: risk for risk in self._store.risks.all(id=tied)}
        own = self._store.risks.all(project=key)
        return draft_register(advice.kickoff, advice.recommendations, lessons, past, own, self._context.engines.encoder)

    def apply(self, key: str, chosen: Collection[str], *, who: str) -> list[Risk]:
        """Adds the chosen entries, each once: what the register says already is left as it is, and so is its owner.

        Raises:
            NotFound: no such project.
            Invalid: nothing was chosen.
            Conflict: one of the chosen is no longer in the draft; nothing is added.
        """
        if not chosen:
            raise Invalid("Tick at least one risk to add.", field="risk")
        drafted = {one.id: one for one in self.preview(key)}  # before the lock: it takes the encoder
        with self._store.write():
            if not drafted.keys() >= set(chosen):
                raise Conflict("The kickoff was made again meanwhile. Look at the new draft and tick once more.")
            own = self._store.risks.all(project=key)
            origins = {risk.origin for risk in own}
            last = max((int(found[1]) for risk in own if (found := _OURS.fullmatch(risk.ref.upper()))), default=0)
            wanted = [one.risk for one in drafted.values() if one.id in chosen and not one.is_same]
            fresh = [risk for risk in wanted if risk.origin not in origins]  # sent twice, or by two people at once
            added = [
                replace(risk, id=f"{key}:K{number}", ref=f"K{number}", identified_on=self._context.today)
                for number, risk in enumerate(fresh, start=last + 1)
            ]
            self._store.risks.put(*added)
            note(self._context, [(None, risk) for risk in added], RiskVerb.ADDED, who)
            if added:
                self._context.record(who, "added drafted risks", f"{key}: {len(added)}")
        return added
