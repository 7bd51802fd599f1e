"""Finished projects, each with what was known before it began -> would advice have warned of what it then met?"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any

from reviewkit.domain.backtests import Backtest, Compared, Interval, Marks, Trial
from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Statement
from reviewkit.domain.themes import UNNAMED
from reviewkit.domain.words import Kind, ProjectStatus
from reviewkit.kickoff.backtest import TOP, foretell, summed
from reviewkit.kickoff.brief import read_brief
from reviewkit.kickoff.foresight import Case
from reviewkit.kickoff.topics import Told, topics
from reviewkit.language.ports import Matrix
from reviewkit.workspace.advising.ranking import direction
from reviewkit.workspace.context import Context
from reviewkit.workspace.derive.progress import Report, silent
from reviewkit.workspace.derive.themes import asked_in
from reviewkit.workspace.visibility import visible_reviews

KEPT = "backtest"
"""The mark under which the last one is kept, since a large workspace takes minutes."""

QUICK = 3_000
"""Statements up to which it takes seconds."""


@dataclass(frozen=True)
class Kept:
    """A back-test and when it was made."""

    made: datetime
    found: Backtest


@dataclass(frozen=True)
class _Said:
    """Statements of trouble with their vectors (n, dim), the day their review had ended, and what each was asked."""

    statements: Sequence[Statement]
    vectors: Matrix
    ended: Sequence[date]
    asked: Sequence[str]

    def part(self, rows: Sequence[int]) -> Told:
        chosen = [self.statements[row] for row in rows]
        return Told(
            [one.project for one in chosen],
            [one.response for one in chosen],
            [self.asked[row] for row in rows],
            self.vectors[rows],
        )


class Backtesting:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def latest(self) -> Kept | None:
        """The last one made; None where there is none."""
        text = self._store.marks.get(KEPT)
        return _read(json.loads(text)) if text else None

    def is_quick(self) -> bool:
        """Whether it takes seconds, so that somebody may wait for it."""
        return self._store.statements.count() <= QUICK

    def run(self, report: Report = silent, *, top: int = TOP, who: str = "") -> Backtest:
        """Foretells every finished project from reviews that had ended before it began, and keeps the result.

        Topics are found anew for each project among the statements known by then, so that nothing later shapes them;
        today's names of themes only serve to read the result. Reviews too small to be shown take no part.
        """
        said = self._said()
        finished = self._store.projects.all(status=ProjectStatus.CLOSED)
        begun = {project.key: start for project in finished if (start := project.began) is not None}
        ordered = sorted(
            (project for project in finished if project.key in begun), key=lambda one: (begun[one.key], one.key)
        )
        cases = {project.key: Case(project, self._brief(project), begun[project.key], date.max) for project in ordered}
        names, trials = self._names(), []
        for done, project in enumerate(ordered):
            report("back-test", done, len(ordered))
            trial = _foretold(cases[project.key], cases, said, names, top)
            if trial is not None:
                trials.append(trial)
        report("back-test", len(ordered), len(ordered))
        told = {trial.project for trial in trials}
        found = summed(trials, sorted(project.key for project in finished if project.key not in told), top=top)
        with self._store.write():
            self._store.marks.put(KEPT, json.dumps(asdict(Kept(self._context.now(), found)), default=str))
            self._context.record(who, "made back-test", f"{len(trials)} projects")
        return found

    def _said(self) -> _Said:
        """What may be shown of reviews whose end is known."""
        store = self._store
        visible = visible_reviews(store)
        told = [one for one in store.statements.all(kind={Kind.PROBLEM, Kind.SUGGESTION}) if one.review in visible]
        ended = {review.id: review.closes.date() for review in store.reviews.all(id=visible) if review.closes}
        for one in told:
            if one.said is not None:
                ended[one.review] = max(ended.get(one.review, one.said), one.said)
        told = [one for one in told if one.review in ended]
        vectors = store.vectors.get(self._context.engines.encoder.name, [one.text_hash for one in told])
        asked = asked_in(store)
        return _Said(told, vectors, [ended[one.review] for one in told], [asked.get(one.question, "") for one in told])

    def _names(self) -> dict[str, str]:
        """Statement -> the name of the theme it is in today, of the subtheme where it is in one."""
        labels = {theme.id: theme.label for theme in self._store.themes.all()}
        members = self._store.memberships.all()
        return {one.statement: labels.get(one.subtheme) or labels.get(one.theme, "") for one in members}

    def _brief(self, project: Project) -> Matrix:
        return direction(read_brief(project.name, project.brief, self._context.engines.encoder).named)


def _foretold(new: Case, cases: Mapping[str, Case], said: _Said, names: Mapping[str, str], top: int) -> Trial | None:
    key = new.project.key
    past = [
        row
        for row, one in enumerate(said.statements)
        if one.project != key and one.project in cases and said.ended[row] < new.start
    ]
    own = [row for row, one in enumerate(said.statements) if one.project == key]
    if not past or not own:
        return None
    found = topics(said.part(past), said.part(own))
    known: dict[str, date] = {}
    for row in past:
        project = said.statements[row].project
        known[project] = max(known.get(project, said.ended[row]), said.ended[row])
    earlier = [replace(cases[one], known=day, met=found.met.get(one, {})) for one, day in sorted(known.items())]
    trial = foretell(replace(new, met=found.met.get(key, {})), earlier, found.names, top=top, fresh=found.fresh)
    if trial is None:
        return None
    called = {
        topic: _usual(names.get(said.statements[past[row]].id, "") for row in rows)
        for topic, rows in zip(found.names, found.members, strict=True)
    }
    return replace(
        trial, warned=tuple(called[one] for one in trial.warned), missed=tuple(called[one] for one in trial.missed)
    )


def _usual(names: Iterable[str]) -> str:
    counted = Counter(name for name in names if name)
    return min(counted, key=lambda name: (-counted[name], name)) if counted else UNNAMED


def _read(kept: Mapping[str, Any]) -> Kept:
    found = kept["found"]
    return Kept(
        datetime.fromisoformat(kept["made"]),
        Backtest(
            trials=tuple(_trial(one) for one in found["trials"]),
            untold=tuple(found["untold"]),
            top=found["top"],
            recall=_compared(found["recall"]),
            precision=_compared(found["precision"]),
        ),
    )


def _trial(one: Mapping[str, Any]) -> Trial:
    lists = {name: tuple(one[name]) for name in ("known", "warned", "missed")}
    sides = {name: Marks(**one[name]) for name in ("ours", "popularity", "chance")}
    return Trial(**{**one, **lists, **sides})


def _compared(one: Mapping[str, Any] | None) -> Compared | None:
    return None if one is None else Compared(**{name: Interval(**value) for name, value in one.items()})
