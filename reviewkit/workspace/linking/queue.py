"""Links as a queue to decide about: what is uncertain and far-reaching first."""

from __future__ import annotations

import heapq
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from reviewkit.domain.projects import Risk
from reviewkit.domain.reviews import Statement
from reviewkit.domain.themes import Link, Theme
from reviewkit.domain.words import Confidence, LinkState, Scope, ThemeStatus, Verdict
from reviewkit.risks.blind_spots import is_trouble
from reviewkit.search.marks import marks
from reviewkit.store.linked import Place, ProblemLinks
from reviewkit.store.port import Store
from reviewkit.workspace.linking.calibrating import learned
from reviewkit.workspace.linking.judging import statement_verdicts, theme_verdicts
from reviewkit.workspace.linking.people import people
from reviewkit.workspace.linking.standing import projects_of, theme_links
from reviewkit.workspace.linking.sureness import Sureness
from reviewkit.workspace.visibility import settled_reviews


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


@dataclass(frozen=True)
class SeenLinks:
    """Some of a queue of `total`, from the one at `first` on."""

    items: Sequence[SeenLink]
    first: int
    total: int


def queue(store: Store, wanted: Wanted, now: datetime, first: int = 0, limit: int | None = None) -> SeenLinks:
    """At most `limit` links that may be shown, without their marks; what is uncertain and reaches far comes first.

    A `first` beyond the last gives the last `limit` of them in its place. Suggestions of themes that are retired or are
    not there any more, and of statements that may not be shown or whose review is not settled, are left out. Of
    problems no more is read than is given back.
    """
    sure = Sureness(learned(store).calibration)
    themes = _of_themes(store, wanted, sure) if wanted.scope in (None, Scope.THEMES) else []
    asked = _asked(store, wanted, now) if wanted.scope in (None, Scope.STATEMENTS) else None
    problems = store.links.count_problems(asked) if asked else 0
    total = len(themes) + problems
    first = max(first, 0)
    if limit is not None and first >= total:
        first = max(0, -(-total // limit) - 1) * limit
    skipped = _before(store, asked, sure, themes, first) if asked else first
    of_themes = themes[skipped : None if limit is None else skipped + limit]
    of_problems = store.links.of_problems(asked, sure.problems, first - skipped, limit) if asked else []
    going = [link for _, link in heapq.merge(of_themes, sure.placed(of_problems), key=lambda one: one[0].order)]
    return SeenLinks(_seen(store, going[:limit]), first, total)


def drawn(found: Sequence[SeenLink]) -> list[SeenLink]:
    """The same with the words marked that both sides share."""
    return [_with_marks(one) for one in found]


def _of_themes(store: Store, wanted: Wanted, sure: Sureness) -> list[tuple[Place, Link]]:
    """Links of living themes in their order, each with where it stands among the links of problems."""
    standing = theme_links(store)
    project_of = projects_of(store, standing)
    themes = _living(store, {link.source for link in standing})
    links = [link for link in standing if link.risk in project_of and link.source in themes]
    if wanted.verdict is not None:
        troubles = filter(is_trouble, themes.values())
        verdicts = theme_verdicts(troubles, links, project_of, people(store))
        links = [link for link in links if verdicts.get(link.source) is wanted.verdict]
    found = [
        (link, sure.weight(link, project_of[link.risk] in themes[link.source].projects, themes[link.source].reach))
        for link in links
        if wanted.state in (None, link.state)
        and wanted.confidence in (None, link.confidence)
        and wanted.project in ("", project_of[link.risk])
    ]
    found.sort(key=lambda one: (-one[1].weight, -one[0].score, one[0].id))
    return [(Place(weighed.distance, link.score, link.id), link) for link, weighed in found]


def _asked(store: Store, wanted: Wanted, now: datetime) -> ProblemLinks:
    """A verdict is worked out only of problems that no entry of their own register holds: all others are foreseen."""
    asked = ProblemLinks(settled_reviews(store, now), wanted.state, wanted.project, wanted.confidence)
    if wanted.verdict is None:
        return asked
    verdicts = statement_verdicts(store, store.statements.all(id=store.links.unheld(asked)))
    if wanted.verdict is Verdict.FORESEEN:
        return replace(asked, but=frozenset(one for one, said in verdicts.items() if said is not Verdict.FORESEEN))
    return replace(asked, only=frozenset(one for one, said in verdicts.items() if said is wanted.verdict))


def _before(store: Store, asked: ProblemLinks, sure: Sureness, themes: Sequence[tuple[Place, Link]], first: int) -> int:
    """How many of the first `first` links are those of `themes`, by halving: each has so many problems before it."""
    low, high = 0, min(first, len(themes))
    while low < high:
        middle = (low + high) // 2
        if middle + store.links.count_problems(asked, sure.problems, themes[middle][0]) < first:
            low = middle + 1
        else:
            high = middle
    return low


def _seen(store: Store, links: Sequence[Link]) -> list[SeenLink]:
    """Links with what they tie together."""
    risks = {risk.id: risk for risk in store.risks.all(id={link.risk for link in links})}
    sources = {scope: {link.source for link in links if link.scope is scope} for scope in Scope}
    themes = _living(store, sources[Scope.THEMES])
    said = {one.id: one for one in store.statements.all(id=sources[Scope.STATEMENTS])}
    tied = theme_links(store, set(themes))
    troubles = filter(is_trouble, themes.values())
    verdicts = theme_verdicts(troubles, tied, projects_of(store, tied), people(store))
    verdicts |= statement_verdicts(store, said.values())
    found = []
    for link in links:
        risk, verdict = risks[link.risk], verdicts.get(link.source)
        if link.scope is Scope.THEMES:
            theme = themes[link.source]
            found.append(SeenLink(link, risk, theme.label, risk.project in theme.projects, verdict, theme))
        else:
            statement = said[link.source]
            own = risk.project == statement.project
            found.append(SeenLink(link, risk, statement.text, own, verdict, statement=statement))
    return found


def _living(store: Store, ids: Collection[str]) -> dict[str, Theme]:
    return {
        theme.id: theme
        for theme in (store.themes.all(id=set(ids), parent="") if ids else [])
        if theme.status is not ThemeStatus.RETIRED and not theme.merged_into
    }


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
