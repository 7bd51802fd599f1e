"""What all finished projects together say: blind spots, false alarms, base rates, responses, embedded lessons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from reviewkit.domain.insights import (
    ALL,
    BlindSpot,
    Comparison,
    Embedding,
    KindRate,
    Recurrence,
    ResponseRate,
    attribute,
)
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.privacy import showing
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.themes import Theme
from reviewkit.domain.words import LessonState, Occurred, ProjectStatus, RiskNature
from reviewkit.lessons.embedding import Lived, recurrence
from reviewkit.risks.base_rates import RiskKind, base_rate, risk_kinds
from reviewkit.risks.blind_spots import false_alarms
from reviewkit.risks.responses import responses
from reviewkit.workspace.advising.evidence import risk_directions
from reviewkit.workspace.advising.searching import Search
from reviewkit.workspace.context import Context
from reviewkit.workspace.lessons import became
from reviewkit.workspace.linking.judging import unforeseen


class Insights:
    def __init__(self, context: Context, search: Search) -> None:
        self._context = context
        self._store = context.store
        self._search = search
        self._kinds: tuple[object, Sequence[RiskKind]] | None = None

    def choices(self) -> Mapping[str, Sequence[tuple[str, int]]]:
        """Criterion -> the values that finished projects have, each with how many, the most common first."""
        finished = self._finished()
        names = list(Comparison.__dataclass_fields__)
        return {
            name: sorted(
                Counter(value for project in finished if (value := attribute(project, name))).items(),
                key=lambda one: (-one[1], one[0]),
            )
            for name in names
        }

    def projects(self, comparison: Comparison) -> Sequence[tuple[str, ...]]:
        """The finished projects of each step of `comparison`."""
        finished = self._finished()
        return [step.of(finished) for step in comparison.steps]

    def blind_spots(self, comparison: Comparison = ALL) -> Sequence[BlindSpot]:
        """Themes that no register foresaw, those first that most reviewed projects of the class raised.

        A project counts where each of its answered reviews may be shown.
        """
        found = unforeseen(self._store)
        reviewed = self._reviewed()
        classes = [step.of(reviewed) for step in comparison.steps]
        rated = [BlindSpot(theme, tuple(base_rate(theme.projects, keys) for keys in classes)) for theme in found]
        return sorted(rated, key=lambda one: -one.rates[0].k)

    def false_alarms(self, comparison: Comparison = ALL) -> Sequence[KindRate]:
        """Kinds of risk that many registers fear and that seldom come true, over all projects that know."""
        finished = self._finished()
        classes = [set(step.of(finished)) for step in comparison.steps]
        return [
            KindRate(
                alarm.kind.title,
                alarm.kind.registered,
                alarm.kind.risks,
                tuple(
                    base_rate(alarm.kind.occurred, [key for key in alarm.rate.projects if key in keys])
                    for keys in classes
                ),
            )
            for alarm in false_alarms(self._risk_kinds())
        ]

    def base_rates(self, comparison: Comparison = ALL) -> Sequence[KindRate]:
        """Kinds of threat that several registers fear, those first that came true in most projects of the class.

        n counts the projects of the class whose register says of any entry whether it came true.
        """
        finished = self._finished()
        known = {risk.project for risk in self._store.risks.all() if risk.occurred is not Occurred.UNKNOWN}
        classes = [[key for key in step.of(finished) if key in known] for step in comparison.steps]
        rated = [
            KindRate(kind.title, kind.registered, kind.risks, tuple(base_rate(kind.occurred, keys) for keys in classes))
            for kind in self._risk_kinds()
            if kind.is_recurring
        ]
        return sorted(rated, key=lambda one: (-one.rates[0].k, -one.rates[-1].k, -len(one.registered), one.title))

    def responses(self, comparison: Comparison = ALL) -> Sequence[ResponseRate]:
        """Threats that did not come true, by what was done about them."""
        finished = self._finished()
        keys = {project.key for project in finished}
        classes = [set(step.of(finished)) for step in comparison.steps]
        return responses([risk for risk in self._store.risks.all() if risk.project in keys], classes)

    def embedding(self) -> Embedding:
        """The themes of embedded lessons before and after; a lesson is about the themes it names and those that the
        statements it names are in, and was embedded on the day the audit log says."""
        lessons = self._store.lessons.all(state=LessonState.EMBEDDED)
        since = became(self._store, LessonState.EMBEDDED) if lessons else {}
        themes = {theme.id: theme for theme in self._store.themes.all()} if since else {}
        lived = [_lived(project) for project in self._reviewed()] if since else []
        found: list[Recurrence] = []
        themeless = 0
        for lesson in lessons:
            about = self._about(lesson, themes)
            themeless += lesson.id in since and not about
            if lesson.id in since:
                found += [recurrence(lesson, theme, since[lesson.id], lived) for theme in about]
        undated = sum(lesson.id not in since for lesson in lessons)
        found.sort(key=lambda one: (one.embedded, one.title, one.theme.label), reverse=True)
        return Embedding(tuple(found), len(lessons), undated, themeless)

    def _about(self, lesson: Lesson, themes: Mapping[str, Theme]) -> list[Theme]:
        named = list(lesson.themes)
        if lesson.statements:
            named += [one.theme for one in self._store.memberships.all(statement=set(lesson.statements))]
        found: dict[str, Theme] = {}
        for name in named:
            theme = themes.get(name)
            while theme is not None and theme.merged_into:
                theme = themes.get(theme.merged_into)
            if theme is not None:
                found[theme.id] = theme
        return list(found.values())

    def _finished(self) -> list[Project]:
        found = self._store.projects.all(status=ProjectStatus.CLOSED)
        return sorted(found, key=lambda project: (_lived(project).began or date.min, project.key), reverse=True)

    def _reviewed(self) -> list[Project]:
        """Finished projects with answers that came out, all of which may be shown.

        Those held back count nowhere: else one of them would take the project out of the count, or let it in again.
        """
        reviews, answered = self._store.reviews.all(), self._store.responses.per_review(released=True)
        shown = showing(reviews, answered)
        told = {review.project for review in reviews if answered.get(review.id)}
        kept_back = {review.project for review in reviews if answered.get(review.id) and review.id not in shown}
        return [project for project in self._finished() if project.key in told - kept_back]

    def _risk_kinds(self) -> Sequence[RiskKind]:
        """Kinds of threat over all registers of finished projects, kept until a register changes."""
        state = (self._store.risks.state(), self._store.passages.state(), self._store.projects.state())
        if self._kinds is None or self._kinds[0] != state:
            finished = {project.key for project in self._store.projects.all(status=ProjectStatus.CLOSED)}
            threats: list[Risk] = [
                risk for risk in self._store.risks.all(nature=RiskNature.THREAT) if risk.project in finished
            ]
            self._kinds = (state, risk_kinds(*risk_directions(self._search, threats)) if threats else [])
        return self._kinds[1]


def _lived(project: Project) -> Lived:
    return Lived(
        project.key, project.actual_start or project.planned_start, project.actual_finish or project.planned_finish
    )
