"""A store's passages and a query -> records in order; what search, kickoff and `csv search` share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from reviewkit.domain.words import Scope
from reviewkit.language.passages import passages
from reviewkit.language.ports import Encoder, Matrix
from reviewkit.search.hybrid import fuse, nearest
from reviewkit.search.likeness import likeness
from reviewkit.search.query import is_long, is_text, terms
from reviewkit.store.port import Passage, Store

CANDIDATES = 400
"""Passages each half brings to the fusion."""

INDEX_STATE = "index state"
"""The mark that changes whenever passages or vectors do."""

FACETS = ("scope", "project", "area", "kind", "phase", "state")


@dataclass(frozen=True)
class Ranked:
    """A record with its relevance in standard deviations and its passages' vectors (n, dim)."""

    record: str
    relevance: float
    vectors: Matrix


class Ranking:
    """Some scopes' passages with their vectors, ready to be asked. Vectors not derived yet count as unrelated."""

    def __init__(self, store: Store, encoder: Encoder, scopes: Sequence[Scope]) -> None:
        self._store, self._encoder, self._scopes = store, encoder, tuple(scopes)
        self._passages = [passage for scope in self._scopes for passage in store.passages.of(scope)]
        self._matrix = store.vectors.get(encoder.name, [passage.text_hash for passage in self._passages])

    def rank(
        self, query: str, *, keep: Callable[[Passage], bool] = lambda _: True, candidates: int = CANDIDATES
    ) -> list[tuple[Passage, float]]:
        """Each record's best passage and its fused score, best first; records `keep` refuses are not ranked."""
        rows = [row for row, passage in enumerate(self._passages) if keep(passage)]
        if not rows or not query.strip():
            return []
        kept = [self._passages[row] for row in rows]
        matrix = self._matrix if len(rows) == len(self._passages) else self._matrix[rows]
        semantic = self._semantic(query, matrix, candidates)
        found = self._store.passages.lexical(terms(query), self._scopes, candidates)
        lexical = [(passage, score) for passage, score in found if keep(passage)]
        if is_text(query):
            held = [passage for passage, _ in lexical[:CANDIDATES]]
            lexical = list(zip(held, likeness(query, [passage.text for passage in held]), strict=True))
        best: dict[str, Passage] = {}
        for passage in (*(kept[row] for row, _ in semantic), *(passage for passage, _ in lexical)):
            best.setdefault(record_key(passage), passage)
        ranked = fuse(
            [(record_key(passage), score) for passage, score in lexical],
            [(record_key(kept[row]), score) for row, score in semantic],
            long=is_long(query),
        )
        return [(best[key], score) for key, score in ranked]

    def rows(self, keep: Callable[[Passage], bool] = lambda _: True) -> tuple[list[Passage], Matrix]:
        """The passages `keep` lets through, and their vectors (n, dim)."""
        rows = [row for row, passage in enumerate(self._passages) if keep(passage)]
        return [self._passages[row] for row in rows], self._matrix[rows] if rows else self._matrix[:0]

    def shortlist(self, text: str, aspects: Matrix, most: int) -> list[Ranked]:
        """The records nearest to a long text, as a whole and in the one of its `aspects` (n, dim) they fit best.

        Relevance is the mean of both, each standardised over all records.
        """
        owners: dict[str, list[int]] = {}
        for row, passage in enumerate(self._passages):
            owners.setdefault(passage.record, []).append(row)
        if not owners or not self._matrix.shape[1]:
            return []
        nearest_aspect = (self._matrix @ aspects.T).max(axis=1)
        fused = {passage.record: score for passage, score in self.rank(text, candidates=len(self._passages))}
        lowest = min(fused.values(), default=0.0)
        whole = _standardised([fused.get(record, lowest) for record in owners])
        part = _standardised([float(nearest_aspect[rows].max()) for rows in owners.values()])
        found = [
            Ranked(record, (a + b) / 2, self._matrix[rows])
            for (record, rows), a, b in zip(owners.items(), whole, part, strict=True)
        ]
        return sorted(found, key=lambda one: (-one.relevance, one.record))[:most]

    def _semantic(self, query: str, matrix: Matrix, candidates: int) -> list[tuple[int, float]]:
        if not matrix.shape[1]:
            return []
        return nearest(self._encoder.encode(passages(query)), matrix, candidates)


def query_vector(encoder: Encoder, query: str) -> Matrix:
    """One unit vector (dim,) for a query of any length: the mean direction of its passages."""
    mean = encoder.encode(passages(query)).mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)


def record_key(passage: Passage) -> str:
    """Names a record across scopes."""
    return f"{passage.scope}/{passage.record}"


def facets_of(passage: Passage) -> dict[str, str]:
    """Facet name -> the passage's value."""
    return {name: str(getattr(passage, name)) for name in FACETS}


def matching(filters: Mapping[str, str]) -> Callable[[Passage], bool]:
    """A test of whether a passage has all of `filters`' values; facet names as in FACETS."""
    return lambda passage: all(str(getattr(passage, name)) == value for name, value in filters.items())


def _standardised(values: Sequence[float]) -> list[float]:
    scores = np.asarray(values, dtype=np.float64)
    spread = float(scores.std())
    return ((scores - scores.mean()) / spread).tolist() if spread > 1e-9 else [0.0] * len(values)
