"""Risk registers as people write them: add, edit, move through their life, tell what became of them. All is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from reviewkit.domain.errors import Conflict, FieldsInvalid, Invalid, NotFound, RiskChanged
from reviewkit.domain.history import restored
from reviewkit.domain.projects import Risk
from reviewkit.domain.registers import Occurrence, RiskChange, RiskVerb
from reviewkit.domain.words import Occurred, RiskStatus
from reviewkit.risks.lifecycle import NEXT, move, told
from reviewkit.risks.wording import hints, sentence
from reviewkit.workspace.context import Context
from reviewkit.workspace.registers.checking import MAX_TEXT, checked, checked_ref, problems_of
from reviewkit.workspace.registers.keeping import layout_id
from reviewkit.workspace.registers.noting import note

ORIGIN = "typed"
"""Where a risk comes from that was written here."""


class Registers:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def named(self, project: str, ref: str) -> Risk:
        """The entry `ref` of a project's register, whatever its letter case. Raises NotFound."""
        self._store.projects.get(project)
        found = [one for one in self._store.risks.all(project=project) if one.ref.casefold() == ref.strip().casefold()]
        if not found:
            raise NotFound("risk", f"{project} {ref}", f"List them with `reviewkit risk list --project {project}`.")
        return found[0]

    def known_tops(self, project: str, columns: Sequence[str]) -> Mapping[str, float]:
        """Field -> top of its scale, as it was in the last file that had these columns; none where there was none."""
        layout = self._store.register_layouts.find(layout_id(project, columns))
        return layout.tops if layout else {}

    def sentence(self, cause: str, event: str, effect: str) -> str:
        """The sentence that the three parts make, what is missing left open."""
        return sentence(cause, event, effect)

    def hints(self, risk: Risk) -> Sequence[str]:
        """What would make its wording more useful."""
        return hints(risk)

    def next_states(self, risk: Risk) -> tuple[RiskStatus, ...]:
        return NEXT[risk.status]

    def history(self, id: str) -> Sequence[RiskChange]:
        """What was done to the risk, the latest first; what was done before histories were kept is not in it."""
        return sorted(self._store.risk_changes.all(risk=id), key=lambda change: -change.number)

    def problems(self, risk: Risk) -> Mapping[str, str]:
        """Field -> what keeps the risk from being kept as it is, but for a number that may be taken."""
        return problems_of(self._store, risk)

    def add(self, risk: Risk, *, who: str) -> Risk:
        """Keeps a new risk, under its project's next number where it has no ref. Raises FieldsInvalid."""
        with self._store.write():
            made = checked_ref(self._store, checked(self._store, replace(risk, origin=ORIGIN)))
            made = replace(made, identified_on=made.identified_on or self._context.today)
            made = told(made, made.occurred, made.occurred_on, made.occurred_note)
            self._store.risks.put(made)
            note(self._context, [(None, made)], RiskVerb.ADDED, who)
            self._context.record(who, "added risk", made.id)
        return made

    def edit(self, risk: Risk, *, who: str, seen: int | None = None) -> Risk:
        """Keeps `risk` in place of the one with its id, whose project, ref and state stay.

        Its state changes only with what became of it: one that came true has occurred. `seen` is the number of the
        last change that whoever edits had before them, None where that does not matter.

        Raises NotFound, FieldsInvalid; RiskChanged where somebody else changed it meanwhile.
        """
        with self._store.write():
            old = self._store.risks.get(risk.id)
            if seen is not None and seen != self._last(old.id):
                raise RiskChanged(old.title)
            kept = replace(risk, project=old.project, ref=old.ref, status=old.status, origin=old.origin)
            made = checked(self._store, kept)
            made = told(made, made.occurred, made.occurred_on, made.occurred_note) if _tells(old, made) else made
            self._keep(old, made, RiskVerb.EDITED, who, "edited risk")
        return made

    def move(self, id: str, state: RiskStatus, *, who: str) -> Risk:
        """Takes a risk to another state of its life. Raises NotFound, TransitionRefused."""
        with self._store.write():
            old = self._store.risks.get(id)
            made = move(old, state, self._context.today)
            self._keep(old, made, RiskVerb.EDITED, who, f"risk is now {state}")
        return made

    def unanswered(self, project: str) -> Sequence[Risk]:
        """Entries of which nobody said what became of them, gravest first; rejected ones are none. Raises NotFound."""
        self._store.projects.get(project)
        found = self._store.risks.all(project=project, occurred=Occurred.UNKNOWN)
        waiting = [risk for risk in found if risk.status is not RiskStatus.REJECTED]
        return sorted(waiting, key=lambda risk: (-(risk.severity or 0), risk.ref))

    def tell(self, answers: Sequence[Occurrence], *, who: str) -> Sequence[tuple[str, int]]:
        """Keeps what became of several risks, all or none; returns the (risk, number) of each step, for `undo_several`.

        Raises NotFound; FieldsInvalid, its fields “ID day” and “ID note” for the risks' ids.
        """
        problems = {name: said for one in answers for name, said in _wrong(one, self._context.today).items()}
        if problems:
            raise FieldsInvalid("what became of the risks", problems)
        steps = []
        with self._store.write():
            for one in answers:
                old = self._store.risks.get(one.risk)
                made = told(old, one.occurred, one.on, one.note.strip())
                if made != old:
                    self._keep(old, made, RiskVerb.TOLD, who, f"told of risk: {one.occurred}")
                    steps.append((old.id, self._last(old.id)))
        return steps

    def undo(self, id: str, number: int, *, who: str) -> Risk:
        """Takes back the last change of a risk, which is the one numbered `number`.

        Raises NotFound; Conflict where another change came after it, or where it changed nothing to go back to.
        """
        with self._store.write():
            old = self._store.risks.get(id)
            steps = self.history(id)
            if not steps or steps[0].number != number:
                raise RiskChanged(old.title)
            if not steps[0].changes:
                raise Conflict(f"“{old.title}” was only added; reject it to put it away.")
            made = restored(old, steps[0].changes)
            self._keep(old, made, RiskVerb.UNDONE, who, "undid change of risk")
        return made

    def undo_several(self, steps: Sequence[tuple[str, int]], *, who: str) -> None:
        """Takes back the last change of each, all or none. Raises as `undo` does, and Invalid where there is none."""
        if not steps:
            raise Invalid("Say which changes are to be taken back.", field="step")
        with self._store.write():
            for risk, number in steps:
                self.undo(risk, number, who=who)

    def _keep(self, old: Risk, made: Risk, verb: RiskVerb, who: str, what: str) -> None:
        if made != old:
            self._store.risks.put(made)
            note(self._context, [(old, made)], verb, who)
            self._context.record(who, what, made.id)

    def _last(self, id: str) -> int:
        return max((change.number for change in self._store.risk_changes.all(risk=id)), default=0)


def _tells(old: Risk, new: Risk) -> bool:
    """Whether it says anew what became of the risk."""
    return (old.occurred, old.occurred_on) != (new.occurred, new.occurred_on)


def _wrong(answer: Occurrence, today: date) -> dict[str, str]:
    problems = {}
    if answer.on and answer.occurred is not Occurred.YES:
        problems["day"] = "a day only goes with “yes”; empty it, or say that it came true"
    elif answer.on and answer.on > today:
        problems["day"] = "that day is still to come"
    if len(answer.note) > MAX_TEXT:
        problems["note"] = f"the note may have at most {MAX_TEXT:,} characters"
    return {f"{answer.risk} {part}": said for part, said in problems.items()}
