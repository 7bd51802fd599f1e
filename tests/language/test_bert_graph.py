"""The encoder's graph: whole numbers or not, it computes what sentence-transformers computes, in any company."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from reviewkit.domain.errors import Invalid
from reviewkit.language.engines.bert_graph import write_graph
from reviewkit.language.engines.calibration import ranges_of
from reviewkit.language.engines.catalogue import catalogue, source_folder
from reviewkit.language.engines.model_build import AGREEMENT, CALIBRATION
from reviewkit.language.engines.onnx_encoder import open_built, open_tokenizer
from reviewkit.language.engines.token_weights import token_weights
from reviewkit.language.files import model_file
from reviewkit.language.ports import Encoder, Matrix, Pooling

ENTRY = catalogue()["all-MiniLM-L6-v2"]
TEXTS = [
    "late",
    "The validators arrived four months late and the whole rollout slipped with them.",
    "Great team spirit, even in the darkest weeks. " * 40,
]


@pytest.fixture(scope="module")
def wanted() -> dict[Pooling, Matrix]:
    """What sentence-transformers makes of each token, put together as each pooling has it."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(source_folder(ENTRY)), device="cpu", local_files_only=True)
    tokens = [rows.numpy() for rows in model.encode(TEXTS, output_value="token_embeddings", show_progress_bar=False)]
    tokenizer = open_tokenizer(source_folder(ENTRY), ENTRY.tokens)
    weights = token_weights(tokenizer.get_vocab())
    counts = [weights[tokenizer.encode(text).ids] for text in TEXTS]
    content = np.stack([count @ rows[: len(count)] for count, rows in zip(counts, tokens, strict=True)])
    mean = np.asarray(model.encode(TEXTS, show_progress_bar=False), dtype=np.float32)
    return {Pooling.MEAN: unit(mean), Pooling.CONTENT: unit(content)}


def unit(rows: Matrix) -> Matrix:
    found: Matrix = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return found


def laid_out(folder: Path, variant: str, pooling: Pooling = Pooling.CONTENT) -> Encoder:
    source = source_folder(ENTRY)
    shutil.copyfile(source / "tokenizer.json", folder / "tokenizer.json")
    inputs = write_graph(source, folder / "model.onnx")
    if variant == "int8":
        calibration = model_file(CALIBRATION).read_text(encoding="utf-8").splitlines()
        ranges = ranges_of(folder / "model.onnx", inputs, open_tokenizer(folder, ENTRY.tokens), calibration)
        write_graph(source, folder / "model.onnx", ranges)
    return open_built(ENTRY, folder, variant, pooling)


@pytest.mark.parametrize(("variant", "agreement"), [("int8", AGREEMENT), ("fp32", 0.9999)])
@pytest.mark.parametrize("pooling", Pooling)
def test_the_graph_computes_what_its_source_does(
    tmp_path: Path, wanted: dict[Pooling, Matrix], variant: str, agreement: float, pooling: Pooling
) -> None:
    rows = laid_out(tmp_path, variant, pooling).encode(TEXTS)
    assert np.mean((rows * wanted[pooling]).sum(axis=1)) >= agreement


def test_the_rarer_a_word_the_more_it_counts_and_marks_hardly_do() -> None:
    weights = token_weights(open_tokenizer(source_folder(ENTRY), ENTRY.tokens).get_vocab())
    ids = open_tokenizer(source_folder(ENTRY), ENTRY.tokens).encode("the supplier was late .").ids
    beginning, the, supplier, was, late, full_stop, end = weights[ids].tolist()
    assert beginning == full_stop == end < the < was < late < supplier < 1


@pytest.mark.parametrize("vocabulary", [{}, {"[PAD]": 0, "!": 1}, {"only": 0}])
def test_a_vocabulary_without_words_has_weights_too(vocabulary: dict[str, int]) -> None:
    weights = token_weights(vocabulary)
    assert weights.shape == (len(vocabulary),)
    assert (weights > 0).all()


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
