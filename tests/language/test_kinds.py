"""Kinds of statements that nobody trained on, by the shipped head."""

from __future__ import annotations

import numpy as np
import pytest

from reviewkit.domain.words import Kind
from reviewkit.language.files import model_file
from reviewkit.language.kinds import kinds_of
from reviewkit.language.ports import Encoder

PLAIN = {
    "Great team spirit, even in the darkest weeks.": Kind.POSITIVE,
    "The helpdesk was friendly, quick and very helpful.": Kind.POSITIVE,
    "Excellent communication from the project manager.": Kind.POSITIVE,
    "The system is slow and keeps crashing.": Kind.PROBLEM,
    "There was no training at all and nobody told us about the change.": Kind.PROBLEM,
    "Hard to find anything in the new menu.": Kind.PROBLEM,
    "Please involve the drivers earlier.": Kind.SUGGESTION,
    "It would be nice to have more screens in the control room.": Kind.SUGGESTION,
    "Add a search box to the front page.": Kind.SUGGESTION,
}


@pytest.mark.parametrize(("text", "kind"), PLAIN.items())
def test_plain_statements(encoder: Encoder, text: str, kind: Kind) -> None:
    [(found, confidence)] = kinds_of([text], encoder.encode([text]))
    assert found is kind
    assert 0.25 <= confidence <= 1


@pytest.mark.parametrize(("text", "kind"), [pair for pair in PLAIN.items() if "nobody" not in pair[0]])
def test_plain_statements_without_the_right_vectors(text: str, kind: Kind) -> None:
    """Another model's vectors cannot be read by the head; words and cues still can."""
    [(found, _)] = kinds_of([text], np.zeros((1, 7), dtype=np.float32))
    assert found is kind


def test_who_abstains_is_neutral(encoder: Encoder) -> None:
    texts = ["I cannot judge this.", "Don't know, ask me in a year."]
    assert [kind for kind, _ in kinds_of(texts, encoder.encode(texts))] == [Kind.NEUTRAL] * 2


@pytest.mark.parametrize(
    "text",
    ["The project ran from May to October.", "We had sixty users in two offices.", "I joined in the last month."],
)
def test_plain_facts_are_neutral(encoder: Encoder, text: str) -> None:
    assert kinds_of([text], encoder.encode([text]))[0][0] is Kind.NEUTRAL


def test_a_question_that_expects_a_kind_tips_the_balance_only(encoder: Encoder) -> None:
    texts = ["The weekend in March", "The system is slow and keeps crashing."]
    vectors = encoder.encode(texts)
    plain = kinds_of(texts, vectors)
    asked = kinds_of(texts, vectors, [Kind.POSITIVE, Kind.POSITIVE])
    assert asked[1][0] is Kind.PROBLEM
    assert asked[1][1] < plain[1][1]
    assert kinds_of(texts, vectors, [None, Kind.NEUTRAL]) == plain


def test_neighbours_change_nothing(encoder: Encoder) -> None:
    texts = list(PLAIN)
    vectors = encoder.encode(texts)
    together = kinds_of(texts, vectors)
    for n, text in enumerate(texts):
        [(kind, confidence)] = kinds_of([text], vectors[n : n + 1])
        assert kind is together[n][0]
        assert confidence == pytest.approx(together[n][1], abs=1e-4)


@pytest.mark.parametrize("text", ["", " ", "?", "\ud800", "\u0301" * 10_000, "no " * 50_000, "12 12 12", "a" * 100_000])
def test_any_text_has_a_kind(encoder: Encoder, text: str) -> None:
    [(kind, confidence)] = kinds_of([text], encoder.encode([text]))
    assert kind in Kind
    assert 0 <= confidence <= 1


def test_no_statements_have_no_kinds(encoder: Encoder) -> None:
    assert kinds_of([], encoder.encode([])) == []


def test_the_head_is_small_and_has_its_card() -> None:
    assert model_file("kinds.safetensors").stat().st_size < 250_000
    assert "five-fold" in model_file("kinds.md").read_text(encoding="utf-8")
