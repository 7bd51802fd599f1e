"""Labels such as people write on cards."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviewkit.themes.labels import Label, labels_of
from reviewkit.themes.labels.function_words import ENGLISH, OTHERS
from reviewkit.themes.labels.phrases import MOST_SIGNS, read
from reviewkit.themes.labels.wordings import names_and_private
from reviewkit.themes.wording import stem, words
from tests.themes.words_encoder import WordsEncoder

TEXTS = [
    "Late vendor deliveries cost us the summer.",
    "The vendor deliveries were late again, as always",
    "late vendor deliveries, four months of them!!",
    "Nobody plans for late vendor deliveries",
    "Training came too early and was forgotten.",
    "There was not enough time for training",
    "the training was too short, not enough time to try things",
    "not enough time in the training, [name] said so too",
]
GROUPS = [[0, 1, 2, 3], [4, 5, 6, 7]]
ENCODER = WordsEncoder()


def label(groups: list[list[int]], texts: list[str], **more: Any) -> list[Label]:
    return labels_of(groups, texts, ENCODER.encode(texts), [1.0] * len(texts), ENCODER, **more)


def test_a_label_is_a_phrase_that_several_statements_hold() -> None:
    first, second = label(GROUPS, TEXTS)
    assert first.text == "late vendor deliveries"
    assert second.text in ("not enough time", "time for training")
    assert set(first.keywords[:3]) == {"late", "vendor", "deliveries"}
    assert "training" in second.keywords
    assert "name" not in second.keywords


def test_a_name_is_a_themes_only_where_several_projects_know_it() -> None:
    said = ["They came late to Saltby again", "We waited in Saltby", "It runs on Moodle again", "We waited for Moodle"]
    names, private = names_and_private({row: read(text) for row, text in enumerate(said)}, ["A", "A", "A", "B"])
    assert {stem("saltby"), stem("moodle")} <= names
    assert stem("saltby") in private
    assert not private & {stem("moodle"), stem("waited")}


def test_a_label_that_is_taken_is_not_given_again() -> None:
    taken = ["Vendor delivery, late"]
    assert label(GROUPS, TEXTS, taken=taken)[0].text != "late vendor deliveries"


def test_a_name_the_field_knows_goes_first_where_it_is_free() -> None:
    known = [["late deliveries"], ["late deliveries", "training too short"]]
    assert [one.text for one in label(GROUPS, TEXTS, known=known)] == ["late deliveries", "training too short"]


def test_a_group_of_the_same_short_words_still_gets_its_own_label() -> None:
    found = label([[0, 1], [2, 3], [4]], ["slow", "slow", "slow", "slow", "…"])
    texts = [label.text for label in found]
    assert texts[0] == "slow"
    assert len(set(texts)) == 3


def phrases(text: str) -> dict[str, bool]:
    """The phrases of `text`, and whether each is whole."""
    return {phrase.text: phrase.whole for phrase in read(text).phrases}


def test_phrases_do_not_run_across_punctuation_or_begin_with_a_pronoun() -> None:
    found = phrases("We moved it, twice. Old servers: lack of rehearsal time")
    assert "lack of rehearsal" in found
    assert "old servers" in found
    assert not any("servers lack" in phrase or phrase.startswith("we ") for phrase in found)


def test_compounds_stay_whole() -> None:
    assert "go-live weekend" in phrases("the go-live weekend went well")


def test_no_phrase_says_a_thing_twice_or_puts_an_article_after_a_noun() -> None:
    found = phrases("so thank thankful that difficulty the game had; waiting for the supplier, charged a fee")
    assert "thank thankful" not in found
    assert "difficulty the game" not in found
    assert {"waiting for the supplier", "charged a fee"} <= set(found)


def test_a_part_of_a_phrase_is_known_as_a_part() -> None:
    found = phrases("late vendor deliveries. There was no good training. The staff were well looked after")
    assert found["late vendor deliveries"]
    assert not found["vendor deliveries"]
    assert found["no good training"]
    assert not found["good training"]
    assert not found["well looked"]


@given(st.text())
@example("é́" * 50)
@example("a" * 5_000 + " b" * 5_000)
@example("交货延迟了三周" * 100)
def test_whatever_is_said_a_phrase_is_short_and_does_not_end_dangling(text: str) -> None:
    silent = frozenset.intersection(*(one.silent for one in (ENGLISH, *OTHERS)))
    for phrase in read(text).phrases:
        assert phrase.key
        assert len(phrase.text.split()) <= 4 or len(phrase.text) <= 2 * MOST_SIGNS
        assert phrase.text.split()[-1] not in silent


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (
            [
                "La livraison tardive du matériel nous a coûté l'été.",
                "Encore une livraison tardive, comme toujours",
                "nous avons souffert de la livraison tardive des bornes",
            ],
            "livraison tardive",
        ),
        (
            [
                "Die verspätete Lieferung der Geräte hat uns den Sommer gekostet.",
                "Wieder eine verspätete Lieferung, wie immer",
                "und dann kam noch die verspätete Lieferung dazu",
            ],
            "verspätete lieferung",
        ),
        (["供应商交货延迟了三周。", "交货延迟，没有人告诉我们", "又是交货延迟！"], "交货延迟"),
    ],
)
def test_other_languages_have_labels_of_their_own_words(texts: list[str], wanted: str) -> None:
    others = ["Training came too early.", "The training was too short.", "We forgot the training."]
    assert label([[0, 1, 2], [3, 4, 5]], texts + others)[0].text == wanted


def test_of_worthy_phrases_that_is_taken_which_finds_its_own_statements_first() -> None:
    """“new system” is said by both groups; asked for, it brings the other's statements as well."""
    slow = ["The new system is slow at noon", "slow screens in the new system", "new system, slow screens again"]
    rights = ["The new system denies access rights", "new system: access rights missing", "access rights, new system"]
    first, second = label([[0, 1, 2], [3, 4, 5]], slow + rights)
    assert "slow" in first.text
    assert "rights" in second.text


