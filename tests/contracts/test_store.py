"""What every store promises: write blocks, and families of records."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewkit.domain.errors import AlreadyThere, Conflict, Invalid, NotFound
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.words import Area, Occurred, ProjectStatus
from reviewkit.store.port import Store

from .wild import FAMILIES, PROJECT, RESPONSE, broken_off, put_parents, wild

over_one_store = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.mark.parametrize("family", FAMILIES)
@over_one_store
@given(sample=st.data())
def test_what_was_put_is_what_is_got(store: Store, family: str, sample: st.DataObject) -> None:
    record_type, parents = FAMILIES[family]
    put_parents(store)
    record = replace(sample.draw(wild(record_type)), **parents)
    if family == "responses":
        record = replace(record, submission_key=f"key of {record.id}")
    records: Any = getattr(store, family)
    records.put(record)
    assert records.get(record.id) == record
    assert records.find(record.id) == record
    assert record in records.all()
    assert records.all(id=record.id) == [record]


def test_a_put_replaces_the_record_of_that_id_and_leaves_those_that_hang_on_it(store: Store) -> None:
    put_parents(store)
    store.projects.put(replace(PROJECT, name="Renamed", tags=("a", "b")))
    assert store.projects.all() == [replace(PROJECT, name="Renamed", tags=("a", "b"))]
    assert store.responses.all() == [RESPONSE]


def test_several_records_are_put_at_once_and_the_last_of_an_id_stands(store: Store) -> None:
    store.lessons.put(*(Lesson(f"L{n:04}", f"Lesson {n}") for n in range(1500)), Lesson("L0007", "Again"))
    assert store.lessons.count() == 1500
    assert store.lessons.get("L0007").title == "Again"
    store.lessons.put()
    assert store.lessons.count() == 1500


def test_what_is_not_there_is_none_or_named(store: Store) -> None:
    assert store.lessons.find("gone") is None
    with pytest.raises(NotFound, match="There is no lesson “gone”"):
        store.lessons.get("gone")
    assert store.lessons.all() == []
    assert store.lessons.count() == 0


def test_records_are_chosen_by_equal_fields_and_ordered_by_id(store: Store) -> None:
    store.projects.put(PROJECT)
    risks = [
        Risk("r3", "P", "3", "c", impact=5, occurred=Occurred.YES),
        Risk("r1", "P", "1", "a", impact=5),
        Risk("r2", "P", "2", "b", impact=None),
    ]
    store.risks.put(*risks)
    assert [risk.id for risk in store.risks.all()] == ["r1", "r2", "r3"]
    assert [risk.id for risk in store.risks.all(impact=5)] == ["r1", "r3"]
    assert [risk.id for risk in store.risks.all(impact=5, occurred=Occurred.YES)] == ["r3"]
    assert [risk.id for risk in store.risks.all(impact=None)] == ["r2"]
    assert store.risks.count(occurred=Occurred.UNKNOWN) == 2


@pytest.mark.parametrize("kind", [tuple, list, set])
def test_a_collection_means_any_of_its_members(store: Store, kind: type) -> None:
    store.lessons.put(
        Lesson("a", "A", area=Area.SCOPE), Lesson("b", "B", area=None), Lesson("c", "C", area=Area.QUALITY)
    )
    assert [lesson.id for lesson in store.lessons.all(area=kind([Area.SCOPE, Area.QUALITY]))] == ["a", "c"]
    assert [lesson.id for lesson in store.lessons.all(area=kind([Area.SCOPE, None]))] == ["a", "b"]
    assert store.lessons.all(area=kind([])) == []
    assert store.lessons.count(id=kind([f"x{n}" for n in range(2000)] + ["b", "c"])) == 2
    assert store.lessons.count(area=kind([f"x{n}" for n in range(2000)] + [None, Area.SCOPE])) == 2


def test_an_id_worked_out_from_other_fields_serves_as_one(store: Store) -> None:
    store.projects.put(Project("A", "Alpha"), Project("B", "Beta", status=ProjectStatus.CLOSED))
    assert [project.key for project in store.projects.all(id={"A", "B"}, status=ProjectStatus.CLOSED)] == ["B"]
    store.projects.delete("A", "never there")
    assert [project.key for project in store.projects.all()] == ["B"]


def test_a_field_that_is_none_is_a_mistake_of_the_caller(store: Store) -> None:
    with pytest.raises(TypeError):
        store.lessons.all(colour="red")


def test_a_taken_key_is_named_and_nothing_of_the_put_is_saved(store: Store) -> None:
    put_parents(store)
    other = replace(RESPONSE, id="other", submission_key="other")
    with pytest.raises(AlreadyThere, match="already a response “parent”"):
        store.responses.put(other, replace(RESPONSE, id="second"))
    assert store.responses.all() == [RESPONSE]


@pytest.mark.parametrize("text", ["a lone \ud800 surrogate", "\udfff"])
def test_half_a_character_is_refused_and_asks_for_nothing(store: Store, text: str) -> None:
    with pytest.raises(Invalid, match="half a character"):
        store.lessons.put(Lesson("a", text))
    with pytest.raises(Invalid, match="half a character"):
        store.lessons.put(Lesson("a", "A", tags=(text,)))
    assert store.lessons.all() == []
    assert store.lessons.find(text) is None
    assert store.lessons.all(title=[text, *(f"x{n}" for n in range(900))]) == []


def test_a_number_beyond_64_bits_is_refused(store: Store) -> None:
    with pytest.raises(Invalid):
        store.projects.put(Project("A", "Alpha", size=2**63))


def test_a_response_needs_a_submission_key_and_its_review(store: Store) -> None:
    put_parents(store)
    with pytest.raises(Invalid):
        store.responses.put(replace(RESPONSE, id="x", submission_key=""))
    with pytest.raises(Conflict):
        store.responses.put(replace(RESPONSE, id="x", submission_key="x", review="gone"))
    assert store.responses.count() == 1


def test_a_project_with_answers_is_not_removed(store: Store) -> None:
    put_parents(store)
    with pytest.raises(Conflict):
        store.projects.delete("P")
    assert store.projects.get("P") == PROJECT


def test_a_write_block_is_all_or_nothing(store: Store) -> None:
    with broken_off(store):
        store.lessons.put(Lesson("a", "A"))
        assert store.lessons.find("a") is not None
    assert store.lessons.find("a") is None
    with store.write():
        store.lessons.put(Lesson("a", "A"))
    assert store.lessons.find("a") is not None


def test_a_nested_block_joins_the_outer_one(store: Store) -> None:
    with broken_off(store), store.write():
        store.lessons.put(Lesson("a", "A"))
    assert store.lessons.all() == []


def test_an_inner_block_that_fails_undoes_itself_alone(store: Store) -> None:
    with store.write():
        store.lessons.put(Lesson("a", "A"))
        with broken_off(store):
            store.lessons.put(Lesson("b", "B"))
        store.lessons.put(Lesson("c", "C"))
    assert [lesson.id for lesson in store.lessons.all()] == ["a", "c"]


def test_another_thread_never_reads_what_is_not_committed(store: Store) -> None:
    store.lessons.put(Lesson("a", "before"))
    seen: list[str] = []
    reading = threading.Thread(target=lambda: seen.append(store.lessons.get("a").title))
    with broken_off(store):
        store.lessons.put(Lesson("a", "never committed"))
        reading.start()
        reading.join(0.2)  # a store with one connection answers once the block is over
    reading.join()
    assert seen == ["before"]


def test_writers_take_turns_so_that_read_then_write_is_safe(store: Store) -> None:
    store.marks.put("count", "0")

    def add() -> None:
        for _ in range(25):
            with store.write():
                store.marks.put("count", str(int(store.marks.get("count") or 0) + 1))

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert store.marks.get("count") == "100"


def test_one_of_fifty_threads_with_the_same_submission_key_wins(store: Store) -> None:
    put_parents(store)
    outcomes: list[str] = []
    together = threading.Barrier(50)

    def submit(n: int) -> None:
        together.wait()
        try:
            store.responses.put(replace(RESPONSE, id=f"r{n}", submission_key="same"))
            outcomes.append("saved")
        except AlreadyThere:
            outcomes.append("taken")

    threads = [threading.Thread(target=submit, args=(n,)) for n in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["saved"] + ["taken"] * 49
    assert store.responses.count(submission_key="same") == 1


def test_the_revision_counts_committed_outermost_blocks_that_changed_something(store: Store) -> None:
    before = store.revision()
    with store.write():
        store.marks.put("a", "1")
        with store.write():
            store.marks.put("b", "2")
        assert store.revision() == before
    assert store.revision() == before + 1
    with broken_off(store):
        pass
    store.lessons.all()
    with store.write():
        store.lessons.delete("not there")
    assert store.revision() == before + 1
    store.marks.put("c", "3")
    assert store.revision() == before + 2


def test_a_check_reports_integrity_and_versions(store: Store) -> None:
    found = store.check()
    assert found["integrity"] == "ok"
    assert found["schema"]
