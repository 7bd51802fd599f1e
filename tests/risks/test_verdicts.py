"""Whether a trouble was foreseen: registers first, then what people say, and decisions that outlive a merge."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from reviewkit.domain.foreseen import PeopleSaid
from reviewkit.domain.themes import Link
from reviewkit.domain.words import Confidence, LinkState, Scope, Verdict
from reviewkit.risks.people import agreement, people_said
from reviewkit.risks.verdicts import settled_links, statement_verdict, verdict

PROJECT_OF = {"A:R1": "A", "B:R1": "B"}
YES, NO, DIVIDED = PeopleSaid(10, True), PeopleSaid(10, False), PeopleSaid(10, None)


def link(risk: str, state: LinkState = LinkState.SUGGESTED, source: str = "t", day: int = 0) -> Link:
    when = datetime(2026, 1, day, tzinfo=UTC) if day else None
    return Link(Scope.THEMES, source, risk, 2.0, Confidence.MEDIUM, state, "nell" if day else "", when)


@pytest.mark.parametrize(
    ("links", "said", "expected"),
    [
        ([link("A:R1"), link("B:R1")], None, Verdict.FORESEEN),
        ([link("B:R1")], None, Verdict.ELSEWHERE),
        ([link("gone")], None, Verdict.ELSEWHERE),
        ([], None, Verdict.BLIND_SPOT),
        ([link("A:R1", LinkState.REJECTED)], None, Verdict.BLIND_SPOT),
        ([], YES, Verdict.FORESEEN),
        ([link("A:R1")], NO, Verdict.BLIND_SPOT),
        ([link("A:R1"), link("B:R1")], NO, Verdict.ELSEWHERE),
        ([link("A:R1", LinkState.CONFIRMED)], NO, Verdict.FORESEEN),
        ([link("A:R1")], DIVIDED, Verdict.FORESEEN),
        ([], DIVIDED, Verdict.BLIND_SPOT),
    ],
)
def test_own_registers_come_first_and_people_outweigh_only_the_machine(
    links: list[Link], said: PeopleSaid | None, expected: Verdict
) -> None:
    assert verdict(links, {"A"}, PROJECT_OF, said) is expected


def test_what_was_rejected_for_a_statement_does_not_come_back_by_its_theme() -> None:
    theme = [link("A:R1")]
    assert statement_verdict([], theme, "A", PROJECT_OF) is Verdict.FORESEEN
    rejected = Link(Scope.STATEMENTS, "s", "A:R1", 2.0, Confidence.HIGH, LinkState.REJECTED)
    assert statement_verdict([rejected], theme, "A", PROJECT_OF) is Verdict.BLIND_SPOT


def test_decisions_pass_on_to_what_a_theme_became() -> None:
    merged = {"t": "u", "u": "v"}
    links = [
        link("A:R1", LinkState.REJECTED, "t", day=1),
        link("A:R1", source="v"),
        link("B:R1", LinkState.CONFIRMED, "t", day=3),
        link("B:R1", LinkState.REJECTED, "u", day=2),
        link("C", LinkState.REJECTED, "t", day=5),
        link("C", LinkState.CONFIRMED, "v", day=4),
        link("D", source="t"),
    ]
    found = {one.risk: (one.source, one.state) for one in settled_links(links, merged)}
    assert found == {
        "A:R1": ("v", LinkState.REJECTED),
        "B:R1": ("v", LinkState.CONFIRMED),  # the latest of those passed on
        "C": ("v", LinkState.CONFIRMED),  # what was decided about the theme itself
    }


@pytest.mark.parametrize(("yes", "no"), [(4, 0), (0, 4), (2, 2), (3, 1)])
def test_nothing_is_told_of_fewer_than_five(yes: int, no: int) -> None:
    for named in (True, False):
        assert people_said(["p"] * yes, ["q"] * no, named=named) is None
        assert agreement([(True, True)] * yes + [(True, False)] * no, named=named) is None


@pytest.mark.parametrize("yes", range(30))
@pytest.mark.parametrize("no", range(30))
def test_no_number_tells_of_one_to_four(yes: int, no: int) -> None:
    said = people_said(["p"] * yes, ["q"] * no, named=False)
    agreed = agreement([(True, True)] * yes + [(True, False)] * no, named=False)
    for told in (said and said.people, said and said.yes, said and said.no, agreed and agreed.agree):
        assert not told or told % 5 == 0
    if said and said.yes is not None:
        assert min(yes, no) >= 5
    if agreed and agreed.agree is not None:
        assert yes == 0 or yes >= 5
        assert no == 0 or no >= 5


def test_people_are_of_one_mind_from_two_of_three() -> None:
    assert [people_said("p" * yes, "q" * (9 - yes), named=False) for yes in (3, 4, 6)] == [
        PeopleSaid(5, False),
        PeopleSaid(5, None),
        PeopleSaid(5, True),
    ]
    named = people_said("pppp", "q", named=True)
    assert named is not None
    assert named.sentence == "4 of 5 people who spoke of it said that it had been identified as a risk."
