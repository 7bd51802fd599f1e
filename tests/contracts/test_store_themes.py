"""What every store promises of themes' members and of what new statements find their way by."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from reviewkit.domain.reviews import Statement
from reviewkit.domain.themes import Link, Membership
from reviewkit.domain.words import Confidence, Kind, LinkState, Scope
from reviewkit.store.port import Store
from reviewkit.themes.joining import Landmark
from reviewkit.themes.trends import Reach

from .wild import RESPONSE, put_parents


def say(store: Store, **responses: str) -> None:
    """Statements (response -> their ids) with a vector each, in project P."""
    put_parents(store)
    for response, statements in responses.items():
        store.responses.put(replace(RESPONSE, id=response, submission_key=response))
        for one in statements.split():
            store.statements.put(Statement(one, response, "V", "P", "q", 0, 5, f"text {one}", f"hash {one}"))
            store.vectors.put("m", [f"hash {one}"], np.ones((1, 4), dtype=np.float32))


def test_unplaced_statements_have_a_vector_of_the_model_and_no_membership(store: Store) -> None:
    say(store, r1="a b", r2="c d")
    store.memberships.put(Membership("b", "T"), Membership("c", ""))
    assert [one.id for one in store.statements.unplaced("m")] == ["a", "d"]
    assert store.statements.unplaced("other") == []


def test_a_membership_goes_with_its_statement(store: Store) -> None:
    say(store, r1="a b", r2="c")
    store.memberships.put(*(Membership(one, "T") for one in "abc"))
    store.statements.replace("r1", store.statements.all(id="b"))
    assert [one.statement for one in store.memberships.all()] == ["b", "c"]
    store.responses.erase("r2")
    assert [one.statement for one in store.memberships.all()] == ["b"]


def test_members_are_counted_by_theme_and_subtheme(store: Store) -> None:
    say(store, r1="a b c d e")
    store.memberships.put(
        Membership("a", "T", "T1"), Membership("b", "T", joined=True), Membership("c", "U", "U1", joined=True),
        Membership("d", ""), Membership("e", "", joined=True),
    )  # fmt: skip
    assert store.memberships.sizes() == {"T": 2, "T1": 1, "U": 1, "U1": 1, "": 2}
    assert store.memberships.sizes(joined=True) == {"T": 1, "U": 1, "U1": 1, "": 1}
    assert store.memberships.count(joined=True) == 3


def test_reach_counts_people_projects_troubles_and_days(store: Store) -> None:
    say(store, r1="a b", r2="c", r3="d")
    changed = {
        "a": {"kind": Kind.PROBLEM, "said": date(2025, 3, 1)},
        "b": {"kind": Kind.SUGGESTION, "said": date(2024, 5, 1), "project": "Q"},
        "c": {"kind": Kind.POSITIVE, "project": ""},
    }
    for one, fields in changed.items():
        store.statements.put(replace(store.statements.get(one), **fields))  # type: ignore[arg-type]
    store.memberships.put(*(Membership(one, "T", "T1" if one == "b" else "") for one in "abc"), Membership("d", ""))
    assert store.memberships.reach(["T", "T1", "nowhere", ""]) == {
        "T": Reach(3, 2, 2, ("P", "Q"), date(2024, 5, 1), date(2025, 3, 1)),
        "T1": Reach(1, 1, 1, ("Q",), date(2024, 5, 1), date(2024, 5, 1)),
    }
    assert store.memberships.reach([]) == {}


def test_landmarks_are_replaced_together(store: Store) -> None:
    rows = np.arange(8, dtype=np.float32).reshape(2, 4)
    store.landmarks.replace([Landmark("theme", "b", 0.5, rows[0]), Landmark("project", "a", 3.0, rows[1])])
    found = store.landmarks.all()
    assert [(one.kind, one.name, one.weight, one.row.tolist()) for one in found] == [
        ("project", "a", 3.0, [4, 5, 6, 7]),
        ("theme", "b", 0.5, [0, 1, 2, 3]),
    ]
    store.landmarks.replace(iter([Landmark("theme", "c", 0.25, rows[0])]))
    assert [one.name for one in store.landmarks.all()] == ["c"]
    store.landmarks.replace([])
    assert store.landmarks.all() == []


def test_suggestions_of_some_sources_are_replaced_without_those_of_others(store: Store) -> None:
    def link(source: str, risk: str = "r1") -> Link:
        return Link(Scope.THEMES, source, risk, 0.5, Confidence.MEDIUM)

    confirmed = replace(link("t2", "r2"), state=LinkState.CONFIRMED)
    store.links.replace_suggestions([link("t1"), link("t2"), link("t3")])
    store.links.put(confirmed)
    store.links.replace_suggestions([link("t2", "r2"), link("t2", "r3")], {"t2", "t3"})
    assert {(one.source, one.risk, one.state) for one in store.links.all()} == {
        ("t1", "r1", LinkState.SUGGESTED),
        ("t2", "r2", LinkState.CONFIRMED),
        ("t2", "r3", LinkState.SUGGESTED),
    }
    store.links.replace_suggestions([], [])
    assert store.links.count() == 3
