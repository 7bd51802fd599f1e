"""An engine's name -> the engine: spaCy, ONNX and sentence-transformers live behind here and load late."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import cast

from reviewkit.domain.errors import EngineMissing
from reviewkit.language.engines.catalogue import catalogue
from reviewkit.language.ports import Encoder, Pooling, Splitter

_SPLITTERS = {"spacy": ("reviewkit.language.engines.spacy_splitter", "spacy")}
"""Name in the settings -> (module with `load() -> Splitter`, what to install)."""


def load_splitter(name: str = "spacy") -> Splitter:
    """The engine that cuts answers into statements.

    Raises:
        EngineMissing: for an unknown name, or where its library is not installed.
    """
    if name not in _SPLITTERS:
        raise EngineMissing(name, f"Set the splitter to one of: {', '.join(sorted(_SPLITTERS))}.")
    module, install = _SPLITTERS[name]
    try:
        return cast(Splitter, import_module(module).load())
    except ModuleNotFoundError as missing:
        raise EngineMissing(name, f"Install it with `pip install {install}` ({missing.name} is missing).") from None


def load_encoder(name: str, cache: Path, *, pooling: Pooling = Pooling.CONTENT, quiet: bool = False) -> Encoder:
    """The encoder called `name`: a model of the manifest in ONNX, or any sentence-transformers model or folder.

    A manifest model is built under `cache` at first use, in a child process whose progress goes to stderr unless
    `quiet`. Other models pool as they were made to, whatever `pooling` says.

    Raises:
        EngineMissing: where a library, the model's package or the model itself is not there.
        Invalid: where the model's files are not what they should be.
    """
    known = catalogue()
    module = "onnx_encoder" if name in known else "st_encoder"
    install = "onnxruntime tokenizers" if name in known else "sentence-transformers"
    try:
        engine = import_module(f"reviewkit.language.engines.{module}")
        if name in known:
            return cast(Encoder, engine.load(known[name], cache, pooling=pooling, quiet=quiet))
        return cast(Encoder, engine.load(name))
    except ModuleNotFoundError as missing:
        raise EngineMissing(name, f"Install it with `pip install {install}` ({missing.name} is missing).") from None
