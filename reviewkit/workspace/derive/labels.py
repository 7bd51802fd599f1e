"""Statements with a vector -> their kind and area; lessons with vectors -> their area."""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate, chain

import numpy as np

from reviewkit.domain.ids import fingerprint
from reviewkit.domain.lessons import Lesson
from reviewkit.language.areas import area_scores, areas_of, areas_of_groups
from reviewkit.language.kinds import kinds_of
from reviewkit.language.passages import passages
from reviewkit.language.ports import Matrix
from reviewkit.themes.graph import unit
from reviewkit.workspace.context import Context
from reviewkit.workspace.derive.pace import Pace
from reviewkit.workspace.derive.progress import Report

BATCH = 1_000

READ = 300
"""Characters of a lesson's field that tell its area: two sentences, and the encoder waits for nothing longer."""


def label_statements(context: Context, report: Report) -> int:
    """Says of every statement that has none what kind it is and which area it belongs to; returns how many."""
    store, encoder = context.store, context.engines.encoder
    batch = store.statements.unlabelled(encoder.name, BATCH)
    if not batch:
        return 0
    anchors = context.engines.area_anchors
    questions = {(review.id, question.key): question for review in store.reviews.all() for question in review.questions}
    pace = Pace(store, BATCH)
    done = 0
    while batch:
        vectors = store.vectors.get(encoder.name, [statement.text_hash for statement in batch])
        asked = [questions.get((statement.review, statement.question)) for statement in batch]
        texts = [statement.text for statement in batch]
        kinds = kinds_of(texts, vectors, [one.expects if one else None for one in asked])
        areas = areas_of(vectors, anchors, [one.area if one else None for one in asked], texts=texts)
        labelled = [
            replace(statement, kind=kind, kind_confidence=confidence, area=area)
            for statement, (kind, confidence), area in zip(batch, kinds, areas, strict=True)
        ]
        for portion in pace.portions(labelled):
            with store.write():
                present = {one.id for one in store.statements.all(id={statement.id for statement in portion})}
                store.statements.put(*(one for one in portion if one.id in present))  # not erased meanwhile
        done += len(batch)
        report("kinds", done, 0)
        batch = store.statements.unlabelled(encoder.name, BATCH)
    return done


def label_lessons(context: Context, report: Report) -> int:
    """Says of every lesson that names no area which one it belongs to, beside all others; returns how many.

    A lesson is read field by field, as a theme is by its statements: story and advice are of one area, the places and
    things in them of many.
    """
    store, encoder = context.store, context.engines.encoder
    lessons = store.lessons.all()
    if all(lesson.area for lesson in lessons):
        return 0
    read = {lesson.id: rows.mean(axis=0) for lesson in lessons if (rows := _vectors(context, lesson)).any()}
    known = [lesson for lesson in lessons if lesson.id in read]  # the hidden have no vectors
    missing = [row for row, lesson in enumerate(known) if not lesson.area]
    if not missing:
        return 0
    anchors = context.engines.area_anchors
    usual = area_scores(unit(np.stack([read[one.id] for one in known])), anchors, [one.text for one in known])
    parts = [_parts(known[row]) for row in missing]
    texts = list(chain.from_iterable(parts))
    groups = [range(end - len(own), end) for own, end in zip(parts, accumulate(map(len, parts)), strict=True)]
    areas = areas_of_groups(encoder.encode(texts), groups, anchors, texts=texts, usual=usual.mean(axis=0))
    found = {known[row].id: area for row, area in zip(missing, areas, strict=True)}
    with store.write():
        standing = store.lessons.all(id=set(found))
        store.lessons.put(*(replace(one, area=found[one.id], area_suggested=True) for one in standing if not one.area))
    report("areas of lessons", len(found), len(found))
    return len(found)


def _parts(lesson: Lesson) -> list[str]:
    """The beginnings of what its fields say."""
    return [field[:READ] for field in lesson.fields]


def _vectors(context: Context, lesson: Lesson) -> Matrix:
    """One row for each passage of the lesson."""
    hashes = [fingerprint(passage) for passage in passages(lesson.text)]
    return context.store.vectors.get(context.engines.encoder.name, hashes)
