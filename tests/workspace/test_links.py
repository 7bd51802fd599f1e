"""Links stay as people decided over runs, imports, growth and merges; decisions teach; people's answers count."""

from __future__ import annotations

import json
import math
import random
from collections.abc import Iterator
from dataclasses import asdict, replace
from datetime import date

import pytest

from reviewkit.domain.errors import Invalid, NotFound
from reviewkit.domain.foreseen import Calibration, Rival
from reviewkit.domain.privacy import whole_fives
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.reviews import Response
from reviewkit.domain.themes import Link, Membership, Theme, ThemeChange, ThemeRun
from reviewkit.domain.words import (
    Confidence,
    Kind,
    LinkState,
    ProjectStatus,
    ReviewStatus,
    Scope,
    ThemeChangeKind,
    Verdict,
)
from reviewkit.risks.calibration import CLAIMED, probability
from reviewkit.settings import Settings
from reviewkit.workspace import Workspace, open_workspace
from reviewkit.workspace.derive.links import link_statements, link_themes
from reviewkit.workspace.derive.progress import silent
from reviewkit.workspace.linking import SeenLink, Wanted
from reviewkit.workspace.linking.calibrating import KEPT, calibrate_links
from reviewkit.workspace.linking.people import hear_people
from reviewkit.workspace.linking.standing import carry_over
from tests.clock import Clock
from tests.webapp.organisation import Letters, found

ANY = Wanted(state=None)


@pytest.fixture
def org(clock: Clock) -> Iterator[Workspace]:
    """Linked by the tiny encoder; themes are trouble throughout."""
    with open_workspace(":memory:", Settings(), now=clock) as ws:
        found(ws).context.engines.__dict__["encoder"] = Letters()
        store = ws.context.store
        with store.write():
            store.themes.put(*(replace(theme, troubles=theme.statements) for theme in store.themes.all()))
        relink(ws)
        yield ws


def relink(ws: Workspace) -> None:
    link_statements(ws.context, silent)
    carry_over(ws.context.store)
    link_themes(ws.context, silent)


def pairs(ws: Workspace, state: LinkState = LinkState.SUGGESTED) -> set[tuple[str, str]]:
    return {(one.link.source, one.link.risk) for one in ws.links.queue(Wanted(state))}


def test_what_was_rejected_never_returns(org: Workspace) -> None:
    store = org.context.store
    one = next(one for one in org.links.queue() if one.link.source == "late")
    pair = (one.link.source, one.link.risk)
    (made,) = org.links.decide([one.link.id], LinkState.REJECTED, who="nell")
    assert (made.decided_by, made.decided_at) == ("nell", org.context.now())
    assert pair not in pairs(org)

    store.themes.put(replace(store.themes.get("late"), keywords=("late", "more"), statements=9, responses=9))  # growth
    relink(org)
    assert pair not in pairs(org)

    org.risks.put_all([replace(risk, effect="everything slips") for risk in store.risks.all()])  # the register again
    relink(org)
    assert pair not in pairs(org)
    assert pair in pairs(org, LinkState.REJECTED)

    org.themes.merge("late", "rooms", who="nell")  # a person's merge
    relink(org)
    assert ("rooms", pair[1]) in pairs(org, LinkState.REJECTED)
    assert ("rooms", pair[1]) not in pairs(org)
    assert pair[1] not in {tie.risk.id for tie in org.risks.linked_to(Scope.THEMES, "rooms")}

    decision = org.themes.decisions("late")[0]
    org.themes.undo(decision.id, who="nell")
    relink(org)
    assert pair in pairs(org, LinkState.REJECTED)


def test_a_decision_passed_on_by_a_merge_can_be_taken_back_there(org: Workspace) -> None:
    store = org.context.store
    risk = next(one.link.risk for one in org.links.queue() if one.link.source == "late")
    org.links.decide([Link(Scope.THEMES, "late", risk, 0, Confidence.LOW).id], LinkState.CONFIRMED, who="nell")
    org.themes.merge("late", "rooms", who="nell")
    here = Link(Scope.THEMES, "rooms", risk, 0, Confidence.LOW).id
    assert ("rooms", risk) in pairs(org, LinkState.CONFIRMED)
    org.links.decide([here], LinkState.SUGGESTED, who="ann")
    assert ("rooms", risk) in pairs(org)
    assert not store.links.all(state=LinkState.CONFIRMED)


def test_a_run_that_merges_themes_takes_decisions_along(org: Workspace) -> None:
    store = org.context.store
    gone = Link(Scope.THEMES, "gone", "TAP:R2", 1.0, Confidence.LOW, LinkState.REJECTED, "nell", org.context.now())
    change = ThemeChange(ThemeChangeKind.MERGED, "gone", "Gone", other="late", other_label="Late")
    with store.write():
        store.links.put(gone)
        store.theme_runs.put(ThemeRun("last", org.context.now(), "5", 9, (change,)))
    relink(org)
    relink(org)
    assert ("late", "TAP:R2") in pairs(org, LinkState.REJECTED)
    assert ("late", "TAP:R2") not in pairs(org)
    (kept,) = store.links.all(state=LinkState.REJECTED)
    assert kept.decided_by == "nell"


