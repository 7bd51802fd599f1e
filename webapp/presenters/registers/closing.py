"""A project's risks of which nobody said what became of them -> the form that asks for all at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewkit.domain.projects import Project, Risk
from webapp.presenters.words import plural, sentence

CHOICES = (("yes", "Yes"), ("no", "No"), ("unknown", "Not known"))
AT_ONCE = 100


@dataclass(frozen=True)
class ClosingRow:
    risk: Risk
    event: str
    choices: tuple[tuple[str, str, bool], ...]
    on: str
    note: str
    day_problem: str
    note_problem: str


@dataclass(frozen=True)
class ClosingPage:
    project: Project
    summary: str
    rows: tuple[ClosingRow, ...]
    problems: Mapping[str, str]
    steps: tuple[str, ...]
    note: str


def closing_page(
    project: Project,
    risks: Sequence[Risk],
    typed: Mapping[str, Mapping[str, str]],
    problems: Mapping[str, str],
    steps: Sequence[str],
) -> ClosingPage:
    """`typed` is keyed by risk id and `problems` as `Registers.tell` names them, the page's problems by their fields;
    `steps` are those just taken, which can be taken back."""
    rows = tuple(_row(risk, typed.get(risk.id, {}), problems) for risk in risks[:AT_ONCE])
    wrong = [
        (f"{name}-{place}", f"{row.risk.ref}: {said}")
        for place, row in enumerate(rows)
        for name, said in (("on", row.day_problem), ("note", row.note_problem))
        if said
    ]
    return ClosingPage(
        project=project,
        summary=waiting_line(len(risks)),
        rows=rows,
        problems=dict(wrong),
        steps=tuple(steps),
        note=f"Kept what became of {plural(len(steps), 'risk')}." if steps else "",
    )


def waiting_line(count: int) -> str:
    """How many risks nobody told of, in a sentence; empty for none."""
    return f"Of {plural(count, 'risk')} nobody has said yet what became of {'it' if count == 1 else 'them'}." * bool(
        count
    )


def _row(risk: Risk, typed: Mapping[str, str], problems: Mapping[str, str]) -> ClosingRow:
    chosen = typed.get("occurred") or risk.occurred
    return ClosingRow(
        risk,
        sentence(risk.event),
        tuple((value, words, value == chosen) for value, words in CHOICES),
        typed.get("on", ""),
        typed.get("note", risk.occurred_note),
        sentence(problems.get(f"{risk.id} day", "")),
        sentence(problems.get(f"{risk.id} note", "")),
    )
