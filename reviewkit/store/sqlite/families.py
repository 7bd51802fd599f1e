"""What stands packed: an entry for each passage, and for each model a vector a text and a sketch a passage."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from sqlite_utils import Database

from reviewkit.domain.ids import fingerprint, new_id
from reviewkit.language.ports import Matrix
from reviewkit.store.sqlite.codes import decoded, dimensions, sketch_kind, sketched, vector_kind
from reviewkit.store.sqlite.packed import Numbers, Rows, put_rows, remove_rows, rows_of, where

ENTRIES = "entries"
ENTRY = np.dtype([("number", "<u4"), ("facets", "<u4"), ("length", "<u2")])
"""A passage's number, the number of its facets, and how many words it has."""

STATE = "index state"
"""The mark that changes whenever passages or vectors do."""

_DECODED = 10_000
_VECTORS, _SKETCHES = "vectors of ", "sketches of "


def touch(db: Database) -> None:
    """Tells every reader that what it has in memory is of the past."""
    db.execute("INSERT OR REPLACE INTO marks (name, value) VALUES (?, ?)", [STATE, new_id()])


def vectors_family(model: str) -> str:
    return _VECTORS + model


def sketches_family(model: str) -> str:
    return _SKETCHES + model


def models(db: Database) -> dict[str, int]:
    """Model -> dimensions of its vectors, of all models that have any."""
    sql = """
        WITH RECURSIVE family (name) AS (
            SELECT min(family) FROM packed
            UNION ALL SELECT (SELECT min(family) FROM packed WHERE family > name) FROM family WHERE name IS NOT NULL
        )
        SELECT name FROM family WHERE name IS NOT NULL
    """  # from each family straight to the next: grouping would read all of the tens of thousands of chunks
    families = [family for (family,) in db.execute(sql).fetchall()]
    known = [family.removeprefix(_VECTORS) for family in families if family.startswith(_VECTORS)]
    return {model: dimensions_of(db, model) for model in known}


def dimensions_of(db: Database, model: str) -> int:
    """Dimensions of the model's vectors; 0 where it has none."""
    found = db.execute("SELECT width FROM packed WHERE family = ? LIMIT 1", [vectors_family(model)]).fetchone()
    return dimensions(found[0]) if found else 0


def vector_numbers(hashes: Iterable[str]) -> npt.NDArray[np.uint64]:
    """The numbers that the vectors of texts stand under; 60 bits, so that no two texts share one."""
    return np.array([int(fingerprint(text_hash)[:15], 16) for text_hash in hashes], dtype=np.uint64)


def vectors_of(
    db: Database, model: str, dim: int, hashes: Sequence[str], chunks: Numbers | None = None
) -> tuple[Matrix, npt.NDArray[np.bool_]]:
    """Vectors of texts, (len(hashes), dim), zeros where there is none, and which of them there are; for `chunks` see
    `rows_of`."""
    numbers = vector_numbers(hashes)
    rows = rows_of(db, vectors_family(model), vector_kind(dim), np.unique(numbers), chunks)
    place, known = where(rows["number"], numbers)
    vectors = np.zeros((len(numbers), dim), np.float32)
    held = np.flatnonzero(known)
    for start in range(0, len(held), _DECODED):  # so that no second copy of all of them is made
        some = held[start : start + _DECODED]
        vectors[some] = decoded(rows[place[some]])
    return vectors, known


def has_vectors(db: Database, model: str, hashes: Sequence[str]) -> list[bool]:
    """Whether there is a vector of each text."""
    numbers = vector_numbers(hashes)
    rows = rows_of(db, vectors_family(model), vector_kind(dimensions_of(db, model)), np.unique(numbers))
    return [bool(known) for known in where(rows["number"], numbers)[1]]


def sketch(db: Database, passages: Sequence[tuple[int, str]]) -> None:
    """Gives passages, as (number, text hash), the sketches of their texts' vectors, where these are there already."""
    numbers = np.array([number for number, _ in passages], dtype=np.uint32)
    for model, dim in models(db).items():
        vectors, known = vectors_of(db, model, dim, [text_hash for _, text_hash in passages])
        put_rows(db, sketches_family(model), sketched(numbers[known], vectors[known]))


def unsketch(db: Database, numbers: Sequence[int]) -> None:
    """Takes the sketches of passages away."""
    gone = np.array(sorted(numbers), dtype=np.uint32)
    for model, dim in models(db).items():
        remove_rows(db, sketches_family(model), sketch_kind(dim), gone)


def remove_vectors(db: Database, hashes: Sequence[str]) -> int:
    """Removes the vectors of texts, of every model; returns how many there were."""
    numbers, removed = np.unique(vector_numbers(hashes)), 0
    for model, dim in models(db).items():
        held: Rows = rows_of(db, vectors_family(model), vector_kind(dim), numbers)
        remove_rows(db, vectors_family(model), vector_kind(dim), held["number"])
        removed += len(held)
    return removed
