"""How near records are to a query -> words for it, and whether such a record was found at all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reviewkit.domain.words import Confidence
from reviewkit.risks.matching import confidence_of

NEAR = 0.2
"""Cosine under which a record has nothing to do with a query. Of the sample's lessons the nearest to words that mean
nothing, or nothing of projects, stand at 0.03 to 0.21; to a lesson's matter in other words, at 0.21 to 0.48."""


def nearness(cosines: Sequence[float], most: int | None = None) -> list[Confidence | None]:
    """For the first `most` of the records' cosines to the query, how surely each is about the same, in the words that
    links have.

    Something is always the nearest: None for what is too far off to be about the same at all, or where the cosine is
    NaN as the record is not among the nearest.
    """
    found = np.asarray(cosines, dtype=np.float64)
    known = found[~np.isnan(found)]
    if not len(known):
        return [None] * len(found[:most])
    spread = float(known.std())
    standing = (found - known.mean()) / spread if spread > 1e-6 else np.zeros(len(found))
    return [
        confidence_of(float(cosine), float(clear), len(known)) if cosine >= NEAR else None
        for cosine, clear in zip(found[:most], standing[:most], strict=True)
    ]
