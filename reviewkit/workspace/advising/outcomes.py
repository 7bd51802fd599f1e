"""Outcomes: what became of the advice that projects decided for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from reviewkit.domain.errors import NotFound
from reviewkit.domain.ids import derived_id
from reviewkit.domain.kickoffs import Recommendation
from reviewkit.domain.outcomes import Effectiveness, Outcome
from reviewkit.domain.privacy import settled
from reviewkit.domain.reviews import Review
from reviewkit.domain.words import Applied, Helped, Occurred, Scope
from reviewkit.kickoff.asking import advice_of, observed
from reviewkit.kickoff.effectiveness import effectiveness, standing, wording
from reviewkit.store.port import Store
from reviewkit.workspace.context import Context


@dataclass(frozen=True)
class Decided:
    """Something a project decided for, as it was worded there, and what became of it.

    `outcome` is what a person said; `reviewed` what most answers of the project's reviews say, where that may be told.
    """

    recommendation: Recommendation
    wording: str
    outcome: Outcome | None
    reviewed: Outcome | None


class Outcomes:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def of(self, project: str) -> list[Decided]:
        """What the project decided for at its kickoffs, in their order. Raises NotFound."""
        self._store.projects.get(project)
        said = {one.topic: one for one in self._store.outcomes.all(project=project)}
        reviewed = {one.topic: one for one in self._reviewed(self._store.reviews.all(project=project))}
        return [
            Decided(one, wording(one), said.get(one.topic), reviewed.get(one.topic))
            for one in decided(self._store, project)
        ]

    def waiting(self, project: str) -> tuple[int, int]:
        """How many decisions nobody has said the outcome of, and how many there are. Raises NotFound."""
        found = self.of(project)
        return sum(one.outcome is None for one in found), len(found)

    def tell(
        self,
        project: str,
        recommendation: str,
        *,
        applied: Applied,
        helped: Helped = Helped.UNKNOWN,
        recurred: Occurred = Occurred.UNKNOWN,
        note: str = "",
        who: str,
    ) -> Outcome:
        """Keeps what became of it, in place of what was said before.

        What was not applied can neither have helped nor not. Raises NotFound for one that the project did not decide
        for.
        """
        with self._store.write():
            self._store.projects.get(project)
            one = next((one for one in decided(self._store, project) if one.id == recommendation), None)
            if one is None:
                raise NotFound(
                    "accepted recommendation of this project",
                    recommendation,
                    hint="The kickoff may have been made again meanwhile.",
                )
            outcome = Outcome(
                id=derived_id(project, one.topic),
                recommendation=one.id,
                project=project,
                scope=one.scope,
                source=one.source,
                applied=applied,
                helped=Helped.UNKNOWN if applied is Applied.NO else helped,
                recurred=recurred,
                note=note.strip(),
                who=who,
                at=self._context.now(),
            )
            self._store.outcomes.put(outcome)
            self._context.record(who, "told outcome", one.id)
        return outcome

    def effectiveness(self, *, but: str = "", sources: Collection[str] | None = None) -> dict[str, Effectiveness]:
        """Topic (`scope/source`) -> how it did over all projects except `but`; only of `sources`, where given.

        What a person said goes before what a review's majority says, which is heard where they could not tell.
        """
        wanted = {} if sources is None else {"source": set(sources)}
        found = {(one.project, one.topic): one for one in self._store.outcomes.all(**wanted)}
        for one in self._reviewed(self._store.reviews.all(), sources):
            said = found.get((one.project, one.topic))
            if said is None:
                found[one.project, one.topic] = one
            elif said.applied is not Applied.NO:
                found[one.project, one.topic] = _completed(said, one)
        return effectiveness(one for one in found.values() if one.project != but)

    def of_lesson(self, lesson: str) -> Effectiveness | None:
        """How a lesson did; None where no project told."""
        return self.effectiveness(sources={lesson}).get(f"{Scope.LESSONS}/{lesson}")

    def titles(self, found: Iterable[Effectiveness]) -> Mapping[str, str]:
        """Topic -> the lesson's title or the theme's label; what is gone is left out."""
        sources = {one.source for one in found}
        lessons = {f"{Scope.LESSONS}/{one.id}": one.title for one in self._store.lessons.all(id=sources)}
        return lessons | {f"{Scope.THEMES}/{one.id}": one.label for one in self._store.themes.all(id=sources)}

    def _reviewed(self, reviews: Iterable[Review], sources: Collection[str] | None = None) -> list[Outcome]:
        """What most answers of settled reviews say, one a project and topic; of several reviews the last to close.

        A question that was copied into the review of another project tells nothing.
        """
        now = self._context.now()
        asking = [review.as_of(now) for review in reviews if _about(review)]
        asking.sort(key=lambda review: (review.closes.isoformat() if review.closes else "", review.id))
        ids = {one for review in asking for one in _about(review)}
        advice = {one.id: one for one in self._store.recommendations.all(id=ids)} if ids else {}
        homes = {one.id: one.project for one in self._store.kickoffs.all(id={one.kickoff for one in advice.values()})}
        found: dict[tuple[str, str], Outcome] = {}
        for review in asking:
            about = [
                one
                for about_id in _about(review)
                if (one := advice.get(about_id)) and homes.get(one.kickoff) == review.project
                if sources is None or one.source in sources
            ]
            held = self._store.responses.count(review=review.id, released=False) if about else 0
            if not about or not settled(review, held, is_open=review.is_open_at(now)):
                continue
            responses = self._store.responses.all(review=review.id, released=True)
            for one in about:
                if outcome := observed(review.project, one, [response.answers for response in responses]):
                    found[review.project, one.topic] = outcome
        return list(found.values())


def _about(review: Review) -> list[str]:
    """Ids of the recommendations that the review asks about."""
    return list(dict.fromkeys(about for question in review.questions if (about := advice_of(question))))


def _completed(said: Outcome, reviewed: Outcome) -> Outcome:
    """What a person said, and where they could not tell what a review's majority says."""
    helped = reviewed.helped if said.helped is Helped.UNKNOWN else said.helped
    recurred = reviewed.recurred if said.recurred is Occurred.UNKNOWN else said.recurred
    return replace(said, helped=helped, recurred=recurred)


def decided(store: Store, project: str) -> list[Recommendation]:
    """What the project decided for at its kickoffs, each once."""
    kickoffs = sorted(store.kickoffs.all(project=project), key=lambda kickoff: kickoff.made)
    return standing([store.recommendations.all(kickoff=kickoff.id) for kickoff in kickoffs])
