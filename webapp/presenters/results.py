"""A review's results -> its page: who answered, how they rated, what they said."""

from __future__ import annotations

from dataclasses import dataclass

from flask import url_for

from reviewkit.domain.reviews import Review
from reviewkit.domain.words import Anonymity, FileType, Kind, ReviewStatus
from reviewkit.workspace.reviewing.results.found import Gap, ReviewResults, Said, score_in_words
from webapp.charts import Bar, bars
from webapp.presenters.decisions import Decided, decided
from webapp.presenters.pages import Part, address, part
from webapp.presenters.ratings import Chart, chart
from webapp.presenters.words import (
    KindTag,
    Link,
    answers,
    at_least,
    day,
    headed,
    kind_tag,
    listed,
    local,
    people,
    plural,
)

BRIEFLY = 8
"""Statements of a heading shown at first; the heading's own page has them all."""

AT_ONCE = 100
"""Statements on one page of a heading."""

MOST_GAPS = 6
"""Gaps between roles told at once; the rest unfolds."""


@dataclass(frozen=True)
class Line:
    """One statement; `anchor` is where links to it lead."""

    id: str
    anchor: str
    text: str
    kind: KindTag | None


@dataclass(frozen=True)
class Lens:
    """What was said under one heading of the story; `href` leads to all of it, blank where it is no view of its own."""

    name: str
    lines: Part[Line]
    href: str


@dataclass(frozen=True)
class Raised:
    """A theme of this review: its page, how many raised it, and the view of what they said."""

    theme: Link
    people: Link


@dataclass(frozen=True)
class Filters:
    """What the statements can be narrowed to, as (value, words, whether it is chosen), and what is chosen."""

    headings: tuple[tuple[str, str, bool], ...]
    kinds: tuple[tuple[str, str, bool], ...]
    themes: tuple[tuple[str, str, bool], ...]
    chosen: dict[str, str]
    said: str


@dataclass(frozen=True)
class ResultsPage:
    review: Review
    summary: str
    state: str
    withheld: bool
    waiting: str
    roles: Chart | None
    charts: tuple[Chart, ...]
    unshown: tuple[Chart, ...]
    decisions: tuple[Decided, ...]
    gaps: tuple[str, ...]
    more_gaps: tuple[str, ...]
    filters: Filters
    narrowed_away: bool
    lenses: tuple[Lens, ...]
    kinds: Chart | None
    themes: tuple[Raised, ...]
    exports: tuple[Link, ...]
    open: bool
    can_open: bool


def results_page(results: ReviewResults, *, number: int = 1, statement: str = "") -> ResultsPage:
    """Narrowed to one heading it is told in pages; with a `statement` only the heading where it stands."""
    review = results.review
    single = results.view.lens
    if statement:
        single, number = _where(results, statement) or (single, number)
    charts = [chart(found) for found in results.distributions if found.n != 0]
    told = tuple(_gaps(results))
    return ResultsPage(
        review=review,
        summary=_summary(results),
        state=_state(review),
        withheld=results.withheld,
        waiting=_waiting(results),
        roles=_roles(results),
        charts=tuple(one for one in charts if one.bars),
        unshown=tuple(one for one in charts if not one.bars),
        decisions=tuple(decided(found) for found in results.decisions),
        gaps=told[:MOST_GAPS],
        more_gaps=told[MOST_GAPS:],
        filters=_filters(results, single),
        narrowed_away=results.narrowed_away,
        lenses=_lenses(results, single, number),
        kinds=_kinds(results),
        themes=tuple(
            Raised(
                Link(headed(theme.label), url_for("themes.show", id=theme.id)),
                Link(_raised(results, reach), _view(results, theme=theme.id)),
            )
            for theme, reach in results.themes
        ),
        exports=_exports(results),
        open=review.status is ReviewStatus.OPEN,
        can_open=review.status in (ReviewStatus.DRAFT, ReviewStatus.CLOSED),
    )


def _summary(results: ReviewResults) -> str:
    if results.withheld:
        return ""
    least = "" if results.settled else "at least "
    count = results.responses or 0
    who = answers(results.review, count) if results.review.invited else people(count)
    told = f"{least}{who} {'has' if who == people(1) else 'have'} answered"
    rate = f" ({results.rate:.0%})" if results.rate is not None else ""
    found = f"{told[0].upper()}{told[1:]}{rate}."
    if results.net_promoter is None:
        return found
    return f"{found} Recommendation score (NPS): {score_in_words(results.net_promoter)}."


def _state(review: Review) -> str:
    if review.status is ReviewStatus.DRAFT:
        return "Not open yet"
    if review.status is ReviewStatus.OPEN:
        return f"Open until {day(local(review, review.closes))}" if review.closes else "Open"
    return f"Closed on {day(local(review, review.closes))}" if review.closes else "Closed"


