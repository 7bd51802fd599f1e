"""What was decided about a claim stays with its words, however its answer is cut."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from reviewkit.domain.reviews import Response
from reviewkit.domain.themes import Link
from reviewkit.domain.words import Confidence, Kind, LinkState, Scope
from reviewkit.settings import Settings
from reviewkit.workspace import Workspace, open_workspace
from reviewkit.workspace.derive.links import link_statements
from reviewkit.workspace.derive.progress import silent
from reviewkit.workspace.derive.statements import cut_statements
from reviewkit.workspace.linking import Wanted
from tests.clock import Clock
from tests.webapp.organisation import Letters, found

SAID = "Yes but the validators came four months late; nobody told us of the strike in time."
Spans = list[tuple[int, int]]


class Cutter:
    """Cuts as it is told to, and is another engine each time."""

    def __init__(self, name: str, *parts: str) -> None:
        self.name, self._parts = name, parts

    def split(self, text: str) -> Spans:
        return [(text.index(part), text.index(part) + len(part)) for part in self._parts if part in text] or [
            (0, len(text))
        ]


LATE, STRIKE = "the validators came four months late", "nobody told us of the strike in time."


@pytest.fixture
def org(clock: Clock) -> Iterator[Workspace]:
    with open_workspace(":memory:", Settings(), now=clock) as ws:
        found(ws).context.engines.__dict__["encoder"] = Letters()
        store = ws.context.store
        for response in store.responses.all(review="PIR-TAP"):
            answers = {"went_badly": SAID} if response.id == "PIR-TAP-0" else {}
            store.responses.put(replace(response, answers=answers))
        yield ws


def cut(ws: Workspace, *parts: str) -> None:
    """Cuts all answers anew, as a new engine would, and suggests links to every entry of the register."""
    store = ws.context.store
    ws.context.engines.__dict__["splitter"] = Cutter(f"cutter {store.revision()}", *parts)
    cut_statements(ws.context, silent)
    said = [replace(one, kind=Kind.PROBLEM) for one in store.statements.all(response="PIR-TAP-0")]
    store.statements.put(*said)
    suggested = [
        Link(Scope.STATEMENTS, one.id, risk.id, 1.0, Confidence.HIGH, cosine=0.9)
        for one in said
        for risk in store.risks.all(project="TAP")
    ]
    store.links.replace_suggestions(suggested, {one.id for one in said})


def decide(ws: Workspace, text: str, state: LinkState, risk: str = "TAP:R1") -> None:
    (one,) = [one for one in ws.links.queue(Wanted(scope=Scope.STATEMENTS)) if (one.text, one.risk.id) == (text, risk)]
    ws.links.decide([one.link.id], state, who="nell")


def pairs(ws: Workspace, state: LinkState) -> set[tuple[str, str]]:
    return {(one.text, one.risk.id) for one in ws.links.queue(Wanted(state, scope=Scope.STATEMENTS))}


REJECTED, WAITING = LinkState.REJECTED, LinkState.SUGGESTED


def test_the_same_words_elsewhere_in_the_answer(org: Workspace) -> None:
    cut(org, LATE, STRIKE)
    decide(org, LATE, REJECTED)
    store = org.context.store
    response = store.responses.get("PIR-TAP-0")
    before = {one.text: one.id for one in store.statements.all(response=response.id)}
    store.responses.put(replace(response, answers={"went_badly": f"Well. {SAID}"}))  # as a longer redaction mark does
    cut(org, LATE, STRIKE)
    after = {one.text: one.id for one in store.statements.all(response=response.id)}
    assert after[LATE] != before[LATE]
    assert pairs(org, REJECTED) == {(LATE, "TAP:R1")}
    assert (LATE, "TAP:R1") not in pairs(org, WAITING)
    assert (STRIKE, "TAP:R1") in pairs(org, WAITING)
    (kept,) = store.links.all(state=REJECTED)
    assert (kept.decided_by, kept.source) == ("nell", after[LATE])


@pytest.mark.parametrize(
    ("parts", "is_kept"),
    [
        ((f"but {LATE}", STRIKE), True),  # six of seven words
        (("validators came four months late", STRIKE), True),  # five of six
        ((f"Yes but {LATE}", STRIKE), False),  # six of eight
        ((SAID,), False),
        (("four months late", STRIKE), False),
    ],
)
def test_eight_words_of_ten_are_the_same_claim(org: Workspace, parts: tuple[str, ...], is_kept: bool) -> None:
    cut(org, LATE, STRIKE)
    decide(org, LATE, REJECTED)
    cut(org, *parts)
    kept = {text for text, _ in pairs(org, REJECTED)}
    assert kept == ({parts[0]} if is_kept else set())
    assert ((parts[0], "TAP:R1") in pairs(org, WAITING)) is not is_kept


def test_words_that_come_back_bring_their_decision(org: Workspace) -> None:
    cut(org, LATE, STRIKE)
    decide(org, LATE, REJECTED)
    cut(org, SAID)
    assert pairs(org, REJECTED) == set()
    store = org.context.store
    store.responses.put(replace(store.responses.get("PIR-TAP-0"), answers={"went_badly": f"Well. {SAID}"}))
    cut(org, LATE, STRIKE)
    assert pairs(org, REJECTED) == {(LATE, "TAP:R1")}
    org.links.decide([store.links.all(state=REJECTED)[0].id], WAITING, who="ann")  # and can be taken back
    cut(org, f"but {LATE}", STRIKE)
    assert pairs(org, REJECTED) == set()


def test_whoever_decided_last_is_kept_over_several_cuts(org: Workspace, clock: Clock) -> None:
    cut(org, f"but {LATE}", STRIKE)
    decide(org, f"but {LATE}", LinkState.CONFIRMED)
    clock.pass_by(seconds=60)
    cut(org, LATE, STRIKE)
    org.links.decide([org.context.store.links.all(state=LinkState.CONFIRMED)[0].id], REJECTED, who="ben")
    cut(org, f"but {LATE}", STRIKE)
    (kept,) = [one for one in org.context.store.links.all(scope=Scope.STATEMENTS) if one.decided_by]
    assert (kept.state, kept.decided_by) == (REJECTED, "ben")


def test_another_persons_same_words_are_another_claim(org: Workspace) -> None:
    store = org.context.store
    other: Response = replace(store.responses.get("PIR-TAP-1"), answers={"went_badly": SAID})
    store.responses.put(other)
    cut(org, LATE, STRIKE)
    decide(org, LATE, REJECTED)
    cut(org, f"but {LATE}", STRIKE)
    assert {link.response for link in store.links.all(state=REJECTED)} == {"PIR-TAP-0"}


def test_an_erased_answer_takes_waiting_decisions_with_it(org: Workspace) -> None:
    cut(org, LATE, STRIKE)
    decide(org, LATE, REJECTED)
    cut(org, SAID)
    assert org.context.store.links.count(state=REJECTED) == 1
    org.context.store.responses.erase("PIR-TAP-0")
    assert org.context.store.links.count(state=REJECTED) == 0


def test_the_analysis_itself_suggests_nothing_that_was_rejected(org: Workspace) -> None:
    cut(org, LATE, STRIKE)
    decide(org, LATE, REJECTED)
    cut(org, f"but {LATE}", STRIKE)
    link_statements(org.context, silent)
    assert (f"but {LATE}", "TAP:R1") not in pairs(org, WAITING)
    assert pairs(org, REJECTED) == {(f"but {LATE}", "TAP:R1")}
