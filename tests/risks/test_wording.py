"""A risk's three parts make a sentence, and hints help to word them."""

from __future__ import annotations

import pytest

from reviewkit.domain.projects import Risk
from reviewkit.risks.wording import hints, sentence

GOOD = Risk(
    *("TAP:R1", "TAP", "R1", "Validators arrive late"),
    cause="one factory makes all validators",
    event="the delivery slips past June",
    effect="push the launch into the winter timetable",
)


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        (("a dry summer", "the river falls", "stop the barges"),
         "Because of a dry summer, the river falls may happen, which would stop the barges."),
        (("One factory.", "The delivery may slip", "would delay the launch."),
         "Because of one factory, the delivery may slip, which would delay the launch."),
        (("Because of the strike", "there is a risk that buses may stand still", "which would close the line"),
         "Because of the strike, buses may stand still, which would close the line."),
        (("one factory makes all of them", "it may burn", "stop the trams"),
         "Because one factory makes all of them, it may burn, which would stop the trams."),
        (("", "flooding", ""), "Because of …, flooding may happen, which would …."),
        (("NASA rules", "SAP could fail", "leading to no pay"),
         "Because of NASA rules, SAP could fail, which would lead to no pay."),
        (("", " ", ""), ""),
    ],
)  # fmt: skip
def test_the_sentence(parts: tuple[str, str, str], said: str) -> None:
    assert sentence(*parts) == said


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
