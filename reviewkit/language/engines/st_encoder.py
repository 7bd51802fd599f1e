"""Texts -> vectors, by any sentence-transformers model that ships its weights as safetensors."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sentence_transformers import SentenceTransformer

from reviewkit.domain.errors import EngineMissing, Invalid
from reviewkit.language.engines.catalogue import file_sha256
from reviewkit.language.ports import Matrix

_PICKLES = (".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt")
_CHARACTERS = 65_536


class SentenceTransformersEncoder:
    """A model run through sentence-transformers.

    Slow but true: texts go through one by one, since padding and neighbours would change a text's last bits.
    """

    def __init__(self, model: SentenceTransformer, name: str) -> None:
        self._model = model
        self._name = name
        self._dim = int(np.asarray(model.encode([""], show_progress_bar=False)).shape[1])

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
        clean = [text[:_CHARACTERS].encode("utf-8", "replace").decode("utf-8") for text in places]
        rows = np.asarray(self._model.encode(clean, batch_size=1, show_progress_bar=False), dtype=np.float32)
        rows /= np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), np.float32(1e-12))
        return rows[[places[text] for text in texts]]


def load(name: str) -> SentenceTransformersEncoder:
    """The model in the folder `name`, or the one the model hub (or its local cache) calls so.

    No code that comes with a model is run, and no pickle is read.

    Raises:
        Invalid: for a folder with pickled weights or without safetensors.
        EngineMissing: where there is no such model.
    """
    folder = Path(name)
    if folder.is_dir():
        _refuse_pickles(folder)
    try:
        model = SentenceTransformer(
            name, device="cpu", trust_remote_code=False,
            model_kwargs={"use_safetensors": True, "torch_dtype": "float32"},
        )  # fmt: skip
    except Exception as problem:  # the libraries raise whatever they meet: none of it is for a user's eyes
        first = str(problem).strip().splitlines()
        raise EngineMissing(name, f"sentence-transformers cannot load it: {first[0] if first else problem!r}") from None
    model.eval()
    return SentenceTransformersEncoder(model, _called(name, folder))


def _refuse_pickles(folder: Path) -> None:
    files = [path for path in folder.rglob("*") if path.is_file()]
    safe = {path.parent for path in files if path.suffix == ".safetensors"}
    for path in files:
        if path.suffix in _PICKLES and path.parent not in safe:
            raise Invalid(
                f"{path} holds pickled weights, which can run code; save the model as safetensors.", "encoder"
            )
    if not safe:
        raise Invalid(f"{folder} holds no weights as safetensors.", "encoder")


def _called(name: str, folder: Path) -> str:
    """A folder may be filled with another model under the same name: its weights' checksum is part of the name."""
    if not folder.is_dir():
        return f"{name}:st"
    weights = sorted(folder.rglob("*.safetensors"))
    return f"{folder.resolve().name}:st-{'-'.join(file_sha256(path)[:8] for path in weights)}"
