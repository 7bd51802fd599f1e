"""A brief and past projects -> those most like it, with why and why not."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np

from reviewkit.domain.kickoffs import SimilarProject
from reviewkit.domain.projects import Project
from reviewkit.language.ports import Matrix
from reviewkit.themes.wording import STOP_WORDS, stem, words

MOST = 6
"""Similar projects that rates are counted over: few enough to be like it, enough to count."""

ATTRIBUTE_WEIGHTS = {"kind": 1.0, "domain": 0.5, "method": 0.25, "tags": 0.75}
"""In standard deviations of the briefs’ cosine: the same kind weighs as much as a brief one deviation nearer."""

SHARED_WORDS = 6


def similar_projects(
    brief: Project, vector: Matrix, projects: Sequence[Project], vectors: Matrix, *, most: int = MOST
) -> list[SimilarProject]:
    """The `most` projects nearest to `brief` in words and attributes, best first; ties by key.

    `vector` is (dim,), `vectors` (len(projects), dim), unit rows of the projects' briefs. The score is the cosine,
    standardised over `projects`, plus the weights of the attributes shared.
    """
    if not projects:
        return []
    rarity = _rarity([brief, *projects])
    found = [
        SimilarProject(
            project=project.key,
            score=round(score, 4),
            shared_words=_shared_words(brief, project, rarity),
            shared_attributes=tuple(_attributes(brief, project)),
            differences=tuple(_differences(brief, project)),
        )
        for project, score in zip(projects, likeness(brief, vector, projects, vectors).tolist(), strict=True)
    ]
    return sorted(found, key=lambda one: (-one.score, one.project))[:most]


def likeness(brief: Project, vector: Matrix, projects: Sequence[Project], vectors: Matrix) -> Matrix:
    """(len(projects),): the score by which `similar_projects` orders them."""
    cosines = vectors @ vector
    nearness = (cosines - cosines.mean()) / max(float(cosines.std()), 1e-6)
    shared = [sum(_attributes(brief, project).values()) for project in projects]
    return np.asarray(nearness, dtype=np.float64) + np.array(shared, dtype=np.float64)


def _attributes(brief: Project, project: Project) -> dict[str, float]:
    """What both share, in words -> its weight."""
    shared = {}
    for name in ("kind", "domain", "method"):
        value = getattr(brief, name)
        if value and value.casefold() == getattr(project, name).casefold():
            shared[f"{name}: {value}"] = ATTRIBUTE_WEIGHTS[name]
    tags = {tag.casefold() for tag in brief.tags} & {tag.casefold() for tag in project.tags}
    if tags:
        share = len(tags) / min(len(brief.tags), len(project.tags))
        shared[f"tags: {', '.join(sorted(tags))}"] = ATTRIBUTE_WEIGHTS["tags"] * share
    return shared


def _differences(brief: Project, project: Project) -> list[str]:
    """What does not match, in words; nothing is said of what either does not tell."""
    found = []
    if brief.kind and project.kind and brief.kind.casefold() != project.kind.casefold():
        found.append(f"{project.key} was {project.kind}, this is {brief.kind}")
    if brief.planned_budget and project.planned_budget and brief.currency == project.currency:
        ratio = brief.planned_budget / project.planned_budget
        if ratio >= 3 or ratio <= 1 / 3:
            how = f"{ratio:.0f} times" if ratio > 1 else f"a {_part(1 / ratio)} of"
            found.append(f"this has {how} the budget of {project.key}")
    return found


def _part(times: float) -> str:
    names = {3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth", 10: "tenth"}
    return names.get(round(times), "small part")


def _rarity(projects: Sequence[Project]) -> dict[str, float]:
    """Stem -> inverse document frequency over the briefs."""
    counts = Counter(found for project in projects for found in {stem(word) for word in _telling(project)})
    return {found: math.log(len(projects) / count) for found, count in counts.items()}


def _shared_words(brief: Project, project: Project, rarity: dict[str, float]) -> tuple[str, ...]:
    said = {stem(word) for word in _telling(project)}
    shared = {stem(word): word for word in reversed(_telling(brief)) if stem(word) in said}
    ranked = sorted(shared, key=lambda found: (-rarity[found], found))
    return tuple(shared[found] for found in ranked if rarity[found] > 0)[:SHARED_WORDS]


def _telling(project: Project) -> list[str]:
    text = " ".join((project.name, project.brief, *project.tags))
    return [word for word in words(text) if len(word) > 3 and word not in STOP_WORDS and not word.isdigit()]
