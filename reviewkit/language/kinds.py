"""Statement texts and vectors -> kinds: a logistic head over the vector, the words and grammar cues; numpy only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from reviewkit.domain.words import Kind
from reviewkit.language.cues import cues_of, hashed_words, says_nothing
from reviewkit.language.files import model_file
from reviewkit.language.ports import Matrix

KINDS = (Kind.POSITIVE, Kind.PROBLEM, Kind.SUGGESTION)
"""What the head tells apart, in the order of its columns; neutral is decided by lack of evidence."""

CUE_SCALE, WORD_SCALE, VECTOR_SCALE = 1.5, 2.0, 2.0
"""How much a cue, the words and the vector weigh before training: with one penalty on all weights, their shares."""

NEUTRAL_BELOW = 0.42
"""A statement whose likeliest kind is less likely than this is neutral; with three kinds, chance is 0.33."""

EXPECTED_ODDS = 20.0
"""How much a question that expects a kind (“What went well?”) raises that kind's odds. In reviews nine in ten answers
to such a question are of its kind, so that only clear wording speaks against it."""


@dataclass(frozen=True)
class Head:
    """Trained weights, three columns each: (CUES + 2 + bias), (BUCKETS) as int8 with a scale, (dim) of the encoder.

    `bare` stands in for `cues` where vectors of another length come in, and only cues and words can be read.
    """

    cues: NDArray[np.float32]
    bare: NDArray[np.float32]
    words: NDArray[np.float32]
    bare_words: NDArray[np.float32]
    vector: NDArray[np.float32]


@lru_cache(maxsize=1)
def load_head() -> Head:
    """The head shipped in `models/kinds.safetensors`; see `models/kinds.md` for what it was trained on."""
    from safetensors.numpy import load_file

    return unpacked(load_file(str(model_file("kinds.safetensors"))))


def unpacked(arrays: Mapping[str, NDArray[Any]]) -> Head:
    """The head from its arrays as they are stored: words as int8 with a scale, the vector's weights as float16."""
    return Head(
        cues=arrays["cues"].astype(np.float32),
        bare=arrays["bare"].astype(np.float32),
        words=arrays["words"].astype(np.float32) * arrays["words_scale"],
        bare_words=arrays["bare_words"].astype(np.float32) * arrays["bare_words_scale"],
        vector=arrays["vector"].astype(np.float32),
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
    for one; `head` is the shipped one where none is given. A statement is neutral when no kind is likely, or when its
    writer abstains (“I cannot judge this”) and it leans nowhere: neutral was not in the training data.
    """
    if not texts:
        return []
    logits = kind_logits(texts, vectors, head or load_head())
    if expected is not None:
        for row, kind in enumerate(expected):
            if kind in KINDS:
                logits[row, KINDS.index(kind)] += np.log(EXPECTED_ODDS)
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    likely = odds / odds.sum(axis=1, keepdims=True)
    return [_decide(text, row) for text, row in zip(texts, likely, strict=True)]


def kind_logits(texts: Sequence[str], vectors: Matrix, head: Head) -> NDArray[np.float32]:
    """Array (n, 3) in the order of `KINDS`, before any expectation."""
    fits = vectors.ndim == 2 and vectors.shape[1] == len(head.vector)
    cues, words = (head.cues, head.words) if fits else (head.bare, head.bare_words)
    rows = []
    for text in texts:
        buckets, weights = hashed_words(text)
        rows.append(cue_row(text) @ cues + WORD_SCALE * (weights @ words[buckets]))
    logits = np.stack(rows)
    return logits + VECTOR_SCALE * (vectors @ head.vector) if fits else logits


def cue_row(text: str) -> NDArray[np.float32]:
    """The scaled cues of a text and a 1 for the bias: (len(CUES) + 3,)."""
    return np.append(cues_of(text) * np.float32(CUE_SCALE), np.float32(1))


def _decide(text: str, likely: NDArray[np.float32]) -> tuple[Kind, float]:
    best = int(likely.argmax())
    certainty = float(likely[best])
    if certainty < NEUTRAL_BELOW:
        return Kind.NEUTRAL, 1 - certainty
    if certainty < 0.75 and says_nothing(text):
        return Kind.NEUTRAL, 1 - certainty / 2
    return KINDS[best], certainty
