"""Weights of a BERT encoder -> the ONNX graph that runs them fast on a CPU, with two sums of the last layer as outputs.

The graph is laid out here and not exported, so that it does not change with the version of an exporter, and so that
the operators are those onnxruntime has fast kernels for: one product for queries, keys and values, one operator for
attention. No mask goes in: texts that are run together have the same number of tokens.
Layers and names of weights are those of Devlin et al., "BERT" (2019), as Hugging Face stores them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper, save

from reviewkit.domain.errors import Invalid
from reviewkit.language.engines.token_weights import token_weights
from reviewkit.language.ports import Matrix, Pooling

Ranges: TypeAlias = Mapping[str, Matrix]
"""Name of a product's input in the graph -> its least and greatest value in each column, (2, columns)."""

_FUSED = "com.microsoft"
"""The domain of onnxruntime's own operators."""

_LEVELS = 90
"""An int8 weight is one of -90 to 90 steps of its column's scale; activations have 255 steps above their least.
Processors without VNNI add two products in 16 bits, which 127 steps overflow (docs/adr/0012-content-vectors.md)."""

_TINY = np.float32(1e-6)
_QKV = ("query", "key", "value")


def write_graph(source: Path, path: Path, ranges: Ranges | None = None) -> list[str]:
    """Reads `config.json`, `model.safetensors` and `tokenizer.json` of the folder `source`; writes to `path` what turns
    `input_ids` into `mean`, the sum over all tokens, and `content`, the same with `token_weights`.

    With `ranges`, products are int8: weights with a scale for each column, activations with one scale fixed beforehand,
    so that a text's vector depends on no other text; word embeddings are int8 with a scale for each word. Without, all
    is float32. Attention, normalisation and pooling are float32 in both.

    Returns:
        The names of the products' inputs, of which `ranges` needs every one.

    Raises:
        Invalid: the model is no BERT with GELU and absolute positions.
    """
    from safetensors.numpy import load_file

    config = json.loads((source / "config.json").read_text(encoding="utf-8"))
    shape = (config.get("model_type"), config.get("hidden_act"), config.get("position_embedding_type", "absolute"))
    if shape != ("bert", "gelu", "absolute"):
        raise Invalid(f"{source} holds a model of another build than BERT: {', '.join(map(str, shape))}.", "encoder")
    graph = _Graph(load_file(str(source / "model.safetensors")), config, ranges)
    vocabulary = json.loads((source / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    _pooled(graph, _layers(graph), token_weights(vocabulary))
    save(graph.model(), str(path))
    return graph.multiplied


class _Graph:
    """Nodes and constants, in the order they are added; `multiplied` names the inputs of products."""

    def __init__(self, weights: dict[str, Matrix], config: dict[str, Any], ranges: Ranges | None) -> None:
        self.weights = weights
        self.config = config
        self.ranges = ranges
        self.multiplied: list[str] = []
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

    def product(self, inputs: str, weight: Matrix, bias: Matrix, output: str, *, normal: bool = False) -> str:
        """`inputs` times `weight` transposed, plus `bias`; `normal` where `inputs` were normalised just before."""
        self.multiplied.append(inputs)
        columns = np.ascontiguousarray(weight.T)
        if self.ranges is None:
            plain = self.add("MatMul", [inputs, self.constant(f"{output}.weight", columns)], f"{output}.product")
            return self.add("Add", [plain, self.constant(f"{output}.bias", bias)], output)
        least, greatest = self.ranges[inputs]
        if normal:
            ease = _ease(np.maximum(-least, greatest), columns)
            inputs = self.add("Mul", [inputs, self.constant(f"{output}.ease", 1 / ease)], f"{output}.eased")
            columns, least, greatest = columns * ease[:, None], least / ease, greatest / ease
        low, high = min(float(least.min()), 0.0), max(float(greatest.max()), 0.0)
        step = max((high - low) / 255, float(_TINY))
        fixed = [
            self.constant(f"{output}.input_scale", np.array(step, dtype=np.float32)),
            self.constant(f"{output}.input_zero", np.array(round(-low / step), dtype=np.uint8)),
        ]
        whole = self.add("QuantizeLinear", [inputs, *fixed], f"{output}.input")
        steps, scales = _int8(columns, axis=0)
        parts = [self.constant(f"{output}.weight", steps), fixed[0], self.constant(f"{output}.scale", scales.ravel())]
        ends = [fixed[1], "", self.constant(f"{output}.bias", bias)]
        return self.add("MatMulIntegerToFloat", [whole, *parts, *ends], output, fused=True)

    def dense(self, inputs: str, name: str, output: str, *, normal: bool = False) -> str:
        weight, bias = self.weights[f"{name}.weight"], self.weights[f"{name}.bias"]
        return self.product(inputs, weight, bias, output, normal=normal)

    def normalised(self, inputs: str, name: str, output: str) -> str:
        parts = [self.constant(f"{output}.{part}", self.weights[f"{name}.{part}"]) for part in ("weight", "bias")]
        return self.add("LayerNormalization", [inputs, *parts], output, axis=-1, epsilon=self.config["layer_norm_eps"])

    def model(self) -> Any:
        graph = helper.make_graph(
            self._nodes, "encoder",
            [helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["text", "token"])],
            [helper.make_tensor_value_info(pooling, TensorProto.FLOAT, ["text", self.config["hidden_size"]])
             for pooling in Pooling],
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
    if graph.ranges is None:
        graph.add("Gather", [graph.constant("words", words), "input_ids"], "word")
    else:
        steps, scales = _int8(words, axis=1)
        graph.add("Gather", [graph.constant("words", steps), "input_ids"], "word.steps")
        graph.add("Cast", ["word.steps"], "word.float", to=TensorProto.FLOAT)
        graph.add("Gather", [graph.constant("word_scales", scales), "input_ids"], "word.scale")
        graph.add("Mul", ["word.float", "word.scale"], "word")
    places = graph.weights[rest] + graph.weights["embeddings.token_type_embeddings.weight"][0]
    graph.add("Shape", ["input_ids"], "length", start=1, end=2)
    graph.add("Slice", [graph.constant("places", places), graph.constant("first", np.array([0])), "length"], "place")
    graph.add("Add", ["word", "place"], "embedded")
    return graph.normalised("embedded", "embeddings.LayerNorm", "embeddings")


def _layer(graph: _Graph, hidden: str, name: str, output: str) -> str:
    """One layer: self-attention, then the feed-forward pair, each added to its input and normalised."""
    own = [f"{name}.attention.self.{part}" for part in _QKV]
    weight, bias = (np.concatenate([graph.weights[f"{part}.{kind}"] for part in own]) for kind in ("weight", "bias"))
    joint = graph.product(hidden, weight, bias, f"{output}.qkv", normal=True)
    parts = [f"{output}.{part}" for part in _QKV]
    graph.add("Split", [joint], *parts, axis=-1, num_outputs=3)
    heads = graph.config["num_attention_heads"]
    seen = graph.add("MultiHeadAttention", parts, f"{output}.seen", fused=True, num_heads=heads)
    seen = graph.dense(seen, f"{name}.attention.output.dense", f"{output}.attended")
    seen = graph.add("Add", [seen, hidden], f"{output}.attended.sum")
    seen = graph.normalised(seen, f"{name}.attention.output.LayerNorm", f"{output}.attention")
    wide = graph.dense(seen, f"{name}.intermediate.dense", f"{output}.wide", normal=True)
    wide = graph.add("FastGelu", [wide], f"{output}.gelu", fused=True)
    narrow = graph.dense(wide, f"{name}.output.dense", f"{output}.narrow")
    return graph.normalised(graph.add("Add", [narrow, seen], f"{output}.sum"), f"{name}.output.LayerNorm", output)


def _pooled(graph: _Graph, hidden: str, weights: Matrix) -> None:
    """Sums over a text's tokens, as products with a row of weights: a reduction's order would depend on the company."""
    axis = graph.constant("axis", np.array([1]))
    one = helper.make_tensor("one", TensorProto.FLOAT, [1], [1.0])
    graph.add("Shape", ["input_ids"], "shape")
    graph.add("ConstantOfShape", ["shape"], "ones", value=one)
    graph.add("Gather", [graph.constant("token_weights", weights), "input_ids"], "weights")
    for pooling, counts in ((Pooling.MEAN, "ones"), (Pooling.CONTENT, "weights")):
        row = graph.add("Unsqueeze", [counts, axis], f"{pooling}.row")
        summed = graph.add("MatMul", [row, hidden], f"{pooling}.summed")
        graph.add("Squeeze", [summed, axis], pooling.value)


def _ease(reach: Matrix, columns: Matrix) -> Matrix:
    """What each input is divided by and its row of weights multiplied with, so that neither has lone giants.

    The geometric middle of both reaches: Xiao et al., "SmoothQuant" (2023), with their alpha of one half.
    """
    ease = np.sqrt(np.maximum(reach, _TINY) / np.maximum(np.abs(columns).max(axis=1), _TINY))
    return np.asarray(ease, dtype=np.float32)


def _int8(weights: Matrix, axis: int) -> tuple[NDArray[np.int8], Matrix]:
    """(int8 steps, float32 scales): weights = steps times scales, a scale for all that lies along `axis`."""
    scales = np.maximum(np.abs(weights).max(axis=axis, keepdims=True), _TINY) / np.float32(_LEVELS)
    return np.clip(np.rint(weights / scales), -_LEVELS, _LEVELS).astype(np.int8), scales.astype(np.float32)
