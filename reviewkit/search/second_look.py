"""Candidates of a lexical and a vector index -> one ranking of records, after a second look at the best."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reviewkit.language.ports import Matrix
from reviewkit.search.hybrid import best_of_records, fuse
from reviewkit.search.likeness import Scores, Wordings
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
    found, near = _found(candidates), _near(vectors, candidates, depth)
    held = list(fuse(found, near))[: LOOKED_AT_FOR_TEXT if text else LOOKED_AT]
    wordings = Wordings(query, _texts_of(candidates, held))
    first = wordings.likeness()

    def lexical(likeness: Scores) -> dict[str, float]:
        read = dict(zip(held, likeness.tolist(), strict=True))
        return read if text else fuse(found, read)

    hits = dict(list(fuse(lexical(first), near).items())[:HITS])
    shares = _shares(np.array(list(hits.values())))
    moved = _moved(vectors, _directions(candidates, list(hits)), shares)
    if not text:
        at = {record: row for row, record in enumerate(held)}
        read = [(at[record], share) for record, share in zip(hits, shares, strict=True) if record in at]
        first = wordings.likeness_to_more([row for row, _ in read], np.array([share for _, share in read]))
    return list(fuse(lexical(first), _near(moved, candidates, depth)).items())


def _found(candidates: Candidates) -> dict[str, float]:
    """Record -> score of its best passage in the lexical index, of those it found."""
    scores = zip(candidates.records, candidates.lexical.tolist(), strict=True)
    return best_of_records((record, score) for record, score in scores if not math.isnan(score))


def _near(vectors: Matrix, candidates: Candidates, depth: int) -> dict[str, float]:
    """Record -> cosine of its best passage, among the `depth` nearest passages."""
    if not candidates.vectors.shape[1]:
        return {}
    cosines = (vectors @ candidates.vectors.T).max(axis=0)
    bar = np.partition(cosines, -depth)[-depth] if depth < len(cosines) else -np.inf
    return best_of_records(
        (record, cosine) for record, cosine in zip(candidates.records, cosines.tolist(), strict=True) if cosine >= bar
    )


def _texts_of(candidates: Candidates, records: Sequence[str]) -> list[list[str]]:
    """The candidates' texts by record."""
    found: dict[str, list[str]] = {record: [] for record in records}
    for record, text in zip(candidates.records, candidates.texts, strict=True):
        if record in found:
            found[record].append(text)
    return list(found.values())


def _shares(scores: Scores) -> Scores:
    """What each hit counts, 1 in sum: one standard deviation behind the first is a third of its share."""
    shares = np.exp(scores - scores.max(initial=-np.inf))
    return np.asarray(shares / max(float(shares.sum()), 1e-9))


def _directions(candidates: Candidates, records: Sequence[str]) -> Matrix:
    """(len(records), dim): the mean direction of each record's passages."""
    owners = np.array([records.index(record) if record in records else -1 for record in candidates.records])
    return _unit(np.array([candidates.vectors[owners == row].mean(axis=0) for row in range(len(records))]))


def _moved(vectors: Matrix, directions: Matrix, shares: Scores) -> Matrix:
    """The query's vectors nearer to the hits'. Rocchio (1971) for vectors, with the hits taken as relevant."""
    return _unit(vectors + FEEDBACK_SHARE * _unit(shares.astype(np.float32) @ directions))


def _unit(rows: Matrix) -> Matrix:
    lengths = np.linalg.norm(rows, axis=-1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-9), dtype=np.float32)
