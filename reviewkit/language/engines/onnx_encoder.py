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
from reviewkit.language.ports import Matrix

_CHARACTERS = 16_384
"""Nothing beyond this is looked at: no text of the token limit is longer, but for one of gigantic single words."""

_SHARE = 16
"""Texts a thread takes at a time; it never changes a result, since each text is a run of the network of its own."""

_TOKENISED = 4096
"""Texts whose tokens are held at a time; more would take memory and gain nothing."""

_SLOWER = ["SkipLayerNormFusion"]
"""What onnxruntime would do to a graph unasked, and what takes longer on a CPU than what it replaces."""


class OnnxEncoder:
    """Mean-pooled, normalised vectors of an ONNX model.

    Each text is encoded alone and without padding. In batches, an int8 network takes its activation ranges over the
    whole batch, so that a text's vector would depend on its neighbours; alone, the same text gives the same bits.
    """

    def __init__(self, folder: Path, name: str, dim: int, tokens: int) -> None:
        self._name = name
        self._dim = dim
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(tokens)
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
        """Writes each text's mean vector into its row."""
        # A lone surrogate is no text that a tokenizer can read: it becomes a question mark.
        clean = [text[:_CHARACTERS].encode("utf-8", "replace").decode("utf-8") for text in texts]
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(clean)]
        # The longest first, so that no thread is left alone with one at the end.
        places = sorted(range(len(tokens)), key=lambda place: -len(tokens[place]))
        shares = [places[start : start + _SHARE] for start in range(0, len(places), _SHARE)]

        def run(share: Sequence[int]) -> None:
            for place in share:
                ids = np.array([tokens[place]], dtype=np.int64)
                rows[place] = self._session.run(None, {"input_ids": ids})[0][0]

        if len(shares) == 1:
            run(shares[0])
        else:
            with ThreadPoolExecutor(self._threads) as pool:
                list(pool.map(run, shares))


def load(entry: ModelEntry, cache: Path, *, quiet: bool = False) -> OnnxEncoder:
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
    return open_built(entry, folder, measured.variant)


def open_built(entry: ModelEntry, folder: Path, variant: str) -> OnnxEncoder:
    """The encoder of a folder that holds `model.onnx` and `tokenizer.json`."""
    return OnnxEncoder(folder, f"{entry.name}:{variant}-{RECIPE}", entry.dim, entry.tokens)


def _usable_cores() -> int:
    affinity = getattr(os, "sched_getaffinity", None)
    return len(affinity(0)) if affinity else os.cpu_count() or 1
