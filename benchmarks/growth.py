"""Encoding, themes and links as statements grow in number: seconds, peak memory and the exponent they grow with."""

from __future__ import annotations

import csv
import math
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from corpus import prepare, texts_of, vectors_of
from measuring import MB, Given, Row, part, run_part

SIZES = (10_000, 30_000, 100_000, 300_000)
QUICK = SIZES[:2]
JUDGED, SECONDS, PEAK, EXPONENT = 100_000, 60.0, 3_000 * MB, 1.3
REGISTER = "links/napire_causes/risks.csv"


def rows(given: Given) -> list[Row]:
    """Texts beyond the real ones are noised copies, with noised vectors; encoding is of the real ones alone."""
    sizes = QUICK if given.quick else SIZES
    encoded = prepare(given.data, given.cache)
    found = [
        Row(
            f"encoding {encoded['texts']:,.0f} real sentences",
            f"{encoded['texts'] / encoded['seconds']:.0f} texts/s, {encoded['peak'] / MB:.0f} MB",
        )
    ]
    return [*found, *_grown("themes", "vectors to themes", sizes, given), *_grown("links", "links", sizes, given)]


def _grown(name: str, what: str, sizes: Sequence[int], given: Given) -> list[Row]:
    costs = [part(__file__, name, given.cache, given.data, size) for size in sizes]
    seconds = [float(cost.said["seconds"]) for cost in costs]
    found = []
    for size, cost, taken in zip(sizes, costs, seconds, strict=True):
        judged = name == "themes" and size == JUDGED
        found.append(
            Row(
                f"{what}, {size:,} statements", f"{taken:.1f} s, {cost.peak / MB:,.0f} MB; {cost.said['found']}",
                asked=f"≤ {SECONDS:.0f} s, ≤ {PEAK / MB:,.0f} MB" if judged else "–",
                met=taken <= SECONDS and cost.peak <= PEAK if judged else None,
            )
        )  # fmt: skip
    grows = exponent(sizes, seconds)
    asked = f"< {EXPONENT}" if name == "themes" else "–"
    met = grows < EXPONENT if name == "themes" else None
    found.append(Row(f"{what}: grows with n to the", f"{grows:.2f}", asked=asked, met=met))
    return found


def exponent(sizes: Sequence[int], seconds: Sequence[float]) -> float:
    """Slope of the least-squares line through the logarithms."""
    x, y = [math.log(size) for size in sizes], [math.log(taken) for taken in seconds]
    middle_x, middle_y = sum(x) / len(x), sum(y) / len(y)
    run = sum((a - middle_x) ** 2 for a in x)
    return sum((a - middle_x) * (b - middle_y) for a, b in zip(x, y, strict=True)) / run


def themes(cache: str, data: str, size: str) -> Mapping[str, object]:
    from reviewkit.themes.discover import discover

    vectors = vectors_of(Path(cache), int(size))
    begin, worked = time.perf_counter(), time.process_time()
    found = discover(vectors)
    return {
        "seconds": time.perf_counter() - begin,
        "processor": time.process_time() - worked,
        "found": f"{found.themes} themes",
    }


def links(cache: str, data: str, size: str) -> Mapping[str, object]:
    import reviewkit
    from reviewkit.risks.matching import match

    with (Path(data) / REGISTER).open(newline="", encoding="utf-8") as file:
        risks = [row["text"] for row in csv.DictReader(file)]
    risk_vectors = reviewkit.load_encoder("content").encode(risks)
    texts, vectors = texts_of(Path(cache), int(size)), vectors_of(Path(cache), int(size))
    begin = time.perf_counter()
    match(texts, vectors, risks, risk_vectors, top=2)
    return {"seconds": time.perf_counter() - begin, "found": f"register of {len(risks)}"}


if __name__ == "__main__":
    run_part({"themes": themes, "links": links}, sys.argv[1:])
