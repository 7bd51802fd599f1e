"""The encoder's graph: whole numbers or not, it computes what sentence-transformers computes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from reviewkit.domain.errors import Invalid
from reviewkit.language.engines import load_encoder
from reviewkit.language.engines.bert_graph import write_graph
from reviewkit.language.engines.catalogue import catalogue, source_folder
from reviewkit.language.engines.model_build import AGREEMENT
from reviewkit.language.engines.onnx_encoder import open_built

ENTRY = catalogue()["all-MiniLM-L6-v2"]
TEXTS = [
    "late",
    "The validators arrived four months late and the whole rollout slipped with them.",
    "Great team spirit, even in the darkest weeks. " * 40,
]


@pytest.mark.parametrize(("quantised", "agreement"), [(True, AGREEMENT), (False, 0.9999)])
def test_the_graph_computes_what_its_source_does(tmp_path: Path, quantised: bool, agreement: float) -> None:
    source = source_folder(ENTRY)
    write_graph(source, tmp_path / "model.onnx", quantised=quantised)
    shutil.copyfile(source / "tokenizer.json", tmp_path / "tokenizer.json")
    rows = open_built(ENTRY, tmp_path, "trial").encode(TEXTS)
    wanted = load_encoder(str(source), tmp_path).encode(TEXTS)
    assert np.mean((rows * wanted).sum(axis=1)) >= agreement


@pytest.mark.parametrize(
    "other", [{"model_type": "roberta"}, {"hidden_act": "relu"}, {"position_embedding_type": "relative_key"}]
)
def test_a_model_of_another_build_is_refused(tmp_path: Path, other: dict[str, str]) -> None:
    config = json.loads((source_folder(ENTRY) / "config.json").read_text(encoding="utf-8"))
    (tmp_path / "config.json").write_text(json.dumps(config | other), encoding="utf-8")
    with pytest.raises(Invalid, match=next(iter(other.values()))):
        write_graph(tmp_path, tmp_path / "model.onnx", quantised=True)
