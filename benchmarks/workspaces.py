"""The corpus -> workspaces of many statements, filled through the store's own verbs and kept in the cache.

Statements are put in as they are, each sentence one, with the vectors of the corpus: what is measured is how a large
workspace behaves, not how long the language engines took to make it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import texts_of, vectors_of
from measuring import part, run_part

if TYPE_CHECKING:
    from reviewkit.domain.reviews import Response, Statement
    from reviewkit.workspace import Workspace

REVIEW, RESPONSE = 500, 5
"""Statements of one review and of one response: a hundred respondents, whose words may be shown."""

REVIEWS = 5
"""Reviews of one project."""

SAID = date(2025, 6, 30)
QUESTION = "said"
BATCH = 20_000


def filled(cache: Path, size: int) -> Path:
    """A workspace whose `size` statements are searched, in no theme yet."""
    return _kept(cache, f"filled-{size}.db", "fill", cache, size)


def analysed(cache: Path, size: int) -> Path:
    """A workspace of `size` statements in which nothing is missing."""
    return _kept(cache, f"analysed-{size}.db", "analyse", filled(cache, size))


def copied(workspace: Path, folder: Path) -> Path:
    """One's own copy of a workspace that is open nowhere."""
    return Path(shutil.copyfile(workspace, folder / workspace.name))


def _kept(cache: Path, name: str, made_by: str, *arguments: object) -> Path:
    """Made under another name, so that a build that was stopped is not taken for a whole one."""
    workspace, unfinished = cache / name, cache / f"unfinished-{name}"
    if not workspace.exists():
        for left_over in cache.glob(f"{unfinished.name}*"):
            left_over.unlink()
        part(__file__, made_by, *arguments, unfinished)
        unfinished.rename(workspace)
    return workspace


def fill(cache: str, size: str, path: str) -> Mapping[str, object]:
    from reviewkit.workspace import open_workspace
    from reviewkit.workspace.derive.passages import index_records
    from reviewkit.workspace.derive.progress import silent

    texts, vectors = texts_of(Path(cache), int(size)), vectors_of(Path(cache), int(size))
    with open_workspace(path) as ws:
        store, encoder = ws.context.store, ws.context.engines.encoder
        cut_by = _parents(ws, len(texts))
        for start in range(0, len(texts), BATCH):
            rows = range(start, min(start + BATCH, len(texts)))
            statements = [_statement(row, texts[row]) for row in rows]
            with store.write():
                store.responses.put(*_responses(rows, cut_by))
                store.statements.put(*statements)
            index_records(ws.context, silent)
            store.vectors.put(encoder.name, [one.text_hash for one in statements], vectors[rows.start : rows.stop])
        missing = len(store.passages.unembedded(encoder.name, BATCH))
    return {"statements": len(texts), "without_vector": missing}


def analyse(source: str, path: str) -> Mapping[str, object]:
    from reviewkit.workspace import open_workspace

    shutil.copyfile(source, path)
    with open_workspace(path) as ws:
        done = ws.analysis.refresh(wait=True)
        if done.statements:
            raise RuntimeError("the responses were cut again: they do not say by what they were cut")
        while ws.analysis.refresh(wait=True):
            pass
    return {"themes": done.themes, "links": done.links}


def _parents(ws: Workspace, size: int) -> str:
    """Puts projects and reviews; returns what responses were cut by, so that they are not cut again."""
    from reviewkit.domain.ids import fingerprint
    from reviewkit.domain.projects import Project
    from reviewkit.domain.reviews import Question, Review
    from reviewkit.domain.words import QuestionType, Wave
    from reviewkit.workspace.projects import roster

    store = ws.context.store
    reviews = -(-size // REVIEW)
    question = Question(QUESTION, "What should the next project know?", QuestionType.TEXT)
    with store.write():
        store.projects.put(*(Project(f"P{n}", f"Project {n}") for n in range(-(-reviews // REVIEWS))))
        store.reviews.put(
            *(Review(f"R{n}", f"P{n // REVIEWS}", f"Review {n}", "", Wave.CLOSE, (question,)) for n in range(reviews))
        )
    return f"{ws.context.engines.splitter.name}+{fingerprint(*roster(store))[:8]}"


def _responses(rows: range, cut_by: str) -> Iterator[Response]:
    from reviewkit.domain.reviews import Response

    for number in range(rows.start // RESPONSE, -(-rows.stop // RESPONSE)):
        review = f"R{number * RESPONSE // REVIEW}"
        yield Response(f"a{number}", review, f"key {number}", f"receipt {number}", None, SAID, split_by=cut_by)


def _statement(row: int, text: str) -> Statement:
    from reviewkit.domain.ids import fingerprint
    from reviewkit.domain.reviews import Statement

    review = row // REVIEW
    return Statement(
        id_of(row), f"a{row // RESPONSE}", f"R{review}", f"P{review // REVIEWS}", QUESTION, 0, len(text), text,
        fingerprint(text), said=SAID,
    )  # fmt: skip


def id_of(row: int) -> str:
    """The statement made of the corpus's row."""
    from reviewkit.domain.ids import derived_id

    return derived_id("benchmark", str(row))


if __name__ == "__main__":
    run_part({"fill": fill, "analyse": analyse}, sys.argv[1:])
