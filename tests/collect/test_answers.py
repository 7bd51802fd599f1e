"""What a form or a script sends becomes checked answers, or a clear refusal."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.collect.answers import MAX_TEXT, check_answers, clean_text, role_of
from reviewkit.collect.templates import template
from reviewkit.domain.errors import AnswersInvalid
from reviewkit.domain.reviews import Condition, Question
from reviewkit.domain.words import QuestionType, RespondentRole

QUESTIONS = (
    *template("post_implementation").questions,
    Question("tools", "Tools", QuestionType.MULTIPLE, options=("phone", "tablet", "paper")),
    Question("day", "Day", QuestionType.DATE),
)


def test_a_form_posts_text_and_gets_numbers_choices_and_dates() -> None:
    given = {
        "role": "Team",
        "overall": " 4 ",
        "nps": 10,
        "objectives_met": "YES",
        "tools": ["paper", "phone", "phone"],
        "day": "2026-03-31",
        "went_well": "It worked.\r\nMostly.",
        "went_badly": "   ",
    }
    assert check_answers(QUESTIONS, given) == {
        "role": "team",
        "overall": 4,
        "nps": 10,
        "objectives_met": "yes",
        "tools": ("phone", "paper"),
        "day": "2026-03-31",
        "went_well": "It worked.\nMostly.",
    }


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("overall", 6),
        ("overall", 0),
        ("overall", True),
        ("overall", 3.0),
        ("overall", "٣"),
        ("overall", 2**63),
        ("overall", [3]),
        ("nps", "eleven"),
        ("objectives_met", "maybe"),
        ("role", "emperor"),
        ("tools", ["pen"]),
        ("tools", {"phone": 1}),
        ("day", "31.3.2026"),
        ("went_well", 7),
        ("went_well", ["a", "b"]),
        ("went_well", "x" * (MAX_TEXT + 1)),
        ("is_admin", "yes"),
    ],
)
def test_what_does_not_fit_is_named(key: str, value: object) -> None:
    with pytest.raises(AnswersInvalid) as refused:
        check_answers(QUESTIONS, {"went_badly": "fine", key: value})
    assert list(refused.value.problems) == [key]


UNSEEN = [" \u200b\u200d\ufeff ", "\t\r\n", " \u00a0\u3000\u2003", "\u3164\u3164", "\u2800", "\u0301", "\u2060\u180e"]


@pytest.mark.parametrize("given", [{}, *({"went_well": text} for text in UNSEEN)])
def test_an_empty_form_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(AnswersInvalid, match="not one question is answered"):
        check_answers(QUESTIONS, given)


@pytest.mark.parametrize("given", [{"role": "team"}, {"role": "team", "went_well": " "}])
def test_a_role_alone_is_refused_as_that(given: dict[str, object]) -> None:
    with pytest.raises(AnswersInvalid, match="what your part was") as refused:
        check_answers(QUESTIONS, given)
    assert list(refused.value.problems) == ["answers"]


def test_required_questions_must_be_answered() -> None:
    questions = (Question("a", "A", QuestionType.TEXT, required=True), Question("b", "B", QuestionType.TEXT))
    with pytest.raises(AnswersInvalid) as refused:
        check_answers(questions, {"b": "x"})
    assert list(refused.value.problems) == ["a"]


@given(st.text(max_size=200))
def test_clean_text_is_stable_and_holds_nothing_invisible_that_misleads(text: str) -> None:
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert not set(clean) & set("\x00\r\x1b\u202e\u2066\ud800")


@pytest.mark.parametrize("mark", ["\u0301", "\u1dc4", "\u0e49", "\u064b", "\u20dd", "\ufe20", "\U000e0101"])
def test_a_tower_of_combining_marks_is_cut(mark: str) -> None:
    assert len(clean_text("a" + mark * 100_000)) < 20


@pytest.mark.parametrize("text", ["Việt Nam", "שָׁלוֹם", "ประชุมที่", "مُحَمَّد", "ক্ষ্ম", "👩‍🔧 fine"])
def test_marks_that_a_script_needs_are_kept(text: str) -> None:
    assert clean_text(text) == text


def test_code_and_markup_are_kept_as_written() -> None:
    said = "<script>alert('x')</script> {{7*7}} =1+1 ' OR 1=1--"
    assert clean_text(said) == said


def test_role_comes_from_the_role_question() -> None:
    assert role_of({"role": "sponsor"}) is RespondentRole.SPONSOR
    assert role_of({"overall": 3}) is None


KEPT = Question("kept", "Was the schedule kept?", QuestionType.YES_PARTLY_NO)
WHY = Question("why", "Why not?", QuestionType.TEXT, required=True, when=Condition("kept", ("partly", "no")))
RISKS = Question("risks", "Which?", QuestionType.MULTIPLE, options=("staff", "money"), when=Condition("kept", ("no",)))
MONEY = Question("money", "How much?", QuestionType.TEXT, when=Condition("risks", ("money",)))
NOTE = Question("note", "Anything else?", QuestionType.TEXT)
ASKED = (KEPT, WHY, RISKS, MONEY, NOTE)


def test_a_question_whose_condition_does_not_hold_need_not_be_answered() -> None:
    assert check_answers(ASKED, {"kept": "yes"}) == {"kept": "yes"}
    assert check_answers(ASKED, {"note": "Fine."}) == {"note": "Fine."}
    with pytest.raises(AnswersInvalid) as refused:
        check_answers(ASKED, {"kept": "Partly"})
    assert refused.value.problems == {"why": "please answer this one"}


@pytest.mark.parametrize("kept", ["yes", "", None])
def test_what_came_for_a_question_that_was_not_asked_is_left_out(kept: str | None) -> None:
    said = {"kept": kept, "why": "x" * (MAX_TEXT + 1), "risks": ["pens"], "note": "Fine."}
    assert set(check_answers(ASKED, said)) - {"kept"} == {"note"}


def test_what_hangs_on_a_question_that_was_not_asked_is_not_asked() -> None:
    all_of_it = {"kept": "no", "why": "Staff.", "risks": ["staff", "money"], "money": "Ten."}
    assert check_answers(ASKED, all_of_it) == {**all_of_it, "risks": ("staff", "money")}
    assert check_answers(ASKED, {**all_of_it, "kept": "partly"}) == {"kept": "partly", "why": "Staff."}
    assert "money" not in check_answers(ASKED, {**all_of_it, "risks": ["staff"]})


def test_a_form_that_holds_nothing_but_what_was_not_asked_is_empty() -> None:
    with pytest.raises(AnswersInvalid, match="not one question is answered"):
        check_answers(ASKED, {"money": "Ten."})


def test_steps_of_a_scale_are_conditions_too() -> None:
    low = Condition("overall", ("1", "2"))
    questions = (Question("overall", "?", QuestionType.RATING), Question("why", "?", QuestionType.TEXT, when=low))
    assert check_answers(questions, {"overall": 2, "why": "Late."}) == {"overall": 2, "why": "Late."}
    assert check_answers(questions, {"overall": "3", "why": "Late."}) == {"overall": 3}
