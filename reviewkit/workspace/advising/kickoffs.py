"""Kickoffs: advice for a brief, and what was decided about each piece of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from reviewkit.collect.briefs import bounded, brief_text
from reviewkit.domain.errors import Invalid
from reviewkit.domain.ids import derived_id, new_id
from reviewkit.domain.kickoffs import Kickoff, Recommendation
from reviewkit.domain.projects import Project
from reviewkit.domain.words import ActionState, Choice, ReportFormat
from reviewkit.kickoff.changes import Changes, changes
from reviewkit.kickoff.recommend import Candidate, recommend
from reviewkit.kickoff.weighing import weighed
from reviewkit.report.kickoff_report import kickoff_digest, kickoff_report
from reviewkit.workspace.actions import Actions
from reviewkit.workspace.advising.evidence import Knowledge, gather
from reviewkit.workspace.advising.searching import Search
from reviewkit.workspace.context import Context
from reviewkit.workspace.reporting.writing import written

TOP, MOST = 7, 20
GRAVE = 0.6
"""Severity from which it is told as a reason: 15 of 25 on the register's scale."""


@dataclass(frozen=True)
class Advice:
    """A kickoff with its recommendations, ranked."""

    kickoff: Kickoff
    recommendations: tuple[Recommendation, ...]


class Kickoffs:
    def __init__(self, context: Context, search: Search) -> None:
        self._context = context
        self._store = context.store
        self._search = search
        self._knowledge = Knowledge(context, search)

    def for_project(self, key: str, *, top: int = TOP, who: str = "") -> Advice:
        """Advice made now for a project's own brief, saved. What was decided before about the same piece is kept.

        Raises:
            NotFound: no such project.
            Invalid: it has no brief.
        """
        project = self._store.projects.get(key)
        if not project.brief.strip():
            raise Invalid(
                f"Project {key} has no brief yet: write its purpose, scope and approach first.", field="brief"
            )
        advice = self._advise(project, top)
        advice = self._keeping_choices(advice)
        with self._store.write():
            self._store.kickoffs.put(advice.kickoff)
            self._store.recommendations.put(*advice.recommendations)
            self._context.record(who, "made kickoff", key)
        return advice

    def read_brief(self, content: bytes, name: str) -> str:
        """The text of a brief in a file (text, Markdown, DOCX, PDF). Raises UnreadableFile, which says why."""
        return brief_text(content, name, seconds=self._context.settings.brief_seconds)

    def set_brief(self, key: str, text: str, *, content: bytes = b"", name: str = "", who: str = "") -> Advice:
        """Keeps another brief, `text` or what the file called `name` holds, and makes the kickoff anew.

        Raises:
            NotFound: no such project.
            Invalid: the brief is empty, too long, or in a file that cannot be read; then nothing is changed.
        """
        brief = self.read_brief(content, name) if name else bounded(text)
        if not brief:
            raise Invalid("Write or choose a brief first: what the project is for, its scope and approach.", "brief")
        with self._store.write():
            project = self._store.projects.get(key)
            if project.brief != brief:
                self._store.projects.put(replace(project, brief=brief))
                self._context.record(who, "changed brief", key)
        return self.for_project(key, who=who)

    def for_brief(self, text: str, *, top: int = TOP) -> Advice:
        """Advice for a brief that belongs to no project yet; not saved. Raises Invalid for an empty one."""
        if not text.strip():
            raise Invalid(
                "The brief is empty: say in a few sentences what the project is for and how it will go about it."
            )
        return self._advise(Project(key="", name="", brief=text.strip()), top)

    def latest(self, key: str) -> Advice | None:
        """The last kickoff made for the project; None where there is none. Raises NotFound."""
        self._store.projects.get(key)
        made = self._made(key)
        return self._advice(made[-1]) if made else None

    def changes(self, key: str) -> Changes | None:
        """What the last kickoff of the project tells otherwise than the one before; None where there is none before."""
        made = self._made(key)
        if len(made) < 2:
            return None
        before, now = self._advice(made[-2]), self._advice(made[-1])
        rewritten = before.kickoff.brief != now.kickoff.brief
        return changes(before.recommendations, now.recommendations, brief_changed=rewritten)

    def file(self, advice: Advice, written_as: ReportFormat, *, digest: bool = False) -> bytes:
        """The advice as a file that stands by itself; a `digest` fits one page."""
        key = advice.kickoff.project
        project = self._store.projects.get(key) if key else Project(key="", name="")
        names = {one.key: one.name for one in self._store.projects.all()}
        owed = {one.source: one for one in self._store.actions.all(project=key)} if key else {}
        owed = {topic: one for topic, one in owed.items() if one.state is not ActionState.DROPPED}
        compose = kickoff_digest if digest else kickoff_report
        document = compose(project, advice.kickoff, advice.recommendations, names, self._context.today, owed)
        return written(document, written_as)

    def get(self, recommendation_id: str) -> Recommendation:
        """Raises NotFound."""
        return self._store.recommendations.get(recommendation_id)

    def decide(
        self,
        recommendation_id: str,
        choice: Choice,
        *,
        text: str = "",
        owner: str = "",
        due: date | None = None,
        who: str,
    ) -> Recommendation:
        """Accepts, adapts (`text` is the new wording), dismisses (`text` says why) or reopens a recommendation.

        An accepted or adapted one with an owner becomes an action of the project.

        Raises:
            NotFound: no such recommendation.
            Invalid: adapted without wording, or dismissed without a reason.
        """
        text = text.strip()
        if choice is Choice.ADAPTED and not text:
            raise Invalid("Write the advice as you want it before saving.", field="text")
        if choice is Choice.DISMISSED and not text:
            raise Invalid("Say in a few words why it does not fit here; it teaches the next kickoff.", field="text")
        with self._store.write():
            found = self._store.recommendations.get(recommendation_id)
            kickoff = self._store.kickoffs.get(found.kickoff)
            undone = choice is Choice.UNDECIDED
            decided = replace(
                found,
                choice=choice,
                choice_text="" if undone else text,
                choice_by="" if undone else who,
                choice_at=None if undone else self._context.now(),
            )
            self._store.recommendations.put(decided)
            self._context.record(who, f"{choice} recommendation", recommendation_id)
            self._settle_action(kickoff.project, decided, owner, due, who)
        return decided

    def _settle_action(self, project: str, decided: Recommendation, owner: str, due: date | None, who: str) -> None:
        """One open action for what was accepted with an owner, none for what was not."""
        actions = Actions(self._context)
        for earlier in self._store.actions.all(project=project, source=decided.topic, state=ActionState.OPEN):
            actions.settle(earlier.id, ActionState.DROPPED, who=who)
        if decided.choice in (Choice.ACCEPTED, Choice.ADAPTED) and owner.strip():
            wording = decided.choice_text if decided.choice is Choice.ADAPTED else decided.advice
            actions.add(project, wording, owner=owner, due=due, source=decided.topic, who=who)

    def _advise(self, project: Project, top: int) -> Advice:
        if not 1 <= top <= MOST:
            raise Invalid(f"Ask for 1 to {MOST} recommendations; more than {TOP} are seldom read.", field="top")
        evidence = gather(self._context, self._search, self._knowledge, project)
        kickoff = Kickoff(
            id=new_id(),
            project=project.key,
            brief=project.brief,
            made=self._context.now(),
            similar=evidence.similar,
            forecasts=evidence.forecasts,
        )
        chosen = recommend(evidence.candidates, evidence.vectors, top=top)
        scores = [score for _, score in chosen]
        return Advice(
            kickoff,
            tuple(_recommendation(kickoff, rank, *one, scores) for rank, one in enumerate(chosen, start=1)),
        )

    def _made(self, key: str) -> list[Kickoff]:
        """The project's kickoffs, the latest last."""
        return sorted(self._store.kickoffs.all(project=key), key=lambda kickoff: kickoff.made)

    def _advice(self, kickoff: Kickoff) -> Advice:
        found = self._store.recommendations.all(kickoff=kickoff.id)
        return Advice(kickoff, tuple(sorted(found, key=lambda recommendation: recommendation.rank)))

    def _keeping_choices(self, advice: Advice) -> Advice:
        """What was decided last about the same lesson or theme at any earlier kickoff of the project still stands,
        even where one between them did not tell it."""
        known = {
            one.topic: one for made in self._made(advice.kickoff.project) for one in self._advice(made).recommendations
        }
        decided = {topic: one for topic, one in known.items() if one.choice is not Choice.UNDECIDED}
        return Advice(
            advice.kickoff,
            tuple(
                replace(
                    one,
                    choice=settled.choice,
                    choice_text=settled.choice_text,
                    choice_by=settled.choice_by,
                    choice_at=settled.choice_at,
                )
                if (settled := decided.get(one.topic))
                else one
                for one in advice.recommendations
            ),
        )


