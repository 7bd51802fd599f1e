"""Settings from a TOML file and the environment, frozen once read."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from reviewkit.domain.errors import Invalid

PREFIX = "REVIEWKIT_"

_SITE = re.compile(r"https?://[^\s/?#@]+(/[^\s?#]*)?")


@dataclass(frozen=True)
class Settings:
    """What may differ between installations; every field can be set as REVIEWKIT_<FIELD> or in the TOML file."""

    workspace: str = ""
    """Path of the workspace file; empty means the user's data folder."""
    encoder: str = "all-MiniLM-L6-v2"
    """A model of models/manifest.toml, or any sentence-transformers model name or folder."""
    splitter: str = "spacy"
    """The engine that cuts answers into statements."""
    cache: str = ""
    """Folder for built models; empty means the user's cache folder."""
    secure_cookies: bool = False
    """Set behind TLS, so that cookies travel over HTTPS only."""
    public_url: str = ""
    """What links to forms begin with, as https://reviews.example; empty: the address they are asked for at."""
    session_hours: int = 12
    login_attempts: int = 10
    """Failed logins allowed per account and per address within a quarter of an hour."""
    worker_seconds: float = 2.0
    """Pause between two looks for missing work."""

    brief_seconds: float = 20.0
    """How long the pages of a PDF may take that is given as a brief."""

    @property
    def workspace_path(self) -> str:
        if self.workspace:
            return self.workspace
        import platformdirs

        return str(Path(platformdirs.user_data_dir("reviewkit", appauthor=False)) / "workspace.db")

    @property
    def cache_path(self) -> Path:
        if self.cache:
            return Path(self.cache)
        import platformdirs

        return Path(platformdirs.user_cache_dir("reviewkit", appauthor=False))


def read_settings(environ: Mapping[str, str] | None = None, **given: Any) -> Settings:
    """Settings by rising precedence: defaults, the file REVIEWKIT_SETTINGS names, the environment, `given`.

    Raises:
        Invalid: for an unknown name in the file, a value of the wrong type, or a public address that is none.
    """
    environ = os.environ if environ is None else environ
    settings = Settings()
    if path := environ.get(f"{PREFIX}SETTINGS"):
        settings = replace(settings, **_from_file(Path(path)))
    named = {field.name: environ.get(f"{PREFIX}{field.name.upper()}") for field in fields(Settings)}
    settings = replace(settings, **{name: _typed(name, value) for name, value in named.items() if value is not None})
    return _checked(replace(settings, **{name: value for name, value in given.items() if value is not None}))


def as_environment(settings: Settings) -> dict[str, str]:
    """The variables from which `read_settings` reads `settings` again, for another process."""
    return {f"{PREFIX}{field.name.upper()}": str(getattr(settings, field.name)) for field in fields(Settings)}


def _checked(settings: Settings) -> Settings:
    site = settings.public_url
    if site and not _SITE.fullmatch(site):
        raise Invalid(f"The public address “{site[:80]}” is none. Give it as https://reviews.example.", "public_url")
    return replace(settings, public_url=site.rstrip("/"))


def _from_file(path: Path) -> dict[str, Any]:
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise Invalid(f"The settings file {path} cannot be read: {problem}") from None
    known = {field.name for field in fields(Settings)}
    if unknown := sorted(set(table) - known):
        raise Invalid(f"{path}: there is no setting “{unknown[0]}”; there are: {', '.join(sorted(known))}.")
    return {name: _typed(name, str(value)) for name, value in table.items()}


def _typed(name: str, value: str) -> Any:
    default = getattr(Settings(), name)
    try:
        if isinstance(default, bool):
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[value.lower()]
        return type(default)(value)
    except (KeyError, ValueError):
        raise Invalid(f"The setting “{name}” cannot be “{value}”.", field=name) from None
