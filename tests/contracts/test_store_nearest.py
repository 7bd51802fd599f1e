"""What every store promises of search by meaning, of filters, and of what is still to be indexed."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from reviewkit.domain.lessons import Lesson
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.themes import Theme
from reviewkit.domain.words import Kind, Scope
from reviewkit.language.ports import Matrix
from reviewkit.store.port import Sources, Store
from reviewkit.store.searched import Passage, Wanted

from .test_store_families import statement
from .test_store_search import hits, passage, unit_rows
from .wild import broken_off, put_parents

LESSONS = Wanted((Scope.LESSONS,))


def filled(store: Store, rows: Matrix) -> dict[int, int]:
    """Stores a lesson for each row; returns number -> row."""
    lessons = {f"r{row}": [passage(f"r{row}", f"text {row}")] for row in range(len(rows))}
    store.passages.replace_many(Scope.LESSONS, lessons)
    store.vectors.put("m", [f"hash of text {row}" for row in range(len(rows))], rows)
    found = store.passages.nearest("m", rows[:1], LESSONS, len(rows))
    return {number: int(one.record[1:]) for number, one in store.passages.get(n for n, _ in found).items()}


def nearest(store: Store, query: Matrix, wanted: Wanted = LESSONS, limit: int = 9, model: str = "m") -> list[str]:
    found = store.passages.nearest(model, query, wanted, limit)
    passages = store.passages.get(number for number, _ in found)
    return [passages[number].record for number, _ in found]


def test_the_nearest_come_first_with_their_cosine(store: Store) -> None:
    rows = unit_rows(600, 40)
    row_of = filled(store, rows)
    assert len(row_of) == len(rows)
    query = unit_rows(1, 40, seed=8)
    exact = (rows @ query[0]).argsort()[::-1]
    found = store.passages.nearest("m", query, LESSONS, 20)
    assert len({row_of[number] for number, _ in found} & set(exact[:20].tolist())) >= 19
    cosines = [cosine for _, cosine in found]
    assert cosines == sorted(cosines, reverse=True)
    np.testing.assert_allclose(cosines, [rows[row_of[number]] @ query[0] for number, _ in found], atol=0.01)


def test_a_query_of_several_rows_finds_what_is_near_to_any(store: Store) -> None:
    rows = unit_rows(50, 40)
    filled(store, rows)
    assert set(nearest(store, rows[[3, 17, 40]], limit=3)) == {"r3", "r17", "r40"}


def test_what_has_no_vector_of_the_model_is_not_near(store: Store) -> None:
    rows = unit_rows(3, 8)
    assert nearest(store, rows[:1]) == []
    filled(store, rows)
    store.passages.replace(Scope.LESSONS, "new", [passage("new", "new")])
    assert set(nearest(store, rows[:1])) == {"r0", "r1", "r2"}
    assert nearest(store, rows[:1], model="another") == []
    store.vectors.put("another", ["hash of new"], unit_rows(1, 16))
    assert nearest(store, unit_rows(1, 16), model="another") == ["new"]
    assert nearest(store, rows[:1], limit=0) == []


def test_a_passage_of_a_known_text_is_near_at_once_and_a_changed_or_removed_one_no_more(store: Store) -> None:
    rows = unit_rows(3, 8)
    filled(store, rows)
    store.passages.replace(Scope.LESSONS, "twin", [passage("twin", "text 1")])
    assert set(nearest(store, rows[[1]], limit=2)) == {"r1", "twin"}
    store.passages.replace(Scope.LESSONS, "r1", [passage("r1", "quite another text")])
    store.passages.replace(Scope.LESSONS, "r2", [])
    assert set(nearest(store, rows[[1]])) == {"twin", "r0"}
    with broken_off(store):
        store.passages.replace(Scope.LESSONS, "twin", [])
        assert nearest(store, rows[[1]]) == ["r0"]
    assert set(nearest(store, rows[[1]])) == {"twin", "r0"}


def test_only_what_is_wanted_is_found_by_words_and_by_meaning(store: Store) -> None:
    said = {
        "a": Passage(Scope.STATEMENTS, "a", 0, "late", "h", "d", project="P", review="V", area="suppliers"),
        "b": Passage(Scope.STATEMENTS, "b", 0, "late", "h", "d", project="P", review="W", area="suppliers"),
        "c": Passage(Scope.STATEMENTS, "c", 0, "late", "h", "d", project="Q", review="W", area="technology"),
    }
    store.passages.replace_many(Scope.STATEMENTS, {record: [one] for record, one in said.items()})
    lesson = Passage(Scope.LESSONS, "l", 0, "late", "h", "d", project="Q", area="suppliers")
    store.passages.replace(Scope.LESSONS, "l", [lesson])
    row = unit_rows(1, 8)
    store.vectors.put("m", ["h"], row)
    every = tuple(Scope)
    for wanted, expected in {
        Wanted(every): "abcl",
        Wanted((Scope.STATEMENTS,)): "abc",
        Wanted(every, reviews=frozenset({"V"})): "al",
        Wanted(every, reviews=frozenset()): "l",
        Wanted(every, (("area", "suppliers"),)): "abl",
        Wanted(every, (("area", "suppliers"), ("project", "P")), frozenset({"W"})): "b",
        Wanted(every, (("scope", "lessons"),)): "l",
        Wanted(every, (("area", "nothing"),)): "",
        Wanted(every, records=frozenset({"a", "l", "nobody"})): "al",
        Wanted((Scope.STATEMENTS,), (("project", "P"),), records=frozenset({"b", "c"})): "b",
        Wanted(every, records=frozenset()): "",
        Wanted(()): "",
    }.items():
        assert set(nearest(store, row, wanted)) == set(expected), wanted
        found = store.passages.get(number for number, _ in store.passages.lexical(["late"], wanted, 9))
        assert {one.record for one in found.values()} == set(expected), wanted


def test_facets_that_change_while_the_text_stays_are_found_anew(store: Store) -> None:
    rows = unit_rows(2, 8)
    filled(store, rows)
    store.passages.replace(Scope.LESSONS, "r0", [replace(passage("r0", "text 0"), area="quality", digest="new")])
    assert nearest(store, rows, Wanted((Scope.LESSONS,), (("area", "quality"),))) == ["r0"]
    assert nearest(store, rows, Wanted((Scope.LESSONS,), (("area", ""),))) == ["r1"]
    assert store.passages.digests(Scope.LESSONS)["r0"] == "new"
    assert [one.record for one, _ in hits(store, ["0"])] == ["r0"]
    assert store.passages.unembedded("m", 9) == []


def test_many_records_are_replaced_as_each_would_be(store: Store) -> None:
    long = [passage("long", f"piece {n}", position=n) for n in range(3)]
    store.passages.replace_many(Scope.LESSONS, {"long": long, "gone": [passage("gone", "gone")], "none": []})
    shorter = [replace(long[0], text="another", text_hash="another"), long[1]]
    store.passages.replace_many(Scope.LESSONS, {"long": shorter, "gone": [], "new": [passage("new", "new")]})
    assert store.passages.of(Scope.LESSONS) == [*shorter, passage("new", "new")]
    assert [one.record for one, _ in hits(store, ["piece", "gone", "another", "new"])].count("long") == 2
    store.passages.replace_many(Scope.LESSONS, {})
    assert store.passages.get([]) == {}


def test_the_state_changes_with_passages_and_vectors_and_with_nothing_else(store: Store) -> None:
    states = [store.passages.state()]
    store.passages.replace(Scope.LESSONS, "a", [passage("a", "text")])
    states.append(store.passages.state())
    store.vectors.put("m", ["hash of text"], unit_rows(1, 8))
    states.append(store.passages.state())
    store.passages.replace(Scope.LESSONS, "a", [])
    states.append(store.passages.state())
    assert len(set(states)) == 4
    put_parents(store)
    store.marks.put("some", "mark")
    with broken_off(store):
        store.passages.replace(Scope.LESSONS, "b", [passage("b", "text")])
    assert store.passages.state() == states[-1]


def test_statements_are_unindexed_until_their_passages_are_replaced_and_again_once_they_change(store: Store) -> None:
    put_parents(store)
    store.statements.put(*(statement(key) for key in "abc"))
    assert [one.id for one in store.statements.unindexed(2)] == ["a", "b"]
    index = {key: [Passage(Scope.STATEMENTS, key, 0, "text", "h", "d")] for key in "abc"}
    store.passages.replace_many(Scope.STATEMENTS, index)
    assert store.statements.unindexed(9) == []
    store.statements.put(statement("a"), replace(statement("b"), kind=Kind.PROBLEM))
    assert [one.id for one in store.statements.unindexed(9)] == ["b"]
    store.passages.replace(Scope.STATEMENTS, "b", index["b"])
    store.statements.replace("R", [statement("c"), statement("d")])
    assert [one.id for one in store.statements.unindexed(9)] == ["d"]
    assert list(store.passages.digests(Scope.STATEMENTS)) == ["c"]
    store.statements.delete("d")
    assert store.statements.unindexed(9) == []


def test_passages_are_known_by_their_records(store: Store) -> None:
    store.passages.replace(Scope.LESSONS, "a/b", [passage("a/b", f"piece {n}", position=n) for n in range(2)])
    numbers = [number for number, _ in store.passages.lexical(["piece"], LESSONS, 9)]
    assert store.passages.records([*numbers, 7]) == dict.fromkeys(numbers, "lessons/a/b")
    assert {one.position for one in store.passages.get([*numbers, 7]).values()} == {0, 1}
    store.passages.replace(Scope.LESSONS, "a/b", [])
    assert store.passages.records(numbers) == store.passages.get(numbers) == {}


def test_the_state_of_records_that_search_holds_changes_with_them_and_with_nothing_else(store: Store) -> None:
    put_parents(store)
    families: dict[str, tuple[Sources[Any], Any, Any]] = {
        "projects": (store.projects, Project("Q", "Project"), Project("Q", "Renamed")),
        "risks": (store.risks, Risk("r", "P", "R1", "Late"), Risk("r", "P", "R1", "Later")),
        "lessons": (store.lessons, Lesson("l", "Lesson"), Lesson("l", "Another")),
        "themes": (store.themes, Theme("t", "Theme"), Theme("t", "Another")),
    }
    for family, record, changed in families.values():
        others = [other for other, _, _ in families.values() if other is not family]
        before, states = [other.state() for other in others], [family.state()]
        family.put(record)
        states.append(family.state())
        family.put(changed)
        states.append(family.state())
        family.delete(record.key if isinstance(record, Project) else record.id)
        states.append(family.state())
        assert len(set(states)) == 4
        with broken_off(store):
            family.put(record)
        store.marks.put("some", "mark")
        assert family.state() == states[-1]
        assert [other.state() for other in others] == before


def test_vectors_of_passages_are_those_of_their_texts(store: Store) -> None:
    rows = unit_rows(40, 16)
    row_of = filled(store, rows)
    numbers = list(row_of)
    for asked in (numbers, numbers[::-3], numbers):  # read, remembered, and both
        expected = rows[[row_of[number] for number in asked]]
        np.testing.assert_allclose(store.passages.vectors("m", asked), expected, atol=0.01)
    unknown = next(number for number in range(1, 1_000) if number not in row_of)
    assert not store.passages.vectors("m", [unknown]).any()
    assert not store.passages.vectors("another", numbers).any()
    assert len(store.passages.vectors("m", [])) == 0
    gone = numbers[0]
    store.passages.replace(Scope.LESSONS, f"r{row_of[gone]}", [])
    assert store.passages.vectors("m", numbers).any(axis=1).tolist() == [False] + [True] * (len(numbers) - 1)
