"""A risk's three parts make a sentence, and hints help to word them."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.domain.projects import Risk
from reviewkit.risks.wording import hints, sentence

GOOD = Risk(
    *("TAP:R1", "TAP", "R1", "Validators arrive late"),
    cause="one factory makes all validators",
    event="the delivery slips past June",
    effect="push the launch into the winter timetable",
)


SAID = [
    (("a dry summer", "the river falls", "stop the barges"),
     "Because of a dry summer, this may happen: the river falls, which would stop the barges."),
    (("a dry summer", "low water", "Delay."), "Because of a dry summer, this may happen: low water. Effect: delay."),
    (("One factory.", "The delivery may slip", "would delay the launch."),
     "Because of one factory, the delivery may slip, which would delay the launch."),
    (("Because of the strike", "there is a risk that buses may stand still", "which would close the line"),
     "Because of the strike, buses may stand still, which would close the line."),
    (("one factory makes all of them", "it may burn", "stop the trams"),
     "Because one factory makes all of them, it may burn, which would stop the trams."),
    (("the supplier has one line", "parts arrive late", "fitting slips into the winter"),
     "Because the supplier has one line, this may happen: parts arrive late. Effect: fitting slips into the winter."),
    (("both decide on the same wall", "sponsor leaves", "delay of some days"),
     "Cause: both decide on the same wall. This may happen: sponsor leaves. Effect: delay of some days."),
    (("left in vans on the yard", "Cloud outage!", "lead to long queues"),
     "Cause: left in vans on the yard. This may happen: Cloud outage, which would lead to long queues."),
    (("elections in May 2025", "it may rain", "may cost us dear"),
     "Cause: elections in May 2025. It may rain, which may cost us dear."),
    (("", "flooding", ""), "This may happen: flooding."),
    (("the strike", "", "Result in more work"), "Because of the strike, …, which would Result in more work."),
    (("the strike", "", ""), "Because of the strike, …"),
    (("", "", "no launch…"), "… Effect: no launch."),
    (("NASA rules", "SAP could fail", "leading to no pay"), "Because of NASA rules, SAP could fail. Effect: no pay."),
    (("because", " ...", "!?"), ""),
    (("", " ", ""), ""),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "said"), SAID)
def test_the_sentence(parts: tuple[str, str, str], said: str) -> None:
    assert sentence(*parts) == said


WORD = st.text("abehlnrstuwyABMTéß0123456789'-", min_size=1, max_size=9).filter(lambda word: word.isalnum())
EDGE = st.text(" .,;:!?…\n", max_size=3)
PART = st.builds(lambda before, words, after: before + " ".join(words) + after, EDGE, st.lists(WORD, max_size=9), EDGE)


@given(st.tuples(PART, PART, PART))
def test_whatever_is_typed_stands_in_the_sentence_and_no_two_signs_stand_together(
    parts: tuple[str, str, str],
) -> None:
    said = sentence(*parts)
    at = 0
    for part in parts:
        words = " ".join(part.split()).strip(" .,;:!?…")
        found = said.casefold().find(words.casefold(), at)
        assert found >= at, (said, words)
        at = found + len(words.casefold())
    assert not re.search(r"[.,;:!?…] ?[.,;:!?]|\s\s|\s[.,;:]", said), said
    assert not said or said[0] == "…" or not said[0].islower()
    assert said == "" or said[-1] in ".…"


def test_a_well_worded_risk_has_no_hint() -> None:
    assert hints(GOOD) == []


@pytest.mark.parametrize(
    "title", ["Budget", "Stakeholder communication", "Resources", "IT", "Time and cost", "Data migration"]
)
def test_a_worry_is_no_event(title: str) -> None:
    (first, *_) = hints(Risk("P:1", "P", "1", title, "one cause", "", "an effect"))
    assert first == f"“{title}” is what you worry about. What may happen to it?"


@pytest.mark.parametrize(
    "title",
    ["Strike", "Asbestos", "Validators late", "Budget overrun", "Supplier goes bankrupt", "Loss of key people",
     "The budget may be cut", "Flooding of the site", "Data leak", "Scope changes of the council", "Unclear scope"],
)  # fmt: skip
def test_what_may_happen_is_one(title: str) -> None:
    assert not [said for said in hints(Risk("P:1", "P", "1", title)) if "worry" in said]


def test_a_worry_in_the_title_is_no_matter_where_the_event_says_what_may_happen() -> None:
    assert (
        hints(Risk("P:1", "P", "1", "Budget", "a weak pound", "prices rise by a tenth", "leave the hall unfinished"))
        == []
    )


@pytest.mark.parametrize(
    ("parts", "hint"),
    [
        (("", "the delivery slips", "no launch"), "No cause"),
        (("one factory", "", "no launch"), "No event"),
        (("one factory", "the delivery slips", ""), "No effect"),
        (("one factory", "the delivery slips", "Delivery slipping"), "The effect says the same as the event"),
        (("delivery slips", "the delivery slips", "no launch"), "The cause says the same as the event"),
    ],
)
def test_each_gap_is_named_alone(parts: tuple[str, str, str], hint: str) -> None:
    (only,) = hints(Risk("P:1", "P", "1", "Delivery late", *parts))
    assert only.startswith(hint)
