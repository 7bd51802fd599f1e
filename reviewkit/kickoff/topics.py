"""Statements of trouble from reviews known by then -> topics, and which of them a later review raises again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from reviewkit.language.ports import Matrix
from reviewkit.themes.decisions import Place
from reviewkit.themes.discover import discover
from reviewkit.themes.joining import join, landmarks


@dataclass(frozen=True)
class Told:
    """Statements of trouble: row i of `vectors` (n, dim; unit rows) was said in `projects[i]` by `responses[i]` in
    answer to `asked[i]` (blank: about nothing in particular)."""

    projects: Sequence[str]
    responses: Sequence[str]
    asked: Sequence[str]
    vectors: Matrix


@dataclass(frozen=True)
class Topics:
    """What recurred in the past, the largest first, named by its number.

    `members` are the past's rows of each. `met` maps project -> topic -> how surely it met it (0 to 1), the new project
    among them. `fresh` is the share of the new project's statements (0 to 1) that are near to no topic.
    """

    names: tuple[str, ...]
    members: tuple[tuple[int, ...], ...]
    met: Mapping[str, Mapping[str, float]]
    fresh: float


def topics(past: Told, new: Told) -> Topics:
    """Topics are found among `past` alone; `new` only joins them, so that nothing of it shapes what is foretold."""
    found = discover(past.vectors, past.projects, past.asked)
    places = [_place(*row) for row in zip(found.theme.tolist(), found.subtheme.tolist(), strict=True)]
    parted = {place.theme for place in places if place.subtheme}
    rows: dict[str, list[int]] = defaultdict(list)
    for row, place in enumerate(places):
        if name := _topic(place, parted):
            rows[name].append(row)
    names = tuple(sorted(rows, key=lambda name: (-len(rows[name]), rows[name])))
    members = [rows[name] for name in names]
    parents = {place.theme: "" for place in places if place.theme}
    parents |= {place.subtheme: place.theme for place in places if place.subtheme}
    known = landmarks(past.vectors, past.projects, past.asked, places)
    joined = join(known, parents, new.vectors, new.projects, new.asked) if len(new.projects) else []
    again = [_topic(one.place, parted) for one in joined]
    return Topics(
        names=names,
        members=tuple(map(tuple, members)),
        met=_met(past, [_topic(place, parted) for place in places]) | _met(new, again),
        fresh=sum(not name for name in again) / len(again) if again else 0.0,
    )


def _place(theme: int, subtheme: int) -> Place:
    return Place(f"theme {theme}" if theme >= 0 else "", f"subtheme {subtheme}" if subtheme >= 0 else "")


def _topic(place: Place, parted: Collection[str]) -> str:
    """The subtheme, or the theme where that has none; blank for neither."""
    return place.subtheme or ("" if place.theme in parted else place.theme)


def _met(told: Told, named: Sequence[str]) -> dict[str, dict[str, float]]:
    """Project -> topic -> how surely it met it, by how many respondents raised it (see `_sureness`)."""
    by: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for project, response, name in zip(told.projects, told.responses, named, strict=True):
        if name:
            by[project][name].add(response)
    return {
        project: {name: _sureness(len(responses)) for name, responses in raised.items()}
        for project, raised in by.items()
    }


def _sureness(respondents: int) -> float:
    """The mean of whether two said so, since one person's remark is no finding, and of r / (r + 1) for r respondents,
    since the third and fourth still make it surer: 0.25, 0.83, 0.88, 0.90 and on."""
    return (float(respondents >= 2) + respondents / (respondents + 1)) / 2
