"""Search: one box over lessons, statements, risks and themes, with facets and marked words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from reviewkit.domain.errors import Invalid
from reviewkit.domain.privacy import whole_fives
from reviewkit.domain.words import Confidence, Scope
from reviewkit.search.facets import count_facets
from reviewkit.search.marks import excerpt, marks
from reviewkit.search.nearness import nearness
from reviewkit.store.searched import Passage, Wanted
from reviewkit.workspace.advising.ranking import FACETS, Ranking, Standing, facets_of
from reviewkit.workspace.context import Context
from reviewkit.workspace.visibility import visible_reviews

SCOPES = (Scope.LESSONS, Scope.STATEMENTS, Scope.RISKS, Scope.THEMES)
MAX_QUERY = 20_000
UNTOLD = frozenset({"kind", "area"})
"""Facets that statements have and search does not tell."""

POOL = 200
"""Hits that are counted for facets; beyond them nobody reads."""


@dataclass(frozen=True)
class Hit:
    """One record found. `marks` are (start, end) offsets into `text` of words that answer the query.

    Of a statement `dated` is the first day of its month. `has_words` says that it holds words of the query, `nearness`
    how surely it means the same.
    """

    scope: Scope
    id: str
    title: str
    text: str
    marks: tuple[tuple[int, int], ...]
    score: float
    project: str
    area: str
    kind: str
    phase: str
    state: str
    dated: date | None
    has_words: bool
    nearness: Confidence | None

    @property
    def answers(self) -> bool:
        """Whether it answers the query, by its words or by its meaning; else it is merely less far off than others."""
        return self.has_words or self.nearness is not None


@dataclass(frozen=True)
class SearchResult:
    """Hits, best first; `facets` counts name -> (value, hits) over all found, not only those returned."""

    query: str
    hits: tuple[Hit, ...]
    total: int
    facets: dict[str, list[tuple[str, int]]]


class Search:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._rankings: dict[tuple[Scope, ...], tuple[str, Ranking]] = {}
        self._visible: tuple[int, frozenset[str]] | None = None

    def __call__(
        self,
        query: str,
        *,
        scopes: Sequence[Scope] = SCOPES,
        limit: int = 10,
        filters: Mapping[str, str] | None = None,
        among: Collection[str] | None = None,
    ) -> SearchResult:
        """Records in the order in which they answer `query`, which may be a word or a pasted page.

        Something is always the nearest: each hit says whether it `answers` at all.

        Statements of reviews too small to be shown are not found. A statement's kind and area are neither told nor
        filtered by: of few people they would be a view that the review's own page withholds.

        Args:
            filters: facet name (project, area, kind, phase, state) -> the value wanted.
            among: ids of the only records wanted; None for all.

        Raises:
            Invalid: for an unknown facet.
        """
        filters = {name: value for name, value in (filters or {}).items() if value}
        if unknown := next((name for name in filters if name not in FACETS), None):
            raise Invalid(f"There is no filter “{unknown}”; there are: {', '.join(FACETS)}.", field=unknown)
        query = query.strip()[:MAX_QUERY]
        if not any(map(str.isalnum, query)):
            return SearchResult(query, (), 0, {})  # signs alone are like everything, and about nothing
        if filters.keys() & UNTOLD:
            scopes = [scope for scope in scopes if scope is not Scope.STATEMENTS]
        records = None if among is None else frozenset(among)
        wanted = Wanted(tuple(scopes), tuple(sorted(filters.items())), self.shown(), records)
        ranked = Ranking(self._context.store, self._context.engines.encoder, scopes).rank(
            query, wanted=wanted, most=POOL
        )
        words = nearness([one.cosine for one in ranked], limit)
        hits = tuple(self._hit(query, one, near) for one, near in zip(ranked[:limit], words, strict=True))
        return SearchResult(query, hits, len(ranked), _counted([one.passage for one in ranked]))

    def ranking(self, scopes: Sequence[Scope]) -> Ranking:
        """The ranking over `scopes`, made anew when the index has changed."""
        key, state = tuple(scopes), self._context.store.passages.state()
        known = self._rankings.get(key)
        if known is None or known[0] != state:
            known = (state, Ranking(self._context.store, self._context.engines.encoder, key))
            self._rankings[key] = known
        return known[1]

    def shown(self) -> frozenset[str]:
        """The reviews whose statements may be found, counted anew when anything was committed."""
        revision = self._context.store.revision()
        if self._visible is None or self._visible[0] != revision:
            self._visible = (revision, visible_reviews(self._context.store))
        return self._visible[1]

    def _hit(self, query: str, found: Standing, nearness: Confidence | None) -> Hit:
        passage = _as_told(found.passage)
        begin, end = excerpt(query, passage.text)
        text = passage.text[begin:end]
        return Hit(
            scope=passage.scope,
            id=passage.record,
            title=self._title(passage),
            text=text,
            marks=tuple(marks(query, text)),
            score=found.score,
            project=passage.project,
            area=passage.area,
            kind=passage.kind,
            phase=passage.phase,
            state=passage.state,
            dated=passage.dated,
            has_words=found.has_words,
            nearness=nearness,
        )

    def _title(self, passage: Passage) -> str:
        store = self._context.store
        if passage.scope is Scope.LESSONS:
            lesson = store.lessons.find(passage.record)
            return lesson.title if lesson else ""
        if passage.scope is Scope.RISKS:
            risk = store.risks.find(passage.record)
            return f"{risk.project} {risk.ref}: {risk.title}" if risk else ""
        if passage.scope is Scope.THEMES:
            theme = store.themes.find(passage.record)
            return theme.label if theme else ""
        return ""


def _as_told(passage: Passage) -> Passage:
    """The passage with what search may tell of it."""
    if passage.scope is not Scope.STATEMENTS:
        return passage
    return replace(passage, kind="", area="", dated=passage.dated and passage.dated.replace(day=1))


def _counted(found: Sequence[Passage]) -> dict[str, list[tuple[str, int]]]:
    """Facets of all that was found; statements are counted in whole fives, since few may be what one person wrote.

    What is told of a statement holds for all of its review, which five people answered; what one person's words are
    told to be, their kind and area, is not counted at all.
    """
    others = count_facets(facets_of([passage for passage in found if passage.scope is not Scope.STATEMENTS]))
    statements = facets_of([passage for passage in found if passage.scope is Scope.STATEMENTS])
    said = count_facets({facet: values for facet, values in statements.items() if facet not in UNTOLD})
    counts: dict[str, Counter[str]] = {}
    for facet, values in (*others.items(), *((f, [(v, whole_fives(n)) for v, n in vs]) for f, vs in said.items())):
        counts.setdefault(facet, Counter()).update(dict(values))
    return {
        facet: sorted(((value, n) for value, n in counter.items() if n), key=lambda pair: (-pair[1], pair[0]))
        for facet, counter in sorted(counts.items())
        if any(counter.values())
    }
