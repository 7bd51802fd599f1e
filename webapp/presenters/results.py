"""A review's results -> its page: who answered, how they rated, what they said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for

from reviewkit.domain.privacy import MIN_GROUP, groups_shown
from reviewkit.domain.reviews import Review
from reviewkit.domain.words import Anonymity, QuestionType, ReviewStatus
from reviewkit.workspace.reviewing.results import Distribution, ReviewResults, Said
from webapp.charts import Bar, bars
from webapp.presenters.pages import Part, part
from webapp.presenters.words import KindTag, Link, answers, day, headed, kind_tag, listed, local, people, plural

BRIEFLY = 8
"""Statements of a lens shown at first; the lens's own page has them all."""

AT_ONCE = 100
"""Statements on one page of a lens."""

NPS_BANDS = (("0–6", range(7)), ("7–8", range(7, 9)), ("9–10", range(9, 11)))
"""Detractors, passives and promoters, as the score counts them (Reichheld 2003)."""


@dataclass(frozen=True)
class Chart:
    """Counts as a table with bars; no bars where the answers are too few to be told apart."""

    title: str
    subtitle: str
    bars: tuple[Bar, ...]


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
    charts: tuple[Chart, ...]
    unshown: tuple[Chart, ...]
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
    charts = [chart(found) for found in results.distributions if found.n != 0]
    return ResultsPage(
        review=review,
        summary=_summary(results),
        state=_state(review),
        withheld=results.withheld,
        roles=_roles(results),
        charts=tuple(one for one in charts if one.bars),
        unshown=tuple(one for one in charts if not one.bars),
        lens=lens,
        lenses=_lenses(results, lens, number),
        kinds=_kinds(results),
        themes=tuple(
            (Link(headed(theme.label), url_for("themes.show", id=theme.id)), people(raised))
            for theme, raised in results.themes
        ),
        open=review.status is ReviewStatus.OPEN,
        can_open=review.status in (ReviewStatus.DRAFT, ReviewStatus.CLOSED),
    )


def chart(found: Distribution) -> Chart:
    """Neighbouring steps are put together until each group has five people, so that nobody can be picked out."""
    question = found.question
    if found.n is None:
        return Chart(question.text, people(1), ())
    groups = neighbours(_steps(found))
    mean = f", {found.mean:.1f} on average" if found.mean is not None else ""
    return Chart(question.text, f"{people(found.n)}{mean}", bars(groups) if len(groups) > 1 else ())


def neighbours(steps: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """Steps of a scale, in its order, put together with their neighbours until each group has five people or more.

    Every group is that large (or there is but one), so no difference between what is shown gives a smaller one away.
    """
    groups: list[tuple[list[str], int]] = []
    labels: list[str] = []
    held = 0
    for label, count in steps:
        labels, held = [*labels, label], held + count
        if held >= MIN_GROUP:
            groups.append((labels, held))
            labels, held = [], 0
    if labels and groups:
        last, count = groups.pop()
        groups.append(([*last, *labels], count + held))
    elif labels:
        groups.append((labels, held))
    return [(_joined(names), count) for names, count in groups]


def apart(counts: Sequence[tuple[str, int]]) -> tuple[list[tuple[str, int]], tuple[str, ...]]:
    """Groups without an order: those that may be shown, the small ones put together under a label, returned too."""
    shown = groups_shown(dict(counts))
    small = [label for label, count in counts if count and label not in shown]
    rest = sum(count for label, count in counts if label in small)
    rows = [(label, count) for label, count in counts if label in shown]
    return ([*rows, (listed(small), rest)], (listed(small),)) if small else (rows, ())


def _steps(found: Distribution) -> list[tuple[str, int]]:
    if found.question.type is not QuestionType.NPS:
        return list(found.counts)
    return [(label, sum(count for step, count in found.counts if int(step) in band)) for label, band in NPS_BANDS]


def _joined(labels: Sequence[str]) -> str:
    """As in “1–3” of 1, 2 and 3, or “partly or no”."""
    if len(labels) == 1:
        return labels[0]
    if labels[0][0].isdigit():
        return f"{labels[0].split('–')[0]}–{labels[-1].split('–')[-1]}"
    return " or ".join(labels)


def _summary(results: ReviewResults) -> str:
    review = results.review
    if results.withheld:
        return ""
    told = f"{answers(review, results.responses or 0)} have answered"
    told = told[0].upper() + told[1:]
    if results.net_promoter is None:
        return f"{told}."
    asked = next((found.n for found in results.distributions if found.question.type is QuestionType.NPS and found.n), 0)
    return f"{told}. Recommendation score (NPS): {_score(results)}, from {people(asked)}."


def _score(results: ReviewResults) -> str:
    """The exact score, unless with the counts shown it would give a small group away: then to the nearest ten."""
    score = results.net_promoter or 0
    bands = [_steps(found) for found in results.distributions if found.question.type is QuestionType.NPS]
    small = any(0 < count < MIN_GROUP for band in bands for _, count in band)
    if not small or results.review.anonymity is Anonymity.NAMED:
        return _signed(score)
    return f"about\N{NO-BREAK SPACE}{_signed(round(score, -1))}"


def _signed(score: int) -> str:
    return f"{score:+d}".replace("-", "−")


def _state(review: Review) -> str:
    if review.status is ReviewStatus.DRAFT:
        return "Not open yet"
    if review.status is ReviewStatus.OPEN:
        return f"Open until {day(local(review, review.closes))}" if review.closes else "Open"
    return f"Closed on {day(local(review, review.closes))}" if review.closes else "Closed"


def _roles(results: ReviewResults) -> Chart | None:
    """Roles with fewer than five people are counted together."""
    if not results.roles:
        return None
    rows = list(results.roles.items())
    rest = (results.responses or 0) - sum(count for _, count in rows)
    if rest >= MIN_GROUP:
        rows.append(("others", rest))
    return Chart("Part in the project", people(results.responses or 0), bars(rows, ("others",)))


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
