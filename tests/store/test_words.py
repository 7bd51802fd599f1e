"""Scores are those that FTS5 itself gives."""

from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.domain.words import Scope
from reviewkit.store.searched import Passage, Wanted
from reviewkit.store.sqlite import SqliteStore, open_sqlite
from reviewkit.store.sqlite import words as module
from reviewkit.store.sqlite.words import tokens_of

SPOKEN = [
    "deliveries",
    "delivered",
    "late",
    "café",
    "cafe",
    "don't",
    "3.5",
    "the",
    "supplier's",
    "R2-D2",
    "x_y",
    "über",
]


def stored(texts: list[str]) -> SqliteStore:
    store = open_sqlite(":memory:")
    made = {f"r{n}": [Passage(Scope.LESSONS, f"r{n}", 0, text, f"h{n}", "d")] for n, text in enumerate(texts)}
    store.passages.replace_many(Scope.LESSONS, made)
    return store


def scores(store: SqliteStore, terms: list[str], limit: int = 10_000) -> dict[int, float]:
    return dict(store.passages.lexical(terms, Wanted((Scope.LESSONS,)), limit))


def fts5_scores(store: SqliteStore, terms: list[str]) -> dict[int, float]:
    with store._connections.write() as db:
        db.execute("CREATE VIRTUAL TABLE judge USING fts5 (text, tokenize='porter unicode61 remove_diacritics 2')")
        db.execute("INSERT INTO judge (rowid, text) SELECT number, text FROM passages")
        match = " OR ".join(f'"{term}"' for term in terms)
        found = dict(db.execute("SELECT rowid, -bm25(judge) FROM judge WHERE judge MATCH ?", [match]).fetchall())
        db.execute("DROP TABLE judge")
    return found


@settings(deadline=None, max_examples=40)
@given(
    texts=st.lists(st.lists(st.sampled_from(SPOKEN), min_size=1, max_size=12).map(" ".join), min_size=1, max_size=25),
    terms=st.lists(
        st.sampled_from(["delivering", "late", "cafe", "don", "5", "the", "supplier", "uber", "none"]),
        min_size=1,
        max_size=5,
    ),
)
def test_they_are_bm25_as_fts5_has_it(texts: list[str], terms: list[str]) -> None:
    store = stored(texts)
    found, judged = scores(store, terms), fts5_scores(store, terms)
    assert found.keys() == judged.keys()
    for number, score in judged.items():
        assert found[number] == pytest.approx(score, rel=1e-4, abs=1e-5)
    store.close()


def test_terms_are_parted_and_stemmed_as_the_index_parts_and_stems() -> None:
    assert tokens_of("Deliveries") == ("deliveri",)
    assert tokens_of("R2-D2 Café") == ("r2", "d2", "cafe")
    assert tokens_of('"; (') == tokens_of("") == tokens_of("\ud800") == ()


def test_a_long_query_over_many_passages_is_read_for_its_rarest_words(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random(5)
    texts = [" ".join(draw.choices(["common", "usual", "plain"], k=3)) for _ in range(3_000)]
    texts[17] += " rare"
    store = stored(texts)
    every = scores(store, ["common", "usual", "rare"])
    best = max(every, key=lambda number: every[number])
    monkeypatch.setattr(module, "MOST_POSTINGS", 2_500)
    store.passages.replace(Scope.THEMES, "t", [])
    fewer = scores(store, ["common", "usual", "rare"])
    assert best in fewer
    assert len(fewer) < len(every)
    assert set(scores(store, ["common", "usual"])) < set(every)
    store.close()


def test_common_words_are_kept_in_memory_only_up_to_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CACHED_POSTINGS", 500)
    texts = [" ".join(f"w{n % k}x{k}" for k in range(2, 9)) for n in range(400)]
    store = stored(texts)
    terms = [f"w{n}x{k}" for k in range(2, 9) for n in range(k)]
    alone = {term: scores(store, [term]) for term in terms}
    assert {term: scores(store, [term]) for term in terms} == alone
    together = scores(store, terms)
    for number, score in together.items():
        assert score == pytest.approx(sum(found.get(number, 0.0) for found in alone.values()), rel=1e-4)
    assert np.isfinite(list(together.values())).all()
    store.close()
