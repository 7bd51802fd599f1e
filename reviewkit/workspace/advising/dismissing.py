"""Dismissals: what projects said against advice, for the next kickoff and for whoever tends the library."""

from __future__ import annotations

from collections.abc import Mapping

from reviewkit.domain.dismissals import Dismissal, Fit, Why, why_and_text
from reviewkit.domain.kickoffs import Recommendation
from reviewkit.domain.words import Choice, Scope
from reviewkit.kickoff.fitness import fits
from reviewkit.workspace.context import Context

TOLD = (Choice.ACCEPTED, Choice.ADAPTED, Choice.DISMISSED)


class Dismissals:
    def __init__(self, context: Context) -> None:
        self._store = context.store

    def of_lesson(self, lesson: str) -> list[Dismissal]:
        """What projects said against a lesson, the latest first."""
        return self._dismissed(self._decided({lesson}))

    def doubted(self) -> Mapping[str, list[Dismissal]]:
        """Lesson id -> what was said against it, for lessons that a project called wrong or out of date."""
        found: dict[str, list[Dismissal]] = {}
        for one in self._dismissed(self._decided(self._against())):
            scope, _, source = one.topic.partition("/")
            if scope == Scope.LESSONS:
                found.setdefault(source, []).append(one)
        return {lesson: said for lesson, said in found.items() if any(one.why is Why.OUTDATED for one in said)}

    def fits(self, kind: str, *, but: str) -> Mapping[str, Fit]:
        """Topic -> how it fits projects of `kind`, those other than `but`."""
        sources = self._against() if kind.strip() else set()
        if not sources:
            return {}
        decided = {key: one for key, one in self._decided(sources).items() if key[0] != but}
        kinds = self._kinds()
        taken = [(topic, kinds.get(project, "")) for (project, topic), one in decided.items() if _is_taken(one)]
        return fits(self._dismissed(decided), taken, kind)

    def _against(self) -> set[str]:
        """What was ever dismissed."""
        return {one.source for one in self._store.recommendations.all(choice=Choice.DISMISSED)}

    def _decided(self, sources: set[str]) -> dict[tuple[str, str], Recommendation]:
        """(project, topic) -> how it was decided there at the latest kickoff that told it; only of `sources`."""
        told = self._store.recommendations.all(source=sources)
        homes = {one.id: one for one in self._store.kickoffs.all(id={one.kickoff for one in told})} if told else {}
        told = [one for one in told if one.kickoff in homes and homes[one.kickoff].project]
        told.sort(key=lambda one: homes[one.kickoff].made)
        latest = {(homes[one.kickoff].project, one.topic): one for one in told}
        return {key: one for key, one in latest.items() if one.choice in TOLD}

    def _dismissed(self, decided: Mapping[tuple[str, str], Recommendation]) -> list[Dismissal]:
        kinds = self._kinds() if decided else {}
        found = [
            Dismissal(
                topic, project, kinds.get(project, ""), *why_and_text(one.choice_text), one.choice_by, one.choice_at
            )
            for (project, topic), one in decided.items()
            if one.choice is Choice.DISMISSED
        ]
        return sorted(found, key=lambda one: (one.at.isoformat() if one.at else "", one.project), reverse=True)

    def _kinds(self) -> dict[str, str]:
        return {project.key: project.kind for project in self._store.projects.all()}


def _is_taken(one: Recommendation) -> bool:
    return one.choice in (Choice.ACCEPTED, Choice.ADAPTED)
