"""The models that can be used here, which of them are built, and how well a build agrees with its source."""

from __future__ import annotations

from dataclasses import dataclass

from reviewkit.domain.errors import NotFound
from reviewkit.language.engines.building import build_in_child
from reviewkit.language.engines.catalogue import (
    Measured,
    ModelEntry,
    built_folder,
    catalogue,
    read_measured,
)
from reviewkit.settings import Settings


@dataclass(frozen=True)
class Model:
    """A model of the manifest; `measured` is None where it is not built, `chosen` where the settings name it."""

    entry: ModelEntry
    chosen: bool
    folder: str
    measured: Measured | None


def models(settings: Settings) -> list[Model]:
    """Every model of the manifest."""
    return [_model(entry, settings) for entry in catalogue().values()]


def build_model(settings: Settings, name: str = "", *, quiet: bool = False) -> Model:
    """Builds the model (by default the one the settings name) unless it is built; progress goes to stderr.

    Raises:
        NotFound: the manifest has no such model.
        EngineMissing, Invalid: its source is not there, or the build failed.
    """
    entry = _entry(settings, name)
    if read_measured(built_folder(entry, settings.cache_path)) is None:
        build_in_child(entry, settings.cache_path, quiet=quiet)
    return _model(entry, settings)


def check_model(settings: Settings, name: str = "") -> Measured:
    """Measures a standing build again against sentence-transformers, which takes as long as loading that does.

    Raises:
        NotFound: the manifest has no such model.
        EngineMissing: it is not built, or its source is not there.
    """
    from reviewkit.language.engines.model_build import check  # loads torch

    return check(_entry(settings, name), settings.cache_path)


def _entry(settings: Settings, name: str) -> ModelEntry:
    known, wanted = catalogue(), name or settings.encoder
    if wanted not in known:
        raise NotFound("model to build", wanted, hint=f"There are: {', '.join(known)}.")
    return known[wanted]


def _model(entry: ModelEntry, settings: Settings) -> Model:
    folder = built_folder(entry, settings.cache_path)
    return Model(entry, entry.name == settings.encoder, str(folder), read_measured(folder))
