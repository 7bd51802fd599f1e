"""A brief -> what the workspace knows about it: similar projects, candidates for advice, forecasts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reviewkit.domain.kickoffs import Quote, RiskForecast, SimilarProject
from reviewkit.domain.projects import Project
from reviewkit.domain.words import Kind, LinkState, ProjectStatus, Scope
from reviewkit.kickoff.brief import aspects
from reviewkit.kickoff.candidates import Said, Setting, everyday_words, lesson_candidate, theme_candidate
from reviewkit.kickoff.recommend import Candidate
from reviewkit.kickoff.similar import similar_projects
from reviewkit.language.ports import Matrix
from reviewkit.risks.base_rates import forecast
from reviewkit.store.port import Store
from reviewkit.workspace.advising.ranking import Ranked, query_vector
from reviewkit.workspace.advising.searching import Search
from reviewkit.workspace.context import Context
from reviewkit.workspace.visibility import visible_reviews

SHORTLIST = 40
"""Lessons and themes whose evidence is looked up; the rest stand too far from the brief to be chosen."""


@dataclass(frozen=True)
class Evidence:
    """Row i of `vectors` (n, dim), of unit length, belongs to `candidates[i]`."""

    similar: tuple[SimilarProject, ...]
    candidates: tuple[Candidate, ...]
    vectors: Matrix
    forecasts: tuple[RiskForecast, ...]


def gather(context: Context, search: Search, brief: Project) -> Evidence:
    """Everything that advice for `brief` is made of. Nothing of the project itself counts as past."""
    similar = _similar(context, search, brief)
    lessons = search.ranking((Scope.LESSONS,))
    everyday = everyday_words([passage.text for passage in lessons.rows()[0]])
    setting = Setting(brief, similar, _said(context, search, brief), everyday)
    wanted = context.engines.encoder.encode(aspects(brief.brief) or [brief.brief])
    found = [
        *_lessons(context, lessons.shortlist(brief.brief, wanted, SHORTLIST), setting),
        *_themes(context, search.ranking((Scope.THEMES,)).shortlist(brief.brief, wanted, SHORTLIST), setting),
    ]
    return Evidence(
        similar=tuple(similar),
        candidates=tuple(candidate for candidate, _ in found),
        vectors=_directions([rows for _, rows in found], context.engines.encoder.dim),
        forecasts=tuple(_forecasts(context, search, similar)),
    )


def _similar(context: Context, search: Search, brief: Project) -> list[SimilarProject]:
    passages, matrix = search.ranking((Scope.PROJECTS,)).rows()
    vectors = {passage.record: matrix[row] for row, passage in reversed(list(enumerate(passages)))}
    finished = [
        project
        for project in context.store.projects.all(status=ProjectStatus.CLOSED)
        if project.key != brief.key and project.key in vectors
    ]
    if not finished:
        return []
    text = f"{brief.name}. {brief.brief}" if brief.name else brief.brief
    vector = query_vector(context.engines.encoder, text)
    return similar_projects(brief, vector, finished, np.stack([vectors[project.key] for project in finished]))


def _said(context: Context, search: Search, brief: Project) -> Said:
    visible = visible_reviews(context.store)
    passages, matrix = search.ranking((Scope.STATEMENTS,)).rows(
        lambda passage: passage.review in visible and passage.project != brief.key
    )
    quotes = [Quote(one.record, one.text, one.project, one.review) for one in passages]
    return Said(quotes, [Kind(one.kind) if one.kind else None for one in passages], matrix)


def _lessons(context: Context, ranked: Sequence[Ranked], setting: Setting) -> list[tuple[Candidate, Matrix]]:
    store = context.store
    lessons = {lesson.id: lesson for lesson in store.lessons.all(id={one.record for one in ranked})}
    projects = {project.key: project for project in store.projects.all()}
    risks = {
        risk.id: risk for risk in store.risks.all(id={risk for lesson in lessons.values() for risk in lesson.risks})
    }
    found = []
    for one in ranked:
        lesson = lessons.get(one.record)
        if lesson is None or not lesson.is_usable:
            continue
        tied = [risks[risk] for risk in lesson.risks if risk in risks]
        source = projects.get(lesson.project)
        found.append((lesson_candidate(lesson, one.relevance, one.vectors, setting, tied, source), one.vectors))
    return found


def _themes(context: Context, ranked: Sequence[Ranked], setting: Setting) -> list[tuple[Candidate, Matrix]]:
    store = context.store
    themes = {theme.id: theme for theme in store.themes.all(id={one.record for one in ranked}, parent="")}
    links = [
        link for link in store.links.all(scope=Scope.THEMES, source=set(themes)) if link.state is LinkState.CONFIRMED
    ]
    risks = {risk.id: risk for risk in store.risks.all(id={link.risk for link in links})}
    said = _said_in(store, set(themes), setting)
    found = []
    for one in ranked:
        theme = themes.get(one.record)
        if theme is None or not theme.is_recurring:
            continue
        tied = [risks[link.risk] for link in links if link.source == theme.id and link.risk in risks]
        made = theme_candidate(theme, one.relevance, said.get(theme.id, []), setting, tied)
        if made is not None:
            found.append((made, one.vectors))
    return found


def _said_in(store: Store, themes: set[str], setting: Setting) -> dict[str, list[tuple[Quote, Kind | None]]]:
    """Theme id -> its statements that may be quoted, the most central first."""
    place = {quote.statement: row for row, quote in enumerate(setting.said.quotes)}
    members = [one for one in store.memberships.all(theme=themes) if one.statement in place]
    said: dict[str, list[tuple[Quote, Kind | None]]] = {}
    for one in sorted(members, key=lambda one: (-one.centrality, one.statement)):
        row = place[one.statement]
        said.setdefault(one.theme, []).append((setting.said.quotes[row], setting.said.kinds[row]))
    return said


def _forecasts(context: Context, search: Search, similar: Sequence[SimilarProject]) -> list[RiskForecast]:
    keys = [one.project for one in similar]
    risks = {risk.id: risk for risk in context.store.risks.all(project=set(keys))}
    passages, matrix = search.ranking((Scope.RISKS,)).rows(lambda passage: passage.record in risks)
    rows: dict[str, list[int]] = {}  # a title says the kind, the sentence behind it the particulars: both count
    for row, passage in enumerate(passages):
        rows.setdefault(passage.record, []).append(row)
    vectors = _directions([matrix[own] for own in rows.values()], matrix.shape[1])
    return forecast(keys, [risks[risk] for risk in rows], vectors)


def _directions(groups: Sequence[Matrix], dim: int) -> Matrix:
    """The mean direction of each group of vectors, as unit rows."""
    if not groups:
        return np.zeros((0, dim), dtype=np.float32)
    means = np.stack([rows.mean(axis=0) for rows in groups])
    return np.asarray(means / np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9), dtype=np.float32)