def test_decisions_are_all_or_none_and_who_was_first_is_kept(org: Workspace) -> None:
    first, second = (one.link.id for one in org.links.queue()[:2])
    with pytest.raises(NotFound):
        org.links.decide([first, "nope"], LinkState.CONFIRMED, who="nell")
    assert not pairs(org, LinkState.CONFIRMED)
    with pytest.raises(Invalid):
        org.links.decide([], LinkState.CONFIRMED, who="nell")
    org.links.decide([first], LinkState.CONFIRMED, who="nell")
    made = org.links.decide([first, second], LinkState.CONFIRMED, who="ann")
    assert [link.decided_by for link in made] == ["nell", "ann"]


def test_statements_of_a_review_too_few_answered_are_in_no_queue(org: Workspace) -> None:
    said = org.context.store.statements.all()
    org.context.store.statements.put(*(replace(one, kind=Kind.PROBLEM) for one in said))
    hidden = Link(Scope.STATEMENTS, "PIR-LIB-s0", "LIBRARY:R1", 3.0, Confidence.HIGH)
    shown = Link(Scope.STATEMENTS, "PIR-TAP-s0", "TAP:R1", 3.0, Confidence.HIGH)
    org.context.store.links.put(hidden, shown)
    found_ = {one.link.id: one for one in org.links.queue(ANY)}
    assert hidden.id not in found_
    (seen,) = org.links.drawn([found_[shown.id]])
    assert seen.verdict is Verdict.FORESEEN
    assert [seen.text[start:end] for start, end in seen.marks] == ["Validators", "late"]
    assert org.links.verdicts("PIR-LIB") == {}
    assert org.links.verdicts("PIR-TAP")["PIR-TAP-s0"] is Verdict.FORESEEN

    store, review = org.context.store, org.context.store.reviews.get("PIR-TAP")
    store.reviews.put(replace(review, status=ReviewStatus.OPEN, closes=None))
    assert shown.id not in {one.link.id for one in org.links.queue(ANY)}, "which are problems comes with the closing"
    assert org.links.verdicts("PIR-TAP") == {}
    store.reviews.put(review)
    store.statements.put(*(replace(one, kind=Kind.POSITIVE) for one in said if one.id != "PIR-TAP-s0"))
    assert org.links.verdicts("PIR-TAP") == {}, "one person speaks of a problem"


def test_fifty_decisions_teach_and_suggestions_follow(org: Workspace) -> None:
    store = org.context.store
    with store.write():
        for number in range(12):
            key = f"S{number}"
            store.projects.put(Project(key, key, status=ProjectStatus.CLOSED))
            store.risks.put(Risk(f"{key}:R1", key, "R1", "Late again"), Risk(f"{key}:R2", key, "R2", "Nothing"))
            store.themes.put(Theme(f"t{number}", "Late", projects=(key, "TAP"), statements=5, troubles=5))
    for number in range(12):
        for risk, cosine, state in (("R1", 0.7, LinkState.CONFIRMED), ("R2", 0.1, LinkState.REJECTED)):
            links = [
                Link(Scope.THEMES, f"t{(number + k) % 12}", f"S{number}:{risk}", 2.0 + k, Confidence.LOW, cosine=cosine)
                for k in range(3)
            ]
            store.links.put(*links)
            if number < 8:
                org.links.decide([link.id for link in links], state, who="nell")
    calibrate_links(org.context, fresh=True)
    assert org.links.learned().calibration is None
    assert org.links.learned().decided == 48
    org.links.decide([Link(Scope.THEMES, "t8", "S8:R1", 0, Confidence.LOW).id], LinkState.CONFIRMED, who="nell")
    org.links.decide([Link(Scope.THEMES, "t8", "S8:R2", 0, Confidence.LOW).id], LinkState.REJECTED, who="nell")
    calibrate_links(org.context, fresh=False)
    fit = org.links.learned().calibration
    assert fit is not None
    assert fit.in_use
    words = {link.risk: link.confidence for link in store.links.all(state=LinkState.SUGGESTED, source="t10")}
    assert words["S10:R1"] is Confidence.HIGH
    assert words["S10:R2"] is Confidence.LOW


def ask(ws: Workspace, answers: list[str], review: str = "PIR-TAP") -> None:
    """Everybody tells of a problem under risks, in the theme “late”, and answers whether it had been identified."""
    store = ws.context.store
    base = store.statements.get("PIR-TAP-s0")
    with store.write():
        for number, answer in enumerate(answers):
            name = f"{review}-a{number}"
            store.responses.put(Response(name, review, name, name, None, date(2024, 1, 2), {"risks_foreseen": answer}))
            told = replace(base, id=f"{name}-s", response=name, review=review, question="risks_occurred")
            store.statements.replace(name, [told])
            store.memberships.put(Membership(told.id, "rooms", "", 0.5))


