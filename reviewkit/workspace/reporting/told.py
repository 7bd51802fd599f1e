"""The results of a review -> the voice it has in a report. Nothing is told here that `Results` does not tell."""

from __future__ import annotations

from collections.abc import Mapping

from reviewkit.domain.privacy import MIN_GROUP, NO_ANSWER
from reviewkit.domain.reviews import Question
from reviewkit.domain.words import Kind, QuestionType
from reviewkit.report.evidence import Became, Rated, Spoken, Voice
from reviewkit.report.ratings import cell_label, score_in_words
from reviewkit.workspace.reviewing.results.found import Distribution, ReviewResults

OVERALL = "overall"
"""The lens of questions about the whole."""


def voice(results: ReviewResults, theme_of: Mapping[str, str]) -> Voice:
    """What the review may tell; `theme_of` gives statement id -> theme id."""
    if results.withheld:
        return Voice(results.review, withheld=True)
    return Voice(
        results.review,
        responses=results.responses,
        roles=_roles(results),
        rated=tuple(_rated(found) for found in results.distributions if found.n != 0),
        score=score_in_words(results.net_promoter) if results.net_promoter else "",
        themes=results.themes,
        said=_said(results, theme_of, {theme.id for theme, _ in results.themes}),
        kinds=tuple(results.kinds.items()),
        decided=tuple(
            Became(one.recommendation, *(_cells(found) for found in (one.applied, one.helped, one.recurred)))
            for one in results.decisions
        ),
    )


def _said(results: ReviewResults, theme_of: Mapping[str, str], told: set[str]) -> tuple[Spoken, ...]:
    questions: dict[str, Question] = {}
    for question in results.review.questions:
        if question.type.is_open:
            questions.setdefault(question.lens or question.text, question)
    found = []
    for heading, said in results.said.items():
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
    others = (("others", results.others, True),) if results.roles and results.others >= MIN_GROUP else ()
    return (*((one.role, one.answered, False) for one in results.roles), *others)


def _cells(found: Distribution | None) -> tuple[tuple[str, int], ...]:
    if found is None:
        return ()
    return tuple((cell_label(cell, found.question.type), cell.people) for cell in found.cells if cell.people)


def _rated(found: Distribution) -> Rated:
    question = found.question
    cells = [cell for cell in found.cells if cell.labels != (NO_ANSWER,)]
    return Rated(
        question.text,
        found.n,
        tuple((cell_label(cell, question.type), cell.people, len(cell.labels) > 1) for cell in cells),
        f"{found.mean:.1f} on average" if found.mean is not None else "",
        question.area,
        scale=question.type is QuestionType.RATING,
        overall=question.lens == OVERALL,
    )
