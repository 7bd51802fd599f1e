"""Vectors <-> bytes: one signed byte a dimension, and a sketch of one bit a dimension."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from reviewkit.language.ports import Matrix
from reviewkit.store.sqlite.packed import Rows

WORD = 8
"""Sketches are compared a word of 64 bits at a time."""


def vector_kind(dim: int) -> np.dtype[Any]:
    """A vector's row: `row` times `scale` is the vector to within half a 127th of its greatest part."""
    return np.dtype([("number", "<u8"), ("scale", "<f4"), ("row", "i1", (dim,))])


def dimensions(width: int) -> int:
    """Of the vectors whose rows are so many bytes wide."""
    return width - vector_kind(0).itemsize


def encoded(numbers: npt.NDArray[np.uint64], vectors: Matrix) -> Rows:
    """Vectors (n, dim) as rows under these numbers; the cosine of a unit vector with what comes back is over 0.9999."""
    greatest = np.abs(vectors).max(axis=1, initial=0.0, keepdims=True)
    parts = np.rint(vectors * (127 / np.where(greatest > 0, greatest, 1)))
    rows = np.empty(len(vectors), vector_kind(vectors.shape[1]))
    rows["number"], rows["row"] = numbers, parts
    lengths = np.linalg.norm(parts, axis=1)
    rows["scale"] = np.linalg.norm(vectors, axis=1) / np.where(lengths > 0, lengths, 1)
    return rows


def decoded(rows: Rows) -> Matrix:
    """Rows as vectors (n, dim), float32, each as long as the one put in."""
    vectors: Matrix = rows["row"].astype(np.float32) * rows["scale"][:, None]
    return vectors


def sketch_kind(dim: int) -> np.dtype[Any]:
    """A sketch's row: a bit a dimension, filled up to whole words."""
    return np.dtype([("number", "<u4"), ("bits", "u1", (-(-dim // (8 * WORD)) * WORD,))])


def sketched(numbers: npt.NDArray[np.uint32], vectors: npt.NDArray[Any]) -> Rows:
    """Which parts of each vector (n, dim) are positive, as rows under these numbers."""
    rows = np.zeros(len(vectors), sketch_kind(vectors.shape[1]))
    bits = np.packbits(vectors > 0, axis=1)
    rows["number"], rows["bits"][:, : bits.shape[1]] = numbers, bits
    return rows
