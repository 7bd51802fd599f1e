"""The few vectors that sketches choose hold the nearest ones."""

from __future__ import annotations

import numpy as np
import pytest

from reviewkit.domain.words import Scope
from reviewkit.language.ports import Matrix
from reviewkit.store.searched import Passage, Wanted
from reviewkit.store.sqlite import index, open_sqlite
from reviewkit.store.sqlite import sketches as module
from reviewkit.store.sqlite.codes import sketched
from reviewkit.store.sqlite.sketches import EXACTLY, Sketches

DIM = 200
"""No whole number of words, so that bits are filled up."""


def crowd(count: int) -> Matrix:
    """Unit rows in groups, as sentences are."""
    draw = np.random.default_rng(3)
    middles = draw.normal(size=(300, DIM))
    rows = middles[draw.integers(0, 300, count)] + draw.normal(size=(count, DIM)) * draw.uniform(0.4, 1.2, (count, 1))
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def recall(rows: Matrix, allowed: np.ndarray, queries: Matrix) -> float:
    sketches = Sketches(sketched(np.arange(len(rows), dtype=np.uint32), rows))
    found = 0
    for query in queries:
        near = sketches.near(query[None, :], allowed, 100)
        assert allowed[near].all()
        assert len(near) <= 2 * EXACTLY
        exact = np.where(allowed, rows @ query, -1.0)
        found += len(set(near.tolist()) & set(np.argsort(-exact)[:10].tolist()))
    return found / (10 * len(queries))


def test_of_many_the_ten_nearest_are_among_the_chosen() -> None:
    rows, queries = crowd(40_000), crowd(40_400)[40_000:]
    queries = queries[:40]
    assert recall(rows, np.ones(len(rows), np.bool_), queries) >= 0.98
    few = np.random.default_rng(4).random(len(rows)) < 0.15
    assert few.sum() > EXACTLY
    assert recall(rows, few, queries) >= 0.98


def test_a_part_of_the_sketches_tells_how_many_are_near(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "COUNTED", 4_000)
    rows, queries = crowd(40_000), crowd(40_400)[40_000:]
    assert recall(rows, np.ones(len(rows), np.bool_), queries[:40]) >= 0.98


def test_a_few_are_all_chosen() -> None:
    rows = crowd(9_000)
    allowed = np.zeros(len(rows), np.bool_)
    allowed[[5, 77, 8_999]] = True
    sketches = Sketches(sketched(np.arange(len(rows), dtype=np.uint32), rows))
    assert sketches.near(rows[:2], allowed, 100).tolist() == [5, 77, 8_999]
    assert sketches.near(rows[:2], np.zeros(len(rows), np.bool_), 100).tolist() == []


def test_a_store_too_large_for_memory_finds_what_a_small_one_finds() -> None:
    rows = crowd(index.HELD + 500)
    store = open_sqlite(":memory:")
    made = {f"r{n}": [Passage(Scope.RISKS, f"r{n}", 0, f"text {n}", f"h{n}", "d")] for n in range(len(rows))}
    store.passages.replace_many(Scope.RISKS, made)
    store.vectors.put("m", [f"h{n}" for n in range(len(rows))], rows)
    found = store.passages.nearest("m", rows[[40, 4_000]], Wanted((Scope.RISKS,)), 10)
    passages = store.passages.get(number for number, _ in found)
    assert {passages[number].record for number, _ in found[:2]} == {"r40", "r4000"}
    exact = np.sort((rows @ rows[[40, 4_000]].T).max(axis=1))[::-1][:10]
    np.testing.assert_allclose([cosine for _, cosine in found], exact, atol=0.01)
    for _ in range(2):  # read, then remembered
        again = store.passages.vectors("m", [*(number for number, _ in found), 0])
        np.testing.assert_allclose((again[:-1] @ rows[[40, 4_000]].T).max(axis=1), exact, atol=0.01)
        assert not again[-1].any()
    store.close()


def test_none_but_the_allowed_are_chosen_where_hardly_more_than_enough_are() -> None:
    draw = np.random.default_rng(0)
    rows = draw.normal(size=(300_000, 64)).astype(np.float32)
    sketches = Sketches(sketched(np.arange(len(rows), dtype=np.uint32), rows))
    for query in draw.normal(size=(10, 64)).astype(np.float32):
        allowed = np.zeros(len(rows), np.bool_)
        allowed[draw.choice(len(rows), EXACTLY + 50, replace=False)] = True
        assert allowed[sketches.near(query[None, :], allowed, 10)].all()


def test_many_sketches_are_counted_as_few_are(monkeypatch: pytest.MonkeyPatch) -> None:
    bits = np.ascontiguousarray(sketched(np.arange(3_000, dtype=np.uint32), crowd(3_000))["bits"])
    few = module._differing(bits, bits[7])
    monkeypatch.setattr(module, "LOADED", 0)  # from here on faiss counts
    assert module._differing(bits, bits[7]).tolist() == few.tolist()
    assert few[7] == 0
    assert few.max() > 0
