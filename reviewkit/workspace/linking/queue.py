"""Links as a queue to decide about: what is uncertain and far-reaching first."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from reviewkit.domain.privacy import whole_fives
from reviewkit.domain.projects import Risk
from reviewkit.domain.reviews import Statement
from reviewkit.domain.themes import Link, Theme
from reviewkit.domain.words import Confidence, Kind, LinkState, Scope, ThemeStatus, Verdict
from reviewkit.risks.blind_spots import is_trouble
from reviewkit.risks.calibration import CLAIMED, probability
from reviewkit.search.marks import marks
from reviewkit.store.port import Store
from reviewkit.workspace.linking.calibrating import learned
from reviewkit.workspace.linking.judging import statement_verdicts, theme_verdicts
from reviewkit.workspace.linking.people import people
from reviewkit.workspace.linking.standing import theme_links
from reviewkit.workspace.visibility import telling


@dataclass(frozen=True)
class Wanted:
    """What the queue is narrowed to; None or blank where nothing is left out. `project` is whose register it is."""

    state: LinkState | None = LinkState.SUGGESTED
    project: str = ""
    scope: Scope | None = None
    verdict: Verdict | None = None
    confidence: Confidence | None = None


@dataclass(frozen=True)
class SeenLink:
    """A link with what it ties together, and why: offsets of the words that both sides share.

    `own` says that the entry is of a project that raised it. `theme` or `statement` is what it starts from, whose
    `text` holds `marks`; `risk_marks` are of the entry's text. `verdict` is that of what it starts from, None
    for a theme that is not mostly trouble.
    """

    link: Link
    risk: Risk
    text: str
    own: bool
    verdict: Verdict | None
    theme: Theme | None = None
    statement: Statement | None = None
    marks: tuple[tuple[int, int], ...] = ()
    risk_marks: tuple[tuple[int, int], ...] = ()


def queue(store: Store, wanted: Wanted, now: datetime) -> list[SeenLink]:
    """Links that may be shown, without their marks; what is uncertain and reaches far comes first.

    Suggestions of themes that are retired or are not there any more, and of statements that may not be shown, are left
    out; so are those of statements where too few spoke of problems for their review to tell which do.
    """
    risks = {risk.id: risk for risk in store.risks.all()}
    themes = _living(store)
    links = [link for link in _links(store, wanted) if link.risk in risks]
    if wanted.project:
        links = [link for link in links if risks[link.risk].project == wanted.project]
    said = _shown(store, {link.source for link in links if link.scope is Scope.STATEMENTS}, now)
    verdicts = _verdicts(store, themes, said, {name: risk.project for name, risk in risks.items()})
    found = []
    for link in links:
        theme, statement = themes.get(link.source), said.get(link.source)
        if link.scope is Scope.THEMES and theme:
            own = risks[link.risk].project in theme.projects
            found.append(SeenLink(link, risks[link.risk], theme.label, own, verdicts.get(theme.id), theme))
        elif link.scope is Scope.STATEMENTS and statement:
            own = risks[link.risk].project == statement.project
            found.append(
                SeenLink(link, risks[link.risk], statement.text, own, verdicts[statement.id], statement=statement)
            )
    found = [one for one in found if wanted.verdict in (None, one.verdict)]
    return _ordered(store, found)


def drawn(found: Sequence[SeenLink]) -> list[SeenLink]:
    """The same with the words marked that both sides share."""
    return [_with_marks(one) for one in found]


def _links(store: Store, wanted: Wanted) -> list[Link]:
    found: list[Link] = []
    if wanted.scope in (None, Scope.THEMES):
        found += theme_links(store)
    if wanted.scope in (None, Scope.STATEMENTS):
        narrowed = {"state": wanted.state} if wanted.state else {}
        found += store.links.all(scope=Scope.STATEMENTS, **narrowed)
    return [
        link for link in found if wanted.state in (None, link.state) and wanted.confidence in (None, link.confidence)
    ]


def _living(store: Store) -> dict[str, Theme]:
    return {
        theme.id: theme
        for theme in store.themes.all(parent="")
        if theme.status is not ThemeStatus.RETIRED and not theme.merged_into
    }


def _shown(store: Store, ids: Collection[str], now: datetime) -> dict[str, Statement]:
    found = [one for one in store.statements.all(id=ids) if one.kind is Kind.PROBLEM] if ids else []
    told = telling(store, Kind.PROBLEM, now, {one.review for one in found})
    return {one.id: one for one in found if one.review in told}


def _verdicts(
    store: Store, themes: Mapping[str, Theme], said: Mapping[str, Statement], project_of: dict[str, str]
) -> dict[str, Verdict]:
    found = theme_verdicts(filter(is_trouble, themes.values()), theme_links(store), project_of, people(store))
    return found | statement_verdicts(store, said.values())


def _ordered(store: Store, found: Sequence[SeenLink]) -> list[SeenLink]:
    """By how uncertain a link is (entropy of its probability) times how many people it speaks for, in whole fives."""
    fit = learned(store).calibration

    def likely(one: SeenLink) -> float:
        if fit and fit.in_use and one.link.cosine is not None:
            return probability(fit.weights, one.link.score, one.link.cosine, one.own)
        return CLAIMED[one.link.confidence]

    def weight(one: SeenLink) -> float:
        reach = whole_fives(one.theme.reach) if one.theme else 0
        return _entropy(likely(one)) * (1 + math.log1p(reach))

    def order(one: SeenLink) -> tuple[float, float, str]:
        return -round(weight(one), 6), -one.link.score, one.link.id

    return sorted(found, key=order)


def _entropy(probable: float) -> float:
    p = min(max(probable, 1e-9), 1 - 1e-9)
    return -(p * math.log2(p) + (1 - p) * math.log2(1 - p))


def _with_marks(one: SeenLink) -> SeenLink:
    read = one.theme.text if one.theme else one.text
    return SeenLink(
        one.link,
        one.risk,
        one.text,
        one.own,
        one.verdict,
        one.theme,
        one.statement,
        tuple(marks(one.risk.text, one.text)),
        tuple(marks(read, one.risk.text)),
    )
