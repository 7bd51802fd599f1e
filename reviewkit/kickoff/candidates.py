"""A lesson or theme, and what past projects said -> a candidate for advice, with who said it where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from reviewkit.domain.kickoffs import BaseRate, Quote, SimilarProject
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.themes import Theme
from reviewkit.domain.words import Kind, Occurred, Scope
from reviewkit.kickoff.recommend import Candidate
from reviewkit.language.ports import Matrix
from reviewkit.risks.base_rates import base_rate
from reviewkit.themes.wording import STOP_WORDS, stem, words

ECHO = 0.45
"""Cosine from which a statement says what a lesson or theme says; judged by reading pairs around it."""

QUOTES, WORDS = 3, 6
USUAL_SEVERITY = 0.4
"""Of advice that no register entry is tied to: between the gravest and the lightest, so that praise ranks equally."""

TROUBLE = frozenset({Kind.PROBLEM, Kind.SUGGESTION})
PRAISE = frozenset({Kind.POSITIVE})


@dataclass(frozen=True)
class Said:
    """Statements that may be quoted; row i of `vectors` (n, dim) and `kinds[i]` belong to `quotes[i]`."""

    quotes: Sequence[Quote]
    kinds: Sequence[Kind | None]
    vectors: Matrix


@dataclass(frozen=True)
class Setting:
    """What every candidate of one kickoff is seen against."""

    brief: Project
    similar: Sequence[SimilarProject]
    said: Said
    everyday: frozenset[str] = frozenset()
    """Stems that so many lessons have that sharing them tells nothing."""

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(one.project for one in self.similar)


def lesson_candidate(
    lesson: Lesson, relevance: float, vectors: Matrix, setting: Setting, risks: Collection[Risk], source: Project | None
) -> Candidate:
    """A lesson as advice: `vectors` are its passages’, `risks` tied to it, `source` the project it comes from."""
    echoes = said_alike(setting.said, vectors, PRAISE if lesson.positive else TROUBLE)
    own = [quote for quote in echoes if quote.project == lesson.project]
    elsewhere = [quote for quote in echoes if quote.project in setting.keys and quote.project != lesson.project]
    raised = {quote.project for quote in echoes} | {lesson.project}
    return Candidate(
        scope=Scope.LESSONS,
        source=lesson.id,
        advice=lesson.recommendation or lesson.title,
        because=lesson.what_happened or lesson.root_cause or lesson.context or lesson.title,
        relevance=relevance,
        severity=_severity(risks),
        rate=_rate(raised, setting),
        matched_words=shared_words(setting.brief.brief, lesson.text, setting.everyday),
        mismatches=_mismatches(setting.brief, source),
        quotes=tuple((own[:1] + _one_a_project(elsewhere) + own[1:])[:QUOTES]),
    )


def theme_candidate(
    theme: Theme, relevance: float, vectors: Matrix, setting: Setting, risks: Collection[Risk]
) -> Candidate:
    """A theme as advice, for what keeps coming back without anybody having written the lesson."""
    echoes = [q for q in said_alike(setting.said, vectors, TROUBLE) if q.project in setting.keys]
    return Candidate(
        scope=Scope.THEMES,
        source=theme.id,
        advice=f"Plan for “{theme.label}” before it comes up.",
        because=f"{len(theme.projects)} projects raised it, and no lesson says yet what to do about it.",
        relevance=relevance,
        severity=_severity(risks),
        rate=_rate(set(theme.projects), setting),
        matched_words=shared_words(setting.brief.brief, theme.text, setting.everyday),
        quotes=tuple(_one_a_project(echoes)[:QUOTES]),
    )


def said_alike(said: Said, vectors: Matrix, kinds: Collection[Kind]) -> list[Quote]:
    """Statements of some kinds that say what any of `vectors` says, nearest first."""
    if not len(said.quotes) or not len(vectors):
        return []
    nearness = (said.vectors @ vectors.T).max(axis=1)
    order = np.argsort(-nearness, kind="stable")[: int((nearness >= ECHO).sum())]
    return [said.quotes[row] for row in order.tolist() if said.kinds[row] in kinds]


def shared_words(brief: str, text: str, everyday: Collection[str] = ()) -> tuple[str, ...]:
    """Telling words of the brief that `text` has too, in the order of the brief; none whose stem is `everyday`."""
    there = {stem(word) for word in words(text)} - set(everyday)
    found: dict[str, str] = {}
    for word in words(brief):
        if len(word) > 3 and word not in STOP_WORDS and not word.isdigit() and stem(word) in there:
            found.setdefault(stem(word), word)
    return tuple(found.values())[:WORDS]


def everyday_words(texts: Sequence[str]) -> frozenset[str]:
    """Stems that stand in more than a tenth of `texts` (and in three of them at least)."""
    counts = Counter(found for text in texts for found in {stem(word) for word in words(text)})
    return frozenset(found for found, count in counts.items() if count > max(2, len(texts) / 10))


def _rate(raised: Collection[str], setting: Setting) -> BaseRate | None:
    return base_rate([key for key in setting.keys if key in raised], setting.keys) if setting.similar else None


def _severity(risks: Collection[Risk]) -> float:
    """That of the gravest entry that came true, 0 to 1."""
    grave = [risk.severity for risk in risks if risk.severity and risk.occurred is Occurred.YES]
    return max(grave) / 25 if grave else USUAL_SEVERITY


def _mismatches(brief: Project, source: Project | None) -> tuple[str, ...]:
    if source is None or not brief.kind or not source.kind or brief.kind == source.kind:
        return ()
    return (f"It was learned in {source.name}, which was {source.kind}; this is {brief.kind}.",)


def _one_a_project(quotes: Sequence[Quote]) -> list[Quote]:
    first: dict[str, Quote] = {}
    for quote in quotes:
        first.setdefault(quote.project, quote)
    return list(first.values())
