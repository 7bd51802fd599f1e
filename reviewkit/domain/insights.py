"""What all finished projects together say, each rate beside those of wider classes of comparison."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date

from reviewkit.domain.kickoffs import BaseRate
from reviewkit.domain.projects import Project
from reviewkit.domain.themes import Theme
from reviewkit.domain.words import RiskResponse

SIZES = (("under 100", 0), ("100 to 499", 100), ("500 and more", 500))
"""Bands of a project's size, each with where it begins."""


@dataclass(frozen=True)
class Comparison:
    """A class of projects; a blank criterion admits all. The order of the fields is that in which it is widened: from
    the last to the first."""

    kind: str = ""
    domain: str = ""
    method: str = ""
    size: str = ""

    @property
    def criteria(self) -> tuple[tuple[str, str], ...]:
        """(name, value) of those that are set."""
        return tuple((one.name, value) for one in fields(self) if (value := getattr(self, one.name)))

    @property
    def wider(self) -> Comparison:
        """Without its last criterion; all projects where it has none."""
        return replace(self, **{self.criteria[-1][0]: ""}) if self.criteria else self

    @property
    def steps(self) -> tuple[Comparison, ...]:
        """The class itself, the one wider, and all projects, each once."""
        return tuple(dict.fromkeys((self, self.wider, Comparison())))

    def admits(self, project: Project) -> bool:
        return all(attribute(project, name).casefold() == value.casefold() for name, value in self.criteria)

    def of(self, projects: Iterable[Project]) -> tuple[str, ...]:
        """Keys of those it admits, in the order given."""
        return tuple(project.key for project in projects if self.admits(project))

    def __str__(self) -> str:
        return ", ".join(f"{name} {value}" for name, value in self.criteria) or "all projects"


ALL = Comparison()
"""The class of all projects."""


def attribute(project: Project, name: str) -> str:
    """What a project has for a criterion; blank where it does not tell."""
    if name != "size":
        return str(getattr(project, name))
    if project.size is None:
        return ""
    return [band for band, least in SIZES if project.size >= least][-1]


@dataclass(frozen=True)
class BlindSpot:
    """A theme that no register foresaw; `rates` has one for each step of the comparison: reviewed projects that raised
    it."""

    theme: Theme
    rates: tuple[BaseRate, ...]


@dataclass(frozen=True)
class KindRate:
    """A kind of risk; `rates` has one for each step: where it came true. `registered` names the projects that feared
    it, `risks` their entries."""

    title: str
    registered: tuple[str, ...]
    risks: tuple[str, ...]
    rates: tuple[BaseRate, ...]


@dataclass(frozen=True)
class ResponseRate:
    """Threats that were met by one response; `rates` count entries that did not come true, by id, one for each step;
    `projects` has, for each step, the projects they are of."""

    response: RiskResponse | None
    rates: tuple[BaseRate, ...]
    projects: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Recurrence:
    """A theme before and after a lesson about it was embedded: reviewed projects that had ended by then, and those that
    began later. `running` were under way and are counted on neither side."""

    lesson: str
    title: str
    theme: Theme
    embedded: date
    before: BaseRate
    after: BaseRate
    running: tuple[str, ...]


@dataclass(frozen=True)
class Embedding:
    """What embedded lessons changed; of `embedded` lessons so many are `undated` or name no theme (`themeless`)."""

    recurrences: tuple[Recurrence, ...]
    embedded: int
    undated: int
    themeless: int
