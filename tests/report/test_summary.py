"""A report's first page, and whom its ratings count."""

from __future__ import annotations

from datetime import date

import pytest

from reviewkit.domain.kickoffs import Action
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.reviews import Review
from reviewkit.domain.words import ActionState, Occurred, Wave
from reviewkit.report.document import PageBreak, Paragraph
from reviewkit.report.evidence import Rated, ReportEvidence, Spoken, Voice
from reviewkit.report.review_report import review_report
from reviewkit.report.sections.learning import open_actions
from reviewkit.report.sections.quoting import chosen
from reviewkit.report.sections.risks import tally
from reviewkit.report.sections.summary import summary

CELLS = (("1–3 or not answered", 8, True), ("4–5", 13, True))


def evidence(rated: Rated) -> ReportEvidence:
    review = Review("PIR", "HUB", "How it went", "post_implementation", Wave.CLOSE, ())
    return ReportEvidence(Project("HUB", "Hub"), date(2026, 1, 2), (Voice(review, responses=21, rated=(rated,)),))


@pytest.mark.parametrize(("people", "whom"), [(None, "21 people, with or without an answer"), (19, "19 people")])
def test_a_rating_says_whom_it_counts(people: int | None, whom: str) -> None:
    assert Rated("How was it?", people, CELLS, everybody=21).of == whom


def test_where_few_gave_no_answer_the_rating_is_told_of_all_who_took_part() -> None:
    rated = Rated("How was it?", None, CELLS, scale=True, overall=True, everybody=21)
    lead = next(block for block in summary(evidence(rated)) if isinstance(block, Paragraph))
    assert "13 of 21 people rated it 4–5 out of 5." in lead.text


def test_a_short_summary_is_followed_on_the_same_page() -> None:
    blocks = review_report(evidence(Rated("How was it?", None))).blocks
    assert not [block for block in blocks if isinstance(block, PageBreak)]


def test_words_with_something_taken_out_are_quoted_last() -> None:
    whole, gone = (
        Spoken(f"{who} kept the list of all that was open.", "r", who, "went well") for who in ("We", "[name]")
    )
    assert chosen([gone, whole], 1) == [whole]


@pytest.mark.parametrize(
    ("became", "said"),
    [
        ("u", "What became of the registered risk is not known."),
        ("uu", "What became of all 2 registered risks is not known."),
        ("nu", "Of 2 registered risks none came true, 1 did not and of 1 it is not known."),
        ("yn", "Of 2 registered risks 1 came true and 1 did not."),
    ],
)
def test_that_none_came_true_is_not_said_where_nothing_is_known(became: str, said: str) -> None:
    ends = {"y": Occurred.YES, "n": Occurred.NO, "u": Occurred.UNKNOWN}
    assert tally([Risk(str(n), "HUB", "R", "Late", occurred=ends[one]) for n, one in enumerate(became)]) == said


@pytest.mark.parametrize(
    ("open_ones", "late", "closed", "said"),
    [
        (1, 0, 0, "The one action is open."),
        (0, 0, 1, "The one action is closed."),
        (2, 0, 0, "Both actions are open."),
        (3, 1, 0, "All 3 actions are open, 1 of them overdue."),
        (2, 2, 0, "Both actions are open and overdue."),
        (1, 1, 1, "1 of 2 actions is open and overdue."),
        (2, 0, 3, "2 of 5 actions are open."),
        (0, 0, 2, "None of the 2 actions is open any more."),
    ],
)
def test_open_actions_are_told_as_one_would_say_it(open_ones: int, late: int, closed: int, said: str) -> None:
    today = date(2026, 1, 2)
    actions = [Action(f"o{n}", "HUB", "Do it", due=date(2026, 1, 1) if n < late else None) for n in range(open_ones)]
    actions += [Action(f"c{n}", "HUB", "Did it", state=ActionState.DONE) for n in range(closed)]
    assert open_actions(ReportEvidence(Project("HUB", "Hub"), today, actions=tuple(actions))) == said
