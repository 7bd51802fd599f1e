"""One theme -> its page: what people said, which risks it belongs to, and what was decided about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from reviewkit.domain.themes import Theme
from reviewkit.domain.words import Kind, LinkState, ThemeStatus
from reviewkit.workspace.risks import LinkedRisk
from reviewkit.workspace.themes import ThemeView
from reviewkit.workspace.themes.regrouping import Said
from webapp.charts import bars
from webapp.presenters.kickoff import QuoteLine, project_link, quote_line
from webapp.presenters.pages import Part, drawn, part
from webapp.presenters.ratings import Chart
from webapp.presenters.registers.words import BECAME
from webapp.presenters.themes.history import History, Note, history
from webapp.presenters.themes.rows import ThemeRow, theme_link, theme_row, trend
from webapp.presenters.words import KindTag, Link, at_least, day, headed, kind_tag, listed, month, plural

QUOTES = 3
"""They cover the theme; all that was said stands below them."""

AT_ONCE = 25
"""Statements on one page."""

LEVEL = 0.8
"""From this share on of the second kind's count the third is as frequent, and no two kinds prevail."""

PLURALS = {
    Kind.POSITIVE: "praise",
    Kind.PROBLEM: "problems",
    Kind.SUGGESTION: "suggestions",
    Kind.NEUTRAL: "plain facts",
}


@dataclass(frozen=True)
class RiskTie:
    """A register entry tied to the theme, and what may be done with the tie."""

    risk: Link
    risk_id: str
    project: Link
    became: str
    certainty: str
    confirmed: bool


@dataclass(frozen=True)
class Line:
    """One statement, where it stands among the other answers, and the part of the theme it belongs to."""

    id: str
    text: str
    kind: KindTag | None
    source: Link
    part: str


@dataclass(frozen=True)
class Sieve:
    """What the list of statements is narrowed to; blank where nothing is left out."""

    words: str = ""
    kind: Kind | None = None
    part: str = ""

    @property
    def chosen(self) -> dict[str, str]:
        """As the address has them."""
        found = {"words": self.words, "kind": self.kind or "", "part": self.part}
        return {name: str(value) for name, value in found.items() if value}

    def lets_through(self, said: Said) -> bool:
        """Whether the statement has all the words, the kind and the part chosen."""
        text = said.quote.text.casefold()
        return (
            (self.kind is None or said.kind is self.kind)
            and (not self.part or said.subtheme == self.part)
            and all(word in text for word in self.words.casefold().split())
        )


@dataclass(frozen=True)
class ThemePage:
    theme: Theme
    label: str
    summary: str
    trend: str
    parent: Link | None
    came_from: Link | None
    went_into: Link | None
    took_in: tuple[Link, ...]
    subthemes: tuple[ThemeRow, ...]
    projects: tuple[Link, ...]
    quotes: tuple[QuoteLine, ...]
    kinds: Chart | None
    mostly: str
    lines: Part[Line]
    total: int
    chosen: dict[str, str]
    all_kinds: tuple[tuple[str, bool], ...]
    all_parts: tuple[tuple[str, str, bool], ...]
    ties: tuple[RiskTie, ...]
    history: History
    note: Note | None
    is_confirmed: bool
    is_retired: bool
    is_part: bool


