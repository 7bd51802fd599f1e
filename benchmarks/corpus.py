"""All texts of the data folder -> distinct real sentences with their vectors, and noised copies of them beyond that.

A copy has words dropped and swapped, so that it is another text; its vector is the sentence's with noise added, which
costs no encoding and lies about as far off as the vector of such a text does.
"""

from __future__ import annotations

import csv
import json
import random
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from measuring import part, run_part

if TYPE_CHECKING:
    from reviewkit.language.ports import Matrix

SHORTEST, LONGEST = 3, 600
"""Words a sentence has at least, and characters it is cut at."""

NOISE = 0.45
"""Length of the noise added to a unit vector: a cosine of 0.91 to the sentence it was made of."""

DROPPED, SWAPPED = 0.15, 0.1
"""Chance of each word to be left out, and to change places with the next."""

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
_SEED = 20
csv.field_size_limit(1_000_000_000)


def prepare(data: Path, cache: Path) -> Mapping[str, float]:
    """Makes the corpus unless `cache` holds it; {"texts", "seconds", "peak"} of encoding it when that was done."""
    measured = cache / "encoded.json"
    if not measured.exists():
        cost = part(__file__, "encode", data, cache)
        measured.write_text(json.dumps({**cost.said, "peak": cost.peak}), encoding="utf-8")
    found: Mapping[str, float] = json.loads(measured.read_text(encoding="utf-8"))
    return found


def texts_of(cache: Path, size: int) -> list[str]:
    """`size` distinct texts, in an order of their own: real sentences as long as there are any, then noised copies."""
    real: list[str] = json.loads((cache / "corpus.json").read_text(encoding="utf-8"))
    found = dict.fromkeys(real[:size])
    rng = random.Random(_SEED)
    for row in range(len(real), size):
        copy = noised(real[row % len(real)], rng)
        while copy in found:  # each round is longer than the one before, so that one is new some time
            copy = f"{copy} {rng.choice(copy.split())}"
        found[copy] = None
    return list(found)


def vectors_of(cache: Path, size: int) -> Matrix:
    """(size, dim) float32, unit rows, as `texts_of` orders them."""
    import numpy as np

    real = np.load(cache / "corpus.npy", mmap_mode="r")
    found = np.empty((size, real.shape[1]), dtype=np.float32)
    found[: len(real)] = real[:size]
    rng = np.random.default_rng(_SEED)
    for start in range(len(real), size, len(real)):
        rows = found[start : start + len(real)]
        rows[:] = real[: len(rows)]
        rows += rng.standard_normal(rows.shape, dtype=np.float32) * np.float32(NOISE / real.shape[1] ** 0.5)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
    return found


def encode(data: str, cache: str) -> Mapping[str, object]:
    """Cuts the sentences, encodes them and writes both; what it took to encode them."""
    import time

    import numpy as np

    import reviewkit

    texts = _sentences(Path(data))
    encoder = reviewkit.load_encoder("content")
    begin = time.perf_counter()
    vectors = encoder.encode(texts)
    seconds = time.perf_counter() - begin
    np.save(Path(cache) / "corpus.npy", vectors)
    (Path(cache) / "corpus.json").write_text(json.dumps(texts), encoding="utf-8")
    return {"texts": len(texts), "seconds": seconds}


def _sentences(data: Path) -> list[str]:
    """Distinct, in a random order that is always the same."""
    found: dict[str, None] = {}
    for path in sorted(data.rglob("*.csv")):
        with path.open(newline="", encoding="utf-8") as file:
            for cell in (cell for line in csv.DictReader(file) for cell in line.values() if isinstance(cell, str)):
                for piece in _SENTENCE.split(cell):
                    sentence = " ".join(piece.split())
                    if sentence.count(" ") >= SHORTEST - 1:
                        found.setdefault(sentence[:LONGEST])
    texts = list(found)
    random.Random(_SEED).shuffle(texts)
    return texts


def noised(text: str, rng: random.Random) -> str:
    words = text.split()
    kept = [word for word in words if rng.random() >= DROPPED] or words
    for place in range(len(kept) - 1):
        if rng.random() < SWAPPED:
            kept[place], kept[place + 1] = kept[place + 1], kept[place]
    return " ".join(kept)


if __name__ == "__main__":
    run_part({"encode": encode}, sys.argv[1:])
