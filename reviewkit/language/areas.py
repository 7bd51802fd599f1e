"""Texts with vectors -> areas, by nearness to what the ten areas are about in plain words; nothing is trained."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from reviewkit.domain.words import Area
from reviewkit.language.area_words import ANCHORS, WORDS
from reviewkit.language.ports import Matrix

NEAREST = 3
"""So many of an area's sentences are asked: one alone may be near by a chance word."""

SAID = 0.1
"""Weight of the logarithm of how many words point to an area beside the nearness of its sentences, a cosine."""

ASKED_DEVIATIONS = 3.0
"""How much the question's own area counts, in standard deviations of all scores. On the sample organisation's
statements it raises the share of right areas from 0.40 to 0.52; more makes the answer an echo of the question."""

_WORD = re.compile(r"[^\W\d_]+")


def anchor_texts() -> list[str]:
    """The texts whose vectors `areas_of` takes, in its order."""
    return [text for texts in ANCHORS.values() for text in texts]


def areas_of(
    vectors: Matrix, anchors: Matrix, asked: Sequence[Area | None] = (), *, texts: Sequence[str] = ()
) -> list[Area]:
    """The area of each row of `vectors` (n, dim): that of whose sentences it is nearest to.

    `anchors` holds the vectors of `anchor_texts()` by the same encoder, (m, dim). `asked` gives the area that each
    row's question is about, where it is about one: an answer seldom strays from it. `texts`, where given, are those of
    the rows, whose words count too.
    """
    areas = list(ANCHORS)
    scores = area_scores(vectors, anchors, texts)
    bonus = np.float32(ASKED_DEVIATIONS * scores.std()) if scores.size else np.float32(0)
    for row, area in enumerate(asked):
        if area is not None:
            scores[row, areas.index(area)] += bonus
    return [areas[best] for best in scores.argmax(axis=1)]


def areas_of_groups(
    vectors: Matrix,
    groups: Sequence[Sequence[int]],
    anchors: Matrix,
    *,
    texts: Sequence[str] = (),
    usual: Matrix | None = None,
) -> list[Area]:
    """The area of each group of rows of `vectors`, as of a theme's statements; every group holds a row.

    A group's score is the mean over its members, not that of its centre: in a centre the subject of the whole
    organisation outweighs that of the theme. Areas that are near to everything said here are discounted by half:
    `usual` (10,) is how near they are, taken over all rows where it is not given.
    """
    scores = area_scores(vectors, anchors, texts)
    if usual is None and len(scores):
        usual = scores.mean(axis=0)
    discounted = scores if usual is None else scores - usual / 2
    areas = list(ANCHORS)
    return [areas[int(discounted[list(group)].mean(axis=0).argmax())] for group in groups]


def area_scores(vectors: Matrix, anchors: Matrix, texts: Sequence[str] = ()) -> Matrix:
    """Array (n, 10), a column to an area in the order of `ANCHORS`; higher is nearer.

    What all anchors have in common (that somebody reviews something) is taken out of both sides first: it tells no
    areas apart, and makes hubs of the plainest sentences.
    """
    if not len(vectors):
        return np.zeros((0, len(ANCHORS)), dtype=np.float32)
    common = anchors.mean(axis=0)
    similarity = _unit(vectors - common) @ _unit(anchors - common).T
    bounds = np.cumsum([0, *(len(sentences) for sentences in ANCHORS.values())])
    near: Matrix = np.stack([_nearest(similarity[:, start:end]) for start, end in pairwise(bounds)], axis=1)
    if len(texts):
        near += np.float32(SAID) * np.log1p(np.stack([_pointing(text) for text in texts]))
    return near


def _nearest(similarity: Matrix) -> Matrix:
    best: Matrix = np.sort(similarity, axis=1)[:, -NEAREST:].mean(axis=1)
    return best


def _pointing(text: str) -> Matrix:
    """(10,): how many of the text's words and pairs of words point to each area."""
    said = [match.group() for match in _WORD.finditer(text.lower())]
    counts = np.zeros(len(ANCHORS), dtype=np.float32)
    for word in (*said, *(f"{one}-{other}" for one, other in pairwise(said))):
        for column in _columns(word):
            counts[column] += 1
    return counts


@lru_cache(maxsize=65_536)
def _columns(word: str) -> tuple[int, ...]:
    """The areas that any form of a word points to."""
    forms = {word, *(word.removesuffix(ending) for ending in ("s", "es", "d", "ed", "ing"))}
    return tuple(column for column, area in enumerate(ANCHORS) if not forms.isdisjoint(WORDS[area]))


def _unit(rows: Matrix) -> Matrix:
    unit: Matrix = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-9))
    return unit
