"""A brief -> what the workspace knows about it: similar projects, candidates for advice, forecasts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from reviewkit.domain.kickoffs import RiskForecast, SimilarProject
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.words import LinkState, ProjectStatus, Scope
from reviewkit.kickoff.brief import read_brief
from reviewkit.kickoff.candidates import RELEVANT, Setting, everyday_words, lesson_candidate, theme_candidate
from reviewkit.kickoff.foresight import Case, foresee
from reviewkit.kickoff.recommend import Candidate
from reviewkit.kickoff.similar import similar_projects
from reviewkit.language.ports import Matrix
from reviewkit.lessons.lifecycle import replaced
from reviewkit.risks.base_rates import forecast
from reviewkit.workspace.advising.dismissing import Dismissals
from reviewkit.workspace.advising.hearing import Hearing
from reviewkit.workspace.advising.outcomes import Outcomes
from reviewkit.workspace.advising.ranking import Ranked, Ranking, direction
from reviewkit.workspace.advising.searching import Search
from reviewkit.workspace.context import Context
from reviewkit.workspace.linking.standing import theme_links

SHARED = 3
"""Themes that a similar project is said to share."""

SHORTLIST = 40
"""Lessons and themes whose evidence is looked up; the rest stand too far from the brief to be chosen."""


@dataclass(frozen=True)
class Evidence:
    """Row i of `vectors` (n, dim), of unit length, belongs to `candidates[i]`."""

    similar: tuple[SimilarProject, ...]
    candidates: tuple[Candidate, ...]
    vectors: Matrix
    forecasts: tuple[RiskForecast, ...]


class Knowledge:
    """What kickoffs stand on, kept from one to the next for as long as nothing of it changes."""

    def __init__(self, context: Context, search: Search) -> None:
        self._context, self._search = context, search
        self._hearing: tuple[object, Hearing] | None = None
        self._everyday: tuple[Ranking, frozenset[str]] | None = None

    def hearing(self) -> Hearing:
        """Who said what, over the reviews that may be shown."""
        store, visible = self._context.store, self._search.shown()
        state = (store.passages.state(), store.themes.state(), visible)
        if self._hearing is None or self._hearing[0] != state:
            self._hearing = None  # frees the old one's memory before the new one takes its own
            self._hearing = (state, Hearing(store, self._context.engines.encoder, visible))
        return self._hearing[1]

    def everyday(self, lessons: Ranking) -> frozenset[str]:
        """Stems that so many lessons have that sharing them tells nothing."""
        if self._everyday is None or self._everyday[0] is not lessons:
            self._everyday = (lessons, everyday_words([passage.text for passage in lessons.rows()[0]]))
        return self._everyday[1]


def gather(context: Context, search: Search, knowledge: Knowledge, brief: Project) -> Evidence:
    """Everything that advice for `brief` is made of. Nothing of the project itself counts as past."""
    lessons, themes = search.ranking((Scope.LESSONS,)), search.ranking((Scope.THEMES,))
    words = lessons.words_meanwhile(brief.brief)
    read = read_brief(brief.name, brief.brief, context.engines.encoder)
    words()
    finished, briefs = _finished(context, search, brief)
    similar = similar_projects(brief, direction(read.named), finished, briefs)
    near = themes.shortlist(brief.brief, read.whole, read.aspects, SHORTLIST)
    similar = _sharing(context, similar, near)
    setting = Setting(brief, similar, knowledge.everyday(lessons))
    hearing = knowledge.hearing()
    found = [
        *_lessons(context, lessons.shortlist(brief.brief, read.whole, read.aspects, SHORTLIST), setting, hearing),
        *_themes(context, near, setting, hearing),
    ]
    candidates = _expected([candidate for candidate, _ in found], _cases(context, brief, read.named, finished, briefs))
    effects = Outcomes(context).effectiveness(but=brief.key, sources={one.source for one in candidates})
    fit = Dismissals(context).fits(brief.kind, but=brief.key)
    return Evidence(
        similar=tuple(similar),
        candidates=tuple(replace(one, effect=effects.get(one.topic), fit=fit.get(one.topic)) for one in candidates),
        vectors=_directions([rows for _, rows in found], context.engines.encoder.dim),
        forecasts=tuple(_forecasts(context, search, similar)),
    )


def _finished(context: Context, search: Search, brief: Project) -> tuple[list[Project], Matrix]:
    """The projects that are over, and the directions of their briefs (n, dim)."""
    held, matrix = search.ranking((Scope.PROJECTS,)).rows()
    vectors = {passage.record: matrix[row] for row, passage in reversed(list(enumerate(held)))}
    finished = [
        project
        for project in context.store.projects.all(status=ProjectStatus.CLOSED)
        if project.key != brief.key and project.key in vectors
    ]
    if not finished:
        return [], np.zeros((0, matrix.shape[1]), dtype=np.float32)
    return finished, np.stack([vectors[project.key] for project in finished])


def _cases(
    context: Context, brief: Project, named: Matrix, finished: Sequence[Project], briefs: Matrix
) -> tuple[Case, list[Case]]:
    """The new project, and those whose story is known today; one of unknown beginning counts as begun today."""
    today = context.today
    past = [
        Case(project, vector, min(project.began or today, today), date.min)
        for project, vector in zip(finished, briefs, strict=True)
    ]
    return Case(brief, direction(named), today, today), past


def _expected(candidates: Sequence[Candidate], cases: tuple[Case, list[Case]]) -> list[Candidate]:
    """The candidates with the rate at which each is to be expected here: the very numbers that the back-test tries."""
    new, past = cases
    if not past:
        return list(candidates)
    names = [f"{one.scope}/{one.source}" for one in candidates]
    told = [
        replace(
            case,
            met={name: 1.0 for name, one in zip(names, candidates, strict=True) if case.project.key in one.raised},
        )
        for case in past
    ]
    rates = foresee(new, told, names)
    return [replace(one, expected=float(rate)) for one, rate in zip(candidates, rates, strict=True)]


def _sharing(context: Context, similar: Sequence[SimilarProject], near: Sequence[Ranked]) -> list[SimilarProject]:
    """`similar` with the themes that the brief is near to and that each of them raised."""
    wanted = [one.record for one in near if one.relevance >= RELEVANT]
    themes = {theme.id: theme for theme in context.store.themes.all(id=set(wanted), parent="")}
    told = [theme for one in wanted if (theme := themes.get(one)) and theme.is_recurring]
    return [
        replace(one, shared_themes=tuple([theme.label for theme in told if one.project in theme.projects][:SHARED]))
        for one in similar
    ]


def _lessons(
    context: Context, ranked: Sequence[Ranked], setting: Setting, hearing: Hearing
) -> list[tuple[Candidate, Matrix]]:
    store = context.store
    lessons = {lesson.id: lesson for lesson in store.lessons.all(id={one.record for one in ranked})}
    projects = {project.key: project for project in store.projects.all()}
    risks = {
        risk.id: risk for risk in store.risks.all(id={risk for lesson in lessons.values() for risk in lesson.risks})
    }
    gone = replaced(store.lessons.all(supersedes=set(lessons)))
    usable = {
        one.record: one.vectors
        for one in ranked
        if one.record in lessons and lessons[one.record].is_usable and one.record not in gone
    }
    heard = hearing.of_lessons(usable)
    found = []
    for one in ranked:
        lesson = lessons.get(one.record)
        if lesson is None or lesson.id not in usable:
            continue
        tied = [risks[risk] for risk in lesson.risks if risk in risks]
        source = projects.get(lesson.project)
        found.append((lesson_candidate(lesson, one.relevance, heard[lesson.id], setting, tied, source), one.vectors))
    return found


def _themes(
    context: Context, ranked: Sequence[Ranked], setting: Setting, hearing: Hearing
) -> list[tuple[Candidate, Matrix]]:
    store = context.store
    themes = {theme.id: theme for theme in store.themes.all(id={one.record for one in ranked}, parent="")}
    links = [link for link in theme_links(store, themes) if link.state is LinkState.CONFIRMED]
    risks = {risk.id: risk for risk in store.risks.all(id={link.risk for link in links})}
    found = []
    for one in ranked:
        theme = themes.get(one.record)
        said = hearing.themes.get(one.record)
        if theme is None or said is None or not theme.is_recurring:
            continue
        tied = [risks[link.risk] for link in links if link.source == theme.id and link.risk in risks]
        made = theme_candidate(theme, one.relevance, said, setting, tied)
        if made is not None:
            found.append((made, one.vectors))
    return found


def _forecasts(context: Context, search: Search, similar: Sequence[SimilarProject]) -> list[RiskForecast]:
    keys = [one.project for one in similar]
    risks = context.store.risks.all(project=set(keys)) if keys else []
    return forecast(keys, *risk_directions(search, risks)) if risks else []


def risk_directions(search: Search, risks: Iterable[Risk]) -> tuple[list[Risk], Matrix]:
    """Those of `risks` that are indexed, with their directions as unit rows: a title says the kind, the sentence behind
    it the particulars, and both count."""
    rows, directions = search.ranking((Scope.RISKS,)).directions
    known = sorted((risk for risk in risks if risk.id in rows), key=lambda risk: rows[risk.id])
    return known, directions[[rows[risk.id] for risk in known]]


def _directions(groups: Sequence[Matrix], dim: int) -> Matrix:
    """The mean direction of each group of vectors, as unit rows."""
    if not groups:
        return np.zeros((0, dim), dtype=np.float32)
    means = np.stack([rows.mean(axis=0) for rows in groups])
    return np.asarray(means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9), dtype=np.float32)
