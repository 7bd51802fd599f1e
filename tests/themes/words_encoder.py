"""An encoder small enough for fast tests: a text lies where its words lie."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from reviewkit.language.ports import Matrix
from reviewkit.themes.wording import stems


class WordsEncoder:
    """Each stem has a direction of its own, drawn from its letters; a text is the sum of its words."""

    name = "words"
    dim = 256

    def encode(self, texts: Sequence[str]) -> Matrix:
        rows = np.full((len(texts), self.dim), 1e-6, dtype=np.float32)
        for row, text in enumerate(texts):
            for stem in stems(text):
                seed = int.from_bytes(hashlib.sha256(stem.encode()).digest()[:8], "big")
                rows[row] += np.random.default_rng(seed).normal(size=self.dim).astype(np.float32)
        return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)
