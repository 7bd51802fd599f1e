"""Themes and problem statements -> suggested links to register entries, where either is new or has changed."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from reviewkit.domain.ids import fingerprint
from reviewkit.domain.projects import Risk
from reviewkit.domain.reviews import Statement
from reviewkit.domain.themes import Link, Theme
from reviewkit.domain.words import Confidence, Kind, Scope, ThemeStatus
from reviewkit.language.ports import Matrix
from reviewkit.store.port import Store
from reviewkit.workspace.context import Context
from reviewkit.workspace.derive.progress import Report

LINKED_STATEMENTS, LINKED_THEMES = "links of statements", "links of themes"
"""The marks that hold what links were made of: a register's fingerprint by project, a theme's by id."""

MARKS = (LINKED_STATEMENTS, LINKED_THEMES)
RECIPE = "3"
TOP_OF_THEME, TOP_OF_STATEMENT = 8, 2
"""Risks suggested for a theme, over all registers; and for a problem, in its own project's register."""


def link_statements(context: Context, report: Report) -> int:
    """Suggests links for problem statements that have no place in the themes yet, and for all of a project whose
    register changed; returns how many are suggested. What a person confirmed or rejected stays as it is.
    """
    store, encoder = context.store, context.engines.encoder
    registers = _registers(store)
    known = _mark(store, LINKED_STATEMENTS)
    made_of = {project: _digest(context, _texts(risks)) for project, risks in sorted(registers.items())}
    changed = {name for name in known.keys() | made_of.keys() if known.get(name) != made_of.get(name)}
    waiting: defaultdict[str, list[Statement]] = defaultdict(list)
    for statement in store.statements.unplaced(encoder.name):
        if statement.kind is Kind.PROBLEM and statement.project in made_of:
            waiting[statement.project].append(statement)
    total = len(changed | waiting.keys())
    made = 0
    for done, project in enumerate(sorted(changed | waiting.keys())):
        report("links", done, total)
        said = waiting[project]
        if project in changed:
            said = store.statements.all(project=project, kind=Kind.PROBLEM)
        links = _of_statements(context, said, registers.get(project, []))
        with store.write():
            store.links.replace_suggestions(links, {statement.id for statement in said})
            known |= {project: made_of.get(project, "")}
            store.marks.put(LINKED_STATEMENTS, json.dumps({name: made for name, made in known.items() if made}))
        made += len(links)
    return made


def link_themes(context: Context, report: Report) -> int:
    """Suggests links for themes whose words or quotes changed, and for all where a register did; returns how many."""
    store = context.store
    registers = _registers(store)
    risks = [risk for project in sorted(registers) for risk in registers[project]]
    themes = [theme for theme in store.themes.all(parent="") if theme.status is not ThemeStatus.RETIRED]
    feared = _digest(context, _texts(risks))
    known = _mark(store, LINKED_THEMES)
    made_of = {theme.id: _digest(context, [feared, theme.text, *theme.representatives]) for theme in themes}
    changed = {name for name in known.keys() | made_of.keys() if known.get(name) != made_of.get(name)}
    if not changed:
        return 0
    report("links", 0, len(changed))
    links = _of_themes(context, [theme for theme in themes if theme.id in changed], risks)
    with store.write():
        store.links.replace_suggestions(links, changed)
        store.marks.put(LINKED_THEMES, json.dumps(made_of))
    report("links", len(changed), len(changed))
    return len(links)


def _registers(store: Store) -> dict[str, list[Risk]]:
    """Project -> its risks."""
    found: defaultdict[str, list[Risk]] = defaultdict(list)
    for risk in store.risks.all():
        found[risk.project].append(risk)
    return dict(found)


def _texts(risks: Iterable[Risk]) -> list[str]:
    return [part for risk in risks for part in (risk.id, risk.text)]


def _digest(context: Context, parts: Sequence[str]) -> str:
    return fingerprint(RECIPE, context.engines.encoder.name, *parts)[:16]


def _mark(store: Store, name: str) -> dict[str, str]:
    found: dict[str, str] = json.loads(store.marks.get(name) or "{}")
    return found


def _of_themes(context: Context, themes: Sequence[Theme], risks: Sequence[Risk]) -> list[Link]:
    """A theme is read as its label, keywords and most central quotes, and lies where their middle is."""
    from reviewkit.risks.matching import match

    store = context.store
    said = {
        one.id: one for one in store.statements.all(id={quote for theme in themes for quote in theme.representatives})
    }
    parts = [[theme.text, *(said[quote].text for quote in theme.representatives if quote in said)] for theme in themes]
    if not parts or not risks:
        return []
    texts = sorted({text for own in parts for text in own})
    vectors = dict(zip(texts, _rows(context, texts), strict=True))
    middles = [np.mean([vectors[text] for text in own], axis=0) for own in parts]
    found = match(
        [" ".join(texts) for texts in parts],
        np.stack([middle / max(float(np.linalg.norm(middle)), 1e-9) for middle in middles]),
        [risk.text for risk in risks],
        _rows(context, [risk.text for risk in risks]),
        top=TOP_OF_THEME,
    )
    return [
        Link(Scope.THEMES, theme.id, risks[one.risk].id, one.score, one.confidence, cosine=one.cosine)
        for theme, matches in zip(themes, found, strict=True)
        for one in matches
    ]


def _rows(context: Context, texts: Sequence[str]) -> Matrix:
    """(len(texts), dim): their vectors, from the store where they are there."""
    encoder = context.engines.encoder
    rows = context.store.vectors.get(encoder.name, [fingerprint(text) for text in texts])
    if not rows.shape[1]:
        return encoder.encode(texts)
    missing = np.flatnonzero(~rows.any(axis=1))
    if len(missing):
        rows = rows.copy()
        rows[missing] = encoder.encode([texts[row] for row in missing.tolist()])
    return rows


def _of_statements(context: Context, said: Sequence[Statement], risks: Sequence[Risk]) -> list[Link]:
    """Statements and risks of one project. Only what is at least likely: a problem that no entry foresaw is told by
    having no link."""
    from reviewkit.risks.matching import match

    if not said or not risks:
        return []
    found = match(
        [statement.text for statement in said],
        _rows(context, [statement.text for statement in said]),
        [risk.text for risk in risks],
        _rows(context, [risk.text for risk in risks]),
        top=TOP_OF_STATEMENT,
    )
    return [
        Link(Scope.STATEMENTS, statement.id, risks[one.risk].id, one.score, one.confidence, cosine=one.cosine)
        for statement, matches in zip(said, found, strict=True)
        for one in matches
        if one.confidence is not Confidence.LOW
    ]
