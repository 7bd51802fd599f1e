"""Labelled sets and the sample organisation that grow -> how many statements keep their theme, and at what cost.

Usage: python benchmarks/theme_stability.py DATA [--cache FOLDER] [--repeats 3] [--sets NAME …]

DATA is a folder of CSV files with the columns text and label (../shared/data/themes). Themes are found in a random part
of each set (19 in 20, then 2 in 3), the rest is added and themes are found again, once with what the first run found
and once without. “Kept” is the share of the statements that had a theme before and are in the theme of the same id
after. AMI is that of all statements after, beside people's labels: lasting must not cost sense. “Joined” is the share
of what was added that joins a theme of the first run at once, “agree” the share of those that the full run puts into
that same theme.
"""

from __future__ import annotations

import argparse
import csv
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import adjusted_mutual_info_score

import reviewkit
from reviewkit.language.ports import Matrix
from reviewkit.themes.decisions import Place
from reviewkit.themes.discover import discover
from reviewkit.themes.identity import carry_ids
from reviewkit.themes.joining import join, landmarks
from reviewkit.workspace.derive.themes import asked_in
from reviewkit.workspace.files.samples import load_samples

GROWTH = {"+5 %": 19 / 20, "+50 %": 2 / 3}
"""How much is added to what was there -> the share of all that was there."""


@dataclass(frozen=True)
class Subject:
    """Statements: row i of `vectors` (n, dim) belongs to `sources[i]`, `asked[i]` and `labels[i]`, where known."""

    name: str
    vectors: Matrix
    sources: Sequence[str] | None = None
    asked: Sequence[str] | None = None
    labels: Sequence[str] | None = None


@dataclass(frozen=True)
class Grown:
    """Kept and AMI after growth, each with the first run's themes and without; what joined at once, and how much of it
    the full run puts there too; seconds of the run with the first run's themes."""

    kept: float
    kept_without: float
    ami: float
    ami_without: float
    joined: float
    agree: float
    seconds: float


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--cache", type=Path, help="where vectors are kept between runs")
    parser.add_argument("--repeats", type=int, default=3, help="random parts tried of each set")
    parser.add_argument("--sets", nargs="*", help="only these")
    given = parser.parse_args()
    heading = f"{'set':<24}{'rows':>6}  {'added':<6}{'kept':>7}{'without':>9}{'AMI':>8}{'without':>9}"
    print(f"{heading}{'joined':>9}{'agree':>8}{'seconds':>9}")
    for subject in subjects(given.data, given.cache, given.sets):
        for added, share in GROWTH.items():
            print_line(subject, added, [grown(subject, share, seed) for seed in range(given.repeats)])


def print_line(subject: Subject, added: str, runs: Sequence[Grown]) -> None:
    mean = Grown(*np.mean([astuple(run) for run in runs], axis=0))
    print(
        f"{subject.name:<24}{len(subject.vectors):>6}  {added:<6}{mean.kept:>7.1%}{mean.kept_without:>9.1%}"
        f"{mean.ami:>8.3f}{mean.ami_without:>9.3f}{mean.joined:>9.1%}{mean.agree:>8.1%}{mean.seconds:>9.2f}",
        flush=True,
    )


def grown(subject: Subject, share: float, seed: int) -> Grown:
    n = len(subject.vectors)
    old = np.sort(np.random.default_rng(seed).permutation(n)[: round(share * n)])
    known = [""] * n
    for row, theme in zip(old.tolist(), theme_ids(subject, old, [""] * n, told=False), strict=True):
        known[row] = theme
    begin = time.perf_counter()
    after = theme_ids(subject, np.arange(n), known, told=True)
    seconds = time.perf_counter() - begin
    without = theme_ids(subject, np.arange(n), known, told=False)
    new = np.setdiff1d(np.arange(n), old)
    joined = joining(subject, old, new, known)
    return Grown(
        kept(known, after),
        kept(known, without),
        ami(subject, after),
        ami(subject, without),
        sum(map(bool, joined)) / len(new),
        kept(joined, [after[row] for row in new.tolist()]),
        seconds,
    )


