"""Statements with a vector -> their kind and area."""

from __future__ import annotations

from dataclasses import replace

from reviewkit.language.areas import anchor_texts, areas_of
from reviewkit.language.kinds import kinds_of
from reviewkit.workspace.context import Context
from reviewkit.workspace.derive.progress import Report

BATCH = 1_000


def label_statements(context: Context, report: Report) -> int:
    """Says of every statement that has none what kind it is and which area it belongs to; returns how many."""
    store, encoder = context.store, context.engines.encoder
    batch = store.statements.unlabelled(encoder.name, BATCH)
    if not batch:
        return 0
    anchors = encoder.encode(anchor_texts())
    questions = {(review.id, question.key): question for review in store.reviews.all() for question in review.questions}
    done = 0
    while batch:
        vectors = store.vectors.get(encoder.name, [statement.text_hash for statement in batch])
        asked = [questions.get((statement.review, statement.question)) for statement in batch]
        kinds = kinds_of(
            [statement.text for statement in batch], vectors, [one.expects if one else None for one in asked]
        )
        areas = areas_of(vectors, anchors, [one.area if one else None for one in asked])
        with store.write():
            present = {statement.id for statement in store.statements.all(id={s.id for s in batch})}
            store.statements.put(
                *(
                    replace(statement, kind=kind, kind_confidence=confidence, area=area)
                    for statement, (kind, confidence), area in zip(batch, kinds, areas, strict=True)
                    if statement.id in present  # not erased meanwhile
                )
            )
        done += len(batch)
        report("kinds", done, 0)
        batch = store.statements.unlabelled(encoder.name, BATCH)
    return done