def theme_page(
    view: ThemeView,
    said: Sequence[Said],
    labels: Mapping[str, str],
    names: Mapping[str, str],
    *,
    sieve: Sieve,
    number: int,
    note: Note | None,
) -> ThemePage:
    """`said` is what may be shown, most telling first.

    `labels` gives theme id -> label, `names` project key -> name.
    """
    theme = view.theme
    shown = [one for one in said if sieve.lets_through(one)]
    present = set(view.kinds)
    return ThemePage(
        theme=theme,
        label=headed(theme.label),
        summary=_summary(theme),
        trend=trend(theme),
        parent=theme_link(view.parent) if view.parent else None,
        came_from=_to(theme.split_from, labels),
        went_into=_to(theme.merged_into, labels),
        took_in=tuple(theme_link(one) for one in view.merged),
        subthemes=tuple(theme_row(child) for child in view.subthemes),
        projects=tuple(project_link(key, names) for key in theme.projects),
        quotes=tuple(quote_line(one.quote, names) for one in said[:QUOTES]),
        kinds=_kinds(view.kinds, len(said)),
        mostly=_mostly(view.kinds, len(said)),
        lines=drawn(part(shown, number, AT_ONCE), lambda one: line(one, {} if theme.parent else labels, names)),
        total=len(said),
        chosen=sieve.chosen,
        all_kinds=tuple((str(kind), kind is sieve.kind) for kind in Kind if kind in present),
        all_parts=tuple((one.id, headed(one.label), one.id == sieve.part) for one in view.subthemes),
        ties=tuple(_tie(linked, names) for linked in view.risks),
        history=history(theme, view.decisions, labels),
        note=note,
        is_confirmed=theme.status is ThemeStatus.CONFIRMED,
        is_retired=theme.status is ThemeStatus.RETIRED,
        is_part=bool(theme.parent),
    )


def line(said: Said, labels: Mapping[str, str], names: Mapping[str, str]) -> Line:
    quote = quote_line(said.quote, names)
    part_of = headed(labels.get(said.subtheme, ""))
    return Line(said.quote.statement, quote.text, kind_tag(said.kind), quote.source, part_of)


def _to(id: str, labels: Mapping[str, str]) -> Link | None:
    return Link(headed(labels.get(id, "a theme that is gone")), url_for("themes.show", id=id)) if id else None


def _summary(theme: Theme) -> str:
    if theme.merged_into:
        return "What people said of it stands there now."
    told = at_least(theme.reach)
    where = plural(len(theme.projects), "project")
    return f"{told[0].upper()}{told[1:]} in {where} raised this, {_span(theme)}."


def _span(theme: Theme) -> str:
    first, last = month(theme.first_seen), month(theme.last_seen)
    if not first or not last:
        return "at a time not known"
    return f"in {first}" if first == last else f"between {first} and {last}"


def _kinds(kinds: Mapping[Kind, int], total: int) -> Chart | None:
    """What may be shown, by kind; those of too few people are told together, and nothing where all would be."""
    if not kinds:
        return None
    rows, rest = [(str(kind), count) for kind, count in kinds.items()], total - sum(kinds.values())
    if rest:
        rows.append(("others", rest))
    return Chart("What kind of thing people say", plural(total, "statement"), bars(rows, ("others",)))


def _mostly(kinds: Mapping[Kind, int], total: int) -> str:
    """The kinds that make up most of it, as in “problems” or “problems and suggestions”; empty where none prevail."""
    if not kinds:
        return ""
    first, *others = sorted(kinds, key=lambda kind: -kinds[kind])
    if kinds[first] >= 0.6 * total or not others:
        return PLURALS[first]
    if len(others) > 1 and kinds[others[1]] >= LEVEL * kinds[others[0]]:
        return ""
    return listed([PLURALS[first], PLURALS[others[0]]])


def _tie(linked: LinkedRisk, names: Mapping[str, str]) -> RiskTie:
    link, risk = linked.link, linked.risk
    confirmed = link.state is LinkState.CONFIRMED
    by = f"Confirmed by {link.decided_by}" + (f" on {day(link.decided_at)}" if link.decided_at else "")
    return RiskTie(
        risk_id=risk.id,
        risk=Link(risk.title, url_for("risks.index", project=risk.project, _anchor=f"risk-{risk.id}")),
        project=project_link(risk.project, names),
        became=BECAME[risk.occurred],
        certainty=by if confirmed else f"Suggested, {link.confidence} confidence",
        confirmed=confirmed,
    )
