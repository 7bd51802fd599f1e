"""The results of a review: who answered, how they rated, what they said. Groups too small are withheld."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from reviewkit.domain.kickoffs import Quote
from reviewkit.domain.privacy import MIN_GROUP, groups_shown, shows
from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Question, Response, Review, Statement
from reviewkit.domain.themes import Theme
from reviewkit.domain.words import Kind, QuestionType
from reviewkit.workspace.context import Context
from reviewkit.workspace.visibility import quotes_of

SCALES = {
    QuestionType.RATING: tuple(str(step) for step in range(1, 6)),
    QuestionType.NPS: tuple(str(step) for step in range(11)),
    QuestionType.YES_PARTLY_NO: ("yes", "partly", "no"),
}


@dataclass(frozen=True)
class Distribution:
    """Answers to a closed question: (choice, people) in the scale's order; empty when too few answered."""

    question: Question
    n: int | None
    counts: tuple[tuple[str, int], ...]
    mean: float | None


@dataclass(frozen=True)
class Said:
    """A statement as the page shows it."""

    quote: Quote
    kind: Kind | None


@dataclass(frozen=True)
class ReviewResults:
    """What may be shown of a review; `withheld` says that it may not be, for now."""

    review: Review
    project: Project
    responses: int | None
    invited: int | None
    withheld: bool
    roles: dict[str, int]
    roles_withheld: bool
    distributions: tuple[Distribution, ...]
    lenses: dict[str, tuple[Said, ...]]
    kinds: dict[Kind, int]
    themes: tuple[tuple[Theme, int], ...]
    net_promoter: int | None


class Results:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def of(self, review_id: str) -> ReviewResults:
        """Raises NotFound."""
        review = self._store.reviews.get(review_id).as_of(self._context.now())
        project = self._store.projects.get(review.project)
        responses = self._store.responses.all(review=review_id)
        if not shows(review, len(responses)):
            return ReviewResults(review, project, None, review.invited, True, {}, True, (), {}, {}, (), None)
        statements = self._store.statements.all(review=review_id)
        roles = Counter(str(response.role) for response in responses if response.role)
        shown = groups_shown(roles)
        return ReviewResults(
            review=review,
            project=project,
            responses=len(responses),
            invited=review.invited,
            withheld=False,
            roles={role: shown[role] for role in sorted(shown, key=lambda role: (-shown[role], role))},
            roles_withheld=len(shown) < len(roles),
            distributions=tuple(_distribution(q, responses) for q in review.questions if q.type in SCALES),
            lenses=_by_lens(review, statements),
            kinds={kind: n for kind in Kind if (n := sum(s.kind is kind for s in statements))},
            themes=self._themes(statements),
            net_promoter=_net_promoter(review, responses),
        )

    def _themes(self, statements: list[Statement]) -> tuple[tuple[Theme, int], ...]:
        """Themes with the number of this review's responses that raised them, where that is enough to be shown."""
        response_of = {statement.id: statement.response for statement in statements}
        members = self._store.memberships.all(statement=set(response_of))
        raised: dict[str, set[str]] = {}
        for member in members:
            raised.setdefault(member.theme, set()).add(response_of[member.statement])
        themes = {theme.id: theme for theme in self._store.themes.all(id=set(raised))}
        found = [
            (themes[theme], len(who)) for theme, who in raised.items() if theme in themes and len(who) >= MIN_GROUP
        ]
        return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0].label)))


def _distribution(question: Question, responses: list[Response]) -> Distribution:
    given = [str(response.answers[question.key]) for response in responses if question.key in response.answers]
    if len(given) < MIN_GROUP:
        return Distribution(question, None if given else 0, (), None)
    tally = Counter(given)
    numeric = question.type is not QuestionType.YES_PARTLY_NO
    mean = sum(map(int, given)) / len(given) if numeric else None
    return Distribution(question, len(given), tuple((step, tally[step]) for step in SCALES[question.type]), mean)


def _net_promoter(review: Review, responses: list[Response]) -> int | None:
    """Share of 9–10 minus share of 0–6, in points from -100 to 100 (Reichheld 2003)."""
    keys = [question.key for question in review.questions if question.type is QuestionType.NPS]
    given = [int(str(r.answers[key])) for key in keys for r in responses if key in r.answers]
    if len(given) < MIN_GROUP:
        return None
    return round(100 * (sum(score >= 9 for score in given) - sum(score <= 6 for score in given)) / len(given))


def _by_lens(review: Review, statements: list[Statement]) -> dict[str, tuple[Said, ...]]:
    lenses: dict[str, list[Said]] = {question.lens: [] for question in review.questions if question.type.is_open}
    for statement in statements:
        question = review.question(statement.question)
        if question is not None:
            (quote,) = quotes_of([statement], frozenset({review.id}))
            lenses.setdefault(question.lens, []).append(Said(quote, statement.kind))
    return {lens: tuple(said) for lens, said in lenses.items() if said}
