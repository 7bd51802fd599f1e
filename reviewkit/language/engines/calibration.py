"""Texts through a float32 graph -> the ranges its activations take, which an int8 graph is laid out by."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from tokenizers import Tokenizer

from reviewkit.language.engines.bert_graph import Ranges


def ranges_of(graph: Path, names: Sequence[str], tokenizer: Tokenizer, texts: Sequence[str]) -> Ranges:
    """The least and greatest value of each column of the tensors `names`, over all tokens of `texts`.

    `graph` takes `input_ids`, (1, tokens) int64; `tokenizer` does not pad.
    """
    model = onnx.load(str(graph))
    present = {output.name for output in model.graph.output}
    inner = [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names]
    model.graph.output.extend(one for one in inner if one.name not in present)
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL  # else tensors are fused away
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model.SerializeToString(), options, providers=["CPUExecutionProvider"])
    least: dict[str, list[np.ndarray]] = {name: [] for name in names}
    greatest: dict[str, list[np.ndarray]] = {name: [] for name in names}
    for encoding in tokenizer.encode_batch(list(texts)):
        found = session.run(list(names), {"input_ids": np.array([encoding.ids], dtype=np.int64)})
        for name, values in zip(names, found, strict=True):
            least[name].append(values[0].min(axis=0))
            greatest[name].append(values[0].max(axis=0))
    return {name: np.stack([np.min(least[name], axis=0), np.max(greatest[name], axis=0)]) for name in names}
