"""What reviews said -> who said the same as a lesson or speaks of a theme, worked out once for many kickoffs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reviewkit.domain.kickoffs import Quote
from reviewkit.domain.words import Kind, Scope
from reviewkit.kickoff.candidates import Discussed, Heard, Said, discussed, heard
from reviewkit.language.ports import Encoder, Matrix
from reviewkit.store.port import Store
from reviewkit.workspace.advising.ranking import Ranking


class Hearing:
    """All statements of some reviews, as they stand when it is made; none is left out for a project of its own."""

    def __init__(self, store: Store, encoder: Encoder, visible: frozenset[str]) -> None:
        passages, vectors = Ranking(store, encoder, (Scope.STATEMENTS,)).rows(lambda one: one.review in visible)
        quotes = [Quote(one.record, one.text, one.project, one.review) for one in passages]
        self._said = Said(quotes, [Kind(one.kind) if one.kind else None for one in passages], vectors)
        place = {quote.statement: row for row, quote in enumerate(quotes)}
        members = [one for one in store.memberships.all() if one.theme and one.statement in place]
        self._themes = {one.statement: one.theme for one in members}
        said: dict[str, list[tuple[Quote, Kind | None]]] = {}
        for one in sorted(members, key=lambda one: (-one.centrality, one.statement)):
            row = place[one.statement]
            said.setdefault(one.theme, []).append((quotes[row], self._said.kinds[row]))
        self.themes: Mapping[str, Discussed] = {theme: discussed(found) for theme, found in said.items()}
        self._heard: dict[str, Heard] = {}

    def of_lessons(self, lessons: Mapping[str, Matrix]) -> Mapping[str, Heard]:
        """`lessons` maps id -> the vectors of its passages (n, dim)."""
        new = [lesson for lesson in lessons if lesson not in self._heard]
        found: Sequence[Sequence[int]] = self._said.alike([lessons[lesson] for lesson in new])
        for lesson, rows in zip(new, found, strict=True):
            self._heard[lesson] = heard(self._said, rows, self._themes)
        return {lesson: self._heard[lesson] for lesson in lessons}
