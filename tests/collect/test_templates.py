"""Review templates are TOML files; a wrong one is refused with its reason."""

from __future__ import annotations

import pytest

from reviewkit.collect.templates import read_template, template, template_keys
from reviewkit.domain.errors import Invalid, NotFound

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