def joining(subject: Subject, old: NDArray[np.int64], new: NDArray[np.int64], known: Sequence[str]) -> list[str]:
    """Theme ids of the rows `new` by the landmarks of the rows `old`, blank for none."""
    sources = subject.sources or [""] * len(known)
    asked = subject.asked or [""] * len(known)

    def part(rows: NDArray[np.int64]) -> tuple[Matrix, list[str], list[str]]:
        return subject.vectors[rows], [sources[row] for row in rows.tolist()], [asked[row] for row in rows.tolist()]

    found = landmarks(*part(old), [Place(known[row]) for row in old.tolist()])
    parents = dict.fromkeys({*known} - {""}, "")
    return [one.place.theme for one in join(found, parents, *part(new))]


def theme_ids(subject: Subject, rows: NDArray[np.int64], known: Sequence[str], *, told: bool) -> list[str]:
    """Theme id of each of `rows`, blank for none; `known` are those of the run before, told to `discover` or not."""
    picked = rows.tolist()
    found = discover(
        subject.vectors[rows],
        None if subject.sources is None else [subject.sources[row] for row in picked],
        None if subject.asked is None else [subject.asked[row] for row in picked],
        [known[row] for row in picked] if told else None,
    )
    groups = [[f"{row:07}" for row in rows[found.theme == theme].tolist()] for theme in range(found.themes)]
    carried = carry_ids(groups, {f"{row:07}": known[row] for row in picked})
    return ["" if theme < 0 else carried[theme] for theme in found.theme.tolist()]


def kept(before: Sequence[str], after: Sequence[str]) -> float:
    had = [(one, other) for one, other in zip(before, after, strict=True) if one]
    return sum(one == other for one, other in had) / max(1, len(had))


def ami(subject: Subject, ids: Sequence[str]) -> float:
    """Rows without a theme stand each for themselves."""
    if subject.labels is None:
        return float("nan")
    alone = [theme or f"row {row}" for row, theme in enumerate(ids)]
    return float(adjusted_mutual_info_score(subject.labels, alone))


def subjects(data: Path, cache: Path | None, names: Sequence[str] | None) -> Iterator[Subject]:
    csv.field_size_limit(sys.maxsize)
    for path in sorted(data.glob("*.csv")):
        if not names or path.stem in names:
            with path.open(newline="", encoding="utf-8") as file:
                rows = [row for row in csv.DictReader(file) if row["text"].strip()]
            vectors = encoded(path.stem, [row["text"] for row in rows], cache)
            yield Subject(path.stem, vectors, labels=[row["label"] for row in rows])
    if not names or "sample organisation" in names:
        yield sample()


def sample() -> Subject:
    with reviewkit.open_workspace(":memory:") as ws:
        load_samples(ws)
        ws.analysis.refresh(wait=True)
        store, encoder = ws.context.store, ws.context.engines.encoder
        statements = store.statements.all()
        vectors = store.vectors.get(encoder.name, [one.text_hash for one in statements])
        asked = asked_in(store)
    return Subject(
        "sample organisation",
        vectors,
        [one.project for one in statements],
        [asked.get(one.question, "") for one in statements],
    )


def encoded(name: str, texts: Sequence[str], cache: Path | None) -> Matrix:
    """(len(texts), dim), from the cache where it has as many rows."""
    file = cache / f"{name}.npy" if cache else None
    if file and file.exists() and len(made := np.load(file)) == len(texts):
        return np.asarray(made, dtype=np.float32)
    vectors = reviewkit.load_encoder("content").encode(texts)
    if file:
        file.parent.mkdir(parents=True, exist_ok=True)
        np.save(file, vectors)
    return vectors


if __name__ == "__main__":
    main()
