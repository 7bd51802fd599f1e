"""Labels such as people write on cards."""

from __future__ import annotations

from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviewkit.themes.labels import Label, labels_of
from reviewkit.themes.phrases import OPENERS, phrases
from reviewkit.themes.wording import STOP_WORDS, stem, words
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


def test_phrases_do_not_run_across_punctuation_or_begin_with_a_pronoun() -> None:
    found = {" ".join(phrase) for _, phrase in phrases("We moved it, twice. Old servers: lack of rehearsal time")}
    assert "lack of rehearsal" in found
    assert "old servers" in found
    assert not any("servers lack" in phrase or phrase.startswith("we ") for phrase in found)


def test_compounds_stay_whole() -> None:
    assert "go-live weekend" in {" ".join(phrase) for _, phrase in phrases("the go-live weekend went well")}


@given(st.text())
@example("é́" * 50)
@example("a" * 5_000 + " b" * 5_000)
def test_whatever_is_said_a_phrase_neither_begins_nor_ends_dangling(text: str) -> None:
    for key, phrase in phrases(text):
        assert key
        assert 2 <= len(phrase) <= 4
        assert phrase[-1] not in STOP_WORDS
        assert phrase[0] not in STOP_WORDS or phrase[0] in OPENERS


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
