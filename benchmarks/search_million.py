"""Search over a million statements: hybrid queries in a warm process, what the vector half finds, size and opening."""

from __future__ import annotations

import random
import sqlite3
import sys
import time
from collections.abc import Mapping
from pathlib import Path

from corpus import prepare, texts_of, vectors_of
from measuring import MB, Given, Row, median, part, run_part
from workspaces import filled, id_of

SIZE, QUICK = 1_000_000, 100_000
QUERIES, NEAREST = 200, 10
BEFORE = 400
"""Other queries that a warm process has answered already: the commonest words then are at hand."""

P95, RECALL, INDEX, OPENED = 0.050, 0.98, 600 * MB, 2.0

RECORDS = ("projects", "reviews", "responses", "statements", "passages", "sqlite_", "unindexed")
"""What a table's or its index's name begins with that holds the records themselves; the rest is the search index."""


def rows(given: Given) -> list[Row]:
    """The exact search beside it compares the query with every vector, in float32 and in memory."""
    size = QUICK if given.quick else SIZE
    prepare(given.data, given.cache)
    workspace = filled(given.cache, size)
    opened = [part(__file__, "opened", workspace) for _ in range(given.repeats)]
    asked = part(__file__, "asked", workspace, given.cache, size)
    recall = part(__file__, "recall", workspace, given.cache, size).said["recall"]
    exact = part(__file__, "exact", given.cache, size).said["p95"]
    taken, index = median(cost.said["seconds"] for cost in opened), index_bytes(workspace)
    p95 = asked.said["p95"]
    return [
        Row(
            f"search over {size:,} statements, p95 of {QUERIES} hybrid queries (warm)",
            f"{1000 * p95:.0f} ms (median {1000 * asked.said['p50']:.0f}; {asked.peak / MB:,.0f} MB; "
            f"of the first {QUERIES} of a process {1000 * asked.said['first p95']:.0f} ms)",
            f"exact vectors alone {1000 * exact:.0f} ms", f"{p95 / exact:.2f}", f"≤ {1000 * P95:.0f} ms", p95 <= P95,
        ),
        Row(
            f"the vector half's recall@{NEAREST}", f"{recall:.4f}", "exact 1", asked=f"≥ {RECALL}", met=recall >= RECALL
        ),
        Row(
            "the index on disk, words and vectors", f"{index / MB:.0f} MB",
            f"float32 vectors alone {size * 384 * 4 / MB:,.0f} MB", f"{index / (size * 384 * 4):.2f}",
            f"≤ {INDEX / MB:.0f} MB", index <= INDEX,
        ),
        Row(
            "opened from disk, first query answered", f"{taken:.2f} s", asked=f"≤ {OPENED:.0f} s", met=taken <= OPENED
        ),
    ]  # fmt: skip


def index_bytes(workspace: Path) -> int:
    """Pages of all that search keeps beside the records and their passages' own rows."""
    with sqlite3.connect(workspace) as db:
        sizes = db.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name").fetchall()
    return sum(size for name, size in sizes if not name.startswith(RECORDS) or name.startswith("passages_"))


def opened(workspace: str) -> Mapping[str, object]:
    """The encoder is ready before the clock starts; it is the same however large the workspace is."""
    from reviewkit.domain.words import Scope
    from reviewkit.settings import read_settings
    from reviewkit.workspace import open_workspace
    from reviewkit.workspace.context import Engines

    engines = Engines(read_settings())
    engines.encoder.encode(["ready"])
    begin = time.perf_counter()
    with open_workspace(workspace, engines=engines) as ws:
        found = ws.search("the supplier delivered too late", scopes=[Scope.STATEMENTS])
        return {"seconds": time.perf_counter() - begin, "hits": len(found.hits)}


def asked(workspace: str, cache: str, size: str) -> Mapping[str, object]:
    from reviewkit.domain.words import Scope
    from reviewkit.workspace import open_workspace

    taken = []
    with open_workspace(workspace) as ws:
        ws.search("warm", scopes=[Scope.STATEMENTS])
        for query in _queries(Path(cache), int(size), BEFORE + QUERIES):
            begin = time.perf_counter()
            ws.search(query, scopes=[Scope.STATEMENTS])
            taken.append(time.perf_counter() - begin)
    return {**_percentiles(taken[BEFORE:]), "first p95": _percentiles(taken[:QUERIES])["p95"]}


def exact(cache: str, size: str) -> Mapping[str, object]:
    import numpy as np

    import reviewkit

    encoder, vectors = reviewkit.load_encoder("content"), vectors_of(Path(cache), int(size))
    taken = []
    for query in ["warm", *_queries(Path(cache), int(size))]:
        begin = time.perf_counter()
        scores = vectors @ encoder.encode([query])[0]
        np.argpartition(-scores, NEAREST)[:NEAREST]
        taken.append(time.perf_counter() - begin)
    return _percentiles(taken[1:])


def recall(workspace: str, cache: str, size: str) -> Mapping[str, object]:
    """Of the ten statements that are truly nearest, how many are among the ten that the store calls nearest."""
    import numpy as np

    from reviewkit.domain.words import Scope
    from reviewkit.store.searched import Wanted
    from reviewkit.workspace import open_workspace
    from reviewkit.workspace.advising.ranking import CANDIDATES

    vectors = vectors_of(Path(cache), int(size))
    shares = []
    with open_workspace(workspace) as ws:
        store, encoder = ws.context.store, ws.context.engines.encoder
        for query in _queries(Path(cache), int(size)):
            row = encoder.encode([query])
            truly = {id_of(at) for at in np.argpartition(-(vectors @ row[0]), NEAREST)[:NEAREST].tolist()}
            near = store.passages.nearest(encoder.name, row, Wanted((Scope.STATEMENTS,)), CANDIDATES)[:NEAREST]
            found = store.passages.get(number for number, _ in near)
            shares.append(len(truly & {passage.record for passage in found.values()}) / NEAREST)
    return {"recall": float(np.mean(shares))}


def _queries(cache: Path, size: int, count: int = QUERIES) -> list[str]:
    """Half are a few words out of a sentence and half a whole noised sentence; none is a statement there."""
    import corpus

    rng, real = random.Random(7), texts_of(cache, 20_000)
    chosen = [text for text in rng.sample(real, 2 * count) if len(text.split()) >= 6][:count]
    return [corpus.noised(text, rng) if n % 2 else " ".join(text.split()[1:5]) for n, text in enumerate(chosen)]


def _percentiles(taken: list[float]) -> Mapping[str, float]:
    ordered = sorted(taken)
    return {"p50": ordered[len(ordered) // 2], "p95": ordered[int(len(ordered) * 0.95)]}


if __name__ == "__main__":
    run_part({"opened": opened, "asked": asked, "exact": exact, "recall": recall}, sys.argv[1:])
