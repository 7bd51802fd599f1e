"""The encoder's graph: whole numbers or not, it computes what sentence-transformers computes, in any company."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from reviewkit.domain.errors import Invalid
from reviewkit.language.engines import load_encoder
from reviewkit.language.engines.bert_graph import write_graph
from reviewkit.language.engines.calibration import ranges_of
from reviewkit.language.engines.catalogue import catalogue, source_folder
from reviewkit.language.engines.model_build import AGREEMENT, CALIBRATION
from reviewkit.language.engines.onnx_encoder import open_built, open_tokenizer
from reviewkit.language.files import model_file
from reviewkit.language.ports import Encoder, Matrix

ENTRY = catalogue()["all-MiniLM-L6-v2"]
TEXTS = [
    "late",
    "The validators arrived four months late and the whole rollout slipped with them.",
    "Great team spirit, even in the darkest weeks. " * 40,
]


@pytest.fixture(scope="module")
def wanted() -> Matrix:
    return load_encoder(str(source_folder(ENTRY)), Path()).encode(TEXTS)


def laid_out(folder: Path, variant: str) -> Encoder:
    source = source_folder(ENTRY)
    shutil.copyfile(source / "tokenizer.json", folder / "tokenizer.json")
    inputs = write_graph(source, folder / "model.onnx")
    if variant == "int8":
        calibration = model_file(CALIBRATION).read_text(encoding="utf-8").splitlines()
        ranges = ranges_of(folder / "model.onnx", inputs, open_tokenizer(folder, ENTRY.tokens), calibration)
        write_graph(source, folder / "model.onnx", ranges)
    return open_built(ENTRY, folder, variant)


@pytest.mark.parametrize(("variant", "agreement"), [("int8", AGREEMENT), ("fp32", 0.9999)])
def test_the_graph_computes_what_its_source_does(
    tmp_path: Path, wanted: Matrix, variant: str, agreement: float
) -> None:
    rows = laid_out(tmp_path, variant).encode(TEXTS)
    assert np.mean((rows * wanted).sum(axis=1)) >= agreement


@pytest.mark.parametrize("variant", ["int8", "fp32"])
def test_texts_of_one_length_run_together_as_they_run_alone(tmp_path: Path, variant: str) -> None:
    encoder = laid_out(tmp_path, variant)
    words = ["late", "early", "good", "bad", "cheap", "dear", "loud"]
    texts = [" ".join(words[(start + step) % 7] for step in range(1 + start % 40)) for start in range(120)]
    together = encoder.encode(texts)
    assert np.array_equal(together, np.concatenate([encoder.encode([text]) for text in texts]))


def test_no_probe_is_calibrated_with() -> None:
    probes, calibration = (
        set(model_file(name).read_text(encoding="utf-8").splitlines()) for name in ("probe.txt", CALIBRATION)
    )
    assert not probes & calibration


@pytest.mark.parametrize(
    "other", [{"model_type": "roberta"}, {"hidden_act": "relu"}, {"position_embedding_type": "relative_key"}]
)
def test_a_model_of_another_build_is_refused(tmp_path: Path, other: dict[str, str]) -> None:
    config = json.loads((source_folder(ENTRY) / "config.json").read_text(encoding="utf-8"))
    (tmp_path / "config.json").write_text(json.dumps(config | other), encoding="utf-8")
    with pytest.raises(Invalid, match=next(iter(other.values()))):
        write_graph(tmp_path, tmp_path / "model.onnx")
