"""Statements with vectors -> the workspace's themes and who belongs to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from reviewkit.domain.reviews import Statement
from reviewkit.domain.themes import Decision, Membership, Theme
from reviewkit.domain.words import Area, ThemeStatus
from reviewkit.language.areas import anchor_texts, areas_of_groups
from reviewkit.language.ports import Encoder, Matrix
from reviewkit.themes.discover import Discovery, discover
from reviewkit.themes.graph import centred
from reviewkit.themes.identity import carry_ids
from reviewkit.themes.labels import Label, labels_of
from reviewkit.themes.representatives import representatives
from reviewkit.themes.trends import per_year, reach_of, trend
from reviewkit.themes.vocabulary import AREAS, TERMS, known_names

Rows = list[int]


@dataclass(frozen=True)
class ThemeSet:
    """What one run found. Themes come from the largest, each followed by its subthemes; memberships by statement id."""

    themes: tuple[Theme, ...]
    memberships: tuple[Membership, ...]


def build_themes(
    statements: Sequence[Statement],
    vectors: Matrix,
    encoder: Encoder,
    *,
    asked: Mapping[str, str] = MappingProxyType({}),
    previous: Iterable[Membership] = (),
) -> ThemeSet:
    """Finds the themes of `statements`, whose vectors by `encoder` are the rows of `vectors` (n, dim), unit length.

    `asked` maps question keys -> what they are about, for those that are about something in particular; `previous` are
    the memberships of the run before, from which themes keep their ids. A theme is raised by at least two responses; a
    statement without one has no membership. The same input in any order of statements gives the same answer.
    """
    order = sorted(range(len(statements)), key=lambda row: statements[row].id)
    ordered = [statements[row] for row in order]
    return _Run(ordered, vectors[order], encoder, asked, list(previous)).themes()


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
        self,
        statements: list[Statement],
        vectors: Matrix,
        encoder: Encoder,
        asked: Mapping[str, str],
        previous: list[Membership],
    ) -> None:
        self._statements, self._vectors, self._encoder, self._previous = statements, vectors, encoder, previous
        self._texts = [statement.text for statement in statements]
        self._projects = [statement.project for statement in statements]
        questions = [asked.get(statement.question, "") for statement in statements]
        self._found: Discovery = discover(vectors, self._projects, questions)
        self._centrality: list[float] = [round(float(value), 6) for value in self._found.centrality]
        self._years = per_year(statements)
        self._centred = centred(vectors, self._projects)
        self._terms = encoder.encode(TERMS)

    def themes(self) -> ThemeSet:
        tops = [rows for rows in _groups(self._found.theme) if self._is_shared(rows)]
        parts = [[part for part in self._parts(rows) if self._is_shared(part)] for rows in tops]
        labels = self._labels(tops, [])
        top_ids = self._ids(tops, {member.statement: member.theme for member in self._previous}, "theme")
        inner = [part for group in parts for part in group]
        inner_ids = iter(self._ids(inner, {member.statement: member.subtheme for member in self._previous}, "subtheme"))
        areas = iter(self._areas([*tops, *inner]))
        top_themes = [
            self._theme(rows, top_id, label, next(areas))
            for rows, top_id, label in zip(tops, top_ids, labels, strict=True)
        ]
        themes: list[Theme] = []
        place: dict[int, tuple[str, str]] = {}
        for rows, top, group in zip(tops, top_themes, parts, strict=True):
            themes.append(top)
            place |= dict.fromkeys(rows, (top.id, ""))
            part_labels = self._labels(group, [theme.label for theme in (*top_themes, *themes)])
            for part, label in zip(group, part_labels, strict=True):
                themes.append(replace(self._theme(part, next(inner_ids), label, next(areas)), parent=top.id))
                place |= dict.fromkeys(part, (top.id, themes[-1].id))
        memberships = tuple(
            Membership(statement.id, *place[row], self._centrality[row])
            for row, statement in enumerate(self._statements)
            if row in place
        )
        return ThemeSet(tuple(themes), memberships)

    def _labels(self, groups: list[Rows], taken: list[str]) -> list[Label]:
        known = known_names(self._centred, self._texts, groups, self._terms)
        return labels_of(
            groups,
            self._texts,
            self._vectors,
            self._centrality,
            self._encoder,
            sources=self._projects,
            known=known,
            taken=taken,
        )

    def _theme(self, rows: Rows, id: str, label: Label, area: Area) -> Theme:
        said = [self._statements[row] for row in rows]
        reach = reach_of(said)
        quotes = representatives(rows, self._texts, self._vectors, self._centrality)
        return Theme(
            id=id,
            label=label.text,
            keywords=label.keywords,
            area=AREAS.get(label.text, area),
            statements=reach.statements,
            troubles=reach.troubles,
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

    def _areas(self, groups: list[Rows]) -> list[Area]:
        return areas_of_groups(self._vectors, groups, self._encoder.encode(anchor_texts())) if groups else []


def _groups(labels: NDArray[np.int64]) -> list[Rows]:
    """Rows of each label from 0 on, in order of label; -1 belongs to none."""
    found: dict[int, Rows] = {label: [] for label in sorted(set(labels.tolist()) - {-1})}
    for row, label in enumerate(labels.tolist()):
        if label >= 0:
            found[label].append(row)
    return list(found.values())
