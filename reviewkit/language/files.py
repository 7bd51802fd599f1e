"""A name -> the file of `models/` it stands for, in a clone and in an installed package."""

from __future__ import annotations

from pathlib import Path

from reviewkit.domain.errors import NotFound

_PACKAGE = Path(__file__).resolve().parents[1]
_PLACES = (_PACKAGE / "models", _PACKAGE.parent / "models")
"""Inside the installed package (see setup.py), or beside it in a clone."""


def model_file(name: str) -> Path:
    """Path of a shipped model file such as `manifest.toml` or `kinds.safetensors`.

    Raises:
        NotFound: where this installation does not hold it.
    """
    for place in _PLACES:
        # A stranger's folder called `models` may lie beside an installed package: ours is the one with the manifest.
        if (place / "manifest.toml").is_file() and (place / name).is_file():
            return place / name
    raise NotFound("model file", name, "Install reviewkit again: its `models` folder is incomplete.")
