"""Hits -> how many of them have each value of each facet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping


def count_facets(values: Mapping[str, Iterable[str]]) -> dict[str, list[tuple[str, int]]]:
    """Facet name -> (value, hits), commonest first, ties by value; blank values are left out, and facets without any.

    `values` gives by facet the value of each hit, as in {"area": ["suppliers", "", "suppliers"]}.
    """
    counts = {facet: Counter(value for value in values[facet] if value) for facet in sorted(values)}
    return {
        facet: sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))
        for facet, counter in counts.items()
        if counter
    }
