"""Statements with vectors -> the workspace's themes and who belongs to them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from reviewkit.domain.reviews import Statement
from reviewkit.domain.themes import Decision, Membership, Theme
from reviewkit.domain.words import Area, ThemeStatus
from reviewkit.language.areas import areas_of
from reviewkit.language.ports import Matrix
from reviewkit.themes.discover import Discovery, discover
from reviewkit.themes.identity import carry_ids
from reviewkit.themes.labels import Label, labels_of
from reviewkit.themes.representatives import representatives
from reviewkit.themes.trends import per_year, reach_of, trend

Rows = list[int]


@dataclass(frozen=True)
class ThemeSet:
    """What one run found. Themes come from the largest, each followed by its subthemes; memberships by statement id."""

    themes: tuple[Theme, ...]
    memberships: tuple[Membership, ...]


def build_themes(
    statements: Sequence[Statement],
    vectors: Matrix,
    *,
    previous: Iterable[Membership] = (),
    anchors: Matrix | None = None,
) -> ThemeSet:
    """Finds the themes of `statements`, whose vectors are the rows of `vectors` (n, dim), unit length, one encoder's.

    `previous` are the memberships of the run before, from which themes keep their ids; `anchors` the vectors of
    `language.areas.anchor_texts()`, from which themes get their area (none without). A theme is raised by at least two
    responses; a statement without one has no membership. The same input in any order of statements gives the same
    answer.
    """
    order = sorted(range(len(statements)), key=lambda row: statements[row].id)
    ordered = [statements[row] for row in order]
    return _Run(ordered, vectors[order], list(previous), anchors).themes()


def replay(themes: Iterable[Theme], decisions: Iterable[Decision]) -> tuple[Theme, ...]:
    """`themes` as people decided them: the last standing “rename” and “status” of each is put in place.

    Decisions on themes that are not there any more change nothing.
    """
    renamed: dict[str, str] = {}
    status: dict[str, ThemeStatus] = {}
    for decision in sorted(decisions, key=lambda one: (one.at, one.id)):
        if decision.undone:
            continue
        if decision.verb == "rename":
            renamed[decision.subject] = decision.value
        elif decision.verb == "status":
            status[decision.subject] = ThemeStatus(decision.value)
    return tuple(
        replace(theme, label=renamed.get(theme.id, theme.label), status=status.get(theme.id, theme.status))
        for theme in themes
    )


class _Run:
    """One discovery over statements ordered by id, and what is said of each group."""

    def __init__(
        self, statements: list[Statement], vectors: Matrix, previous: list[Membership], anchors: Matrix | None
    ) -> None:
        self._statements, self._vectors, self._previous, self._anchors = statements, vectors, previous, anchors
        self._texts = [statement.text for statement in statements]
        self._projects = [statement.project for statement in statements]
        self._found: Discovery = discover(vectors, self._projects)
        self._centrality: list[float] = [round(float(value), 6) for value in self._found.centrality]
        self._years = per_year(statements)

    def themes(self) -> ThemeSet:
        tops = [rows for rows in _groups(self._found.theme) if self._is_shared(rows)]
        inner = {rows[0]: [part for part in self._parts(rows) if self._is_shared(part)] for rows in tops}
        top_ids = self._ids(tops, {member.statement: member.theme for member in self._previous}, "theme")
        parts = [part for rows in tops for part in inner[rows[0]]]
        part_ids = self._ids(parts, {member.statement: member.subtheme for member in self._previous}, "subtheme")
        labels = labels_of(tops, self._texts, self._centrality, sources=self._projects)
        taken = [label.text for label in labels]
        areas = iter(self._areas([*tops, *parts]))
        top_themes = [
            self._theme(rows, top_id, label, next(areas))
            for rows, top_id, label in zip(tops, top_ids, labels, strict=True)
        ]
        themes: list[Theme] = []
        theme_of: dict[int, str] = {}
        subtheme_of: dict[int, str] = {}
        given = iter(part_ids)
        for rows, top in zip(tops, top_themes, strict=True):
            themes.append(top)
            theme_of |= dict.fromkeys(rows, top.id)
            part_labels = labels_of(inner[rows[0]], self._texts, self._centrality, sources=self._projects, taken=taken)
            taken += [label.text for label in part_labels]
            for part, label in zip(inner[rows[0]], part_labels, strict=True):
                part_id = next(given)
                themes.append(replace(self._theme(part, part_id, label, next(areas)), parent=top.id))
                subtheme_of |= dict.fromkeys(part, part_id)
        memberships = tuple(
            Membership(statement.id, theme_of[row], subtheme_of.get(row, ""), self._centrality[row])
            for row, statement in enumerate(self._statements)
            if row in theme_of
        )
        return ThemeSet(tuple(themes), memberships)

    def _theme(self, rows: Rows, id: str, label: Label, area: Area | None) -> Theme:
        said = [self._statements[row] for row in rows]
        reach = reach_of(said)
        quotes = representatives(rows, self._texts, self._vectors, self._centrality)
        return Theme(
            id=id,
            label=label.text,
            keywords=label.keywords,
            area=area,
            statements=reach.statements,
            responses=reach.responses,
            projects=reach.projects,
            first_seen=reach.first_seen,
            last_seen=reach.last_seen,
            trend=trend(per_year(said), self._years),
            representatives=tuple(self._statements[row].id for row in quotes),
        )

    def _is_shared(self, rows: Rows) -> bool:
        """What one person alone says, however often, does not recur."""
        return len({self._statements[row].response for row in rows}) >= 2

    def _parts(self, rows: Rows) -> list[Rows]:
        inside = self._found.subtheme[rows]
        return [[rows[at] for at in part] for part in _groups(inside)]

    def _ids(self, groups: list[Rows], previous: dict[str, str], level: str) -> list[str]:
        return carry_ids([[self._statements[row].id for row in rows] for rows in groups], previous, level=level)

    def _areas(self, groups: list[Rows]) -> list[Area | None]:
        if self._anchors is None or not groups:
            return [None] * len(groups)
        means = [self._vectors[rows].mean(axis=0) for rows in groups]
        return list(areas_of(np.asarray(means, dtype=np.float32), self._anchors))


def _groups(labels: NDArray[np.int64]) -> list[Rows]:
    """Rows of each label from 0 on, in order of label; -1 belongs to none."""
    found: dict[int, Rows] = {label: [] for label in sorted(set(labels.tolist()) - {-1})}
    for row, label in enumerate(labels.tolist()):
        if label >= 0:
            found[label].append(row)
    return list(found.values())
