"""Plain tables in, plain tables out: the core of a workspace on CSV files, without one."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from reviewkit.collect.tables import Table, read_table
from reviewkit.domain.errors import NoSuchColumn, UnreadableFile
from reviewkit.domain.ids import fingerprint
from reviewkit.domain.words import Scope
from reviewkit.language.passages import passages
from reviewkit.language.ports import Encoder, Matrix
from reviewkit.risks.matching import match
from reviewkit.store.searched import Passage
from reviewkit.themes.discover import discover
from reviewkit.themes.labels import labels_of
from reviewkit.themes.labels.phrases import Reading
from reviewkit.workspace.advising.ranking import Ranking
from reviewkit.workspace.derive.progress import Report, silent

BATCH = 2_048
"""Texts encoded at a time: the more there are, the more have the same length and go through the network together."""

MOST_PASSAGES = 16
"""A statement longer than so many passages is known by its beginning; a document is read to its end."""


@dataclass(frozen=True)
class TablesWritten:
    """What came of it, for the line that says so."""

    rows: int
    found: int
    without: int = 0


def themes_of_table(source: Path, column: str, out: Path, encoder: Encoder, report: Report = silent) -> TablesWritten:
    """Writes the table with the columns theme, theme_label, subtheme and subtheme_label added.

    Themes are numbered from the largest, subthemes within them as in 3.2; both are blank where a row recurs with
    nothing, or says nothing.

    Raises:
        UnreadableFile: `source` is no table.
        NoSuchColumn: it has no such column.
    """
    table, texts = _column(source, column)
    said = [row for row, text in enumerate(texts) if text.strip()]
    spoken = [texts[row] for row in said]
    vectors = _statement_vectors(spoken, encoder, report)
    found = discover(vectors)
    theme, subtheme, centrality = found.theme.tolist(), found.subtheme.tolist(), found.centrality.tolist()
    groups = _members(theme, found.themes)
    readings: dict[int, Reading] = {}
    labels = labels_of(groups, spoken, vectors, centrality, encoder, readings=readings)
    parts = _members(subtheme, found.subthemes)
    taken = [label.text for label in labels]
    part_labels = labels_of(parts, spoken, vectors, centrality, encoder, taken=taken, readings=readings)
    added = {row: {"theme": "", "theme_label": "", "subtheme": "", "subtheme_label": ""} for row in range(len(texts))}
    for number, (rows, label) in enumerate(zip(groups, labels, strict=True), start=1):
        for row in rows:
            added[said[row]] |= {"theme": str(number), "theme_label": label.text}
        inside = sorted({subtheme[row] for row in rows if subtheme[row] >= 0})
        for place, part in enumerate(inside, start=1):
            for row in parts[part]:
                added[said[row]] |= {"subtheme": f"{number}.{place}", "subtheme_label": part_labels[part].text}
    names = [_free(name, table.columns) for name in ("theme", "theme_label", "subtheme", "subtheme_label")]
    lines = [[*cells.values(), *added[row].values()] for row, cells in enumerate(table.rows)]
    _write(out, [*table.columns, *names], lines)
    return TablesWritten(len(texts), len(groups), len(texts) - sum(map(len, groups)))


def links_of_tables(
    statements: Path, risks: Path, out: Path, top: int, encoder: Encoder, report: Report = silent
) -> TablesWritten:
    """Writes the `top` risks of each statement: statement_id, risk_id, rank, score, confidence.

    Both tables have the columns id and text. A statement that says nothing has no line.

    Raises:
        UnreadableFile, NoSuchColumn: as above.
    """
    said = [(key, text) for key, text in _identified(statements) if text.strip()]
    feared = [(key, text) for key, text in _identified(risks) if text.strip()]
    texts, risk_texts = [text for _, text in said], [text for _, text in feared]
    vectors = _statement_vectors([*texts, *risk_texts], encoder, report)
    found = match(texts, vectors[: len(texts)], risk_texts, vectors[len(texts) :], top=top)
    lines = [
        [key, feared[one.risk][0], str(rank), f"{one.score:.6f}", one.confidence.value]
        for (key, _), ranked in zip(said, found, strict=True)
        for rank, one in enumerate(ranked, start=1)
    ]
    _write(out, ["statement_id", "risk_id", "rank", "score", "confidence"], lines)
    return TablesWritten(len(said), len(lines))


def search_of_tables(
    documents: Path, queries: Path, out: Path, top: int, encoder: Encoder, report: Report = silent
) -> TablesWritten:
    """Writes the `top` documents for each query: query_id, doc_id, rank, score.

    Documents have the columns id, text and, where they have one, title; queries id and text. They are searched as a
    workspace is: the documents become the passages of a store in memory.

    Raises:
        UnreadableFile: no table, or two documents share an id.
        NoSuchColumn: as above.
    """
    from reviewkit.store.sqlite import open_sqlite

    asked = _identified(queries)
    store = open_sqlite(":memory:")
    cut = {key: passages(text) for key, text in _documents(documents)}
    store.passages.replace_many(
        Scope.LESSONS, {key: [_passage(key, place, one) for place, one in enumerate(own)] for key, own in cut.items()}
    )
    missing = store.passages.unembedded(encoder.name, sum(map(len, cut.values())))
    for start in range(0, len(missing), BATCH):
        batch = missing[start : start + BATCH]
        rows = encoder.encode([text for _, text in batch])
        store.vectors.put(encoder.name, [text_hash for text_hash, _ in batch], rows)
        report("documents", start + len(batch), len(missing))
    ranking = Ranking(store, encoder, [Scope.LESSONS])
    lines = []
    for place, (key, text) in enumerate(asked, start=1):
        ranked = ranking.rank(text, most=top)
        lines += [[key, one.passage.record, str(rank), f"{one.score:.6f}"] for rank, one in enumerate(ranked, start=1)]
        if place % 100 == 0:
            report("queries", place, len(asked))
    store.close()
    _write(out, ["query_id", "doc_id", "rank", "score"], lines)
    return TablesWritten(len(asked), len(lines))


def kinds_of_table(source: Path, column: str, out: Path, encoder: Encoder, report: Report = silent) -> TablesWritten:
    """Writes the table with the columns kind and kind_confidence (0 to 1) added; blank where a row says nothing.

    Raises:
        UnreadableFile, NoSuchColumn: as above.
    """
    from reviewkit.language.kinds import kinds_of

    table, texts = _column(source, column)
    said = [row for row, text in enumerate(texts) if text.strip()]
    spoken = [texts[row] for row in said]
    added = [["", ""] for _ in texts]
    for row, (kind, confidence) in zip(
        said, kinds_of(spoken, _statement_vectors(spoken, encoder, report)), strict=True
    ):
        added[row] = [kind.value, f"{confidence:.4f}"]
    names = [_free(name, table.columns) for name in ("kind", "kind_confidence")]
    _write(
        out, [*table.columns, *names], [[*row.values(), *cells] for row, cells in zip(table.rows, added, strict=True)]
    )
    return TablesWritten(len(texts), len(said), len(texts) - len(said))


def _statement_vectors(texts: Sequence[str], encoder: Encoder, report: Report) -> Matrix:
    """(len(texts), dim) unit rows; a long text is the mean direction of its first passages, each text encoded once."""
    distinct = list(dict.fromkeys(texts))
    rows = np.zeros((len(distinct), encoder.dim), dtype=np.float32)
    for start in range(0, len(distinct), BATCH):
        batch = [passages(text)[:MOST_PASSAGES] for text in distinct[start : start + BATCH]]
        encoded = encoder.encode([one for cut in batch for one in cut])
        at = 0
        for place, cut in enumerate(batch, start=start):
            mean = encoded[at : at + len(cut)].mean(axis=0)
            rows[place] = mean / max(float(np.linalg.norm(mean)), 1e-9)
            at += len(cut)
        report("vectors", min(start + BATCH, len(distinct)), len(distinct))
    place_of = {text: place for place, text in enumerate(distinct)}
    return rows[[place_of[text] for text in texts]] if texts else rows


def _column(source: Path, column: str) -> tuple[Table, list[str]]:
    table = read_table(source)
    if column not in table.columns:
        raise NoSuchColumn(source.name, column, table.columns)
    return table, [row[column] for row in table.rows]


def _identified(source: Path) -> list[tuple[str, str]]:
    """(id, text) of each row."""
    table, texts = _column(source, "text")
    if "id" not in table.columns:
        raise NoSuchColumn(source.name, "id", table.columns)
    return [(row["id"].strip(), text) for row, text in zip(table.rows, texts, strict=True)]


def _documents(source: Path) -> list[tuple[str, str]]:
    """(id, title and text) of each row."""
    table = read_table(source)
    found = [
        (key, "\n".join(part for part in (row.get("title", "").strip(), text.strip()) if part))
        for row, (key, text) in zip(table.rows, _identified(source), strict=True)
    ]
    seen: set[str] = set()
    for key, _ in found:
        if key in seen:
            raise UnreadableFile(source.name, f"the id “{key}” stands twice; every document needs its own.")
        seen.add(key)
    return found


def _passage(key: str, position: int, text: str) -> Passage:
    text_hash = fingerprint(text)
    return Passage(Scope.LESSONS, key, position, text, text_hash, text_hash)


def _members(labels: Sequence[int], count: int) -> list[list[int]]:
    """Rows of each label 0 to count - 1."""
    found: list[list[int]] = [[] for _ in range(count)]
    for row, label in enumerate(labels):
        if label >= 0:
            found[label].append(row)
    return found


def _free(name: str, columns: Sequence[str]) -> str:
    """`name`, or with a number where the table has a column called so already."""
    number, free = 2, name
    while free in columns:
        free, number = f"{name} ({number})", number + 1
    return free


def _write(out: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with out.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
