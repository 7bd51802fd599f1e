"""The promises of `Encoder`, over every implementation."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reviewkit.language.engines import load_encoder
from reviewkit.language.engines.catalogue import catalogue, source_folder
from reviewkit.language.ports import Encoder, Pooling
from reviewkit.settings import read_settings

TEXTS = [
    "The validators arrived four months late.",
    "Great team spirit, even in the darkest weeks.",
    "no",
    "Training was far too early; by go-live half of us had forgotten everything, and nobody offered a second course.",
]


@pytest.fixture(scope="module", params=[*Pooling, "sentence-transformers"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    entry, cache = catalogue()["all-MiniLM-L6-v2"], read_settings().cache_path
    if isinstance(request.param, Pooling):
        return load_encoder(entry.name, cache, pooling=request.param, quiet=True)
    return load_encoder(str(source_folder(entry)), cache)


def test_rows_are_float32_of_unit_length(encoder: Encoder) -> None:
    rows = encoder.encode(TEXTS)
    assert rows.shape == (len(TEXTS), encoder.dim)
    assert rows.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_no_texts_give_no_rows(encoder: Encoder) -> None:
    assert encoder.encode([]).shape == (0, encoder.dim)


def test_the_same_text_gives_the_same_bits_in_any_company(encoder: Encoder) -> None:
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    crowd = ["x" * n for n in range(6)]
    together = encoder.encode([*crowd, *TEXTS, *reversed(TEXTS)])
    assert np.array_equal(together[6:10], alone)
    assert np.array_equal(together[10:], alone[::-1])


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b", "\ud800", "a\x00b", "\u0301" * 5_000, "x" * 50_000])
def test_whatever_the_text_holds_the_row_has_unit_length(encoder: Encoder, text: str) -> None:
    np.testing.assert_allclose(np.linalg.norm(encoder.encode([text]), axis=1), 1, atol=1e-5)


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(max_size=60), max_size=3))
def test_wild_texts_are_encoded_as_if_alone(encoder: Encoder, texts: list[str]) -> None:
    together = encoder.encode(texts)
    assert together.shape == (len(texts), encoder.dim)
    for text, row in zip(texts, together, strict=True):
        assert np.array_equal(encoder.encode([text])[0], row)


def test_text_beyond_the_limit_is_cut(encoder: Encoder) -> None:
    long = "the pump station was late " * 400
    assert np.array_equal(encoder.encode([long]), encoder.encode([long + "and the bus drivers were happy"]))


def test_what_means_the_same_is_nearer_than_what_does_not(encoder: Encoder) -> None:
    late, delayed, food = encoder.encode(
        ["The supplier was late.", "The vendor delivered with a delay.", "Good lunch."]
    )
    assert late @ delayed > late @ food + 0.2


def test_engines_of_the_same_weights_agree_but_are_not_called_the_same() -> None:
    entry = catalogue()["all-MiniLM-L6-v2"]
    cache = read_settings().cache_path
    built = load_encoder(entry.name, cache, pooling=Pooling.MEAN, quiet=True)
    source = load_encoder(str(source_folder(entry)), cache)
    assert built.name != source.name
    cosines = (built.encode(TEXTS) * source.encode(TEXTS)).sum(axis=1)
    assert cosines.mean() >= 0.985


def test_many_texts_on_many_threads_give_the_same_bits_as_one() -> None:
    encoder = load_encoder("all-MiniLM-L6-v2", read_settings().cache_path, quiet=True)
    texts = [f"statement {n} of the review, " + "again " * (n % 9) for n in range(200)]
    together = encoder.encode(texts)
    assert np.array_equal(together[::17], np.concatenate([encoder.encode([text]) for text in texts[::17]]))
