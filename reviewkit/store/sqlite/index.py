"""The search index of one moment, in memory: which passages there are, under which facets, and where they lie."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from threading import RLock
from typing import Any

import numpy as np
import numpy.typing as npt
from sqlite_utils import Database

from reviewkit.domain.words import Scope
from reviewkit.language.ports import Matrix
from reviewkit.store.rows import columns_of, from_rows
from reviewkit.store.searched import Facets, Passage, Wanted
from reviewkit.store.sqlite.codes import sketch_kind
from reviewkit.store.sqlite.families import ENTRIES, ENTRY, dimensions_of, sketches_family, vectors_family, vectors_of
from reviewkit.store.sqlite.packed import Numbers, all_rows, chunks_of, where
from reviewkit.store.sqlite.records import among, among_numbers, listed
from reviewkit.store.sqlite.sketches import Sketches
from reviewkit.store.sqlite.words import Words

FACET_BITS = 24
"""Numbers of facets index a table in memory."""

HELD = 20_000
"""So many vectors are kept in memory, 1.5 kB each, and all compared: quicker than to choose among their sketches."""

LATELY, LATELY_EACH = 8, 1_000
"""Readings, of so many rows at most, that are at hand: a query asks for its candidates more than once."""

MASKS = 16
"""Filters whose passages are remembered."""

COLUMNS = [column.name for column in columns_of(Passage)]
NAMES = listed(COLUMNS)

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Meanings:
    """One model's sketches, at which place each one's passage is, and the vectors themselves where they are few; else
    where these lie in the file."""

    dim: int
    sketches: Sketches
    places: npt.NDArray[np.intp]
    vectors: Matrix | None
    chunks: Numbers


class Index:
    """Passages as they were in one state; a place is that of a passage among their numbers, ascending."""

    def __init__(self, db: Database) -> None:
        entries = all_rows(db, ENTRIES, ENTRY)
        self.numbers = np.ascontiguousarray(entries["number"])
        self._facets = np.ascontiguousarray(entries["facets"])
        self._words = Words(self.numbers, np.ascontiguousarray(entries["length"]))
        held = db.execute("SELECT id, scope, project, review, area, kind, phase, state FROM facets").fetchall()
        self._known = [(number, Facets(Scope(scope), *rest)) for number, scope, *rest in held]
        self._allowed: dict[Wanted, Mask] = {}
        self._comparables: dict[tuple[str, Wanted], Mask] = {}
        self._meanings: dict[str, Meanings] = {}
        self._lately: dict[str, deque[tuple[Numbers, Matrix]]] = {}
        self._lately_said: deque[dict[int, Passage]] = deque(maxlen=LATELY)
        self._lock = RLock()

    @property
    def large(self) -> bool:
        """Whether a query takes long enough for two threads to be worth it."""
        return len(self.numbers) > HELD

    def lexical(self, db: Database, terms: Sequence[str], wanted: Wanted, limit: int) -> list[tuple[int, float]]:
        """(number, BM25) of passages that hold any of the terms, best first, ties by number."""
        places, scores = self._words.scores(db, terms)
        kept = self._admitted(db, wanted)[places]
        return _best(self.numbers[places[kept]], scores[kept], limit)

    def nearest(self, db: Database, model: str, query: Matrix, wanted: Wanted, limit: int) -> list[tuple[int, float]]:
        """(number, cosine) of the passages nearest to any row of `query` (n, dim), best first, ties by number."""
        meanings = self._meanings_of(db, model)
        allowed = self._comparable(db, model, meanings, wanted)
        if meanings.vectors is not None:
            near = np.flatnonzero(allowed)
            vectors = meanings.vectors if len(near) == len(allowed) else meanings.vectors[near]
        else:
            near = meanings.sketches.near(query, allowed, limit)
            vectors = self._read_vectors(db, model, meanings, meanings.sketches.numbers[near])
        if not len(near):
            return []
        return _best(meanings.sketches.numbers[near], (query @ vectors.T).max(axis=0), limit)

    def vectors(self, db: Database, model: str, numbers: Sequence[int]) -> Matrix:
        """Vectors of passages, (len(numbers), dim); zeros where there is none."""
        meanings, wanted = self._meanings_of(db, model), np.array(numbers, dtype=np.uint32)
        if meanings.vectors is None:
            return self._read_vectors(db, model, meanings, wanted)
        found = np.zeros((len(wanted), meanings.dim), np.float32)
        place, known = where(meanings.sketches.numbers, wanted)
        found[known] = meanings.vectors[place[known]]
        return found

    def passages(self, db: Database, numbers: Iterable[int]) -> dict[int, Passage]:
        """Number -> passage; what was read just before, by any thread, is at hand."""
        with self._lock:
            at_hand = list(self._lately_said)
        wanted = set(numbers)
        found = {number: held[number] for held in at_hand for number in wanted & held.keys()}
        if missing := wanted - found.keys():
            read = passages_at(db, missing)
            if len(read) <= LATELY_EACH:
                with self._lock:
                    self._lately_said.append(read)
            found |= read
        return found

    def without_vector(self, db: Database, model: str) -> npt.NDArray[np.uint32]:
        """Numbers of the passages without a vector of the model."""
        missing = np.ones(len(self.numbers), np.bool_)
        missing[self._meanings_of(db, model).places] = False
        return self.numbers[missing]

    def _admitted(self, db: Database, wanted: Wanted) -> Mask:
        """Of every passage, whether it may be found."""
        with self._lock:
            if wanted not in self._allowed:
                table = np.zeros(2**FACET_BITS, np.bool_)
                table[[number for number, facets in self._known if wanted.admits(facets)]] = True
                if len(self._allowed) >= MASKS:
                    self._allowed.clear()
                admitted = table[self._facets]
                if wanted.records is not None:
                    condition, values = among("record", wanted.records)
                    scopes, of_scopes = among("scope", wanted.scopes)
                    sql = f"SELECT number FROM passages WHERE {scopes} AND {condition}"
                    found = db.execute(sql, [*of_scopes, *values]).fetchall()
                    admitted &= np.isin(self.numbers, np.array([number for (number,) in found], dtype=np.uint32))
                self._allowed[wanted] = admitted
            return self._allowed[wanted]

    def _comparable(self, db: Database, model: str, meanings: Meanings, wanted: Wanted) -> Mask:
        """Of every passage that has a vector of the model, whether it may be found."""
        allowed = self._admitted(db, wanted)
        if len(meanings.places) == len(allowed):
            return allowed
        with self._lock:
            known = self._comparables.get((model, wanted))
            if known is None:
                if len(self._comparables) >= MASKS:
                    self._comparables.clear()
                known = self._comparables[model, wanted] = allowed[meanings.places]
            return known

    def _read_vectors(self, db: Database, model: str, meanings: Meanings, numbers: Numbers) -> Matrix:
        """Those of passages (len(numbers), meanings.dim); what was read just before, by any thread, is at hand."""
        with self._lock:
            lately = self._lately.setdefault(model, deque(maxlen=LATELY))
            at_hand = list(lately)
        found, missing = np.empty((len(numbers), meanings.dim), np.float32), np.ones(len(numbers), np.bool_)
        for held, rows in at_hand:
            place, known = where(held, numbers)
            found[known] = rows[place[known]]
            missing[known] = False
        if missing.any():
            read = np.unique(numbers[missing])
            said = self.passages(db, read.tolist())
            hashes = [said[number].text_hash if number in said else "" for number in read.tolist()]
            rows, _ = vectors_of(db, model, meanings.dim, hashes, meanings.chunks)  # zeros where one went meanwhile
            found[missing] = rows[where(read, numbers[missing])[0]]
            with self._lock:
                lately.append((read, rows))
        return found

    def _meanings_of(self, db: Database, model: str) -> Meanings:
        with self._lock:
            if model not in self._meanings:
                self._meanings[model] = self._read(db, model)
            return self._meanings[model]

    def _read(self, db: Database, model: str) -> Meanings:
        dim = dimensions_of(db, model)
        rows = all_rows(db, sketches_family(model), sketch_kind(dim))
        place, known = where(self.numbers, rows["number"])
        sketches = Sketches(rows if known.all() else rows[known])
        few = len(sketches.numbers) <= HELD
        vectors = _vectors(db, model, dim, sketches.numbers) if few else None
        return Meanings(dim, sketches, place[known], vectors, chunks_of(db, vectors_family(model)))


def passages_at(db: Database, numbers: Iterable[int]) -> dict[int, Passage]:
    """Number -> passage, of those that there are."""
    condition, values = among_numbers("number", numbers)
    rows = db.execute(f"SELECT {NAMES}, number FROM passages WHERE {condition}", values).fetchall()
    return {row[-1]: passage for row, passage in zip(rows, from_rows(Passage, rows), strict=True)}


def _vectors(db: Database, model: str, dim: int, numbers: Numbers) -> Matrix:
    """(len(numbers), dim); zeros where the passage went meanwhile."""
    condition, values = among_numbers("number", numbers.tolist())
    hashes = dict(db.execute(f"SELECT number, text_hash FROM passages WHERE {condition}", values).fetchall())
    return vectors_of(db, model, dim, [hashes.get(number, "") for number in numbers.tolist()])[0]


def _best(numbers: npt.NDArray[np.uint32], scores: npt.NDArray[Any], limit: int) -> list[tuple[int, float]]:
    """The `limit` best as (number, score), ties by number."""
    if limit < len(scores):
        bar = np.partition(scores, len(scores) - limit)[len(scores) - limit]
        kept = np.flatnonzero(scores >= bar)
        numbers, scores = numbers[kept], scores[kept]
    order = np.lexsort((numbers, -scores))[:limit]
    return list(zip(numbers[order].tolist(), scores[order].astype(np.float64).tolist(), strict=True))
