"""Hits -> how many of them have each value of each facet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping


def count_facets(hits: Iterable[Mapping[str, str]]) -> dict[str, list[tuple[str, int]]]:
    """Facet name -> (value, hits), commonest first, ties by value; blank values are left out, and facets without any.

    `hits` gives each hit's facets by name, as in {"area": "suppliers", "kind": "problem"}.
    """
    counts: dict[str, Counter[str]] = {}
    for hit in hits:
        for facet, value in hit.items():
            if value:
                counts.setdefault(facet, Counter())[value] += 1
    return {
        facet: sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))
        for facet, counter in sorted(counts.items())
    }
