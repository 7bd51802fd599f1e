"""The two seams of language: what cuts text, and what turns text into vectors."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

Matrix: TypeAlias = NDArray[np.float32]
"""Rows of float32; vectors of texts have unit length."""


class Pooling(StrEnum):
    """How a text's vector is made of its tokens' vectors."""

    MEAN = "mean"
    """All tokens count the same, as sentence-transformers has it."""
    CONTENT = "content"
    """Common words, marks and the model's own tokens count little: what themes, links and search compare by."""


class Encoder(Protocol):
    """Texts -> vectors.

    `encode` returns an array of shape (len(texts), dim), float32, rows of unit length; (0, dim) for no texts.
    The same text always gives the same row, bit for bit, whatever other texts it is encoded with.
    A blank text gives some unit vector, never NaN. Text beyond the token limit is cut.
    """

    @property
    def name(self) -> str:
        """The model and its variant; vectors of different names are never compared."""
        ...

    @property
    def dim(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Matrix: ...


class Splitter(Protocol):
    """An answer -> its single claims.

    `split` returns (start, end) offsets into `text`, in order, without overlap, each span not blank and with no white
    space at its ends; a text of white space alone gives none. Every letter and digit of the text lies in some span.
    """

    @property
    def name(self) -> str:
        """The engine and its version; statements are cut anew when it changes."""
        ...

    def split(self, text: str) -> list[tuple[int, int]]: ...
