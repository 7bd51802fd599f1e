"""Review templates are TOML files; a wrong one is refused with its reason."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.collect.questions import key_for, minutes_of, one_line
from reviewkit.collect.templates import read_template, template, template_keys, template_text
from reviewkit.collect.templates.writing import template_toml
from reviewkit.domain.errors import Invalid, NotFound
from reviewkit.domain.reviews import Condition, Question, Template
from reviewkit.domain.words import Area, Kind, QuestionType, Wave

GOOD = """
title = "Short"
wave = "close"
intro = "Two questions."
[[questions]]
key = "a"
text = "How was it?"
type = "paragraph"
lens = "overall"
"""


def test_every_shipped_template_can_be_read_and_asks_for_the_role() -> None:
    for key in template_keys():
        questions = template(key).questions
        assert questions[0].key == "role"
        assert all(question.lens and question.text for question in questions)


def test_the_post_implementation_review_covers_the_field() -> None:
    lenses = {question.lens for question in template("post_implementation").questions}
    assert {"objectives", "schedule", "cost", "benefits", "suppliers", "handover", "risks", "went badly"} <= lenses


@pytest.mark.parametrize(
    ("key", "lenses"),
    [
        ("benefits", {"benefits", "measurement", "daily use", "support", "risks", "do differently"}),
        ("milestone", {"schedule", "scope", "risks", "went well", "do differently"}),
        ("start_stop_continue", {"start", "stop", "continue"}),
        ("four_ls", {"liked", "learned", "lacked", "longed for"}),
        ("mad_sad_glad", {"mad", "sad", "glad"}),
        ("sailboat", {"island", "wind", "anchor", "rocks"}),
        ("daki", {"drop", "add", "keep", "improve"}),
        ("well_improve_actions", {"went well", "to improve", "actions"}),
    ],
)
def test_reviews_and_retrospectives_ask_what_their_names_promise(key: str, lenses: set[str]) -> None:
    assert lenses <= {question.lens for question in template(key).questions}


def test_an_unknown_template_names_those_there_are() -> None:
    with pytest.raises(NotFound, match="post_implementation"):
        template("nope")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (("wave", "wafe"), "wave"),
        (('"close"', '"never"'), "never"),
        (('"paragraph"', '"essay"'), "essay"),
        (("[[questions]]", "[[questions"), "Template"),
        (('lens = "overall"', 'area = "weather"'), "weather"),
        (("key", "kee"), "key"),
    ],
)
def test_a_wrong_template_is_refused_with_its_reason(change: tuple[str, str], reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        read_template("mine", GOOD.replace(*change))


def test_two_questions_may_not_share_a_key() -> None:
    with pytest.raises(Invalid, match="two questions"):
        read_template("mine", GOOD + GOOD[GOOD.index("[[questions]]") :])


CONDITIONAL = """
title = "Short"
wave = "close"
intro = ""
questions = [
    {key = "role", text = "Part?", type = "single", options = ["user", "team"]},
    {key = "kept", text = "Was the schedule kept?", type = "yes_partly_no"},
    {key = "rated", text = "How was it?", type = "rating"},
    {key = "said", text = "Why?", type = "text"},
    {key = "why", text = "What prevented it?", type = "paragraph", when = WHEN},
    {key = "later", text = "Is it now?", type = "yes_partly_no"},
]
"""


@pytest.mark.parametrize(
    ("when", "condition"),
    [
        ('{question = "kept", answers = ["no", "partly"]}', Condition("kept", ("no", "partly"))),
        ('{question = "role", answers = ["team"]}', Condition("role", ("team",))),
        ('{question = "rated", answers = [1, 2]}', Condition("rated", ("1", "2"))),
    ],
)
def test_a_question_may_be_asked_after_certain_answers_only(when: str, condition: Condition) -> None:
    questions = {one.key: one for one in read_template("mine", CONDITIONAL.replace("WHEN", when)).questions}
    assert questions["why"].when == condition
    assert questions["later"].when is None


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        ('{question = "gone", answers = ["no"]}', "“gone” is none of the questions before it"),
        ('{question = "later", answers = ["no"]}', "“later” is none of the questions before it"),
        ('{question = "why", answers = ["no"]}', "“why” is none of the questions before it"),
        ('{question = "said", answers = ["no"]}', "“said” is answered in one’s own words"),
        ('{question = "kept", answers = ["never"]}', "“never” is no answer to “kept”; there are: yes, partly, no"),
        ('{question = "rated", answers = [6]}', "“6” is no answer to “rated”"),
        ('{question = "kept", answers = []}', "name the answers to “kept”"),
        ('{question = "kept"}', "“answers” is missing"),
        ('{question = "kept", answers = "no"}', "must be a list"),
        ('{question = "kept", answer = ["no"]}', "no field “answer”"),
        ('"no"', "must be a table"),
    ],
)
def test_a_condition_that_cannot_hold_is_refused_with_its_reason(when: str, reason: str) -> None:
    with pytest.raises(Invalid, match=reason) as refused:
        read_template("mine", CONDITIONAL.replace("WHEN", when))
    assert "question “why”" in str(refused.value)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (('title = "Short"', "title = 7"), "“title” must be text"),
        (('title = "Short"', 'title = " "'), "say what it is called"),
        (('wave = "close"', 'wave = "close"\nminutes = 0'), "whole number from 1 to"),
        (('wave = "close"', 'wave = "close"\nminutes = true'), "must be a whole number"),
        (('lens = "overall"', 'lense = "overall"'), "no field “lense”"),
        (('lens = "overall"', 'required = "yes"'), "must be true or false"),
        (('lens = "overall"', 'options = ["a", "b"]'), "has no options"),
        (('type = "paragraph"', 'type = "single"'), "at least two"),
        (('type = "paragraph"', 'type = "single"\noptions = ["a", "A"]'), "twice"),
        (('type = "paragraph"', 'type = "single"\noptions = ["a", " b"]'), "space"),
        (('key = "a"', 'key = "a b"'), "letters, digits"),
        (('text = "How was it?"', 'text = ""'), "write what is asked"),
    ],
)
def test_what_could_not_be_asked_is_refused_with_its_reason(change: tuple[str, str], reason: str) -> None:
    with pytest.raises(Invalid, match=reason):
        read_template("mine", GOOD.replace(*change))


def test_a_template_asks_something() -> None:
    with pytest.raises(Invalid, match="at least one question"):
        read_template("mine", 'title = "T"\nwave = "close"\nintro = ""\nquestions = []')
    with pytest.raises(Invalid, match="no table"):
        read_template("mine", 'title = "T"\nwave = "close"\nintro = ""\nquestions = [1]')


WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
SEEN = WORDS.filter(one_line)
CHOICES = st.lists(WORDS.map(one_line).filter(bool), min_size=2, max_size=5, unique_by=str.casefold).map(tuple)
KEYS = st.from_regex(r"[a-zéß0-9_-]{1,20}", fullmatch=True)


@st.composite
def templates(draw: st.DrawFn) -> Template:
    questions: list[Question] = []
    for key in draw(st.lists(KEYS, min_size=1, max_size=6, unique=True)):
        kind = draw(st.sampled_from(QuestionType))
        closed = [question for question in questions if question.choices]
        asked = draw(st.sampled_from(closed)) if closed and draw(st.booleans()) else None
        when = Condition(asked.key, (draw(st.sampled_from(asked.choices)),)) if asked else None
        chooses = kind in (QuestionType.SINGLE, QuestionType.MULTIPLE)
        questions.append(
            Question(
                key,
                draw(SEEN),
                kind,
                help=draw(WORDS),
                required=draw(st.booleans()),
                lens=draw(WORDS),
                area=draw(st.none() | st.sampled_from(Area)),
                expects=draw(st.none() | st.sampled_from(Kind)),
                options=draw(CHOICES) if chooses else (),
                when=when,
            )
        )
    wave, minutes = draw(st.sampled_from(Wave)), draw(st.integers(1, 240))
    return Template("mine", draw(SEEN), wave, draw(WORDS), tuple(questions), minutes)


@given(templates())
def test_a_template_written_as_toml_reads_back_the_same(made: Template) -> None:
    assert read_template("mine", template_toml(made)) == made


@pytest.mark.parametrize("key", template_keys())
def test_shipped_templates_can_be_written_and_take_the_minutes_that_are_estimated(key: str) -> None:
    shipped = template(key)
    assert read_template(key, template_text(key)) == read_template(key, template_toml(shipped)) == shipped
    assert minutes_of(shipped.questions) == shipped.minutes


@given(st.text(max_size=80), st.lists(KEYS))
def test_keys_are_made_of_any_text_and_never_taken_twice(text: str, taken: list[str]) -> None:
    key = key_for(text, taken)
    assert key not in taken
    made = Template("mine", "T", Wave.CLOSE, "", (Question(key, "?", QuestionType.TEXT),))
    assert read_template("mine", template_toml(made)) == made


def test_a_file_that_means_harm_is_refused() -> None:
    with pytest.raises(Invalid):
        read_template("mine", "a = " + "[" * 100_000)


def test_a_key_is_made_of_the_first_words() -> None:
    assert key_for("Was the schedule kept?", ()) == "was_the_schedule_kept"
    assert key_for("Was the schedule kept?", ["was_the_schedule_kept"]) == "was_the_schedule_kept_2"
    assert key_for("Où est-ce resté?", ()) == "ou_est_ce_reste"
    assert key_for("???", ()) == "question"
