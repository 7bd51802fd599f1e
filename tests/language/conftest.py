"""The engines as an installation has them; the model is built at first use, as it would be for a user."""

from __future__ import annotations

import pytest

from reviewkit.language.engines import load_encoder, load_splitter
from reviewkit.language.ports import Encoder, Splitter
from reviewkit.settings import read_settings


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    settings = read_settings()
    return load_encoder("all-MiniLM-L6-v2", settings.cache_path, quiet=True)


@pytest.fixture(scope="session")
def splitter() -> Splitter:
    return load_splitter("spacy")
