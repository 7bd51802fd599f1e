"""Statements with vectors -> the workspace's themes and who belongs to them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from reviewkit.domain.reviews import Statement
from reviewkit.domain.themes import Decision, Membership, Theme
from reviewkit.domain.words import Area
from reviewkit.language.areas import anchor_texts, areas_of_groups
from reviewkit.language.ports import Encoder, Matrix
from reviewkit.themes.constraints import named
from reviewkit.themes.decisions import Place, Standing, decided, standing
from reviewkit.themes.discover import SMALLEST_SUBTHEME, discover
from reviewkit.themes.graph import centred
from reviewkit.themes.joining import Landmark, landmarks, placed
from reviewkit.themes.labels import Label, labels_of
from reviewkit.themes.labels.phrases import Reading
from reviewkit.themes.representatives import representatives
from reviewkit.themes.trends import per_year, reach_of, trend
from reviewkit.themes.vocabulary import AREAS, TERMS, known_names

Rows = list[int]

KEPT_LABEL = 1 / 2
"""A theme keeps its name while at least this share of it was in it before: a name that changes helps nobody."""


@dataclass(frozen=True)
class ThemeSet:
    """What one run found. Themes come from the largest, each followed by its subthemes.

    Every statement has a membership, in order of id; its theme is blank where it recurs with nothing. By `landmarks`
    later statements join without another run; they follow from the rest, so that comparing leaves them out.
    """

    themes: tuple[Theme, ...]
    memberships: tuple[Membership, ...]
    landmarks: tuple[Landmark, ...] = field(default=(), compare=False)


def build_themes(
    statements: Sequence[Statement],
    vectors: Matrix,
    encoder: Encoder,
    *,
    asked: Mapping[str, str] = MappingProxyType({}),
    previous: Iterable[Membership] = (),
    themes: Iterable[Theme] = (),
    decisions: Iterable[Decision] = (),
) -> ThemeSet:
    """Finds the themes of `statements`, whose vectors by `encoder` are the rows of `vectors` (n, dim), unit length.

    `asked` maps question keys -> what they are about, for those that are about something in particular. `previous` and
    `themes` are what the run before found, from which themes keep their ids and names; `decisions` are people's, and
    hold whatever is found: a statement stays where it was put, and a theme that somebody touched lasts as long as one
    of its statements. Any other theme is raised by at least two responses. The same input in any order of statements
    gives the same answer.
    """
    order = sorted(range(len(statements)), key=lambda row: statements[row].id)
    ordered = [statements[row] for row in order]
    run = _Run(ordered, vectors[order], encoder, asked, standing(decisions))
    return run.themes(list(previous), list(themes))


class _Run:
    """One discovery over statements ordered by id, and what is said of each group."""

    def __init__(
        self,
        statements: list[Statement],
        vectors: Matrix,
        encoder: Encoder,
        asked: Mapping[str, str],
        known: Standing,
    ) -> None:
        self._statements, self._vectors, self._encoder, self._decided = statements, vectors, encoder, known
        self._ids = [statement.id for statement in statements]
        self._texts = [statement.text for statement in statements]
        self._projects = [statement.project for statement in statements]
        self._asked = [asked.get(statement.question, "") for statement in statements]
        self._held = [known.places.get(statement) for statement in self._ids]
        self._centrality: list[float] = []
        self._readings: dict[int, Reading] = {}

    def themes(self, previous: list[Membership], before: list[Theme]) -> ThemeSet:
        if not self._statements:
            return ThemeSet((), ())
        places = self._places({member.statement: member for member in previous})
        tops = _groups([place.theme for place in places])
        parts = _groups([place.subtheme for place in places])
        parent = {name: places[rows[0]].theme for name, rows in parts.items()}
        names = self._names(tops, parts, _kept(previous, before, {**tops, **parts}, self._ids))
        areas = self._areas([*tops.values(), *parts.values()])
        years = per_year(self._statements)
        made = [
            replace(self._theme(name, rows, names[name], area, years), parent=parent.get(name, ""))
            for (name, rows), area in zip([*tops.items(), *parts.items()], areas, strict=True)
        ]
        ordered = [one for top in made[: len(tops)] for one in (top, *(p for p in made if p.parent == top.id))]
        return ThemeSet(
            decided(ordered, self._decided),
            tuple(
                Membership(statement, place.theme, place.subtheme, centrality if place.theme else 0.0)
                for statement, place, centrality in zip(self._ids, places, self._centrality, strict=True)
            ),
            tuple(landmarks(self._vectors, self._projects, self._asked, places)),
        )

    def _places(self, previous: Mapping[str, Membership]) -> list[Place]:
        """Each row's theme and subtheme, with what people decided."""
        nowhere = Membership("", "")
        last = [previous.get(statement, nowhere) for statement in self._ids]
        held = [None if place is None else place.theme for place in self._held]
        known = [one.theme if there is None else there for one, there in zip(last, held, strict=True)]
        found = discover(self._vectors, self._projects, self._asked, known if any(known) else None)
        self._centrality = [round(float(value), 6) for value in found.centrality]
        space = landmarks(self._vectors, self._projects, self._asked, [])
        rows = placed(space, self._vectors, self._projects, self._asked)
        communities = _communities(found.theme)
        tops = named(communities, self._ids, [one.theme for one in last], held, rows)
        tops = self._shared(tops, 1)
        parts = self._parts(tops, found.subtheme, [one.subtheme for one in last], rows)
        return [Place(top, part if top else "") for top, part in zip(tops, parts, strict=True)]

    def _parts(self, tops: list[str], found: NDArray[np.int64], last: list[str], rows: Matrix) -> list[str]:
        """Each row's subtheme; each lies within one theme, the one that most of it is in."""
        held = [place.subtheme if place is not None and place.subtheme else None for place in self._held]
        homes = _homes([there or "" for there in held], tops)
        homes = _homes(last, tops) | homes
        last = [part if homes.get(part) == top else "" for part, top in zip(last, tops, strict=True)]
        held = [part if part and homes[part] == top else None for part, top in zip(held, tops, strict=True)]
        inside = [(top, part) if top and part >= 0 else None for top, part in zip(tops, found.tolist(), strict=True)]
        groups: defaultdict[tuple[str, int], Rows] = defaultdict(list)
        for row, group in enumerate(inside):
            if group:
                groups[group].append(row)
        parts = named(list(groups.values()), self._ids, last, held, rows, level="subtheme")
        return self._shared(parts, SMALLEST_SUBTHEME)

    def _shared(self, names: list[str], smallest: int) -> list[str]:
        """`names` but those of groups too small or of one person alone, who makes no theme; what is held stays."""
        keep = {
            name
            for name, rows in _groups(names).items()
            if name in self._decided.themes
            or (len(rows) >= smallest and len({self._statements[row].response for row in rows}) >= 2)
        }
        return [name if name in keep else "" for name in names]

    def _names(self, tops: Mapping[str, Rows], parts: Mapping[str, Rows], kept: Mapping[str, str]) -> dict[str, Label]:
        """A label for each theme, then for each subtheme; none like another or like what people called one."""
        groups = [*tops.values(), *parts.values()]
        terms = known_names(centred(self._vectors, self._projects), self._texts, groups, self._encoder.encode(TERMS))
        wanted = {name: [kept[name]] if name in kept else own for name, own in zip([*tops, *parts], terms, strict=True)}
        taken = list(self._decided.labels.values())
        found = self._labels(tops, wanted, taken)
        return found | self._labels(parts, wanted, [*taken, *(label.text for label in found.values())])

    def _labels(
        self, groups: Mapping[str, Rows], wanted: Mapping[str, Sequence[str]], taken: Iterable[str]
    ) -> dict[str, Label]:
        labels = labels_of(
            list(groups.values()),
            self._texts,
            self._vectors,
            self._centrality,
            self._encoder,
            sources=self._projects,
            known=[wanted[name] for name in groups],
            taken=taken,
            readings=self._readings,
        )
        return dict(zip(groups, labels, strict=True))

    def _theme(self, name: str, rows: Rows, label: Label, area: Area, years: Mapping[int, int]) -> Theme:
        said = [self._statements[row] for row in rows]
        reach = reach_of(said)
        quotes = representatives(rows, self._texts, self._vectors, self._centrality)
        return Theme(
            id=name,
            label=label.text,
            suggested=label.text,
            keywords=label.keywords,
            area=AREAS.get(label.text, area),
            statements=reach.statements,
            troubles=reach.troubles,
            responses=reach.responses,
            projects=reach.projects,
            first_seen=reach.first_seen,
            last_seen=reach.last_seen,
            trend=trend(per_year(said), years),
            representatives=tuple(self._ids[row] for row in quotes),
        )

    def _areas(self, groups: list[Rows]) -> list[Area]:
        if not groups:
            return []
        return areas_of_groups(self._vectors, groups, self._encoder.encode(anchor_texts()), texts=self._texts)


