"""A brief is read piece by piece: once each, to its end, and the whole of it from them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from reviewkit.kickoff.brief import MAX_ASPECTS, read_brief
from reviewkit.language.ports import Matrix

CRANES = "Two quay cranes are replaced before the winter."
PERMITS = "The river authority has to permit the works in writing."


class Listening:
    """An encoder that remembers what it was asked; a text about permits points one way, all others another."""

    name, dim = "listening", 2

    def __init__(self) -> None:
        self.asked: list[str] = []

    def encode(self, texts: Sequence[str]) -> Matrix:
        self.asked += texts
        return np.array([(0.0, 1.0) if "permit" in text else (1.0, 0.0) for text in texts], dtype=np.float32)


def test_each_piece_is_encoded_once_and_the_whole_weighs_them_by_their_words() -> None:
    encoder = Listening()
    read = read_brief("Quay", f"# Scope\n\n{CRANES} {PERMITS}\n\n{CRANES}", encoder)
    assert sorted(encoder.asked) == sorted(["Quay", "Scope", CRANES, PERMITS])
    assert read.aspects.tolist() == [[1, 0], [0, 1]]
    others, permits = 1 + 2 * len(CRANES.split()), len(PERMITS.split())
    assert read.whole == pytest.approx(np.array([[others, permits]]) / np.hypot(others, permits), abs=1e-6)
    assert read.named == pytest.approx(np.array([[others + 1, permits]]) / np.hypot(others + 1, permits), abs=1e-6)


def test_a_long_brief_is_read_to_its_end_in_stretches_as_long_as_a_passage() -> None:
    end = " ".join(f"Clause {number} asks for a written permit." for number in range(100))
    read = read_brief("", f"{CRANES * 80}\n\n{' '.join([CRANES] * 80)} {end}", Listening())
    assert len(read.aspects) == MAX_ASPECTS
    assert len(read.whole) > 5
    assert np.linalg.norm(read.whole, axis=1) == pytest.approx(1)
    assert read.whole[0].tolist() == [1, 0]
    assert read.whole[-1].tolist() == [0, 1]


@pytest.mark.parametrize(("name", "text"), [("", ""), ("", "- "), ("Quay", " \n"), ("", "No")])
def test_next_to_nothing_is_read_as_one_stretch(name: str, text: str) -> None:
    read = read_brief(name, text, Listening())
    assert read.named.shape == (1, 2)
    assert np.linalg.norm(read.named) == pytest.approx(1)
