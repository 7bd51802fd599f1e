"""How near records are to a query -> words for it, and whether such a record was found at all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reviewkit.domain.words import Confidence
from reviewkit.risks.matching import confidence_of


def nearness(cosines: Sequence[float]) -> list[Confidence]:
    """For each record's cosine to the query, how surely it is about the same, in the words that links have.

    Something is always the nearest: only what is near enough, and clearly nearer than the others, is more than low.
    NaN, where a record is not among the nearest, is low.
    """
    found = np.asarray(cosines, dtype=np.float64)
    known = found[~np.isnan(found)]
    if not len(known):
        return [Confidence.LOW] * len(found)
    spread = float(known.std())
    standing = (found - known.mean()) / spread if spread > 1e-6 else np.zeros(len(found))
    return [
        Confidence.LOW if np.isnan(cosine) else confidence_of(float(cosine), float(clear), len(known))
        for cosine, clear in zip(found, standing, strict=True)
    ]
