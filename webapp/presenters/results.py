"""A review's results -> its page: who answered, how they rated, what they said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from reviewkit.domain.privacy import groups_shown
from reviewkit.domain.reviews import Review
from reviewkit.domain.words import Anonymity, QuestionType, ReviewStatus
from reviewkit.workspace.results import Distribution, ReviewResults, Said
from webapp.charts import Bar, bars
from webapp.presenters.pages import Part, part
from webapp.presenters.words import KindTag, Link, answers, day, kind_tag, listed, people, plural

BRIEFLY = 8
"""Statements of a lens shown at first; the lens's own page has them all."""

AT_ONCE = 100
"""Statements on one page of a lens."""

NPS_BANDS = (("would (9–10)", range(9, 11)), ("undecided (7–8)", range(7, 9)), ("would not (0–6)", range(0, 7)))


@dataclass(frozen=True)
class Chart:
    """Answers to one closed question, as a table with bars. `withheld` says why there are none."""

    title: str
    subtitle: str
    bars: tuple[Bar, ...]
    withheld: str = ""


@dataclass(frozen=True)
class Line:
    """One statement; `anchor` is where links to it lead."""

    anchor: str
    text: str
    kind: KindTag | None


@dataclass(frozen=True)
class Lens:
    """What was said under one heading of the story; `href` leads to all of it."""

    name: str
    lines: Part[Line]
    href: str


@dataclass(frozen=True)
class ResultsPage:
    review: Review
    summary: str
    state: str
    withheld: bool
    roles: Chart | None
    roles_note: str
    charts: tuple[Chart, ...]
    lens: str
    lenses: tuple[Lens, ...]
    kinds: Chart | None
    themes: tuple[tuple[Link, str], ...]
    open: bool
    can_open: bool


def results_page(results: ReviewResults, *, lens: str = "", number: int = 1, statement: str = "") -> ResultsPage:
    """With a `lens` only that one, in pages; with a `statement` the one where it stands."""
    review = results.review
    lens = lens if lens in results.lenses else ""
    if statement:
        lens, number = _where(results, statement) or (lens, number)
    return ResultsPage(
        review=review,
        summary=_summary(results),
        state=_state(review),
        withheld=results.withheld,
        roles=_roles(results),
        roles_note=_roles_note(results),
        charts=tuple(chart(found) for found in results.distributions if found.n != 0),
        lens=lens,
        lenses=_lenses(results, lens, number),
        kinds=_kinds(results),
        themes=tuple(
            (Link(theme.label, url_for("themes.show", id=theme.id)), people(raised)) for theme, raised in results.themes
        ),
        open=review.status is ReviewStatus.OPEN,
        can_open=review.status in (ReviewStatus.DRAFT, ReviewStatus.CLOSED),
    )


def chart(found: Distribution) -> Chart:
    """Choices that fewer than five made are put together, so that nobody's answer can be picked out."""
    question = found.question
    if found.n is None or not found.counts:
        return Chart(question.text, "", (), "Fewer than 5 answered, so it is not shown.")
    counts = _in_bands(found.counts) if question.type is QuestionType.NPS else list(found.counts)
    rows, together = kept_apart(counts)
    mean = f", {found.mean:.1f} on average" if found.mean is not None else ""
    return Chart(question.text, f"{people(found.n)}{mean}", bars(rows, together))


def kept_apart(counts: Sequence[tuple[str, int]]) -> tuple[list[tuple[str, int]], tuple[str, ...]]:
    """Rows that may be shown, the small ones put together in one, whose label is returned too."""
    given = [(label, count) for label, count in counts if count]
    shown = groups_shown(dict(given))
    small = [label for label, _ in given if label not in shown]
    rows = [(label, count) for label, count in counts if not count or label in shown]
    rest = sum(count for label, count in given if label in small)
    if not small or not rest:
        return rows, ()
    label = listed(small)
    return [*rows, (label, rest)], (label,)


def _in_bands(counts: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    return [(label, sum(count for step, count in counts if int(step) in band)) for label, band in NPS_BANDS]


def _summary(results: ReviewResults) -> str:
    review = results.review
    if results.withheld:
        return ""
    told = f"{answers(review, results.responses or 0)} have answered"
    told = told[0].upper() + told[1:]
    if results.net_promoter is None:
        return f"{told}."
    return f"{told}. Recommendation score (NPS): {_score(results)}."


def _score(results: ReviewResults) -> str:
    """The exact score, unless with the counts shown it would give a small group away: then to the nearest ten."""
    score = results.net_promoter or 0
    bands = [_in_bands(found.counts) for found in results.distributions if found.question.type is QuestionType.NPS]
    small = any(kept_apart(band)[1] for band in bands) and results.review.anonymity is Anonymity.ANONYMOUS
    return f"about {round(score, -1):+d}" if small else f"{score:+d}"


def _state(review: Review) -> str:
    if review.status is ReviewStatus.DRAFT:
        return "Not open yet"
    if review.status is ReviewStatus.OPEN:
        return f"Open until {day(review.closes)}" if review.closes else "Open"
    return f"Closed on {day(review.closes)}" if review.closes else "Closed"


def _roles(results: ReviewResults) -> Chart | None:
    if not results.roles:
        return None
    rows = list(results.roles.items())
    total = sum(count for _, count in rows)
    rest = (results.responses or 0) - total
    if results.roles_withheld and rest >= 5:
        rows.append(("others", rest))
    return Chart("Who answered", people(results.responses or 0), bars(rows, ("others",)))


def _roles_note(results: ReviewResults) -> str:
    if not results.roles_withheld or results.withheld:
        return ""
    return "Roles with fewer than 5 people are counted together, so that nobody can be picked out."


def _kinds(results: ReviewResults) -> Chart | None:
    if not results.kinds:
        return None
    total = sum(results.kinds.values())
    rows = [(str(kind), count) for kind, count in results.kinds.items()]
    return Chart("What they said", plural(total, "statement"), bars(rows))


def _lenses(results: ReviewResults, lens: str, number: int) -> tuple[Lens, ...]:
    return tuple(
        Lens(
            name,
            part([_line(one) for one in said], number if lens else 1, AT_ONCE if lens else BRIEFLY),
            url_for("reviews.show", id=results.review.id, lens=name, _anchor="said"),
        )
        for name, said in results.lenses.items()
        if not lens or name == lens
    )


def _line(said: Said) -> Line:
    return Line(f"s-{said.quote.statement}", said.quote.text, kind_tag(said.kind))


def _where(results: ReviewResults, statement: str) -> tuple[str, int] | None:
    for name, said in results.lenses.items():
        for place, one in enumerate(said):
            if one.quote.statement == statement:
                return name, place // AT_ONCE + 1
    return None
