"""A model's source weights -> ONNX int8 in the cache, checked against sentence-transformers (`python -m`, a child)."""

from __future__ import annotations

import json
import logging
import os
import shutil
import sys
import tempfile
import time
import warnings
from dataclasses import asdict, replace
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from reviewkit.domain.errors import EngineMissing, ReviewkitError
from reviewkit.language.engines.bert_graph import write_graph
from reviewkit.language.engines.calibration import ranges_of
from reviewkit.language.engines.catalogue import (
    MEASURED,
    RECIPE,
    Measured,
    ModelEntry,
    built_folder,
    catalogue,
    read_measured,
    source_folder,
)
from reviewkit.language.engines.onnx_encoder import open_built, open_tokenizer
from reviewkit.language.files import model_file
from reviewkit.language.ports import Encoder, Matrix, Pooling

if TYPE_CHECKING:
    from collections.abc import Callable

AGREEMENT = 0.985
"""Mean cosine to sentence-transformers below which int8 is not kept."""

CALIBRATION = "calibration.txt"
"""The texts of `models` whose activations say what range an int8 step is cut from; none of them is a probe."""

_PARTS = ("onnx", "onnxruntime", "sentence-transformers", "tokenizers", "torch", "transformers")


def build(entry: ModelEntry, cache: Path, say: Callable[[str], None], *, anew: bool = False) -> Measured:
    """Builds `entry` under `cache` unless a whole build stands there, or in any case when `anew`.

    One process builds at a time; others wait, then find it done. The folder appears whole or not at all.

    Raises:
        EngineMissing, Invalid: where the source is not there or is not what the manifest names.
    """
    from filelock import FileLock

    target = built_folder(entry, cache)
    target.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(str(target.with_suffix(".lock"))):
        if not anew and (measured := read_measured(target)) is not None:
            return measured
        for left_over in target.parent.glob(f".{target.name}.*"):
            shutil.rmtree(left_over, ignore_errors=True)  # of a build that was killed: we hold the lock
        source = source_folder(entry)
        work = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
        try:
            measured = _build_into(work, entry, source, say)
            if target.exists():
                target.rename(work.with_name(work.name + ".old"))
            work.chmod(0o755)
            work.rename(target)
        finally:
            shutil.rmtree(work, ignore_errors=True)
            shutil.rmtree(work.with_name(work.name + ".old"), ignore_errors=True)
        return measured


def check(entry: ModelEntry, cache: Path) -> Measured:
    """Measures a standing build again, on this machine as it is now.

    Raises:
        EngineMissing: where it is not built.
    """
    folder = built_folder(entry, cache)
    stands = read_measured(folder)
    if stands is None:
        raise EngineMissing(entry.name, "Build it with `reviewkit model build`.")
    return _measure(folder, entry, stands.variant, _reference(source_folder(entry)))


def _build_into(work: Path, entry: ModelEntry, source: Path, say: Callable[[str], None]) -> Measured:
    _silence()
    say(f"Building {entry.name} for this machine, once. Loading the source weights …")
    reference = _reference(source)
    shutil.copyfile(source / "tokenizer.json", work / "tokenizer.json")
    say("Quantising to int8 …")
    plain = work / "plain.onnx"
    inputs = write_graph(source, plain)
    texts = model_file(CALIBRATION).read_text(encoding="utf-8").splitlines()
    write_graph(source, work / "model.onnx", ranges_of(plain, inputs, open_tokenizer(work, entry.tokens), texts))
    measured = _measure(work, entry, "int8", reference)
    if measured.cosine_mean < AGREEMENT:
        say(f"int8 agrees only to {measured.cosine_mean:.4f}; keeping fp32 …")
        plain.replace(work / "model.onnx")
        measured = _measure(work, entry, "fp32", reference)
    plain.unlink(missing_ok=True)
    (work / MEASURED).write_text(json.dumps(asdict(measured), indent=1) + "\n", encoding="utf-8")
    rates = f"{measured.rate:.0f} texts/s (sentence-transformers: {measured.reference_rate:.0f})"
    kept = f"{measured.variant}, {measured.size / 1e6:.0f} MB"
    say(f"Built {entry.name} ({kept}): mean cosine {measured.cosine_mean:.4f}, {rates}.")
    return measured


def _reference(source: Path) -> tuple[Matrix, float]:
    """The vectors of the probe texts by the source model in sentence-transformers, and its rate in texts/s."""
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(
        str(source), device="cpu", local_files_only=True, trust_remote_code=False,
        model_kwargs={"use_safetensors": True},
    )  # fmt: skip
    texts = _probes()

    def encode() -> Matrix:
        return np.asarray(model.encode(texts, normalize_embeddings=True, show_progress_bar=False), dtype=np.float32)

    return encode(), _rate(encode, len(texts))


def _measure(folder: Path, entry: ModelEntry, variant: str, reference: tuple[Matrix, float]) -> Measured:
    wanted, reference_rate = reference
    texts = _probes()
    encoder: Encoder = open_built(entry, folder, variant, Pooling.MEAN)
    cosines = (encoder.encode(texts) * wanted).sum(axis=1)
    rate = _rate(lambda: encoder.encode(texts), len(texts))
    measured = Measured(
        entry.name, variant, RECIPE, entry.sha256, float(cosines.mean()), float(cosines.min()), rate, reference_rate,
        size=(folder / "model.onnx").stat().st_size, source_size=(source_folder(entry) / entry.weights).stat().st_size,
        probes=len(texts), versions={part: version(part) for part in _PARTS},
    )  # fmt: skip
    figures = ("cosine_mean", "cosine_min", "rate", "reference_rate")
    return replace(measured, **{name: round(getattr(measured, name), 4) for name in figures})


def _rate(encode: Callable[[], object], texts: int) -> float:
    """Texts a second in the best of three passes: the machine may be busy with other things."""
    seconds = []
    for _ in range(3):
        begin = time.perf_counter()
        encode()
        seconds.append(time.perf_counter() - begin)
    return texts / min(seconds)


def _probes() -> list[str]:
    return model_file("probe.txt").read_text(encoding="utf-8").splitlines()


def _silence() -> None:
    """Progress bars and warnings of the libraries are not for people who wait for a build."""
    os.environ.update(HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false", HF_HUB_DISABLE_PROGRESS_BARS="1")
    warnings.simplefilter("ignore")
    logging.getLogger().setLevel(logging.ERROR)


def main(arguments: list[str]) -> int:
    """`NAME CACHE`: what `building.build_in_child` starts; 0 when built, else 1 and the reason last on stderr."""
    name, cache = arguments
    _silence()
    try:
        build(catalogue()[name], Path(cache), lambda line: print(line, file=sys.stderr, flush=True))
    except ReviewkitError as problem:
        print(problem, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
