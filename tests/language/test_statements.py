"""Responses -> statements, through the real splitter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from reviewkit.domain.ids import fingerprint
from reviewkit.domain.reviews import Question, Response, Review
from reviewkit.domain.words import QuestionType, RespondentRole, Wave
from reviewkit.language.ports import Splitter
from reviewkit.language.redaction import redact
from reviewkit.language.statements import is_noise, statements_of

REVIEW = Review(
    id="rev1",
    project="TAP",
    title="Close",
    template="t",
    wave=Wave.CLOSE,
    questions=(
        Question("bad", "What went badly?", QuestionType.PARAGRAPH),
        Question("overall", "Overall?", QuestionType.RATING),
        Question("good", "What went well?", QuestionType.TEXT),
        Question("pick", "Which?", QuestionType.MULTIPLE, options=("a", "b")),
    ),
)
RESPONSE = Response(
    id="resp1",
    review="rev1",
    submission_key="k",
    receipt="r",
    role=RespondentRole.TEAM,
    submitted=date(2023, 6, 12),
    answers={
        "bad": "Validators came late. Ring Marit Halvorsen on 01632 960 123 about it.\n- n/a",
        "overall": 3,
        "good": "the pilot",
        "pick": ("a",),
        "gone": "an answer to a question that is no longer there",
    },
)


def test_each_open_answer_is_redacted_cut_and_labelled(splitter: Splitter) -> None:
    statements = statements_of(RESPONSE, REVIEW, splitter, ["Marit Halvorsen"])
    assert [(one.question, one.text) for one in statements] == [
        ("bad", "Validators came late."),
        ("bad", "Ring [name] on [phone] about it."),
        ("good", "the pilot"),
    ]
    first = statements[0]
    assert (first.response, first.review, first.project) == ("resp1", "rev1", "TAP")
    assert (first.role, first.said) == (RespondentRole.TEAM, date(2023, 6, 12))
    assert first.kind is None
    assert first.area is None


def test_offsets_point_into_the_redacted_answer(splitter: Splitter) -> None:
    for one in statements_of(RESPONSE, REVIEW, splitter, ["Marit Halvorsen"]):
        answer = redact(str(RESPONSE.answers[one.question]), ["Marit Halvorsen"])
        assert answer[one.start : one.end] == one.text
        assert one.text_hash == fingerprint(one.text)


def test_a_second_run_gives_the_same_ids_and_another_response_others(splitter: Splitter) -> None:
    first = [one.id for one in statements_of(RESPONSE, REVIEW, splitter)]
    assert first == [one.id for one in statements_of(RESPONSE, REVIEW, splitter)]
    assert len(set(first)) == len(first)
    other = [one.id for one in statements_of(replace(RESPONSE, id="resp2"), REVIEW, splitter)]
    assert not set(first) & set(other)


def test_the_same_words_twice_are_two_statements(splitter: Splitter) -> None:
    response = replace(RESPONSE, answers={"bad": "Too slow.\nToo slow."})
    assert len({one.id for one in statements_of(response, REVIEW, splitter)}) == 2


@pytest.mark.parametrize(
    "text",
    ["n/a", "N/A.", "none", "-", "No!", ".", "nothing", "Nothing really...", "same as above", "See above", "?", "",
     "42", "👍", "don't know", "I don’t know", "\u200b", "\u0301" * 3_000, "[name]", "[e-mail], [phone]"],
)  # fmt: skip
def test_an_answer_that_says_nothing_is_no_statement(splitter: Splitter, text: str) -> None:
    assert is_noise(text)
    assert statements_of(replace(RESPONSE, answers={"bad": text}), REVIEW, splitter) == []


@pytest.mark.parametrize(
    "text", ["training", "No sponsor", "nothing worked", "Too slow!!", "遅い", "same crew as above"]
)
def test_a_short_answer_that_says_something_is_one(splitter: Splitter, text: str) -> None:
    assert [one.text for one in statements_of(replace(RESPONSE, answers={"bad": text}), REVIEW, splitter)] == [text]
