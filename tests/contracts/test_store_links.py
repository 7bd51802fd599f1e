"""What every store promises of links to register entries: nearness kept, and queues counted and paged."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from reviewkit.domain.projects import Risk
from reviewkit.domain.themes import Link
from reviewkit.domain.words import Confidence, Kind, LinkState, Scope
from reviewkit.store.linked import Odds, Place, ProblemLinks
from reviewkit.store.port import Store

from .test_store_families import statement
from .wild import put_parents

WORDS = Odds({Confidence.LOW: 1.4, Confidence.MEDIUM: 0.2, Confidence.HIGH: 1.7})
LEARNED = replace(WORDS, weights=(0.5, -2.0, 0.25))
HERE = frozenset({"V"})


def link(source: str, risk: str, **more: object) -> Link:
    made = Link(Scope.STATEMENTS, source, risk, 1.0, Confidence.MEDIUM)
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.fixture
def told(store: Store) -> Store:
    """Problems a to e of project P with a register of its own and one of Q; z is praise, and x is not there."""
    put_parents(store)
    with store.write():
        store.projects.put(replace(store.projects.get("P"), key="Q"))
        store.risks.put(Risk("P:1", "P", "1", "One"), Risk("P:2", "P", "2", "Two"), Risk("Q:1", "Q", "1", "Elsewhere"))
        store.statements.put(
            *(statement(one, kind=Kind.PROBLEM) for one in "abcde"), statement("z", kind=Kind.POSITIVE)
        )
        store.links.put(
            link("a", "P:1", confidence=Confidence.LOW, score=3.0),
            link("b", "P:1", confidence=Confidence.HIGH, score=2.0, cosine=0.5),
            link("b", "P:2", score=1.0, cosine=0.1),
            link("c", "P:1", score=2.0, cosine=0.9, state=LinkState.REJECTED),
            link("d", "P:1", confidence=Confidence.LOW, state=LinkState.CONFIRMED),
            link("e", "Q:1", confidence=Confidence.HIGH),
            link("x", "P:1"),
            link("z", "P:1"),
            link("a", "P:9"),
            Link(Scope.THEMES, "a", "P:1", 9.0, Confidence.HIGH, cosine=-0.25),
        )
    return store


def test_how_near_both_sides_are_is_kept(told: Store) -> None:
    found = {(one.scope, one.source, one.risk): one.cosine for one in told.links.all()}
    assert found[Scope.THEMES, "a", "P:1"] == -0.25
    assert found[Scope.STATEMENTS, "b", "P:1"] == 0.5
    assert found[Scope.STATEMENTS, "a", "P:1"] is None
    told.links.put(link("b", "P:1", cosine=1 / 3))
    assert told.links.get(link("b", "P:1").id).cosine == 1 / 3
    told.links.replace_suggestions([link("a", "P:2", cosine=0.7)], {"a"})
    assert [one.cosine for one in told.links.all(source="a")] == [0.7]


def test_links_of_problems_come_the_least_sure_first_and_narrowed(told: Store) -> None:
    def found(odds: Odds = WORDS, **narrowed: object) -> list[tuple[str, str]]:
        asked = ProblemLinks(HERE, **narrowed)  # type: ignore[arg-type]
        links = told.links.of_problems(asked, odds)
        assert told.links.count_problems(asked) == len(links)
        return [(one.source, one.risk) for one in links]

    everything = [("c", "P:1"), ("b", "P:2"), ("a", "P:1"), ("d", "P:1"), ("b", "P:1"), ("e", "Q:1")]
    assert found() == everything
    assert found(state=LinkState.REJECTED) == [("c", "P:1")]
    assert found(confidence=Confidence.HIGH) == [("b", "P:1"), ("e", "Q:1")]
    assert found(project="Q") == [("e", "Q:1")]
    assert found(only=frozenset("ab")) == [("b", "P:2"), ("a", "P:1"), ("b", "P:1")]
    assert found(but=frozenset("abc")) == [("d", "P:1"), ("e", "Q:1")]
    assert found(only=frozenset()) == []
    assert told.links.count_problems(ProblemLinks(frozenset({"another"}))) == 0
    # those without a cosine go by their word; b at 0.25 and 0.55, c at 0.55 with the higher score
    assert found(LEARNED) == [("b", "P:1"), ("c", "P:1"), ("b", "P:2"), ("a", "P:1"), ("d", "P:1"), ("e", "Q:1")]


@pytest.mark.parametrize("odds", [WORDS, LEARNED], ids=["words", "learned"])
def test_pages_are_cut_from_one_order(store: Store, odds: Odds) -> None:
    put_parents(store)
    draw = random.Random(7)
    store.risks.put(*(Risk(f"P:{n}", "P", f"{n}", "One") for n in range(3)))
    store.statements.put(*(statement(f"s{n}", kind=Kind.PROBLEM) for n in range(20)))
    store.links.put(
        *(
            link(
                f"s{n}",
                f"P:{risk}",
                score=float(draw.randint(1, 3)),
                confidence=draw.choice(list(Confidence)),
                cosine=draw.choice([None, 0.25, 0.5, draw.random()]),
            )
            for n in range(20)
            for risk in range(3)
        )
    )
    asked = ProblemLinks(HERE)
    whole = store.links.of_problems(asked, odds)
    assert [one for first in range(0, 63, 7) for one in store.links.of_problems(asked, odds, first, 7)] == whole
    places = [Place(odds.distance(one.score, one.cosine, one.confidence), one.score, one.id) for one in whole]
    assert [place.order for place in places] == sorted(place.order for place in places)
    assert [store.links.count_problems(asked, odds, place) for place in places] == list(range(60))
    assert store.links.count_problems(asked, odds, Place(-1.0, 0.0, "")) == 0


def test_problems_that_no_entry_of_their_own_register_holds(told: Store) -> None:
    assert told.links.unheld(ProblemLinks(HERE)) == {"a", "c", "e"}
    assert told.links.unheld(ProblemLinks(HERE, state=LinkState.REJECTED)) == {"c"}


def test_links_are_counted_by_register_and_risks_tell_their_project(told: Store) -> None:
    assert told.links.per_project() == {"P": 8, "Q": 1}
    assert told.risks.projects({"P:2", "Q:1", "P:9"}) == {"P:2": "P", "Q:1": "Q"}
    assert told.risks.projects()["P:1"] == "P"
    assert told.risks.projects([]) == {}
