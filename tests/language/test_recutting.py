"""Which statement says what one said before its answer was cut in another way."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from reviewkit.domain.ids import fingerprint
from reviewkit.domain.reviews import Statement
from reviewkit.language.recutting import ALIKE, heir, shared

words = st.lists(st.sampled_from(["late", "Late", "bus", "never", "came", "ünter", "7", "it’s"]), max_size=12)


def said(text: str, question: str = "q") -> Statement:
    return Statement(f"{question} {text}", "R", "V", "P", question, 0, len(text), text, fingerprint(text))


@given(words, words)
def test_shares_are_the_same_both_ways_and_between_nothing_and_all(one: list[str], other: list[str]) -> None:
    ours, theirs = " ".join(one), ", ".join(other)
    assert shared(ours, theirs) == shared(theirs, ours)
    assert 0 <= shared(ours, theirs) <= 1
    assert shared(ours, ours) == (1 if one else 0)


@given(st.lists(words, min_size=1, max_size=6), st.data())
def test_the_very_words_are_always_found_and_nothing_under_the_bar(texts: list[list[str]], data: st.DataObject) -> None:
    after = [said(" ".join(one)) for one in texts]
    sought = data.draw(st.sampled_from(after))
    found = heir(sought.text, sought.text_hash, "q", after)
    assert found is not None
    assert found.text == sought.text
    other = " ".join(data.draw(words))
    near = heir(other, fingerprint(other), "q", after)
    best = max(shared(other, one.text) for one in after)
    assert (near is not None) == (best >= ALIKE or other in [one.text for one in after])


def test_another_question_is_another_claim_and_without_its_text_only_the_very_words_count() -> None:
    one = said("Everything came too late again")
    assert heir(one.text, one.text_hash, "another", [one]) is None
    assert heir("", one.text_hash, "", [replace(one, id="new")]) == replace(one, id="new")
    assert heir("", fingerprint("Everything came late again"), "", [one]) is None
