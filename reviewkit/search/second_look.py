"""Candidates of a lexical and a vector index -> one ranking of records, after a second look at the best."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reviewkit.language.ports import Matrix
from reviewkit.search.hybrid import Scores, best_of_records, fuse, ordered
from reviewkit.search.likeness import Wordings
from reviewkit.search.query import is_text

LOOKED_AT = 200
"""Records whose words are read at the second look; more change little."""

LOOKED_AT_FOR_TEXT = 400
"""The same for a text, whose many words need more records to tell which of them are rare."""

HITS = 5
"""First hits that a query learns from; three and ten did as well."""

FEEDBACK_SHARE = 0.5
"""How far a query's vectors move towards the first hits, the query's own share being 1."""


@dataclass(frozen=True)
class Candidates:
    """Passages that either index found; row i of each field is passage i's.

    `vectors` is (n, dim), unit rows, zeros where there is none yet; `lexical` the lexical index's score, higher better,
    NaN where that index did not find the passage.
    """

    records: Sequence[str]
    texts: Sequence[str]
    vectors: Matrix
    lexical: Scores


def rank(query: str, vectors: Matrix, candidates: Candidates, *, depth: int) -> list[tuple[str, float]]:
    """(record, score) of the candidates, best first; `vectors` (passages, dim) are those of the query's passages.

    A record counts with its best passage. The first look adds what the two indexes say, each standardised. The second
    reads the best records' words in full (`likeness`) and learns from the first hits: the query moves towards them, and
    a query short of words takes some of theirs. A text of its own has words enough; there the words of strangers only
    dilute, and the lexical index, which counts each word once, is not asked again.

    `depth` is how many passages count as near at all; what is farther counts as far as the last of them.
    """
    if not candidates.records:
        return []
    text = is_text(query)
    names, owners = np.unique(np.array(candidates.records), return_inverse=True)  # by name, and so are ties
    found = best_of_records(owners, candidates.lexical, len(names))

    def near(to: Matrix) -> Scores:
        return best_of_records(owners, _near(to, candidates, depth), len(names))

    held = ordered(fuse(found, near(vectors)))[: LOOKED_AT_FOR_TEXT if text else LOOKED_AT]
    wordings = Wordings(query, _texts_of(candidates, owners, held))

    def lexical(likeness: Scores) -> Scores:
        read = np.full(len(names), np.nan)
        read[held] = likeness
        return read if text else fuse(found, read)

    likeness = wordings.likeness()
    first = fuse(lexical(likeness), near(vectors))
    hits = ordered(first)[:HITS]
    shares = _shares(first[hits])
    moved = _moved(vectors, _directions(candidates, owners, hits), shares)
    if not text:
        at = {record: row for row, record in enumerate(held.tolist())}
        read = [(at[record], share) for record, share in zip(hits.tolist(), shares, strict=True) if record in at]
        likeness = wordings.likeness_to_more([row for row, _ in read], np.array([share for _, share in read]))
    last = fuse(lexical(likeness), near(moved))
    best = ordered(last)
    return list(zip(names[best].tolist(), last[best].tolist(), strict=True))


def _near(vectors: Matrix, candidates: Candidates, depth: int) -> Scores:
    """(passages,): the cosine of each of the `depth` nearest, NaN of the others."""
    if not candidates.vectors.shape[1]:
        return np.full(len(candidates.records), np.nan)
    cosines: Scores = (vectors @ candidates.vectors.T).max(axis=0).astype(np.float64)
    if depth < len(cosines):
        cosines[cosines < np.partition(cosines, -depth)[-depth]] = np.nan
    return cosines


def _texts_of(candidates: Candidates, owners: NDArray[np.intp], records: NDArray[np.intp]) -> list[list[str]]:
    """The candidates' texts by record."""
    found: dict[int, list[str]] = {record: [] for record in records.tolist()}
    for record, text in zip(owners.tolist(), candidates.texts, strict=True):
        if record in found:
            found[record].append(text)
    return list(found.values())


def _shares(scores: Scores) -> Scores:
    """What each hit counts, 1 in sum: one standard deviation behind the first is a third of its share."""
    shares = np.exp(scores - scores.max(initial=-np.inf))
    return np.asarray(shares / max(float(shares.sum()), 1e-9))


def _directions(candidates: Candidates, owners: NDArray[np.intp], records: NDArray[np.intp]) -> Matrix:
    """(len(records), dim): the mean direction of each record's passages."""
    return _unit(np.array([candidates.vectors[owners == record].mean(axis=0) for record in records]))


def _moved(vectors: Matrix, directions: Matrix, shares: Scores) -> Matrix:
    """The query's vectors nearer to the hits'. Rocchio (1971) for vectors, with the hits taken as relevant.

    Where no vector of the model was derived yet, `directions` have no dimension, and nothing is learned of them.
    """
    if not directions.shape[1]:
        return vectors
    return _unit(vectors + FEEDBACK_SHARE * _unit(shares.astype(np.float32) @ directions))


def _unit(rows: Matrix) -> Matrix:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float32)
