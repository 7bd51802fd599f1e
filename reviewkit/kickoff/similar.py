"""A brief and past projects -> those most like it, with why and why not."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

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
    scores = likeness(brief, vector, projects, vectors)
    nearest = sorted(zip(scores.tolist(), projects, strict=True), key=lambda one: (-one[0], one[1].key))[:most]
    told = {project.key: _telling(project) for project in projects}
    ours = _telling(brief)
    rarity = _rarity(ours, told.values())
    return [
        SimilarProject(
            project=project.key,
            score=round(score, 4),
            shared_words=_shared_words(ours, told[project.key], rarity),
            shared_attributes=tuple(_attributes(brief, project)),
            differences=tuple(_differences(brief, project)),
        )
        for score, project in nearest
    ]


def likeness(brief: Project, vector: Matrix, projects: Sequence[Project], vectors: Matrix) -> Matrix:
    """(len(projects),): the score by which `similar_projects` orders them."""
    nearness = _standardised((vectors @ vector)[None, :])[0]
    return np.asarray(nearness + _in_common([brief], projects)[0], dtype=np.float32)


def likenesses(projects: Sequence[Project], vectors: Matrix) -> Matrix:
    """(n, n): row i holds how like `projects[i]` each other one is, as `likeness` among them all but itself would say;
    0 on the diagonal. `vectors` is (n, dim), unit rows."""
    others = ~np.eye(len(projects), dtype=bool)
    nearness = _standardised(vectors @ vectors.T, others)
    return np.asarray(np.where(others, nearness + _in_common(projects, projects), 0.0), dtype=np.float32)


def _standardised(cosines: Matrix, counted: NDArray[np.bool_] | None = None) -> NDArray[np.float64]:
    """Each row less its mean, in its standard deviations; those of the `counted` columns alone."""
    kept = np.ones(cosines.shape) if counted is None else counted.astype(np.float64)
    total = np.maximum(kept.sum(axis=1, keepdims=True), 1.0)
    centred = cosines - (cosines * kept).sum(axis=1, keepdims=True) / total
    spread = np.sqrt((centred**2 * kept).sum(axis=1, keepdims=True) / total)
    return np.asarray(centred / np.maximum(spread, 1e-6), dtype=np.float64)


def _in_common(ours: Sequence[Project], theirs: Sequence[Project]) -> NDArray[np.float64]:
    """(len(ours), len(theirs)): the weights of the attributes that two projects share, summed."""
    found = np.zeros((len(ours), len(theirs)))
    for name in ("kind", "domain", "method"):
        mine, other = (np.array([getattr(one, name).casefold() for one in side]) for side in (ours, theirs))
        found += ATTRIBUTE_WEIGHTS[name] * ((mine[:, None] == other[None, :]) & (mine != "")[:, None])
    tags = [[{tag.casefold() for tag in one.tags} for one in side] for side in (ours, theirs)]
    place = {tag: at for at, tag in enumerate(sorted({tag for side in tags for own in side for tag in own}))}
    mine, other = (np.zeros((len(side), len(place))) for side in tags)
    for table, side in zip((mine, other), tags, strict=True):
        for row, own in enumerate(side):
            table[row, [place[tag] for tag in own]] = 1.0
    fewest = np.minimum(mine.sum(axis=1)[:, None], other.sum(axis=1)[None, :])
    return np.asarray(found + ATTRIBUTE_WEIGHTS["tags"] * (mine @ other.T) / np.maximum(fewest, 1.0))


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
    """What does not match, in words; nothing is said of what either does not tell. The project is named once."""
    found = []
    if brief.kind and project.kind and brief.kind.casefold() != project.kind.casefold():
        found.append(f"{project.name} was {project.kind}, this is {brief.kind}")
    if brief.planned_budget and project.planned_budget and brief.currency == project.currency:
        ratio = brief.planned_budget / project.planned_budget
        if ratio >= 3 or ratio <= 1 / 3:
            how = f"{ratio:.0f} times" if ratio > 1 else f"a {_part(1 / ratio)} of"
            found.append(f"this has {how} {'its budget' if found else f'the budget of {project.name}'}")
    return found


def _part(times: float) -> str:
    names = {3: "third", 4: "quarter", 5: "fifth", 6: "sixth", 7: "seventh", 8: "eighth", 9: "ninth", 10: "tenth"}
    return names.get(round(times), "small part")


def _rarity(ours: Mapping[str, str], others: Collection[Mapping[str, str]]) -> dict[str, float]:
    """Stem of ours -> its inverse document frequency over all the briefs."""
    every = 1 + len(others)
    return {found: math.log(every / (1 + sum(found in other for other in others))) for found in ours}


def _shared_words(ours: Mapping[str, str], theirs: Mapping[str, str], rarity: Mapping[str, float]) -> tuple[str, ...]:
    ranked = sorted(ours.keys() & theirs.keys(), key=lambda found: (-rarity[found], found))
    return tuple(ours[found] for found in ranked if rarity[found] > 0)[:SHARED_WORDS]


def _telling(project: Project) -> Mapping[str, str]:
    """Stem -> the first telling word of the project that has it."""
    return _telling_words(" ".join((project.name, project.brief, *project.tags)))


@lru_cache(maxsize=1_000)
def _telling_words(text: str) -> Mapping[str, str]:
    """Those of a past project stay the same from one kickoff to the next."""
    told = [word for word in words(text) if len(word) > 3 and word not in STOP_WORDS and not word.isdigit()]
    return {stem(word): word for word in reversed(told)}