def _waiting(results: ReviewResults) -> str:
    """One calm line on what is not shown yet."""
    if not results.settled:
        return (
            "While answers come in, their words are shown five people or more at a time. "
            "Ratings, headings and all the other answers follow once the review is closed."
        )
    if not results.waiting:
        return ""
    return "A few answers came too late to be shown with five others; they stay back."


def _roles(results: ReviewResults) -> Chart | None:
    """Roles with fewer than five people are counted together."""
    if not results.roles:
        return None
    rows = [(role.role, role.answered) for role in results.roles]
    notes = {role.role: f"of {role.invited:,} ({role.rate:.0%})" for role in results.roles if role.rate is not None}
    if results.others:
        rows.append(("others", results.others))
    drawn = tuple(
        Bar(bar.label, bar.count, bar.width, bar.several, note=notes.get(bar.label, ""))
        for bar in bars(rows, ("others",))
    )
    told = people(sum(count for _, count in rows)) if results.settled else "at least"
    return Chart("Part in the project", told, drawn)


def _gaps(results: ReviewResults) -> list[str]:
    """Each as a plain sentence, with how many of either there are."""
    rated = [f"{_side(gap)} rated “{gap.about}” 4 or 5 more often than {_other(gap)}." for gap in results.rating_gaps]
    raised = [
        f"{_side(gap)} raised “{headed(results.label_of(gap.about))}” more often than {_other(gap)}."
        for gap in results.theme_gaps
    ]
    return rated + raised


def _side(gap: Gap) -> str:
    return f"People of the role “{gap.more}” ({gap.n_more})"


def _other(gap: Gap) -> str:
    return f"those of “{gap.fewer}” ({gap.n_fewer})"


def _kinds(results: ReviewResults) -> Chart | None:
    """Kinds that few people are behind are counted together; nothing where all would be."""
    if not results.kinds or results.view.chosen:
        return None
    rest, count = results.kinds_together
    rows = [(str(kind), number) for kind, number in results.kinds.items()]
    together = listed([str(kind) for kind in rest])
    if rest:
        rows.append((together, count))
    hrefs = {str(kind): _view(results, kind=kind) for kind in results.kinds}
    drawn = tuple(
        Bar(bar.label, bar.count, bar.width, bar.several, href=hrefs.get(bar.label, ""))
        for bar in bars(rows, (together,) if len(rest) > 1 else ())
    )
    return Chart("What they said", plural(sum(number for _, number in rows), "statement"), drawn)


def _raised(results: ReviewResults, reach: int) -> str:
    return people(reach) if results.review.anonymity is Anonymity.NAMED else at_least(reach)


def _filters(results: ReviewResults, single: str) -> Filters:
    view = results.view
    labels = {theme.id: headed(theme.label) for theme, _ in results.themes}
    said = [f"under “{single}”" if single else "", f"taken as {view.kind}" if view.kind else ""]
    said.append(f"in “{labels.get(view.theme, 'a theme')}”" if view.theme else "")
    return Filters(
        headings=tuple((name, headed(name), name == single) for name in results.headings),
        kinds=tuple((str(kind), str(kind), kind is view.kind) for kind in results.kinds),
        themes=tuple((theme, label, theme == view.theme) for theme, label in labels.items()),
        chosen={**view.chosen, **({"lens": single} if single else {})},
        said=", ".join(one for one in said if one),
    )


def _view(results: ReviewResults, *, lens: str = "", kind: Kind | None = None, theme: str = "") -> str:
    """The address of a view of the review's statements."""
    wanted = {"lens": lens, "kind": kind, "theme": theme}
    chosen = {name: str(value) for name, value in wanted.items() if value}
    return address("reviews.show", {"id": results.review.id, "_anchor": "said"}, chosen)


def _lenses(results: ReviewResults, single: str, number: int) -> tuple[Lens, ...]:
    view = results.view
    return tuple(
        Lens(
            name,
            part([_line(one) for one in said], number if single else 1, AT_ONCE if single or view.chosen else BRIEFLY),
            _view(results, lens=name, kind=view.kind, theme=view.theme),
        )
        for name, said in results.said.items()
        if not single or name == single or view.lens
    )


def _line(said: Said) -> Line:
    return Line(said.quote.statement, f"s-{said.quote.statement}", said.quote.text, kind_tag(said.kind))


def _where(results: ReviewResults, statement: str) -> tuple[str, int] | None:
    for name, said in results.said.items():
        for place, one in enumerate(said):
            if one.quote.statement == statement:
                return name, place // AT_ONCE + 1
    return None


def _exports(results: ReviewResults) -> tuple[Link, ...]:
    """Files of what is shown."""
    if results.withheld:
        return ()
    return tuple(
        Link(
            file_type.upper(),
            address("reviews.export", {"id": results.review.id, "file_type": file_type.value}, results.view.chosen),
        )
        for file_type in FileType
    )
