"""A store's passages and a query -> records in order; what search, kickoff and `csv search` share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter

import numpy as np

from reviewkit.domain.words import Scope
from reviewkit.language.passages import passages
from reviewkit.language.ports import Encoder, Matrix
from reviewkit.search.query import terms
from reviewkit.search.second_look import Candidates, rank
from reviewkit.store.port import Store
from reviewkit.store.searched import Passage, Wanted

CANDIDATES = 200
"""Passages each half brings to the fusion."""

FACETS = ("scope", "project", "area", "kind", "phase", "state")


@dataclass(frozen=True)
class Ranked:
    """A record with its relevance in standard deviations and its passages' vectors (n, dim)."""

    record: str
    relevance: float
    vectors: Matrix


class Ranking:
    """Some scopes' passages, ready to be asked. Vectors not derived yet count as unrelated."""

    def __init__(self, store: Store, encoder: Encoder, scopes: Sequence[Scope]) -> None:
        self._store, self._encoder, self._scopes = store, encoder, tuple(scopes)

    def rank(
        self,
        query: str,
        *,
        wanted: Wanted | None = None,
        most: int | None = None,
        candidates: int = CANDIDATES,
        vectors: Matrix | None = None,
    ) -> list[tuple[Passage, float]]:
        """Each record's best passage and its fused score, the `most` best; only what is `wanted` is ranked.

        `vectors` are those of the query's passages, where they are known already.
        """
        if not query.strip():
            return []
        wanted = wanted or Wanted(self._scopes)
        store, model = self._store, self._encoder.name
        said = store.passages.lexical_meanwhile(terms(query), wanted, candidates)
        vectors = self._encoder.encode(passages(query)) if vectors is None else vectors
        near = [number for number, _ in store.passages.nearest(model, vectors, wanted, candidates)]
        lexical = dict(said())
        found = store.passages.get({*near, *lexical})
        known = {
            number: found[number]
            for number in dict.fromkeys([*near, *lexical])
            if number in found and wanted.admits(found[number].facets)  # else changed meanwhile
        }
        ranked = rank(
            query,
            vectors,
            Candidates(
                records=[record_key(passage) for passage in known.values()],
                texts=[passage.text for passage in known.values()],
                vectors=store.passages.vectors(model, list(known)),
                lexical=np.array([lexical.get(number, np.nan) for number in known]),
            ),
            depth=candidates,
        )
        best: dict[str, Passage] = {}
        for passage in known.values():
            best.setdefault(record_key(passage), passage)
        return [(best[record], score) for record, score in ranked[:most]]

    def rows(self, keep: Callable[[Passage], bool] = lambda _: True) -> tuple[list[Passage], Matrix]:
        """The passages `keep` lets through, and their vectors (n, dim)."""
        held, matrix = self._held
        rows = [row for row, passage in enumerate(held) if keep(passage)]
        return [held[row] for row in rows], matrix[rows] if rows else matrix[:0]

    def shortlist(self, text: str, vectors: Matrix, aspects: Matrix, most: int) -> list[Ranked]:
        """The records nearest to a long text, as a whole and in the one of its `aspects` (n, dim) they fit best;
        `vectors` (n, dim) are those of its passages.

        Relevance is the mean of both, each standardised over all records.
        """
        held, matrix = self._held
        owners: dict[str, list[int]] = {}
        for row, passage in enumerate(held):
            owners.setdefault(passage.record, []).append(row)
        if not owners or not matrix.shape[1]:
            return []
        nearest_aspect = (matrix @ aspects.T).max(axis=1)
        fused = {passage.record: score for passage, score in self.rank(text, candidates=len(held), vectors=vectors)}
        lowest = min(fused.values(), default=0.0)
        whole = _standardised([fused.get(record, lowest) for record in owners])
        part = _standardised([float(nearest_aspect[rows].max()) for rows in owners.values()])
        found = [
            Ranked(record, (a + b) / 2, matrix[rows])
            for (record, rows), a, b in zip(owners.items(), whole, part, strict=True)
        ]
        return sorted(found, key=lambda one: (-one.relevance, one.record))[:most]

    @cached_property
    def _held(self) -> tuple[list[Passage], Matrix]:
        """All passages and their vectors (n, dim): seconds over a hundred thousand, so that no single query asks."""
        held = [passage for scope in self._scopes for passage in self._store.passages.of(scope)]
        return held, self._store.vectors.get(self._encoder.name, [passage.text_hash for passage in held])


def query_vector(encoder: Encoder, query: str) -> Matrix:
    """One unit vector (dim,) for a query of any length: the mean direction of its passages."""
    return direction(encoder.encode(passages(query)))


def direction(rows: Matrix) -> Matrix:
    """The mean direction of vectors (n, dim), as one of unit length (dim,)."""
    mean = rows.mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), dtype=np.float32)


def record_key(passage: Passage) -> str:
    """Names a record across scopes."""
    return f"{passage.scope}/{passage.record}"


def facets_of(passages: Sequence[Passage]) -> dict[str, list[str]]:
    """Facet name -> each passage's value."""
    return {name: list(map(str, map(attrgetter(name), passages))) for name in FACETS}


def _standardised(values: Sequence[float]) -> list[float]:
    scores = np.asarray(values, dtype=np.float64)
    spread = float(scores.std())
    return ((scores - scores.mean()) / spread).tolist() if spread > 1e-9 else [0.0] * len(values)
