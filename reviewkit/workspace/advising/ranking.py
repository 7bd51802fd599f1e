"""A store's passages and a query -> records in order; what search, kickoff and `csv search` share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

import numpy as np

from reviewkit.domain.words import Scope
from reviewkit.language.passages import passages
from reviewkit.language.ports import Encoder, Matrix
from reviewkit.search.query import terms
from reviewkit.search.second_look import Candidates, rank
from reviewkit.store.port import Store
from reviewkit.store.searched import Passage, Wanted

CANDIDATES = 150
"""Passages each half brings to the fusion. With 200 a query over many takes a tenth longer, and is as good (nDCG@10 of
0.671 and 0.670 over two sets)."""

COMPARED = 50
"""Of the passages that words find, so many are compared by meaning too where meaning did not find them."""

FACETS = ("scope", "project", "area", "kind", "phase", "state")


@dataclass(frozen=True)
class Ranked:
    """A record with its relevance in standard deviations and its passages' vectors (n, dim)."""

    record: str
    relevance: float
    vectors: Matrix


class Standing(NamedTuple):
    """A record's best passage and its fused score; whether it holds any word of the query (`has_words`), and how near
    it is in meaning: a cosine, NaN where it is not among the nearest."""

    passage: Passage
    score: float
    has_words: bool
    cosine: float


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
    ) -> list[Standing]:
        """The `most` best records, best first; only what is `wanted` is ranked.

        `vectors` are those of the query's passages, where they are known already.
        """
        if not query.strip():
            return []
        wanted = wanted or Wanted(self._scopes)
        store, model = self._store, self._encoder.name
        said = store.passages.meanwhile(lambda: self._saying(query, wanted, candidates))
        vectors = self._encoder.encode(passages(query)) if vectors is None else vectors
        near = dict(store.passages.nearest(model, vectors, wanted, candidates))
        lexical, found = said()
        found |= store.passages.get(number for number in near if number not in found)
        known = {
            number: found[number]
            for number in dict.fromkeys([*near, *lexical])
            if number in found and wanted.admits(found[number])  # else changed meanwhile
        }
        keys = {number: record_key(passage) for number, passage in known.items()}
        ranked = rank(
            query,
            vectors,
            Candidates(
                records=list(keys.values()),
                texts=[passage.text for passage in known.values()],
                vectors=self._compared(list(known), near.keys() | set(list(lexical)[:COMPARED])),
                lexical=np.array([lexical.get(number, np.nan) for number in known]),
            ),
            depth=candidates,
        )
        best: dict[str, Passage] = {}
        cosines: dict[str, float] = {}
        for number, record in keys.items():
            best.setdefault(record, known[number])
            cosines.setdefault(record, near.get(number, np.nan))  # the nearest come first
        worded = {keys[number] for number in lexical if number in keys}
        return [Standing(best[record], score, record in worded, cosines[record]) for record, score in ranked[:most]]

    def _saying(self, query: str, wanted: Wanted, most: int) -> tuple[dict[int, float], dict[int, Passage]]:
        """Number -> BM25 of the passages that hold most of the query's words, and those passages.

        Their vectors are read too, and then at hand where they are asked for.
        """
        held = self._store.passages
        lexical = dict(held.lexical(terms(query), wanted, most))
        held.vectors(self._encoder.name, list(lexical)[:COMPARED])
        return lexical, held.get(lexical)

    def _compared(self, numbers: Sequence[int], compared: Collection[int]) -> Matrix:
        """Vectors of passages, (len(numbers), dim); zeros of those that are not compared."""
        rows = [row for row, number in enumerate(numbers) if number in compared]
        read = self._store.passages.vectors(self._encoder.name, [numbers[row] for row in rows])
        found = np.zeros((len(numbers), read.shape[1]), np.float32)
        found[rows] = read
        return found

    def rows(self, keep: Callable[[Passage], bool] = lambda _: True) -> tuple[list[Passage], Matrix]:
        """The passages `keep` lets through, and their vectors (n, dim)."""
        held, matrix = self._held
        rows = [row for row, passage in enumerate(held) if keep(passage)]
        if len(rows) == len(held):
            return held, matrix  # over a hundred thousand a copy takes 150 MB
        return [held[row] for row in rows], matrix[rows] if rows else matrix[:0]

    def words_meanwhile(self, text: str) -> Callable[[], object]:
        """Begins to look up the words of a long text while the caller does something else; the result is called before
        they are wanted. They are the same for every ranking of the store."""
        return self._store.passages.meanwhile(
            lambda: self._store.passages.lexical(terms(text), Wanted(self._scopes), limit=1)
        )

    def shortlist(self, text: str, vectors: Matrix, aspects: Matrix, most: int) -> list[Ranked]:
        """The records nearest to a long text, as a whole and in the one of its `aspects` (n, dim) they fit best;
        `vectors` (n, dim) are those of its passages.

        Relevance is the mean of both, each standardised over all records.
        """
        held, matrix = self._held
        if not held or not matrix.shape[1]:
            return []
        found = dict(self._all_ranked(text, vectors))
        owners, lowest = self._owners, min(found.values(), default=0.0)
        starts = [rows.start for rows in owners.values()]  # a record's passages stand together
        whole = _standardised([found.get(record, lowest) for record in owners])
        part = _standardised(np.maximum.reduceat((matrix @ aspects.T).max(axis=1), starts).tolist())
        told = zip(owners.items(), whole, part, strict=True)
        best = sorted((-(a + b) / 2, record, rows) for (record, rows), a, b in told)[:most]
        return [Ranked(held[rows.start].record, -less, matrix[rows.start : rows.stop]) for less, _, rows in best]

    def _all_ranked(self, text: str, vectors: Matrix) -> list[tuple[str, float]]:
        """`rank` over every passage, which are few and at hand: records as they are keyed in `_owners`."""
        held, matrix = self._held
        lexical = np.full(len(held), np.nan)
        for number, score in self._store.passages.lexical(terms(text), Wanted(self._scopes), len(held)):
            if (row := self._places.get(number)) is not None:  # else changed meanwhile
                lexical[row] = score
        candidates = Candidates(self._records, [passage.text for passage in held], matrix, lexical)
        return rank(text, vectors, candidates, depth=len(held))

    @cached_property
    def directions(self) -> tuple[dict[str, int], Matrix]:
        """Record -> its row in the other, which holds the mean direction of each record's passages (n, dim)."""
        held, matrix = self._held
        if not held:
            return {}, matrix
        starts = np.array([rows.start for rows in self._owners.values()])
        counts = np.diff(starts, append=len(held))[:, None]
        means = np.add.reduceat(matrix, starts, axis=0) / counts.astype(np.float32)
        lengths = np.maximum(np.linalg.norm(means, axis=1, keepdims=True), 1e-9)
        rows = {held[start].record: row for row, start in enumerate(starts.tolist())}
        return rows, np.asarray(means / lengths, dtype=np.float32)

    @cached_property
    def _records(self) -> list[str]:
        return [record_key(passage) for passage in self._held[0]]

    @cached_property
    def _owners(self) -> dict[str, range]:
        """Record key -> the rows of its passages."""
        return {
            record: range((rows := list(found))[0], rows[-1] + 1)
            for record, found in groupby(range(len(self._records)), key=self._records.__getitem__)
        }

    @cached_property
    def _places(self) -> dict[int, int]:
        """Number -> row of its passage."""
        return {number: row for row, number in enumerate(self._numbered)}

    @cached_property
    def _numbered(self) -> dict[int, Passage]:
        return {number: one for scope in self._scopes for number, one in self._store.passages.numbered(scope).items()}

    @cached_property
    def _held(self) -> tuple[list[Passage], Matrix]:
        """All passages and their vectors (n, dim): seconds over a hundred thousand, so that no single query asks."""
        held = list(self._numbered.values())
        return held, self._store.vectors.get(self._encoder.name, [passage.text_hash for passage in held])


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
