"""What every store promises of passages and vectors."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reviewkit.domain.errors import Invalid
from reviewkit.domain.words import Scope
from reviewkit.language.ports import Matrix
from reviewkit.store.port import Store
from reviewkit.store.searched import Passage, Wanted
from reviewkit.store.sqlite import index

from .wild import broken_off

over_one_store = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def passage(record: str, text: str, scope: Scope = Scope.LESSONS, position: int = 0) -> Passage:
    return Passage(scope, record, position, text, f"hash of {text}", f"digest of {record}")


def unit_rows(count: int, dim: int, seed: int = 7) -> Matrix:
    rows = np.random.default_rng(seed).normal(size=(count, dim)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), dtype=np.float32)


def fill(store: Store) -> None:
    texts = {
        "late": "The supplier delivered the validators four months late",
        "early": "Suppliers who were asked early delivered on time",
        "cafe": "The café was too small for the drivers",
    }
    with store.write():
        for record, text in texts.items():
            store.passages.replace(Scope.LESSONS, record, [passage(record, text)])
        risk = passage("risk", "A supplier may deliver late", Scope.RISKS)
        store.passages.replace(Scope.RISKS, "risk", [risk])


def found(store: Store, terms: list[str], scopes: tuple[Scope, ...] = (Scope.LESSONS,), limit: int = 9) -> list[str]:
    return [hit.record for hit, _ in hits(store, terms, scopes, limit)]


def hits(
    store: Store, terms: list[str], scopes: tuple[Scope, ...] = (Scope.LESSONS,), limit: int = 9
) -> list[tuple[Passage, float]]:
    scored = store.passages.lexical(terms, Wanted(scopes), limit)
    passages = store.passages.get([number for number, _ in scored])
    return [(passages[number], score) for number, score in scored]


def test_any_term_finds_and_the_better_match_comes_first(store: Store) -> None:
    fill(store)
    best, second = hits(store, ["validators", "supplier", "late"])
    assert (best[0].record, second[0].record) == ("late", "early")
    assert best[1] > second[1] > 0
    assert best[0] == store.passages.of(Scope.LESSONS, ["late"])[0]


def test_words_are_met_in_other_forms_cases_and_accents(store: Store) -> None:
    fill(store)
    assert found(store, ["DELIVERS"]) == found(store, ["delivered"])
    assert set(found(store, ["suppliers"])) == {"late", "early"}
    assert found(store, ["Cafe"]) == ["cafe"]


def test_only_the_scopes_asked_for_are_searched_up_to_the_limit(store: Store) -> None:
    fill(store)
    assert found(store, ["supplier"], (Scope.RISKS,)) == ["risk"]
    assert set(found(store, ["supplier"], (Scope.RISKS, Scope.LESSONS))) == {"risk", "late", "early"}
    assert len(found(store, ["supplier"], tuple(Scope), 2)) == 2
    assert found(store, ["supplier"], ()) == []
    assert found(store, ["supplier"], limit=0) == []


@pytest.mark.parametrize("held", [0, 20_000])
def test_what_is_read_meanwhile_is_the_same_and_sees_what_this_block_wrote(
    store: Store, held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(index, "HELD", held)
    fill(store)
    wanted = Wanted((Scope.LESSONS,))

    def reading() -> list[tuple[int, float]]:
        return store.passages.lexical(["supplier", "late"], wanted, 9)

    at_once = reading()
    assert store.passages.meanwhile(reading)() == at_once != []
    with store.write():
        store.passages.replace(Scope.LESSONS, "new", [passage("new", "A late supplier again")])
        meanwhile = store.passages.meanwhile(reading)()
    assert len(meanwhile) == len(at_once) + 1


SYNTAX = {
    **dict.fromkeys(
        ["NOT", "NEAR(", "AND OR", "NEAR(supplier late)", "text:validators", "{text}:", "text", "vali*"], ()
    ),
    **dict.fromkeys(['"', '""', "(", ";", "*", "^", "--"], ()),
    **dict.fromkeys(["-late", "^late", "late*", '"late"', "late)"], ("late",)),
    "months AND late": (),
    "months late": ("late",),
    "months -late": ("late",),
}


@pytest.mark.parametrize("term", SYNTAX)
def test_query_syntax_is_read_as_words(store: Store, term: str) -> None:
    fill(store)
    assert found(store, [term]) == list(SYNTAX[term])
    assert set(found(store, [term, "café"])) == {*SYNTAX[term], "cafe"}


@over_one_store
@given(terms=st.lists(st.text(st.characters(), max_size=20), max_size=6))
@example(terms=["\ud800"])
@example(terms=["\0", "", " "])
@example(terms=['"' * 7, "a\0b", "\udfff café"])
def test_no_term_whatsoever_breaks_the_search(store: Store, terms: list[str]) -> None:
    fill(store)
    assert "cafe" in found(store, [*terms, "café"])
    store.passages.lexical(terms, Wanted(tuple(Scope)), 9)


def test_a_pasted_brief_of_many_terms_works(store: Store) -> None:
    fill(store)
    terms = [f"word{n}" for n in range(5000)]
    assert found(store, terms) == []
    assert set(found(store, [*terms, "supplier", "x" * 100_000])) == {"late", "early"}


def test_the_index_is_never_behind_the_rows(store: Store) -> None:
    fill(store)
    with store.write():
        store.passages.replace(Scope.LESSONS, "late", [passage("late", "Nothing of the kind")])
        assert found(store, ["validators"]) == []
        assert found(store, ["kind"]) == ["late"]
    store.passages.replace(Scope.LESSONS, "late", [])
    assert found(store, ["kind"]) == []
    with broken_off(store):
        store.passages.replace(Scope.LESSONS, "early", [])
        assert found(store, ["early"]) == []
    assert found(store, ["early"]) == ["early"]


def test_a_long_record_is_several_passages_in_order(store: Store) -> None:
    pieces = [passage("long", f"piece {n}", position=n) for n in range(12)]
    store.passages.replace(Scope.LESSONS, "long", pieces[::-1])
    store.passages.replace(Scope.LESSONS, "a", [passage("a", "alone")])
    store.passages.replace(Scope.THEMES, "long", [passage("long", "theme", Scope.THEMES)])
    assert store.passages.of(Scope.LESSONS) == [passage("a", "alone"), *pieces]
    assert store.passages.of(Scope.LESSONS, ["long", "none"]) == pieces
    assert store.passages.of(Scope.LESSONS, []) == []
    assert store.passages.digests(Scope.LESSONS) == {"a": "digest of a", "long": "digest of long"}
    store.passages.replace(Scope.LESSONS, "long", pieces[:1])
    assert store.passages.of(Scope.LESSONS, iter(["long"])) == pieces[:1]


def test_every_field_of_a_passage_is_kept(store: Store) -> None:
    full = Passage(
        Scope.STATEMENTS, "s", 3, "t", "h", "d", "P", "V", "scope", "problem", "test", "open", date(2024, 2, 29)
    )
    store.passages.replace(Scope.STATEMENTS, "s", [full])
    assert store.passages.of(Scope.STATEMENTS) == [full]


def test_half_a_character_in_a_passage_is_refused(store: Store) -> None:
    with pytest.raises(Invalid):
        store.passages.replace(Scope.LESSONS, "x", [passage("x", "a \ud800 b")])
    assert store.passages.of(Scope.LESSONS) == []


def test_unembedded_names_each_text_once_and_only_without_a_vector_of_the_model(store: Store) -> None:
    for record, text in (("a", "same"), ("b", "same"), ("c", "other"), ("d", "third")):
        store.passages.replace(Scope.LESSONS, record, [passage(record, text)])
    store.vectors.put("m", ["hash of third"], np.ones((1, 2), dtype=np.float32))
    assert store.passages.unembedded("m", 9) == [("hash of other", "other"), ("hash of same", "same")]
    assert len(store.passages.unembedded("m", 1)) == 1
    assert len(store.passages.unembedded("another model", 9)) == 3


def test_vectors_come_back_as_long_as_they_were_and_near_in_the_order_asked_for(store: Store) -> None:
    rows = unit_rows(2500, 24)
    rows[7] *= 3
    hashes = [f"h{n}" for n in range(len(rows))]
    store.vectors.put("m", hashes[:1200], rows[:1200])
    store.vectors.put("m", hashes[1200:], rows[1200:])
    order = [*range(2499, -1, -1), 5, 5]
    got = store.vectors.get("m", [hashes[n] for n in order])
    assert got.dtype == np.float32
    lengths = np.linalg.norm(rows[order], axis=1)
    np.testing.assert_allclose(np.linalg.norm(got, axis=1), lengths, rtol=1e-6)
    assert (np.einsum("nd,nd->n", got, rows[order]) / lengths**2).min() > 0.9999


def test_a_vector_that_is_not_there_is_a_row_of_zeros(store: Store) -> None:
    assert store.vectors.get("m", []).shape == (0, 0)
    assert store.vectors.get("m", ["a", "b"]).shape == (2, 0)
    store.vectors.put("m", ["a"], np.array([[1, 2, 3]], dtype=np.float32))
    np.testing.assert_allclose(store.vectors.get("m", ["x", "a"]), [[0, 0, 0], [1, 2, 3]], rtol=0.01)
    np.testing.assert_array_equal(store.vectors.get("m", ["x"]), [[0, 0, 0]])
    assert store.vectors.get("m", []).shape == (0, 0)
    assert store.vectors.get("another model", ["a"]).any() == np.False_


def test_a_vector_already_there_is_left(store: Store) -> None:
    store.vectors.put("m", ["a"], np.array([[1, 2]], dtype=np.float32))
    store.vectors.put("m", ["a", "b"], np.array([[9, 9], [3, 4]], dtype=np.float32))
    np.testing.assert_allclose(store.vectors.get("m", ["a", "b"]), [[1, 2], [3, 4]], rtol=0.01)
    assert store.vectors.held("m", ["b", "x", "a"]) == [True, False, True]
    assert store.vectors.held("another model", ["a"]) == [False]
    with pytest.raises(ValueError, match="zip"):
        store.vectors.put("m", ["c", "d"], np.ones((1, 2), dtype=np.float32))


def test_a_vector_of_nothing_but_zeros_is_one(store: Store) -> None:
    store.passages.replace(Scope.LESSONS, "a", [passage("a", "blank")])
    store.vectors.put("m", ["hash of blank"], np.zeros((1, 3), dtype=np.float32))
    assert store.passages.unembedded("m", 9) == []
    np.testing.assert_array_equal(store.vectors.get("m", ["hash of blank"]), [[0, 0, 0]])


def test_pruning_keeps_what_some_passage_needs(store: Store) -> None:
    store.passages.replace(Scope.LESSONS, "a", [passage("a", "needed")])
    store.vectors.put("m", ["hash of needed", "x"], np.ones((2, 2), dtype=np.float32))
    store.vectors.put("n", ["hash of needed", "x"], np.ones((2, 3), dtype=np.float32))
    assert store.vectors.prune() == 2
    assert store.vectors.prune() == 0
    assert store.vectors.get("m", ["hash of needed", "x"]).any(axis=1).tolist() == [True, False]
    store.passages.replace(Scope.LESSONS, "a", [])
    store.passages.replace(Scope.LESSONS, "b", [passage("b", "needed")])
    assert store.vectors.prune() == 0
    store.passages.replace(Scope.LESSONS, "b", [])
    assert store.vectors.prune() == 2


def test_all_passages_of_a_scope_are_told_with_their_numbers(store: Store) -> None:
    pieces = [passage("long", "first piece"), passage("long", "second piece", position=1)]
    store.passages.replace(Scope.LESSONS, "long", pieces)
    store.passages.replace(Scope.LESSONS, "a", [passage("a", "alone")])
    numbered = store.passages.numbered(Scope.LESSONS)
    assert list(numbered.values()) == store.passages.of(Scope.LESSONS)
    assert store.passages.get(numbered) == numbered
    assert store.passages.numbered(Scope.RISKS) == {}
