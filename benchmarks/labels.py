"""Labels as queries: for how many themes a search for the label brings the theme's own statements first.

Usage: python benchmarks/labels.py FOLDER [--show 12]

FOLDER holds tables with a column text. Each goes through `csv themes`; then every label is searched for among all of
the table's texts as `csv search` does it. Beside it, in the same run and for the same themes, the rival: the four words
of the highest class-based TF-IDF, as BERTopic labels its topics.
  first     share of themes whose own statement is the first hit
  most      share of themes that own more than half of the first ten hits (of as many as they have, if fewer)
  of ten    mean share of own statements among those
"""

from __future__ import annotations

import argparse
import csv
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import CountVectorizer

from reviewkit.language.engines import load_encoder
from reviewkit.language.ports import Encoder
from reviewkit.settings import read_settings
from reviewkit.workspace.files.tabular import search_of_tables, themes_of_table

LOOKED_AT = 10

RIVAL_WORDS = 4

Figures = tuple[float, float, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print the labels of the N largest themes")
    given = parser.parse_args()
    settings = read_settings()
    encoder = load_encoder(settings.encoder, settings.cache_path)
    print_line("", "themes", [f"{side} {word}" for side in ("ours", "rival") for word in ("first", "most", "of ten")])
    measured = []
    for path in sorted(given.folder.glob("*.csv")):
        labels, ours, rival = figures(path, encoder)
        measured.append([*ours, *rival])
        print_line(path.stem, str(len(labels)), measured[-1])
        if given.show:
            print("    " + "; ".join(labels[: given.show]))
    print_line("mean", "", np.mean(measured, axis=0).tolist())


def figures(path: Path, encoder: Encoder) -> tuple[list[str], Figures, Figures]:
    """The labels of the themes from the largest, their figures, and the rival's for the same themes."""
    with tempfile.TemporaryDirectory() as folder:
        table, themed = Path(folder) / "texts.csv", Path(folder) / "themed.csv"
        texts = [row["text"] for row in read(path) if row["text"].strip()]
        write(table, [{"id": str(row), "text": text} for row, text in enumerate(texts)])
        themes_of_table(table, "text", themed, encoder)
        members: dict[int, set[int]] = defaultdict(set)
        labels: dict[int, str] = {}
        for row in read(themed):
            if row["theme"]:
                members[int(row["theme"])].add(int(row["id"]))
                labels[int(row["theme"])] = row["theme_label"]
        numbers = sorted(members)
        groups = [members[number] for number in numbers]
        ours = [labels[number] for number in numbers]
        rival = highest_words(groups, texts)
        found = hits(table, [*ours, *rival], encoder)
    return ours, judged(groups, found[: len(ours)]), judged(groups, found[len(ours) :])


def highest_words(groups: Sequence[set[int]], texts: Sequence[str]) -> list[str]:
    """Each group's words of the highest class-based TF-IDF (Grootendorst, 2022)."""
    counting = CountVectorizer(stop_words="english")
    counts = counting.fit_transform([" ".join(texts[row] for row in sorted(group)) for group in groups]).toarray()
    frequency = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    worth = frequency * np.log1p(counts.sum() / len(groups) / counts.sum(axis=0))
    names = counting.get_feature_names_out()
    return [" ".join(names[place] for place in np.argsort(-row, kind="stable")[:RIVAL_WORDS]) for row in worth]


def hits(table: Path, queries: Sequence[str], encoder: Encoder) -> list[list[int]]:
    """The rows that a search for each of `queries` brings first, as `csv search` ranks them."""
    asked, ranked = table.with_name("queries.csv"), table.with_name("hits.csv")
    write(asked, [{"id": str(number), "text": query} for number, query in enumerate(queries)])
    search_of_tables(table, asked, ranked, LOOKED_AT, encoder)
    found: list[list[int]] = [[] for _ in queries]
    for row in sorted(read(ranked), key=lambda row: int(row["rank"])):
        found[int(row["query_id"])].append(int(row["doc_id"]))
    return found


def judged(groups: Sequence[set[int]], found: Sequence[Sequence[int]]) -> Figures:
    """first, most, of ten."""
    own = [
        [row in group for row in rows[: min(LOOKED_AT, len(group))]] for group, rows in zip(groups, found, strict=True)
    ]
    wanted = [min(LOOKED_AT, len(group)) for group in groups]
    return (
        float(np.mean([bool(row and row[0]) for row in own])),
        float(np.mean([2 * sum(row) > count for row, count in zip(own, wanted, strict=True)])),
        float(np.mean([sum(row) / count for row, count in zip(own, wanted, strict=True)])),
    )


def print_line(name: str, themes: str, values: Sequence[float | str]) -> None:
    cells = (f"{one:>12}" if isinstance(one, str) else f"{one:12.2f}" for one in values)
    print(f"{name:24} {themes:>6} {''.join(cells)}", flush=True)


def read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def write(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.DictWriter(opened, ["id", "text"])
        writer.writeheader()
        writer.writerows(rows)


if __name__ == "__main__":
    main()
