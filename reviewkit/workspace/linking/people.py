"""What people answered about the risks they told of -> what may be said of themes, kept until others have answered.

It is worked out anew only when a review's numbers come to be told, or an answer is erased, and not when somebody
regroups themes or decides about a link: between two looks nothing then changes by what one person said.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import asdict

from reviewkit.domain.foreseen import Agreement, People, PeopleSaid
from reviewkit.domain.ids import fingerprint
from reviewkit.domain.privacy import settled
from reviewkit.domain.reviews import Review
from reviewkit.domain.words import Anonymity, Kind, QuestionType, Scope
from reviewkit.risks.people import agreement, people_said
from reviewkit.risks.verdicts import holds
from reviewkit.store.port import Store
from reviewkit.workspace.context import Context
from reviewkit.workspace.visibility import visible_reviews

KEPT, RECIPE = "foreseen, said people", "1"

ASKED = "risks_foreseen"
"""The question whether what was told under the same heading had been identified as a risk."""


def people(store: Store) -> People:
    """What was worked out last; nothing before the first analysis."""
    kept = json.loads(store.marks.get(KEPT) or "{}")
    told = kept.get("agreement")
    return People(
        {theme: PeopleSaid(**said) for theme, said in kept.get("themes", {}).items()},
        Agreement(**told) if told else None,
    )


def hear_people(context: Context) -> bool:
    """Works it out anew where other answers may be told of than last time; returns whether it did."""
    store = context.store
    reviews = _telling(context)
    answered = store.responses.per_review(released=True)
    made_of = fingerprint(RECIPE, *(f"{review.id} {answered.get(review.id, 0)}" for review in reviews))
    if json.loads(store.marks.get(KEPT) or "{}").get("made_of") == made_of:
        return False
    found = _found(store, reviews)
    kept = {"made_of": made_of, **asdict(found)}
    with store.write():
        store.marks.put(KEPT, json.dumps(kept, sort_keys=True))
    return True


def _telling(context: Context) -> list[Review]:
    """Reviews that ask it and whose numbers may be told."""
    store = context.store
    shown, held = visible_reviews(store), store.responses.per_review(released=False)
    found = []
    for review in store.reviews.all(id=set(shown)) if shown else []:
        question = review.question(ASKED)
        is_open = review.is_open_at(context.now())
        asks = question is not None and question.type is QuestionType.YES_PARTLY_NO
        if asks and settled(review, held.get(review.id, 0), is_open=is_open):
            found.append(review)
    return found


def _found(store: Store, reviews: list[Review]) -> People:
    """Each person counts once in each theme they spoke of there; partly counts as yes."""
    sides: defaultdict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    unnamed: set[str] = set()
    pairs: list[tuple[bool, bool]] = []
    for review in reviews:
        named = review.anonymity is Anonymity.NAMED
        asked = review.question(ASKED)
        lens = asked.lens if asked else ""
        where = {one.key for one in review.questions if one.type.is_open and one.lens == lens}
        said = store.statements.all(review=review.id, question=where, kind=Kind.PROBLEM) if where and lens else []
        yes = {
            response.id: answer != "no"
            for response in store.responses.all(review=review.id, released=True)
            if (answer := response.answers.get(ASKED)) in ("yes", "partly", "no")
        }
        said = [statement for statement in said if statement.response in yes]
        place = {one.statement: one.theme for one in store.memberships.all(statement={one.id for one in said})}
        links = store.links.all(scope=Scope.STATEMENTS, source={one.id for one in said}) if said else []
        foreseen = {link.source for link in links if holds(link)}
        machine: dict[str, bool] = {}
        for one in said:
            machine[one.response] = machine.get(one.response, False) or one.id in foreseen
            if theme := place.get(one.id, ""):
                sides[theme][0 if yes[one.response] else 1].add(one.response)
                unnamed |= set() if named else {theme}
        pairs += [(word, yes[response]) for response, word in machine.items()]
    all_named = all(review.anonymity is Anonymity.NAMED for review in reviews)
    told = {theme: people_said(*both, named=theme not in unnamed) for theme, both in sides.items()}
    return People({theme: one for theme, one in told.items() if one}, agreement(pairs, named=all_named))
