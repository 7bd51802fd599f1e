"""Every store that the contract suite runs over."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewkit.store.port import Store
from reviewkit.store.sqlite import open_sqlite


@pytest.fixture(params=["file", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    opened = open_sqlite(str(tmp_path / "workspace.db") if request.param == "file" else ":memory:")
    yield opened
    opened.close()
