"""The store's contract for what search reads: passages, filters, and vectors."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from reviewkit.domain.words import Scope
from reviewkit.language.ports import Matrix

T = TypeVar("T")


@dataclass(frozen=True)
class Facets:
    """What a passage can be filtered by."""

    scope: Scope
    project: str = ""
    review: str = ""
    area: str = ""
    kind: str = ""
    phase: str = ""
    state: str = ""


@dataclass(frozen=True)
class Passage:
    """A piece of a record that search reads; `digest` is that of the whole record's text and facets.

    A short record is one passage; a long one is several, numbered from 0.
    """

    scope: Scope
    record: str
    position: int
    text: str
    text_hash: str
    digest: str
    project: str = ""
    review: str = ""
    area: str = ""
    kind: str = ""
    phase: str = ""
    state: str = ""
    dated: date | None = None

    @property
    def facets(self) -> Facets:
        return Facets(self.scope, self.project, self.review, self.area, self.kind, self.phase, self.state)


@dataclass(frozen=True)
class Wanted:
    """Which passages may be found: those of `scopes` that have every facet in `equal`, as (name, value) pairs.

    Of statements only those of `reviews`, where that is given; of all only those whose id is among `records`.
    """

    scopes: tuple[Scope, ...]
    equal: tuple[tuple[str, str], ...] = ()
    reviews: frozenset[str] | None = None
    records: frozenset[str] | None = None

    def admits(self, facets: Facets | Passage) -> bool:
        """Whether a passage may be found, or one of these facets may; these do not tell of which record it is."""
        if facets.scope not in self.scopes:
            return False
        if self.reviews is not None and facets.scope is Scope.STATEMENTS and facets.review not in self.reviews:
            return False
        if self.records is not None and isinstance(facets, Passage) and facets.record not in self.records:
            return False
        return not self.equal or all(str(getattr(facets, name)) == value for name, value in self.equal)


class Passages(Protocol):
    """What search reads, each known by a number, with indexes of words and meaning that are never behind the rows."""

    def state(self) -> str:
        """Changes whenever passages or vectors do, and with nothing else."""
        ...

    def replace(self, scope: Scope, record: str, passages: Sequence[Passage]) -> None:
        """Makes `passages` the only ones of the record; none removes it from search."""
        ...

    def replace_many(self, scope: Scope, changes: Mapping[str, Sequence[Passage]]) -> None:
        """`replace` for each record, much quicker than one after the other."""
        ...

    def digests(self, scope: Scope) -> dict[str, str]:
        """Record id -> digest of what is indexed of it."""
        ...

    def of(self, scope: Scope, records: Iterable[str] | None = None) -> list[Passage]:
        """Passages of a scope (of some of its records), ordered by record and position."""
        ...

    def numbered(self, scope: Scope) -> dict[int, Passage]:
        """Number -> passage of all of a scope, ordered by record and position."""
        ...

    def get(self, numbers: Iterable[int]) -> dict[int, Passage]:
        """Number -> passage; those that are not there are left out."""
        ...

    def records(self, numbers: Iterable[int]) -> dict[int, str]:
        """Number -> “scope/id” of the record that the passage is of; those that are not there are left out."""
        ...

    def lexical(self, terms: Sequence[str], wanted: Wanted, limit: int) -> list[tuple[int, float]]:
        """(number, score) of passages holding any of `terms` (plain words, never query syntax), best first.

        A higher score is better.
        """
        ...

    def meanwhile(self, reading: Callable[[], T]) -> Callable[[], T]:
        """`reading`, which only reads, begun while the caller does something else where that is quicker.

        What it returns, or raises, is got by calling.
        """
        ...

    def nearest(self, model: str, query: Matrix, wanted: Wanted, limit: int) -> list[tuple[int, float]]:
        """(number, cosine) of the passages whose vectors of `model` are nearest to any row of `query` (n, dim).

        Best first. Over many passages the nearest few are found with near certainty, those far down not all.
        """
        ...

    def vectors(self, model: str, numbers: Sequence[int]) -> Matrix:
        """Array (len(numbers), dim) of the passages' vectors of `model`; a row of zeros where there is none.

        Cheaper than `Vectors.get` for passages that `nearest` has just found.
        """
        ...

    def unembedded(self, model: str, limit: int) -> list[tuple[str, str]]:
        """(text hash, text) of passages without a vector of `model`, each hash once."""
        ...


class Vectors(Protocol):
    """Vectors keyed by text hash and model, all of a model of the same dimensions.

    What is got is as long as what was put, and so near to it that for unit vectors the cosine is over 0.9999.
    """

    def put(self, model: str, hashes: Sequence[str], rows: Matrix) -> None:
        """Stores row i under hashes[i]; one already there is left."""
        ...

    def get(self, model: str, hashes: Sequence[str]) -> Matrix:
        """Array (len(hashes), dim), float32; a row of zeros where there is none. (0, 0) for no hashes."""
        ...

    def held(self, model: str, hashes: Sequence[str]) -> list[bool]:
        """Whether there is a vector of each."""
        ...

    def prune(self) -> int:
        """Removes vectors that no passage needs; returns how many."""
        ...
