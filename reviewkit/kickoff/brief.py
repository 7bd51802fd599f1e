"""A brief -> the separate things it is about, and what each of them and the whole of it mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from reviewkit.language.passages import MOST_WORDS, passages
from reviewkit.language.ports import Encoder, Matrix

MIN_WORDS, MAX_ASPECTS = 4, 60

_BREAK = re.compile(r"(?<=[.!?;])\s+(?=[\"“‘(A-Z0-9])|\n+")
_HEADING = re.compile(r"^\s*(#+|[-*•])\s*")


@dataclass(frozen=True)
class ReadBrief:
    """What a brief means, as unit rows (n, dim): each stretch of it as long as a passage, the same with the project's
    name before them, and each of its aspects."""

    whole: Matrix
    named: Matrix
    aspects: Matrix


def aspects(text: str) -> list[str]:
    """Sentences and list entries of a brief, each asked for by itself, so that one line on permits is not drowned
    by a page on software. Headings and fragments under four words are left out; at most 60, none twice."""
    return _aspects(_pieces(text))


def read_brief(name: str, text: str, encoder: Encoder) -> ReadBrief:
    """Encodes each piece of a brief once. A stretch means what its pieces mean together, weighed by their words, as a
    vector is the mean over its tokens: encoded by itself it would take as long again, and tell the same
    (docs/adr/0008-recommendations.md)."""
    pieces = _pieces(text) or [text]
    title = passages(name)
    place = {piece: row for row, piece in enumerate(dict.fromkeys([*title, *pieces]))}
    rows = encoder.encode(list(place))
    asked = [place[piece] for piece in _aspects(pieces) or pieces]
    whole, named = (_stretches(said, rows[[place[piece] for piece in said]]) for said in (pieces, [*title, *pieces]))
    return ReadBrief(whole, named, rows[asked])


def _pieces(text: str) -> list[str]:
    """Sentences, headings and list entries in their order; what is too long for the encoder is cut into passages."""
    plain = (_HEADING.sub("", piece) for piece in _BREAK.split(text))
    return [passage for piece in plain for passage in passages(piece)]


def _aspects(pieces: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(piece for piece in pieces if len(piece.split()) >= MIN_WORDS))[:MAX_ASPECTS]


def _stretches(pieces: Sequence[str], rows: Matrix) -> Matrix:
    """Unit rows: `rows` (len(pieces), dim) of as many pieces in turn as a passage holds, added up by their words."""
    words = np.array([max(1, len(piece.split())) for piece in pieces], dtype=np.float32)
    stretch = (np.cumsum(words) - 1) // MOST_WORDS
    starts = np.flatnonzero(np.diff(stretch, prepend=-1.0))
    summed = np.add.reduceat(rows * words[:, None], starts, axis=0)
    return np.asarray(summed / np.maximum(np.linalg.norm(summed, axis=1, keepdims=True), 1e-9), dtype=np.float32)
