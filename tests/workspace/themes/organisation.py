"""A workspace whose statements are few words each, so that themes are found in no time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

import numpy as np

from reviewkit.domain.ids import derived_id, fingerprint
from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Response, Review, Statement
from reviewkit.domain.words import Kind, Wave
from reviewkit.language.ports import Matrix
from reviewkit.settings import Settings
from reviewkit.workspace import Workspace, open_workspace
from reviewkit.workspace.context import Engines
from reviewkit.workspace.derive.progress import silent
from reviewkit.workspace.derive.themes import find_themes
from tests.clock import Clock
from tests.themes.words_encoder import WordsEncoder

SUBJECTS = (
    ("vendor", "deliveries", "late", "parts"),
    ("training", "short", "course", "trainers"),
    ("board", "decisions", "slow", "approval"),
    ("office", "noise", "desks", "heat"),
    ("testing", "bugs", "release", "rehearsal"),
    ("budget", "costs", "overtime", "invoices"),
)
"""What people speak about: each statement has three words of one subject, and one of its own."""


class CachedWords(WordsEncoder):
    """Each text is encoded once in a test run."""

    def encode(self, texts: Sequence[str]) -> Matrix:
        rows = [_encoded(text) for text in texts]
        return np.stack(rows) if rows else np.zeros((0, self.dim), dtype=np.float32)


@lru_cache(maxsize=100_000)
def _encoded(text: str) -> Matrix:
    return WordsEncoder().encode([text])[0]


class WordEngines(Engines):
    """Engines whose encoder knows words alone."""

    encoder = CachedWords()


def opened(clock: Clock) -> Workspace:
    ws = open_workspace(":memory:", Settings(), now=clock, engines=WordEngines(Settings()))
    with ws.context.store.write():
        for project in ("P0", "P1", "P2"):
            ws.context.store.projects.put(Project(project, f"Project {project}"))
            ws.context.store.reviews.put(Review(f"V{project}", project, "Review", "pir", Wave.CLOSE, ()))
    return ws


def say(ws: Workspace, first: int, count: int) -> list[Statement]:
    """Responses number `first` and on of two statements each, on the subjects in turn, with their vectors."""
    store, made = ws.context.store, []
    for number in range(first, first + count):
        project = f"P{number % 3}"
        response = Response(f"r{number:04}", f"V{project}", f"k{number}", "receipt", None, date(2026, 1, 5))
        store.responses.put(response)
        for part in range(2):
            words = SUBJECTS[(2 * number + part + number // 7) % len(SUBJECTS)]
            told = [words[(number + at) % len(words)] for at in range(3)]
            text = " ".join([*told, f"w{fingerprint(str(number))[:2]}"])
            statement = Statement(
                derived_id(response.id, str(part)), response.id, response.review, project, "went_badly", 0, len(text),
                text, fingerprint(text), said=response.submitted, kind=Kind.PROBLEM,
            )  # fmt: skip
            store.statements.put(statement)
            store.vectors.put(CachedWords.name, [statement.text_hash], CachedWords().encode([text]))
            made.append(statement)
    return made


def run(ws: Workspace) -> int:
    return find_themes(ws.context, silent)


def places(ws: Workspace) -> dict[str, str]:
    """Statement -> theme, for those that have one."""
    return {member.statement: member.theme for member in ws.context.store.memberships.all() if member.theme}