def test_people_who_clearly_say_so_outweigh_the_machine(org: Workspace) -> None:
    store = org.context.store
    with store.write():
        store.links.replace_suggestions([Link(Scope.THEMES, "rooms", "TAP:R1", 3.0, Confidence.HIGH)])
    assert "rooms" not in {theme.id for theme in org.risks.blind_spots()}
    ask(org, ["no"] * 9 + ["yes"])
    assert hear_people(org.context)
    told = org.links.people().themes["rooms"]
    assert (told.people, told.answer, told.yes) == (10, False, None)
    assert "rooms" in {theme.id for theme in org.risks.blind_spots()}
    assert "rooms" in {one.theme.id for one in org.insights.blind_spots()}
    seen = org.links.foreseen(store.themes.get("rooms"))
    assert seen is not None
    assert seen.verdict is Verdict.BLIND_SPOT
    org.links.decide([Link(Scope.THEMES, "rooms", "TAP:R1", 0, Confidence.LOW).id], LinkState.CONFIRMED, who="nell")
    assert "rooms" not in {theme.id for theme in org.risks.blind_spots()}


def test_what_people_said_is_not_told_anew_when_themes_are_regrouped(org: Workspace) -> None:
    ask(org, ["no"] * 4 + ["yes"] * 2)
    assert hear_people(org.context)
    before = org.links.people()
    assert before.themes["rooms"].answer is False
    org.themes.move(["PIR-TAP-a0-s"], "late", who="nell")  # who said no there leaves: the share would be told by it
    assert not hear_people(org.context)
    assert org.links.people() == before


@pytest.mark.parametrize("review", ["PIR-LIB"])
def test_answers_of_a_review_too_small_count_nowhere(org: Workspace, review: str) -> None:
    ask(org, ["no"], review)  # with the three there are four
    hear_people(org.context)
    assert org.links.people().themes == {}
    assert org.links.people().agreement is None


def weight(one: SeenLink, fit: Calibration | None) -> float:
    """As the queue has always had it: how uncertain a link is, times how many it speaks for."""
    likely = CLAIMED[one.link.confidence]
    if fit and one.link.cosine is not None:
        likely = probability(fit.weights, one.link.score, one.link.cosine, one.own)
    likely = min(max(likely, 1e-9), 1 - 1e-9)
    entropy = -(likely * math.log2(likely) + (1 - likely) * math.log2(1 - likely))
    return round(entropy * (1 + math.log1p(whole_fives(one.theme.reach) if one.theme else 0)), 6)


@pytest.mark.parametrize("taught", [False, True], ids=["words", "learned"])
@pytest.mark.parametrize("verdict", [None, *Verdict], ids=str)
def test_every_page_is_cut_from_one_queue(org: Workspace, taught: bool, verdict: Verdict | None) -> None:
    store, draw = org.context.store, random.Random(5)
    with store.write():
        for number in range(30):
            people = draw.choice([2, 5, 25])
            store.themes.put(
                Theme(f"t{number}", "Late", projects=("TAP",), statements=people, responses=people, troubles=people)
            )
        store.links.put(
            *(
                Link(
                    scope,
                    source,
                    draw.choice(["TAP:R1", "LIBRARY:R1"]) if scope is Scope.THEMES else "TAP:R1",
                    draw.randint(1, 8) / 2,
                    draw.choice(list(Confidence)),
                    draw.choice([LinkState.SUGGESTED, LinkState.SUGGESTED, LinkState.REJECTED]),
                    cosine=draw.choice([None, draw.random()]),
                )
                for scope, source in (
                    *((Scope.THEMES, f"t{number}") for number in range(30)),
                    *((Scope.STATEMENTS, f"PIR-TAP-s{number}") for number in range(7)),
                )
            )
        )
    bad, good = Rival(0.3, 0.9), Rival(0.1, 0.2)
    fit = Calibration(60, 30, (0.4, 1.0, 0.3, -1.1), bad, bad, good, (), by_project=False, folds=5)
    assert fit.in_use
    if taught:
        store.marks.put(KEPT, json.dumps({"made_of": "", "fit": asdict(fit)}))
    wanted = Wanted(state=None, verdict=verdict)
    whole = org.links.queue(wanted)
    everything = [one for one in org.links.queue(ANY) if verdict in (None, one.verdict)]
    assert {one.link.id for one in whole} == {one.link.id for one in everything}
    weights = [weight(one, fit if taught else None) for one in whole]
    assert weights == sorted(weights, reverse=True)
    for size in (1, 4, 100):
        pages = [org.links.page(wanted, first, size) for first in range(0, max(1, len(whole)), size)]
        assert [one.link.id for page in pages for one in page.items] == [one.link.id for one in whole]
        assert {page.total for page in pages} == {len(whole)}
    last = org.links.page(wanted, 9_999, 4)
    assert [one.link.id for one in last.items] == [one.link.id for one in whole[last.first :]]
