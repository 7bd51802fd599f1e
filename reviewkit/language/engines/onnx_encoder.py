"""Texts -> vectors, by a built model: tokenizers and onnxruntime alone, ready in a tenth of a second."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from reviewkit.domain.errors import Invalid
from reviewkit.language.engines.catalogue import RECIPE, ModelEntry, built_folder, read_measured
from reviewkit.language.ports import Matrix, Pooling

_CHARACTERS = 16_384
"""Nothing beyond this is looked at: no text of the token limit is longer, but for one of gigantic single words."""

_TOGETHER = 256
"""Tokens that are run through the network together; more is no faster."""

_TOKENISED = 4096
"""Texts whose tokens are held at a time; more would take memory and gain nothing."""

_SLOWER = ["SkipLayerNormFusion"]
"""What onnxruntime would do to a graph unasked, and what takes longer on a CPU than what it replaces."""


class OnnxEncoder:
    """Pooled, normalised vectors of an ONNX model that has an output for each `Pooling`.

    Only texts of the same number of tokens are run together, and those only where the network is int8: its products are
    sums of whole numbers and its ranges are fixed, so that a text's vector is the same, bit for bit, in any company.
    """

    def __init__(self, folder: Path, name: str, dim: int, tokens: int, *, together: bool, pooling: Pooling) -> None:
        self._name = name
        self._pooling = pooling
        self._dim = dim
        self._together = _TOGETHER if together else 1
        self._tokenizer = open_tokenizer(folder, tokens)
        options = onnxruntime.SessionOptions()
        # Parallel over texts, not within one: short texts are too small to share, and no threads survive a fork.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        # Every text has a length of its own: memory planned for one shape or kept for later costs more than it saves.
        options.enable_mem_pattern = options.enable_cpu_mem_arena = False
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"], disabled_optimizers=_SLOWER
        )
        self._threads = _usable_cores()

    @property
    def name(self) -> str:
        return self._name

    @property
    def dim(self) -> int:
        return self._dim

    def encode(self, texts: Sequence[str]) -> Matrix:
        """Array (len(texts), dim), float32, rows of unit length; each distinct text is encoded once."""
        if not texts:
            return np.zeros((0, self._dim), dtype=np.float32)
        places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
        distinct = list(places)
        pooled = np.empty((len(distinct), self._dim), dtype=np.float32)
        for start in range(0, len(distinct), _TOKENISED):
            self._fill(pooled[start : start + _TOKENISED], distinct[start : start + _TOKENISED])
        pooled /= np.maximum(np.linalg.norm(pooled, axis=1, keepdims=True), np.float32(1e-12))
        if len(distinct) == len(texts):
            return pooled
        return pooled[[places[text] for text in texts]]

    def _fill(self, rows: Matrix, texts: Sequence[str]) -> None:
        """Writes each text's pooled vector into its row."""
        # A lone surrogate is no text that a tokenizer can read: it becomes a question mark.
        clean = [text[:_CHARACTERS].encode("utf-8", "replace").decode("utf-8") for text in texts]
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(clean)]
        batches = _batches([len(ids) for ids in tokens], self._together)

        def run(batch: Sequence[int]) -> None:
            ids = np.array([tokens[place] for place in batch], dtype=np.int64)
            rows[batch] = self._session.run([self._pooling.value], {"input_ids": ids})[0]

        if len(batches) == 1:
            run(batches[0])
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                list(pool.map(run, batches))


def load(entry: ModelEntry, cache: Path, *, pooling: Pooling = Pooling.CONTENT, quiet: bool = False) -> OnnxEncoder:
    """The built model, which is built first where it is not there yet."""
    folder = built_folder(entry, cache)
    measured = read_measured(folder)
    if measured is None:
        from reviewkit.language.engines.building import build_in_child

        build_in_child(entry, cache, quiet=quiet)
        measured = read_measured(folder)
    if measured is None:
        raise Invalid(
            f"The model {entry.name} could not be built in {folder}; run `reviewkit model build` and read on."
        )
    return open_built(entry, folder, measured.variant, pooling)


def open_built(entry: ModelEntry, folder: Path, variant: str, pooling: Pooling = Pooling.CONTENT) -> OnnxEncoder:
    """The encoder of a folder that holds `model.onnx` and `tokenizer.json`."""
    name = f"{entry.name}:{variant}-{pooling}-{RECIPE}"
    return OnnxEncoder(folder, name, entry.dim, entry.tokens, together=variant == "int8", pooling=pooling)


def open_tokenizer(folder: Path, tokens: int) -> Tokenizer:
    """The tokenizer of the folder, which cuts at `tokens` and does not pad."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(tokens)
    return tokenizer


def _batches(lengths: Sequence[int], most: int) -> list[list[int]]:
    """Places of equal length, `most` tokens together; the longest first, so that no thread is left with one at the end.

    A text longer than `most` is run alone.
    """
    found: list[list[int]] = []
    for place in sorted(range(len(lengths)), key=lambda place: -lengths[place]):
        last = found[-1] if found else []
        if last and lengths[last[0]] == lengths[place] and (len(last) + 1) * lengths[place] <= most:
            last.append(place)
        else:
            found.append([place])
    return found


def _usable_cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
