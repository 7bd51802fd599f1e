"""The house as it was drawn: what may load when, and how large a room gets."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SOURCES = sorted(
    path for folder in ("reviewkit", "webapp", "models", "benchmarks") for path in (ROOT / folder).rglob("*.py")
)
HEAVY = {"torch", "spacy", "sklearn", "faiss", "onnxruntime", "sentence_transformers", "scipy", "sknetwork"}


def loaded_by(code: str) -> set[str]:
    """Top-level modules in memory after `code` ran in a fresh interpreter."""
    script = f"{code}\nimport sys; print('|'.join(sorted({{name.split('.')[0] for name in sys.modules}})))"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(done.stdout.splitlines()[-1].split("|"))


@pytest.mark.parametrize(
    "code",
    [
        "import reviewkit",
        "from reviewkit.cli import main\ntry: main(['--help'])\nexcept SystemExit: pass",
        "import reviewkit.workspace",
        "import webapp",
    ],
)
def test_nothing_heavy_loads_before_it_is_needed(code: str) -> None:
    assert not loaded_by(code) & HEAVY


def test_opening_a_workspace_loads_no_use_case_nor_what_it_needs() -> None:
    """Each command is a process of its own, and waits for all that is loaded."""
    script = (
        "from reviewkit.workspace import open_workspace\nopen_workspace(':memory:').search('crane')\n"
        "import sys; print(sorted(name for name in sys.modules if name.startswith('reviewkit.')))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = done.stdout.splitlines()[-1]
    assert "reviewkit.workspace.advising.searching" in loaded
    assert "reviewkit.report" not in loaded
    assert "reviewkit.collect" not in loaded


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_says_what_it_is_and_stays_readable(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    docstring = ast.get_docstring(ast.parse(text))
    assert docstring, "a module says in one line what it is"
    assert text.count("\n") <= 300 or "lines because" in docstring


def test_every_decision_names_the_test_that_guards_it() -> None:
    for record in sorted((ROOT / "docs" / "adr").glob("[0-9]*.md")):
        text = record.read_text(encoding="utf-8")
        assert "**Guarded by**" in text, record.name
        for guard in (word.strip("`.,;") for word in text.split("**Guarded by**")[1].split() if "tests/" in word):
            assert (ROOT / guard).exists(), f"{record.name} names {guard}"


@pytest.mark.parametrize("name", ["README.md", "docs/architecture.md"])
def test_links_between_documents_lead_somewhere(name: str) -> None:
    page = ROOT / name
    for target in page.read_text(encoding="utf-8").split("](")[1:]:
        link = target.split(")")[0].split("#")[0]
        if link and "://" not in link:
            assert (page.parent / link).exists(), f"{name} links to {link}"
