"""Statement texts and vectors -> kinds: a logistic head over vector, words, spelling and grammar cues; numpy only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reviewkit.domain.words import Kind
from reviewkit.language.cues import cues_of, hashed_spelling, hashed_words, says_nothing
from reviewkit.language.files import model_file
from reviewkit.language.ports import Matrix

KINDS = (Kind.POSITIVE, Kind.PROBLEM, Kind.SUGGESTION, Kind.NEUTRAL)
"""In the order of the head's columns."""

CUE_SCALE, WORD_SCALE, SPELLING_SCALE, VECTOR_SCALE, NEAR_SCALE = 1.5, 2.0, 2.0, 2.0, 4.0
"""How much each part weighs before training: with one penalty on all weights, their shares."""

ABSTAINS_BELOW = 0.75
"""A writer who abstains (“I cannot judge this”) is neutral, unless the head is surer than so of something else."""

EXPECTED_ODDS = 20.0
"""How much a question that expects a kind (“What went well?”) raises that kind's odds. In reviews nine in ten answers
to such a question are of its kind, so that only clear wording speaks against it."""


@dataclass(frozen=True)
class Head:
    """Trained weights, a column to each of `KINDS`.

    Rows of `cues` are the cues, their two lengths and the bias; of `words` and `spelling` the buckets; of `vector` the
    encoder's dimensions; of `near` the `landmarks` (m, dim), unit vectors among which a statement's place is read, so
    that what lies between kinds in a straight line need not. `bare_…` stand in where vectors of another length come in.
    """

    cues: NDArray[np.float32]
    words: NDArray[np.float32]
    spelling: NDArray[np.float32]
    vector: NDArray[np.float32]
    landmarks: NDArray[np.float32]
    near: NDArray[np.float32]
    bare_cues: NDArray[np.float32]
    bare_words: NDArray[np.float32]
    bare_spelling: NDArray[np.float32]


@lru_cache(maxsize=1)
def load_head() -> Head:
    """The head shipped in `models/kinds.safetensors`; see `models/kinds.md` for what it was trained on."""
    from safetensors.numpy import load_file

    return unpacked(load_file(str(model_file("kinds.safetensors"))))


def unpacked(arrays: Mapping[str, NDArray[Any]]) -> Head:
    """The head from its arrays as they are stored: some as int8 with a scale, named after them."""
    return Head(
        **{
            field.name: arrays[field.name].astype(np.float32) * arrays.get(f"{field.name}_scale", np.float32(1))
            for field in fields(Head)
        }
    )


def kinds_of(
    texts: Sequence[str],
    vectors: Matrix,
    expected: Sequence[Kind | None] | None = None,
    *,
    head: Head | None = None,
) -> list[tuple[Kind, float]]:
    """The kind of each statement and the probability the head gives it, 0 to 1.

    `vectors` (n, dim) are of the texts; `expected` is the kind that each statement's question asks for, where it asks
    for one; `head` is the shipped one where none is given.
    """
    if not texts:
        return []
    logits = kind_logits(texts, vectors, head or load_head())
    if expected is not None:
        for row, kind in enumerate(expected):
            if kind and kind is not Kind.NEUTRAL:
                logits[row, KINDS.index(kind)] += np.log(EXPECTED_ODDS)
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    likely = odds / odds.sum(axis=1, keepdims=True)
    return [_decide(text, row) for text, row in zip(texts, likely, strict=True)]


def kind_logits(texts: Sequence[str], vectors: Matrix, head: Head) -> NDArray[np.float32]:
    """Array (n, 4) in the order of `KINDS`, before any expectation."""
    fits = vectors.ndim == 2 and vectors.shape[1] == len(head.vector)
    cues, words, spelling = (
        (head.cues, head.words, head.spelling) if fits else (head.bare_cues, head.bare_words, head.bare_spelling)
    )
    rows = []
    for text in texts:
        said, shares = hashed_words(text)
        spelled, parts = hashed_spelling(text)
        plain = cue_row(text) @ cues + WORD_SCALE * (shares @ words[said])
        rows.append(plain + SPELLING_SCALE * (parts @ spelling[spelled]))
    logits = np.stack(rows)
    if fits:
        logits += VECTOR_SCALE * (vectors @ head.vector) + NEAR_SCALE * (nearness(vectors, head.landmarks) @ head.near)
    return logits


def nearness(vectors: Matrix, landmarks: Matrix) -> Matrix:
    """Gaussian kernel, 0 to 1, of each row with each landmark: (n, m) of unit rows."""
    return np.asarray(np.exp(2 * (vectors @ landmarks.T - 1)), dtype=np.float32)


def cue_row(text: str) -> NDArray[np.float32]:
    """The scaled cues of a text and a 1 for the bias: (len(CUES) + 3,)."""
    return np.append(cues_of(text) * np.float32(CUE_SCALE), np.float32(1))


def _decide(text: str, likely: NDArray[np.float32]) -> tuple[Kind, float]:
    best = int(likely.argmax())
    certainty = float(likely[best])
    if certainty < ABSTAINS_BELOW and says_nothing(text):
        return Kind.NEUTRAL, 1 - certainty / 2
    return KINDS[best], certainty