def _recommendation(
    kickoff: Kickoff, rank: int, candidate: Candidate, score: float, scores: Sequence[float]
) -> Recommendation:
    return Recommendation(
        id=derived_id(kickoff.id, candidate.scope, candidate.source),
        kickoff=kickoff.id,
        rank=rank,
        scope=candidate.scope,
        source=candidate.source,
        advice=candidate.advice,
        because=candidate.because,
        score=score,
        reasons=tuple(_reasons(candidate)),
        weighed=weighed(candidate, scores, score),
        mismatches=candidate.mismatches,
        projects=candidate.rate.hits if candidate.rate else (),
        base_rate=candidate.rate,
        quotes=candidate.quotes,
    )


def _reasons(candidate: Candidate) -> list[str]:
    """Why it stands here, in sentences."""
    reasons = []
    if candidate.rate is not None and candidate.rate.k:
        where = ", ".join(candidate.rate.hits)
        reasons.append(f"It came up in {candidate.rate} similar projects: {where}.")
    if candidate.matched_words:
        reasons.append(f"The brief speaks of {', '.join(candidate.matched_words)}.")
    if candidate.severity >= GRAVE:
        reasons.append("A grave risk tied to it came true before.")
    if candidate.effect is not None and candidate.effect.said:
        reasons.append(candidate.effect.said)
    return reasons or ["It is near to the brief in meaning."]
