"""Weights of a BERT encoder -> the ONNX graph that runs them fast on a CPU, with the mean of the last layer as output.

The graph is laid out here and not exported, so that it does not change with the version of an exporter, and so that
the operators are those onnxruntime has fused kernels for: one product for queries, keys and values, one operator for
attention, one for a product whose input is quantised on the way. No mask goes in: each text is encoded alone, unpadded.
Layers and names of weights are those of Devlin et al., "BERT" (2019), as Hugging Face stores them.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper, save

from reviewkit.domain.errors import Invalid
from reviewkit.language.ports import Matrix

_FUSED = "com.microsoft"
"""The domain of onnxruntime's own operators."""

_LEVELS = 127
"""An int8 weight is one of -127 to 127 steps of its column's scale."""

_QKV = ("query", "key", "value")


def write_graph(source: Path, path: Path, *, quantised: bool) -> None:
    """Reads `config.json` and `model.safetensors` of the folder `source`; writes `input_ids` -> `pooled` to `path`.

    Products are int8 with a scale for each column of weights and one for each text's activations, word embeddings
    int8 with a scale for each word, where `quantised`; else all is float32. Attention, normalisation and pooling are
    float32 in both.

    Raises:
        Invalid: the model is no BERT with GELU and absolute positions.
    """
    from safetensors.numpy import load_file

    config = json.loads((source / "config.json").read_text(encoding="utf-8"))
    shape = (config.get("model_type"), config.get("hidden_act"), config.get("position_embedding_type", "absolute"))
    if shape != ("bert", "gelu", "absolute"):
        raise Invalid(f"{source} holds a model of another build than BERT: {', '.join(map(str, shape))}.", "encoder")
    graph = _Graph(load_file(str(source / "model.safetensors")), config, quantised)
    graph.add("ReduceMean", [_layers(graph), graph.constant("axis", np.array([1]))], "pooled", keepdims=0)
    save(graph.model(), str(path))


class _Graph:
    """Nodes and constants, in the order they are added."""

    def __init__(self, weights: dict[str, Matrix], config: dict[str, Any], quantised: bool) -> None:
        self.weights = weights
        self.config = config
        self.quantised = quantised
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def constant(self, name: str, values: NDArray[Any]) -> str:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def add(self, operator: str, inputs: list[str], *outputs: str, fused: bool = False, **attributes: Any) -> str:
        """The name of the first output."""
        domain = _FUSED if fused else ""
        self._nodes.append(helper.make_node(operator, inputs, outputs, outputs[0], domain=domain, **attributes))
        return outputs[0]

    def product(self, inputs: str, weight: Matrix, bias: Matrix, output: str) -> str:
        """`inputs` times `weight` transposed, plus `bias`."""
        columns = np.ascontiguousarray(weight.T)
        if not self.quantised:
            plain = self.add("MatMul", [inputs, self.constant(f"{output}.weight", columns)], f"{output}.product")
            return self.add("Add", [plain, self.constant(f"{output}.bias", bias)], output)
        steps, scales = _int8(columns, axis=0)
        parts = [self.constant(f"{output}.weight", steps), self.constant(f"{output}.scale", scales.ravel()), ""]
        return self.add(
            "DynamicQuantizeMatMul", [inputs, *parts, self.constant(f"{output}.bias", bias)], output, fused=True
        )

    def dense(self, inputs: str, name: str, output: str) -> str:
        return self.product(inputs, self.weights[f"{name}.weight"], self.weights[f"{name}.bias"], output)

    def normalised(self, inputs: str, name: str, output: str) -> str:
        parts = [self.constant(f"{output}.{part}", self.weights[f"{name}.{part}"]) for part in ("weight", "bias")]
        return self.add("LayerNormalization", [inputs, *parts], output, axis=-1, epsilon=self.config["layer_norm_eps"])

    def model(self) -> Any:
        graph = helper.make_graph(
            self._nodes, "encoder",
            [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["text", "token"])],
            [helper.make_tensor_value_info("pooled", TensorProto.FLOAT, ["text", self.config["hidden_size"]])],
            self._constants,
        )  # fmt: skip
        versions = [helper.make_opsetid("", 18), helper.make_opsetid(_FUSED, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=9)


def _layers(graph: _Graph) -> str:
    """Token ids -> the last hidden layer."""
    hidden = _embedded(graph)
    for layer in range(graph.config["num_hidden_layers"]):
        hidden = _layer(graph, hidden, f"encoder.layer.{layer}", f"layer{layer}")
    return hidden


def _embedded(graph: _Graph) -> str:
    """Word plus position plus the first segment, normalised."""
    words, rest = graph.weights["embeddings.word_embeddings.weight"], "embeddings.position_embeddings.weight"
    if graph.quantised:
        steps, scales = _int8(words, axis=1)
        graph.add("Gather", [graph.constant("words", steps), "input_ids"], "word.steps")
        graph.add("Cast", ["word.steps"], "word.float", to=TensorProto.FLOAT)
        graph.add("Gather", [graph.constant("word_scales", scales), "input_ids"], "word.scale")
        graph.add("Mul", ["word.float", "word.scale"], "word")
    else:
        graph.add("Gather", [graph.constant("words", words), "input_ids"], "word")
    places = graph.weights[rest] + graph.weights["embeddings.token_type_embeddings.weight"][0]
    graph.add("Shape", ["input_ids"], "length", start=1, end=2)
    graph.add("Slice", [graph.constant("places", places), graph.constant("first", np.array([0])), "length"], "place")
    graph.add("Add", ["word", "place"], "embedded")
    return graph.normalised("embedded", "embeddings.LayerNorm", "embeddings")


def _layer(graph: _Graph, hidden: str, name: str, output: str) -> str:
    """One layer: self-attention, then the feed-forward pair, each added to its input and normalised."""
    own = [f"{name}.attention.self.{part}" for part in _QKV]
    weight, bias = (np.concatenate([graph.weights[f"{part}.{kind}"] for part in own]) for kind in ("weight", "bias"))
    joint = graph.product(hidden, weight, bias, f"{output}.qkv")
    parts = [f"{output}.{part}" for part in _QKV]
    graph.add("Split", [joint], *parts, axis=-1, num_outputs=3)
    heads = graph.config["num_attention_heads"]
    seen = graph.add("MultiHeadAttention", parts, f"{output}.seen", fused=True, num_heads=heads)
    seen = graph.dense(seen, f"{name}.attention.output.dense", f"{output}.attended")
    seen = graph.add("Add", [seen, hidden], f"{output}.attended.sum")
    seen = graph.normalised(seen, f"{name}.attention.output.LayerNorm", f"{output}.attention")
    wide = graph.dense(seen, f"{name}.intermediate.dense", f"{output}.wide")
    wide = graph.add("Gelu", [wide], f"{output}.gelu", fused=True)
    narrow = graph.dense(wide, f"{name}.output.dense", f"{output}.narrow")
    return graph.normalised(graph.add("Add", [narrow, seen], f"{output}.sum"), f"{name}.output.LayerNorm", output)


def _int8(weights: Matrix, axis: int) -> tuple[NDArray[np.int8], Matrix]:
    """(int8 steps, float32 scales): weights = steps times scales, a scale for all that lies along `axis`."""
    scales = np.maximum(np.abs(weights).max(axis=axis, keepdims=True), np.float32(1e-12)) / np.float32(_LEVELS)
    return np.clip(np.rint(weights / scales), -_LEVELS, _LEVELS).astype(np.int8), scales.astype(np.float32)
