"""A lesson or theme, and what past projects said -> a candidate for advice, with who said it where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
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
from reviewkit.themes.graph import SHRINK, unit
from reviewkit.themes.wording import STOP_WORDS, stem, words

ECHO = 0.35
"""Cosine, after taking out what all statements share, from which a statement says what a lesson says; judged by reading
pairs of the sample organisation around it: of those above about three in four do, of those at 0.30 one in three."""

RELEVANT, TROUBLED = 1.0, 0.5
"""A theme is told where it stands a deviation above the others for this brief, and is trouble to half of its people."""

QUOTES, WORDS = 3, 6
CHUNK = 20_000
"""Statements compared at a time, so that memory stays small."""

USUAL_SEVERITY = 0.4
"""Of advice that no register entry is tied to: between the gravest and the lightest, so that praise ranks equally."""

TROUBLE = frozenset({Kind.PROBLEM, Kind.SUGGESTION})
PRAISE = frozenset({Kind.POSITIVE})


class Said:
    """Statements that may be quoted; row i of `vectors` (n, dim, unit rows) and `kinds[i]` belong to `quotes[i]`."""

    def __init__(self, quotes: Sequence[Quote], kinds: Sequence[Kind | None], vectors: Matrix) -> None:
        self.quotes, self.kinds = quotes, kinds
        self._common = vectors.sum(axis=0) / np.float32(len(quotes) + SHRINK)
        self._centred = unit(vectors - self._common)

    def alike(self, asked: Sequence[Matrix]) -> list[list[int]]:
        """For each of `asked`, vectors (n, dim) of one record: rows that say what any of them says, nearest first."""
        if not len(self.quotes) or not asked:
            return [[] for _ in asked]
        texts = unit(np.vstack(asked) - self._common)
        starts = np.cumsum([0, *(len(rows) for rows in asked[:-1])])
        found: list[list[tuple[float, int]]] = [[] for _ in asked]
        for start in range(0, len(self.quotes), CHUNK):
            nearness = np.maximum.reduceat(self._centred[start : start + CHUNK] @ texts.T, starts, axis=1)
            for row, one in np.argwhere(nearness >= ECHO).tolist():
                found[one].append((-float(nearness[row, one]), start + row))
        return [[row for _, row in sorted(rows)] for rows in found]


@dataclass(frozen=True)
class Heard:
    """Who said what a lesson says, as trouble and as praise: the quotes nearest to it first, a few of each project.

    `theme` is the one that most of it is in, blank for none: the lesson says what to do about it.
    """

    trouble: tuple[Quote, ...] = ()
    praise: tuple[Quote, ...] = ()
    theme: str = ""


def heard(said: Said, rows: Sequence[int], themes: Mapping[str, str]) -> Heard:
    """What `rows` of `said`, nearest first, amount to; `themes` maps statement -> its theme."""
    trouble = [said.quotes[row] for row in rows if said.kinds[row] in TROUBLE]
    praise = [said.quotes[row] for row in rows if said.kinds[row] in PRAISE]
    homes = Counter(theme for quote in trouble if (theme := themes.get(quote.statement, "")))
    most = min(homes, key=lambda theme: (-homes[theme], theme)) if homes else ""
    return Heard(_few_a_project(trouble), _few_a_project(praise), most)


@dataclass(frozen=True)
class Setting:
    """What every candidate of one kickoff is seen against."""

    brief: Project
    similar: Sequence[SimilarProject]
    everyday: frozenset[str] = frozenset()
    """Stems that so many lessons have that sharing them tells nothing."""

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(one.project for one in self.similar)


def lesson_candidate(
    lesson: Lesson, relevance: float, heard: Heard, setting: Setting, risks: Collection[Risk], source: Project | None
) -> Candidate:
    """A lesson as advice: `heard` tells who said the same, `risks` are tied to it, `source` is where it comes from."""
    echoes = [q for q in (heard.praise if lesson.positive else heard.trouble) if q.project != setting.brief.key]
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
        quotes=tuple((own[:1] + list(_few_a_project(elsewhere, 1)) + own[1:])[:QUOTES]),
        treats=frozenset({*lesson.themes, heard.theme} - {""}),
        raised=frozenset(raised - {""}),
    )


@dataclass(frozen=True)
class Discussed:
    """A theme's statements that may be quoted: per project how many, how many of them trouble, and of these a few, the
    most central first."""

    statements: Mapping[str, int]
    troubles: Mapping[str, int]
    trouble: tuple[Quote, ...]


def discussed(said: Sequence[tuple[Quote, Kind | None]]) -> Discussed:
    """`said` holds a theme's statements, the most central first."""
    trouble = [quote for quote, kind in said if kind in TROUBLE]
    return Discussed(
        Counter(quote.project for quote, _ in said),
        Counter(quote.project for quote in trouble),
        _few_a_project(trouble, 1),
    )


def theme_candidate(
    theme: Theme, relevance: float, said: Discussed, setting: Setting, risks: Collection[Risk]
) -> Candidate | None:
    """A theme as advice, for what keeps coming back without anybody having written the lesson; None where it is
    mostly praise, or no more relevant here than others."""
    own = setting.brief.key
    statements = sum(count for project, count in said.statements.items() if project != own)
    troubles = sum(count for project, count in said.troubles.items() if project != own)
    trouble = [quote for quote in said.trouble if quote.project != own]
    if relevance < RELEVANT or not trouble or troubles < TROUBLED * statements:
        return None
    raised = {quote.project for quote in trouble}
    return Candidate(
        scope=Scope.THEMES,
        source=theme.id,
        advice=f"Plan for “{theme.label}” before it comes up.",
        because=f"{len(theme.projects)} projects raised it, and no lesson says yet what to do about it.",
        relevance=relevance,
        severity=_severity(risks),
        rate=_rate(raised, setting),
        matched_words=shared_words(setting.brief.brief, theme.text, setting.everyday),
        quotes=tuple([quote for quote in trouble if quote.project in setting.keys][:QUOTES]),
        raised=frozenset(raised),
    )


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


def _few_a_project(quotes: Sequence[Quote], few: int = QUOTES) -> tuple[Quote, ...]:
    """The first `few` of each project, in the order given."""
    seen: Counter[str] = Counter()
    kept = []
    for quote in quotes:
        if seen[quote.project] < few:
            seen[quote.project] += 1
            kept.append(quote)
    return tuple(kept)
