"""The command line as a program sees it: arguments in, exit code and two streams out."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from reviewkit.cli import main

Run = Callable[..., Result]


@pytest.fixture
def url(tmp_path: Path) -> str:
    return str(tmp_path / "team.db")


@pytest.fixture
def run(url: str, monkeypatch: pytest.MonkeyPatch) -> Run:
    """`run("project", "list")` on a workspace of the test's own; it fails where a traceback would be shown."""
    monkeypatch.setenv("REVIEWKIT_WORKSPACE", url)

    def run(*arguments: str, input: str | None = None) -> Result:
        result = CliRunner().invoke(main, arguments, input=input)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return run


def rows(result: Result) -> Any:
    """What a command printed with --json."""
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)
