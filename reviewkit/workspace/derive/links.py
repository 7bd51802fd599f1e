"""Themes and problem statements -> suggested links to register entries."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from reviewkit.domain.ids import fingerprint
from reviewkit.domain.projects import Risk
from reviewkit.domain.reviews import Statement
from reviewkit.domain.themes import Link, Theme
from reviewkit.domain.words import Confidence, Kind, Scope
from reviewkit.language.ports import Matrix
from reviewkit.workspace.context import Context
from reviewkit.workspace.derive.progress import Report

LINKS = "links"
"""The mark that holds the fingerprint of what the links were made of."""

RECIPE = "1"
TOP_OF_THEME, TOP_OF_STATEMENT = 8, 2
"""Risks suggested for a theme, over all registers; and for a problem, in its own project's register."""


def link_risks(context: Context, report: Report) -> int:
    """Suggests links anew where themes, statements or registers changed; returns how many are suggested.

    What a person confirmed or rejected stays as it is.
    """
    store, encoder = context.store, context.engines.encoder
    risks = store.risks.all()
    themes = store.themes.all(parent="")
    statements = store.statements.all(kind=Kind.PROBLEM)
    made_of = fingerprint(
        RECIPE,
        encoder.name,
        *(part for risk in risks for part in (risk.id, risk.project, risk.text)),
        *(part for theme in themes for part in (theme.id, theme.text, str(theme.statements))),
        *(statement.id for statement in statements),
    )
    if store.marks.get(LINKS) == made_of:
        return 0
    report("links", 0, len(themes) + len(statements))
    risk_vectors = store.vectors.get(encoder.name, [fingerprint(risk.text) for risk in risks])
    links = [
        *_of_themes(context, themes, risks, risk_vectors),
        *_of_statements(context, statements, risks, risk_vectors),
    ]
    with store.write():
        store.links.replace_suggestions(links)
        store.marks.put(LINKS, made_of)
    report("links", len(themes) + len(statements), len(themes) + len(statements))
    return len(links)


def _of_themes(context: Context, themes: Sequence[Theme], risks: Sequence[Risk], risk_vectors: Matrix) -> list[Link]:
    """A theme is read as its label, keywords and most central quotes, and lies where its members' middle is."""
    from reviewkit.risks.matching import match

    store, encoder = context.store, context.engines.encoder
    said = {
        one.id: one for one in store.statements.all(id={quote for theme in themes for quote in theme.representatives})
    }
    texts, vectors = [], []
    for theme in themes:
        quotes = [said[quote] for quote in theme.representatives if quote in said]
        texts.append(" ".join([theme.text, *(quote.text for quote in quotes)]))
        rows = encoder.encode([theme.text, *(quote.text for quote in quotes)])
        vectors.append(rows.mean(axis=0) / max(float(np.linalg.norm(rows.mean(axis=0))), 1e-9))
    if not texts or not risks:
        return []
    found = match(texts, np.stack(vectors), [risk.text for risk in risks], risk_vectors, top=TOP_OF_THEME)
    return [
        Link(Scope.THEMES, theme.id, risks[one.risk].id, one.score, one.confidence)
        for theme, matches in zip(themes, found, strict=True)
        for one in matches
    ]


def _of_statements(
    context: Context, statements: Sequence[Statement], risks: Sequence[Risk], risk_vectors: Matrix
) -> list[Link]:
    """Only what is at least likely: a problem that no entry foresaw is told by having no link."""
    from reviewkit.risks.matching import match

    store, encoder = context.store, context.engines.encoder
    links = []
    for project in sorted({statement.project for statement in statements}):
        own = [statement for statement in statements if statement.project == project]
        rows = [row for row, risk in enumerate(risks) if risk.project == project]
        found = match(
            [statement.text for statement in own],
            store.vectors.get(encoder.name, [statement.text_hash for statement in own]),
            [risks[row].text for row in rows],
            risk_vectors[rows],
            top=TOP_OF_STATEMENT,
        )
        links += [
            Link(Scope.STATEMENTS, statement.id, risks[rows[one.risk]].id, one.score, one.confidence)
            for statement, matches in zip(own, found, strict=True)
            for one in matches
            if one.confidence is not Confidence.LOW
        ]
    return links
