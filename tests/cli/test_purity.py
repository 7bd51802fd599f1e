"""What is loaded when: nothing heavy for help, and for a cold search only what it needs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = ("torch", "spacy", "sklearn", "onnxruntime", "scipy", "sknetwork", "sentence_transformers", "transformers")
HELPLESS = (*HEAVY, "numpy", "sqlite3", "sqlite_utils", "flask", "tokenizers", "argon2", "openpyxl")
UNSEARCHED = {*HEAVY, "flask", "gunicorn", "openpyxl", "argon2"} - {"onnxruntime"}

LOADED = "import json, sys; print(json.dumps(sorted(sys.modules)), file=sys.stderr)"


def modules_after(code: str, **environ: str) -> set[str]:
    """Top-level names in sys.modules at the end of a fresh Python that ran `code`."""
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{LOADED}"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, **environ},
        timeout=300,
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


def command(*arguments: str) -> str:
    return f"from reviewkit.cli import main\nmain(args={list(arguments)!r}, standalone_mode=False)"


@pytest.mark.parametrize(
    "code",
    [
        "import reviewkit",
        command("--help"),
        command("--version"),
        *(
            command(name, "--help")
            for name in ("demo", "serve", "worker", "project", "search", "kickoff", "csv", "model")
        ),
    ],
)
def test_help_loads_nothing_heavy(code: str) -> None:
    assert not modules_after(code) & set(HELPLESS)


def test_the_root_help_imports_no_command() -> None:
    loaded = modules_after(command("--help"))
    assert not {name for name in loaded if name.startswith("reviewkit.cli.") and "terminal" not in name}
    assert "reviewkit.workspace" not in loaded


def test_a_cold_search_loads_only_what_it_needs(tmp_path: Path) -> None:
    file = tmp_path / "lessons.csv"
    file.write_text("title,recommendation\nSlings,Calculate sling loads\nKeys,Keep a spare key\n", encoding="utf-8")
    url = str(tmp_path / "team.db")
    modules_after(command("lesson", "import", str(file), "--state", "published", "--workspace", url))
    loaded = modules_after(command("search", "crane lifting", "--workspace", url))
    assert {"onnxruntime", "tokenizers", "numpy"} <= loaded
    assert not loaded & UNSEARCHED
