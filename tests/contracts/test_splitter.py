"""The promises of `Splitter`, over every implementation."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from reviewkit.language.engines import load_splitter
from reviewkit.language.ports import Splitter

PIECES = st.sampled_from(
    [
        "late",
        "Training",
        "we",
        "e.g.",
        "Dr.",
        "no.",
        "3",
        "2.5",
        ".",
        "...",
        "!!",
        "?",
        ", but",
        "; ",
        "\n",
        "\n- ",
        "\r\n",
        " ",
        "  ",
        "(",
        ")",
        "[",
        "]",
        '"',
        "’",
        ":)",
        "•",
        "1. ",
        "a) ",
        "\u2028",
        "\x0b",
        "\x85",
        "\u200b",
        "\u0301",
        "ß",
        "İ",
        "\ud800",
        "\x00",
        "👍",
        "x" * 450,
        "https://a.b/c.d",
        "Q3",
        "w/",
    ]
)


@pytest.fixture(scope="module", params=["spacy"])
def splitter(request: pytest.FixtureRequest) -> Splitter:
    return load_splitter(request.param)


def keeps_contract(splitter: Splitter, text: str) -> None:
    spans = splitter.split(text)
    last = 0
    covered = [False] * len(text)
    for start, end in spans:
        assert last <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert text[start:end].strip()
        last = end
        covered[start:end] = [True] * (end - start)
    lost = [sign for sign, inside in zip(text, covered, strict=True) if sign.isalnum() and not inside]
    assert not lost


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(PIECES, max_size=30))
def test_every_letter_lies_in_one_span_whatever_people_type(splitter: Splitter, pieces: list[str]) -> None:
    keeps_contract(splitter, "".join(pieces))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=120))
@example("²")
@example("_a_")
@example("- 1")
def test_every_letter_lies_in_one_span_for_any_text(splitter: Splitter, text: str) -> None:
    keeps_contract(splitter, text)


@pytest.mark.parametrize("text", ["", " ", "\n \t\r\n", "\u3000"])
def test_white_space_alone_gives_nothing(splitter: Splitter, text: str) -> None:
    assert splitter.split(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "x" * 2_000_000,
        "\u0301" * 100_000,
        "a" + "\u0301" * 100_000,
        ". " * 20_000,
        "( " * 20_000,
        ", but i " * 6_000,
        "- " * 20_000,
        '" ' * 20_000,
        "word " * 30_000,
        "a.b/" * 20_000,
        "…!?." * 20_000,
        "ab\n" * 3_000,
    ],
    ids=lambda text: repr(text[:8]),
)
def test_hostile_lengths_keep_the_contract(splitter: Splitter, text: str) -> None:
    keeps_contract(splitter, text)


def test_the_same_text_is_always_cut_alike(splitter: Splitter) -> None:
    text = "Late again. No spares; nobody asked. But the crew was great!"
    assert splitter.split(text) == load_splitter("spacy").split(text)
