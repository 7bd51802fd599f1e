"""The results of a review -> the voice it has in a report. Nothing is told here that `Results` does not tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reviewkit.domain.privacy import MIN_GROUP, count_or_none
from reviewkit.domain.reviews import Question
from reviewkit.domain.words import Anonymity, Kind, QuestionType
from reviewkit.report.evidence import Rated, Spoken, Voice
from reviewkit.workspace.reviewing.results import Distribution, ReviewResults

NPS_BANDS = (("0–6", range(7)), ("7–8", range(7, 9)), ("9–10", range(9, 11)))
"""Detractors, passives and promoters, as the score counts them (Reichheld 2003)."""

OVERALL = "overall"
"""The lens of questions about the whole."""


def voice(results: ReviewResults, theme_of: Mapping[str, str]) -> Voice:
    """What the review may tell; `theme_of` gives statement id -> theme id."""
    if results.withheld:
        return Voice(results.review, withheld=True)
    named = results.review.anonymity is Anonymity.NAMED
    themes = tuple((theme, people if named else people - people % MIN_GROUP) for theme, people in results.themes)
    return Voice(
        results.review,
        responses=results.responses,
        roles=_roles(results),
        rated=tuple(_rated(found, named) for found in results.distributions if found.n != 0),
        score=_score(results, named),
        themes=themes,
        said=_said(results, theme_of, {theme.id for theme, _ in themes}),
        kinds=tuple(results.kinds.items()),
    )


def _said(results: ReviewResults, theme_of: Mapping[str, str], told: set[str]) -> tuple[Spoken, ...]:
    questions: dict[str, Question] = {}
    for question in results.review.questions:
        if question.type.is_open:
            questions.setdefault(question.lens, question)
    found = []
    for heading, said in results.lenses.items():
        asked = questions.get(heading)
        for one in said:
            theme = theme_of.get(one.quote.statement, "")
            found.append(
                Spoken(
                    one.quote.text,
                    one.quote.review,
                    one.quote.statement,
                    heading,
                    _side(one.kind, asked),
                    asked.area if asked else None,
                    theme if theme in told else "",
                )
            )
    return tuple(found)


def _side(kind: Kind | None, asked: Question | None) -> Kind | None:
    """A question that asks for praise, trouble or advice gets just that, more surely than a machine tells them apart.

    Only advice stands wherever it was given.
    """
    if asked is None or asked.expects is None or kind is Kind.SUGGESTION:
        return kind
    return asked.expects


def _roles(results: ReviewResults) -> tuple[tuple[str, int, bool], ...]:
    rest = (results.responses or 0) - sum(results.roles.values())
    others = (("others", rest, True),) if results.roles and rest >= MIN_GROUP else ()
    return (*((role, people, False) for role, people in results.roles.items()), *others)


def _rated(found: Distribution, named: bool) -> Rated:
    question = found.question
    steps = _steps(found)
    apart = named or not _is_small(steps)
    cells = [(label, count, False) for label, count in steps] if apart else _neighbours(steps)
    mean = f"{found.mean:.1f} on average" if apart and found.mean is not None and _is_scale(question) else ""
    return Rated(
        question.text,
        found.n,
        tuple(cells) if len(cells) > 1 else (),
        mean,
        question.area,
        scale=_is_scale(question),
        overall=question.lens == OVERALL,
    )


def _score(results: ReviewResults, named: bool) -> str:
    """The exact score, where each band of it may be told."""
    bands = [_steps(found) for found in results.distributions if found.question.type is QuestionType.NPS]
    if results.net_promoter is None or not (named or all(not _is_small(band) for band in bands)):
        return ""
    return f"{results.net_promoter:+d}".replace("-", "−")


def _is_scale(question: Question) -> bool:
    return question.type is QuestionType.RATING


def _is_small(steps: Sequence[tuple[str, int]]) -> bool:
    return any(count_or_none(count) is None for _, count in steps)


def _steps(found: Distribution) -> list[tuple[str, int]]:
    if found.question.type is not QuestionType.NPS or not found.counts:
        return list(found.counts)
    return [(label, sum(count for step, count in found.counts if int(step) in band)) for label, band in NPS_BANDS]


def _neighbours(steps: Sequence[tuple[str, int]]) -> list[tuple[str, int, bool]]:
    """Steps put together with their neighbours until each group has five people or more."""
    groups: list[tuple[list[str], int]] = []
    labels: list[str] = []
    held = 0
    for label, count in steps:
        labels, held = [*labels, label], held + count
        if held >= MIN_GROUP:
            groups.append((labels, held))
            labels, held = [], 0
    if labels:
        last, count = groups.pop() if groups else ([], 0)
        groups.append(([*last, *labels], count + held))
    return [(_joined(names), count, len(names) > 1) for names, count in groups]


def _joined(labels: Sequence[str]) -> str:
    """As in “1–3” of 1, 2 and 3, or “partly or no”."""
    if len(labels) == 1:
        return labels[0]
    if labels[0][0].isdigit():
        return f"{labels[0].split('–')[0]}–{labels[-1].split('–')[-1]}"
    return " or ".join(labels)
