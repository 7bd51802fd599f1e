"""Any sequence of growth, erasure and people's edits leaves themes that hold together and heed what was decided."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from reviewkit.domain.errors import Conflict
from reviewkit.domain.themes import Decision, Theme
from reviewkit.domain.words import ThemeStatus, ThemeVerb
from reviewkit.themes.decisions import standing
from reviewkit.workspace import Workspace
from tests.clock import Clock

from .organisation import opened, places, run, say

NUMBERS = st.integers(0, 10_000)


def tops(ws: Workspace) -> list[Theme]:
    """The themes in the order of their first statements: names of themes are drawn at random, so no order of theirs
    would choose the same theme when an example runs again.
    """
    store = ws.context.store
    first: dict[str, str] = {}
    for member in store.memberships.all():
        first[member.theme] = min(member.statement, first.get(member.theme, member.statement))
    themes = [theme for theme in store.themes.all(parent="") if not theme.merged_into]
    return sorted(themes, key=lambda theme: first[theme.id])


def edit(ws: Workspace, verb: ThemeVerb, first: int, second: int) -> list[Decision]:
    """One decision, on themes and statements that the numbers choose; none where there is nothing to decide on."""
    themes = tops(ws)
    if not themes:
        return []
    theme, other = themes[first % len(themes)], themes[second % len(themes)]
    members = [member.statement for member in ws.context.store.memberships.all(theme=theme.id)]
    if verb is ThemeVerb.RENAME:
        return [ws.themes.rename(theme.id, f"Name {second}", who="nell")]
    if verb is ThemeVerb.STATUS:
        return [ws.themes.set_status(theme.id, list(ThemeStatus)[second % 3], who="nell")]
    if verb is ThemeVerb.SPLIT:
        chosen = members[: second % max(1, len(members))]
        return [ws.themes.split(theme.id, chosen, f"Part {second}" if second % 2 else "", who="nell")] if chosen else []
    if other.id == theme.id or other.status is ThemeStatus.RETIRED:
        return []
    if verb is ThemeVerb.MERGE:
        return [ws.themes.merge(theme.id, other.id, who="nell")]
    return list(ws.themes.move(members[: 1 + second % 2], other.id if second % 5 else "", who="nell"))


class Living(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.clock = Clock()
        self.ws = opened(self.clock)
        self.said = 0
        self.speak(20)
        run(self.ws)

    @rule(count=st.integers(1, 12))
    def speak(self, count: int) -> None:
        say(self.ws, self.said, count)
        self.said += count

    @rule(verb=st.sampled_from(ThemeVerb), first=NUMBERS, second=NUMBERS)
    def decide(self, verb: ThemeVerb, first: int, second: int) -> None:
        edit(self.ws, verb, first, second)

    @rule(which=NUMBERS)
    def undo(self, which: int) -> None:
        decisions = self.ws.context.store.decisions.all(undone=False)
        if decisions:
            self.ws.themes.undo(decisions[which % len(decisions)].id, who="nell")

    @rule(which=NUMBERS)
    def erase(self, which: int) -> None:
        responses = self.ws.context.store.responses.all()
        self.ws.context.store.responses.erase(responses[which % len(responses)].id)
        run(self.ws)

    @rule()
    def analyse(self) -> None:
        run(self.ws)
        store = self.ws.context.store
        before = (store.memberships.all(), store.themes.all(), store.theme_runs.all())
        assert {member.statement for member in before[0]} == set(store.statements.ids())
        assert run(self.ws) == 0
        assert (store.memberships.all(), store.themes.all(), store.theme_runs.all()) == before

    @precondition(lambda self: hasattr(self, "ws"))
    @invariant()
    def it_holds_together(self) -> None:
        store = self.ws.context.store
        themes = {theme.id: theme for theme in store.themes.all()}
        members = store.memberships.all()
        assert {member.statement for member in members} <= set(store.statements.ids())
        sizes: Counter[str] = Counter()
        for member in members:
            if member.theme:
                theme = themes[member.theme]
                assert not theme.parent
                assert not theme.merged_into
            if member.subtheme:
                assert themes[member.subtheme].parent == member.theme
            sizes.update({member.theme, member.subtheme} - {""})
        assert {name: theme.statements for name, theme in themes.items() if theme.statements} == dict(sizes)
        for name, reach in store.memberships.reach(themes).items():
            counted = replace(themes[name], **vars(reach))
            assert themes[name] == counted
        for theme in themes.values():
            assert theme.label
            assert bool(theme.merged_into) == (theme.statements == 0)
            assert theme.merged_into == "" or theme.status is ThemeStatus.RETIRED

    @precondition(lambda self: hasattr(self, "ws"))
    @invariant()
    def what_people_decided_stands(self) -> None:
        store = self.ws.context.store
        decided = standing(store.decisions.all())
        places_now = {member.statement: member for member in store.memberships.all()}
        present = set(store.statements.ids())
        for statement, place in decided.places.items():
            if statement in present:
                assert places_now[statement].theme == place.theme
                assert place.subtheme in ("", places_now[statement].subtheme)
        for theme in store.themes.all():
            if not theme.merged_into:
                assert theme.label == decided.labels.get(theme.id, theme.suggested)
                assert theme.status == decided.statuses.get(theme.id, ThemeStatus.SUGGESTED)
            else:
                assert theme.merged_into == decided.merged[theme.id]

    def teardown(self) -> None:
        if hasattr(self, "ws"):
            self.ws.close()


TestLiving = Living.TestCase
TestLiving.settings = settings(
    max_examples=20, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)


@given(
    edits=st.lists(st.tuples(st.sampled_from(ThemeVerb), NUMBERS, NUMBERS), min_size=1, max_size=8),
    seed=NUMBERS,
)
@settings(max_examples=30, deadline=None)
def test_undoing_everything_in_any_order_brings_everything_back(
    edits: list[tuple[ThemeVerb, int, int]], seed: int
) -> None:
    with opened(Clock()) as ws:
        say(ws, 0, 20)
        run(ws)
        before = (places(ws), {theme.id: (theme.label, theme.status, theme.statements) for theme in tops(ws)})
        made = [decision for verb, first, second in edits for decision in edit(ws, verb, first, second)]
        random.Random(seed).shuffle(made)
        for decision in made:
            ws.themes.undo(decision.id, who="nell")
        after = (places(ws), {theme.id: (theme.label, theme.status, theme.statements) for theme in tops(ws)})
        assert after[0] == before[0]
        assert after[1].keys() == before[1].keys()
        assert standing(ws.context.store.decisions.all()).places == {}


def test_a_decision_is_undone_once() -> None:
    with opened(Clock()) as ws:
        say(ws, 0, 20)
        run(ws)
        (decision,) = edit(ws, ThemeVerb.RENAME, 0, 1)
        ws.themes.undo(decision.id, who="nell")
        with pytest.raises(Conflict, match="already"):
            ws.themes.undo(decision.id, who="nell")