def _communities(labels: NDArray[np.int64]) -> list[Rows]:
    """Rows of each label from 0 on, in order of label; -1 belongs to none."""
    found: defaultdict[int, Rows] = defaultdict(list)
    for row, label in enumerate(labels.tolist()):
        if label >= 0:
            found[label].append(row)
    return [found[label] for label in sorted(found)]


def _groups(names: Sequence[str]) -> dict[str, Rows]:
    """Rows of each name but the blank one, from the largest group, ties by first row."""
    found: defaultdict[str, Rows] = defaultdict(list)
    for row, name in enumerate(names):
        if name:
            found[name].append(row)
    return dict(sorted(found.items(), key=lambda pair: (-len(pair[1]), pair[1][0])))


def _homes(parts: Sequence[str], tops: Sequence[str]) -> dict[str, str]:
    """The theme that most rows of each subtheme are in."""
    within: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for part, top in zip(parts, tops, strict=True):
        if part and top:
            within[part][top] += 1
    return {part: min(counts, key=lambda top: (-counts[top], top)) for part, counts in within.items()}


def _kept(
    previous: Iterable[Membership], before: Iterable[Theme], groups: Mapping[str, Rows], statements: Sequence[str]
) -> dict[str, str]:
    """Theme -> the machine's name for it, where it is still mostly what it was.

    A name that was made of statements that are erased is made anew, for it may hold a word of theirs; so is one without
    keywords, which was given for the time being.
    """
    members: dict[str, set[str]] = {}
    for one in previous:
        for name in (one.theme, one.subtheme):
            if name:
                members.setdefault(name, set()).add(one.statement)
    kept = {}
    for theme in before:
        rows, was = groups.get(theme.id, []), members.get(theme.id, set())
        stayed = sum(statements[row] in was for row in rows)
        named = theme.suggested and theme.keywords and theme.statements == len(was)
        if named and stayed >= max(1.0, KEPT_LABEL * len(rows)):
            kept[theme.id] = theme.suggested
    return kept
