"""Registers and the filters in use -> what can be chosen, what is chosen in words, and the filters people saved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.registers import RESIDUAL, SavedFilter
from reviewkit.domain.words import Occurred, RiskNature, RiskStatus
from webapp.fields import one_of
from webapp.presenters.pages import address
from webapp.presenters.registers.words import BECAME, STEPS
from webapp.presenters.words import headed, listed

TITLES = {
    "project": ("Project", "All projects"),
    "status": ("State", "Any state"),
    "occurred": ("What became of it", "Anything"),
    "category": ("Category", "All categories"),
    "owner": ("Owner", "All owners"),
    "nature": ("Threat or opportunity", "Both"),
}
"""Filter -> what it is called and what stands for no choice."""

FOLDED = ("category", "owner", "nature")
"""Filters that are seldom used, and stand folded away."""


@dataclass(frozen=True)
class Choice:
    """One value of a filter."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class Filter:
    name: str
    title: str
    every: str
    choices: tuple[Choice, ...]

    @property
    def is_folded(self) -> bool:
        return self.name in FOLDED

    @property
    def is_chosen(self) -> bool:
        return any(one.chosen for one in self.choices)


@dataclass(frozen=True)
class SavedLine:
    """A filter somebody saved; `is_here` where it is the one in use."""

    id: str
    name: str
    href: str
    who: str
    is_here: bool


def filters(risks: Sequence[Risk], projects: Sequence[Project], chosen: Mapping[str, str]) -> tuple[Filter, ...]:
    """Every filter with the values there are of it, and how many risks have each."""
    counts = {name: Counter(str(getattr(risk, name)) for risk in risks) for name in TITLES}
    names = sorted((project.name, project.key) for project in projects if counts["project"][project.key])
    labels: dict[str, list[tuple[str, str]]] = {
        "project": [(key, name) for name, key in names],
        "status": [(str(one), headed(one)) for one in RiskStatus],
        "occurred": [(str(one), headed(BECAME[one])) for one in Occurred],
        "category": [(name, name) for name in sorted(counts["category"], key=str.casefold)],
        "owner": [(name, name) for name in sorted(counts["owner"], key=str.casefold)],
        "nature": [(str(one), headed(one)) for one in RiskNature],
    }
    found = []
    for name, (title, every) in TITLES.items():
        choices = tuple(
            Choice(value, f"{label} ({counts[name][value]})", chosen.get(name) == value)
            for value, label in labels[name]
            if value and (counts[name][value] or chosen.get(name) == value)
        )
        if len(choices) > 1 or any(one.chosen for one in choices):
            found.append(Filter(name, title, every, choices))
    return tuple(found)


def narrowed(chosen: Mapping[str, str]) -> str:
    """The filters in use, in words; empty where all is shown."""
    parts = [
        f"{name} {STEPS[int(chosen[name])]}"
        for name in ("probability", "impact")
        if chosen.get(name, "").isdecimal() and int(chosen[name]) in STEPS
    ]
    if parts and chosen.get("map") == RESIDUAL:
        parts = [f"{' and '.join(parts)} after the response"]
    for name in ("project", "category", "owner"):
        if (value := chosen.get(name)) is not None:
            parts.append(f"{name} {value}")
    for name in ("status", "nature"):
        if (value := chosen.get(name)) is not None:
            parts.append(value)
    if (end := one_of(Occurred, chosen.get("occurred"))) is not None:
        parts.append(BECAME[end])
    if (words := chosen.get("q")) is not None:
        parts.append(f"with “{words}”")
    return listed(parts)


def saved_lines(saved: Sequence[SavedFilter], chosen: Mapping[str, str]) -> tuple[SavedLine, ...]:
    return tuple(
        SavedLine(one.id, one.name, address("risks.index", one.query), one.who, one.query == dict(chosen))
        for one in saved
    )


def switch(chosen: Mapping[str, str]) -> tuple[tuple[str, str, bool], ...]:
    """The two maps as (words, address, whether it is the one shown); going to the other leaves the cell chosen."""
    rest = {name: value for name, value in chosen.items() if name not in ("map", "probability", "impact")}
    residual = chosen.get("map") == RESIDUAL
    return (
        ("When assessed", address("risks.index", rest), not residual),
        ("After the response", address("risks.index", rest, {"map": RESIDUAL}), residual),
    )
