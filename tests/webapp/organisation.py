"""A small organisation as it looks once analysed: two finished projects, one that starts, and a kickoff for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import numpy as np

from reviewkit.collect.templates import template
from reviewkit.domain.ids import fingerprint
from reviewkit.domain.kickoffs import BaseRate, Kickoff, Quote, Recommendation, RiskForecast, SimilarProject
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.reviews import Response, Review, Statement
from reviewkit.domain.themes import Link, Membership, Theme
from reviewkit.domain.words import (
    Area,
    Confidence,
    Kind,
    LessonState,
    Occurred,
    Phase,
    ProjectStatus,
    RespondentRole,
    ReviewStatus,
    Scope,
)
from reviewkit.language.ports import Matrix
from reviewkit.workspace import Workspace
from reviewkit.workspace.derive.passages import embed_passages, index_records
from reviewkit.workspace.derive.progress import silent

TEMPLATE = template("post_implementation")

SAID = (
    ("went_badly", "Validators came four months late", Kind.PROBLEM),
    ("went_badly", "The supplier sent juniors", Kind.PROBLEM),
    ("went_well", "Drivers like the green light", Kind.POSITIVE),
    ("do_differently", "Visit the factory before paying", Kind.SUGGESTION),
    ("schedule_why", "The date was set by the council", Kind.NEUTRAL),
    ("schedule_why", "<script>alert(1)</script> slipped in", Kind.PROBLEM),
    ("went_badly", "The training rooms were too small", Kind.PROBLEM),
)

HIDDEN = "PIR-LIB-s0"
"""A statement of a review that too few answered to be shown."""

ACCEPT, ADAPT, DISMISS = "rec-1", "rec-2", "rec-3"


def found(ws: Workspace) -> Workspace:
    """Puts the organisation into `ws`, past the analysis, so that pages can be looked at in no time."""
    store = ws.context.store
    tap, quay = _review("PIR-TAP", "TAP"), _review("PIR-LIB", "LIBRARY")
    with store.write():
        store.projects.put(
            _ended(2023, "TAP", "Tap-on ticketing", brief="Validators on every bus.", kind="software"),
            _ended(2024, "LIBRARY", "Library <refit>", brief="Restore it.", kind="construction"),
            Project(
                "QUAY",
                "Quayside interchange",
                brief="### Purpose\nBuses meet the ferry.\n\n### Scope\nA hall.",
                kind="construction",
                status=ProjectStatus.PROPOSED,
                planned_start=date(2027, 2, 1),
            ),
        )
        store.reviews.put(replace(tap, invited=12), quay)
        store.responses.put(*_responses(tap, 7), *_responses(quay, 3))
        for number, (question, text, kind) in enumerate(SAID):
            store.statements.replace(f"PIR-TAP-{number}", [_statement(tap, number, question, text, kind)])
        store.statements.replace(
            "PIR-LIB-0", [_statement(quay, 0, "went_badly", "Asbestos, secret words", Kind.PROBLEM)]
        )
        store.risks.put(*_risks())
        store.themes.put(
            Theme("late", "Late deliveries", ("late", "months"), Area.SUPPLIERS, "", 6, 6, ("LIBRARY", "TAP")),
            Theme("late-hw", "Hardware late", (), Area.SUPPLIERS, "late", 3, 3, ("TAP",)),
            Theme("rooms", "Rooms too small", (), Area.TECHNOLOGY, "", 2, 2, ("LIBRARY", "TAP")),
        )
        store.memberships.put(
            *(Membership(_id(tap, number), "late", "late-hw" * (number < 3), 1 - number / 10) for number in range(6)),
            Membership(_id(tap, 6), "rooms", "", 1.0),
            Membership(HIDDEN, "rooms", "", 0.9),
        )
        store.links.put(Link(Scope.THEMES, "late", "TAP:R1", 0.8, Confidence.HIGH))
        store.lessons.put(*_lessons())
        store.kickoffs.put(_kickoff())
        store.recommendations.put(*_recommendations(tap))
    return ws


class Letters:
    """A tiny encoder: a text is the counts of its letter pairs, hashed into 64 places."""

    name, dim, max_tokens = "letters", 64, 10_000

    def encode(self, texts: Sequence[str]) -> Matrix:
        rows = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in enumerate(texts):
            for pair in zip(text.lower(), text.lower()[1:], strict=False):
                rows[row, (ord(pair[0]) * 31 + ord(pair[1])) % self.dim] += 1
        return np.asarray(rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9), dtype=np.float32)


def searchable(ws: Workspace) -> Workspace:
    """Makes what is in `ws` searchable, by the tiny encoder."""
    ws.context.engines.__dict__["encoder"] = Letters()
    index_records(ws.context, silent)
    embed_passages(ws.context, silent)
    return ws


def _ended(year: int, key: str, name: str, brief: str, kind: str) -> Project:
    return Project(
        key,
        name,
        brief,
        kind,
        actual_start=date(year - 1, 1, 1),
        planned_finish=date(year, 3, 1),
        actual_finish=date(year, 6, 1),
        status=ProjectStatus.CLOSED,
    )


def _review(id: str, project: str) -> Review:
    return Review(
        id, project, f"Review of {project}", TEMPLATE.key, TEMPLATE.wave, TEMPLATE.questions, status=ReviewStatus.CLOSED
    )


def _responses(review: Review, count: int) -> list[Response]:
    ratings = (1, 2, 4, 4, 4, 5, 5)
    return [
        Response(
            id=f"{review.id}-{number}",
            review=review.id,
            submission_key=str(number),
            receipt=f"receipt-{review.id}-{number}",
            role=RespondentRole.USER if number < 5 else RespondentRole.SPONSOR,
            submitted=date(2024, 1, 2),
            answers={"overall": ratings[number], "nps": number + 3},
        )
        for number in range(count)
    ]


def _id(review: Review, number: int) -> str:
    return f"{review.id}-s{number}"


def _statement(review: Review, number: int, question: str, text: str, kind: Kind) -> Statement:
    return Statement(
        _id(review, number),
        f"{review.id}-{number}",
        review.id,
        review.project,
        question,
        0,
        len(text),
        text,
        fingerprint(text),
        kind=kind,
    )


def _risks() -> list[Risk]:
    late = Risk("TAP:R1", "TAP", "R1", "Validators late", "one factory", "no delivery", "no launch", "supplier")
    return [
        replace(late, probability=4, impact=5, occurred=Occurred.YES),
        Risk("TAP:R2", "TAP", "R2", "Strike", category="people", probability=2, impact=3, occurred=Occurred.NO),
        Risk("LIBRARY:R1", "LIBRARY", "R1", "Asbestos", category="safety", probability=4, impact=5),
        Risk("LIBRARY:R2", "LIBRARY", "R2", "Nobody rated this"),
    ]


def _lessons() -> list[Lesson]:
    factory = Lesson(
        "L1",
        "Pay by factory milestones",
        recommendation="Tie payments to milestones seen at the factory.",
        what_happened="The supplier reported green until <b>three</b> weeks before delivery.",
        area=Area.SUPPLIERS,
        phase=Phase.PROCUREMENT,
        project="TAP",
        themes=("late",),
        risks=("TAP:R1",),
        state=LessonState.PUBLISHED,
    )
    survey = Lesson("L2", "Open the walls first", area=Area.RISK, project="LIBRARY", state=LessonState.EMBEDDED)
    return [factory, survey, Lesson("L3", "Communicate better", recommendation="Communicate better.")]


def _kickoff() -> Kickoff:
    rate = BaseRate(("TAP",), ("TAP", "LIBRARY"), 0.06, 0.94)
    return Kickoff(
        "kick",
        "QUAY",
        "",
        datetime(2026, 3, 1, tzinfo=UTC),
        (
            SimilarProject(
                "LIBRARY", 1.0, ("harbour", "permits"), ("kind: construction",), ("this has 3 times the budget",)
            ),
        ),
        (RiskForecast("Ground not as expected", rate, ("TAP", "LIBRARY"), ()),),
    )


def _recommendations(review: Review) -> list[Recommendation]:
    rate = BaseRate(("TAP",), ("TAP", "LIBRARY"), 0.06, 0.94)
    said = (Quote(_id(review, 0), SAID[0][1], "TAP", review.id),)
    first = Recommendation(
        ACCEPT,
        "kick",
        1,
        Scope.LESSONS,
        "L1",
        "Tie payments to milestones seen at the factory.",
        "The supplier reported green",
        0.9,
        (f"It came up in {rate} similar projects: TAP.", "The brief speaks of hall."),
        ("It was learned in Tap-on ticketing, which was software; this is construction.",),
        ("TAP",),
        rate,
        said,
    )
    return [
        first,
        replace(first, id=ADAPT, rank=2, source="L2", advice="Open the walls before the contract", quotes=()),
        replace(first, id=DISMISS, rank=3, scope=Scope.THEMES, source="late", advice="Plan for “Late deliveries”."),
    ]