def test_what_one_statement_alone_says_names_no_group() -> None:
    texts = [
        *(f"late deliveries on day {day}" for day in range(6)),
        "modirate late deliveries",
        *["good food here"] * 6,
    ]
    assert label([[*range(7)], [*range(7, 13)]], texts)[0].text == "late deliveries"


def test_the_order_of_other_texts_changes_no_label() -> None:
    reversed_rows = [[7 - row for row in group] for group in GROUPS]
    assert [one.text for one in label(reversed_rows, TEXTS[::-1])] == [one.text for one in label(GROUPS, TEXTS)]


@settings(deadline=None)
@given(st.lists(st.lists(st.text(max_size=40), min_size=1, max_size=5), max_size=6))
def test_every_group_of_any_texts_gets_one_label_unlike_the_others(groups: list[list[str]]) -> None:
    texts = [text for group in groups for text in group]
    rows, start = [], 0
    for group in groups:
        rows.append(list(range(start, start + len(group))))
        start += len(group)
    found = [label.text for label in label(rows, texts)]
    assert len(found) == len(groups)
    assert all(label.strip() and label == label.lower() for label in found)
    assert len(set(found)) == len(found)


@given(st.text())
def test_stems_of_forms_meet_and_are_never_empty(text: str) -> None:
    assert all(stem(word) for word in words(text))


def test_forms_of_a_word_share_a_stem() -> None:
    for forms in (
        "delay delays delayed delaying",
        "plan plans planned planning",
        "delivery deliveries",
        "test tests tested testing",
        "process processes processed",
        "supplier suppliers supplier's",
    ):
        assert len({stem(form) for form in forms.split()}) == 1, forms
    assert len({stem(word) for word in ("bus", "bug", "budget", "status")}) == 4
