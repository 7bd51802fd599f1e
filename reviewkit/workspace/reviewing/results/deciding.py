"""Answers about what a project had decided at its kickoff -> each decision with what people say became of it."""

from __future__ import annotations

from collections.abc import Sequence

from reviewkit.domain.reviews import Question, Response, Review
from reviewkit.domain.words import Anonymity
from reviewkit.kickoff.asking import APPLIED, HELPED, RECURRED, advice_of
from reviewkit.kickoff.effectiveness import wording
from reviewkit.report.ratings import distribution
from reviewkit.store.port import Store
from reviewkit.workspace.reviewing.results.found import DecisionTold


def decisions_told(store: Store, review: Review, responses: Sequence[Response]) -> tuple[DecisionTold, ...]:
    """In the form's order, of a review whose numbers may be told: what is asked about a kickoff that is gone, or about
    another project's, is told in the question's own words."""
    asked: dict[str, list[Question]] = {}
    for question in review.questions:
        if about := advice_of(question):
            asked.setdefault(about, []).append(question)
    if not asked:
        return ()
    known = {one.id: one for one in store.recommendations.all(id=set(asked))}
    homes = {one.id: one.project for one in store.kickoffs.all(id={one.kickoff for one in known.values()})}
    named = review.anonymity is Anonymity.NAMED
    found = []
    for about, questions in asked.items():
        one = known.get(about)
        told = {question.key: distribution(question, responses, named=named) for question in questions}
        own = one is not None and homes.get(one.kickoff) == review.project
        found.append(
            DecisionTold(
                about,
                wording(one) if one and own else questions[0].text,
                one.scope if one and own else None,
                one.source if one and own else "",
                *(told.get(f"{key}{about}") for key in (APPLIED, HELPED, RECURRED)),
            )
        )
    return tuple(found)
