"""A workspace's themes, run after run."""

from __future__ import annotations

import random
from datetime import date

import numpy as np

from reviewkit.domain.reviews import Statement
from reviewkit.language.ports import Matrix
from reviewkit.themes.build import ThemeSet, build_themes
from reviewkit.themes.graph import unit
from tests.themes.words_encoder import WordsEncoder

SUBJECTS = ["late vendor deliveries", "training too short", "slow board decisions", "noise in the office"]
ENCODER = WordsEncoder()


def said(count: int, seed: int = 0, *, start: int = 0) -> tuple[list[Statement], Matrix]:
    """Statements on the subjects in turn, in several projects and responses, with vectors near their subject."""
    rng = np.random.default_rng(seed + 1)
    statements, rows = [], []
    for number in range(start, start + count):
        subject = number % len(SUBJECTS)
        statements.append(
            Statement(
                f"s{number:04}",
                f"r{number // 3}",
                "review",
                f"P{number % 3}",
                "went_badly",
                0,
                9,
                f"{SUBJECTS[subject]}, {number} times",
                f"hash{number}",
                said=date(2023 + number % 3, 1, 1),
            )
        )
        (lies,) = ENCODER.encode([SUBJECTS[subject]])
        rows.append(lies + rng.normal(scale=0.05, size=ENCODER.dim).astype(np.float32))
    return statements, unit(np.array(rows, dtype=np.float32).reshape(-1, ENCODER.dim))


def themes_of(found: ThemeSet) -> dict[str, str]:
    return {member.statement: member.theme for member in found.memberships if member.theme}


def test_each_subject_is_a_theme_with_its_label_reach_and_quotes() -> None:
    statements, vectors = said(80)
    found = build_themes(statements, vectors, ENCODER)
    tops = [theme for theme in found.themes if not theme.parent]
    assert {theme.label for theme in tops} == {
        "late deliveries",
        "training too short",
        "slow decisions",
        "noise and space",
    }
    for theme in tops:
        assert (theme.statements, theme.projects) == (20, ("P0", "P1", "P2"))
        assert theme.is_recurring
        assert (theme.first_seen, theme.last_seen) == (date(2023, 1, 1), date(2025, 1, 1))
        assert len(theme.representatives) == 3
        assert {themes_of(found)[quote] for quote in theme.representatives} == {theme.id}


def test_the_order_of_statements_changes_nothing() -> None:
    statements, vectors = said(60)
    order = list(range(60))
    random.Random(4).shuffle(order)
    assert build_themes([statements[row] for row in order], vectors[order], ENCODER) == build_themes(
        statements, vectors, ENCODER
    )


def test_an_unchanged_run_gives_the_same_themes_and_growth_keeps_their_ids() -> None:
    statements, vectors = said(80)
    first = build_themes(statements, vectors, ENCODER)
    assert build_themes(statements, vectors, ENCODER, previous=first.memberships) == first
    more, more_vectors = said(40, seed=7, start=80)
    grown = build_themes([*statements, *more], np.vstack([vectors, more_vectors]), ENCODER, previous=first.memberships)
    before, after = themes_of(first), themes_of(grown)
    assert all(after[statement] == theme for statement, theme in before.items())


def test_what_one_person_repeats_is_no_theme() -> None:
    statements, vectors = said(8)
    alone = [Statement(one.id, "r0", "review", "P0", "q", 0, 9, SUBJECTS[0], "hash") for one in statements]
    found = build_themes(alone, np.repeat(vectors[:1], 8, axis=0), ENCODER)
    assert found.themes == ()
    assert {member.theme for member in found.memberships} == {""}


def test_nothing_said_has_no_themes() -> None:
    assert build_themes([], np.zeros((0, ENCODER.dim), dtype=np.float32), ENCODER) == ThemeSet((), ())
