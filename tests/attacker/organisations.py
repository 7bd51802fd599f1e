"""Small organisations drawn at random: people answer through the use cases, and the analysis is stood in for."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

from reviewkit.domain.ids import derived_id, fingerprint
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.reviews import Question, Response, Review, Statement
from reviewkit.domain.themes import UNNAMED, Link, Membership, Theme, ThemeRun
from reviewkit.domain.words import (
    Anonymity,
    Confidence,
    Kind,
    LessonState,
    ProjectStatus,
    QuestionType,
    RespondentRole,
    ReviewStatus,
    Scope,
    Wave,
)
from reviewkit.settings import Settings
from reviewkit.themes.decisions import standing
from reviewkit.themes.diff import changes
from reviewkit.workspace import Workspace, open_workspace
from reviewkit.workspace.derive.passages import embed_passages, index_records
from reviewkit.workspace.derive.progress import silent
from reviewkit.workspace.derive.settling import settle
from reviewkit.workspace.derive.themes import LAST
from reviewkit.workspace.linking.people import hear_people
from tests.clock import Clock
from tests.workspace.themes.organisation import WordEngines

ROLES = tuple(RespondentRole)[:4]
OPTIONS = ("cloud", "local", "both")
QUESTIONS = (
    Question("role", "Your part?", QuestionType.SINGLE, options=tuple(ROLES)),
    Question("rate", "How good?", QuestionType.RATING),
    Question("nps", "Recommend it?", QuestionType.NPS),
    Question("kept", "Kept?", QuestionType.YES_PARTLY_NO),
    Question("where", "Where?", QuestionType.SINGLE, options=OPTIONS),
    Question("which", "Which?", QuestionType.MULTIPLE, options=OPTIONS),
    Question("when", "When?", QuestionType.DATE),
    Question("well", "What went well?", QuestionType.PARAGRAPH, lens="went well"),
    Question("badly", "What went badly?", QuestionType.PARAGRAPH, lens="went badly"),
    Question("next", "What next?", QuestionType.PARAGRAPH, lens="do differently"),
)
ASKED = {str(role): 15 for role in ROLES[:2]}
THEMES = {"T1": ("T1a", "T1b"), "T2": ("",), "T3": ("",)}


@dataclass
class Organisation:
    """A workspace with reviews under way, and a draw that decides what happens in it."""

    ws: Workspace
    draw: random.Random
    clock: Clock
    answers: int = 0
    erased: int = 0
    receipts: dict[str, list[tuple[str, str]]] = field(default_factory=dict)

    def step(self) -> None:
        """Somebody answers or erases, or a review is closed or opened again; then what is released is analysed."""
        reviews = self.ws.context.store.reviews.all()
        review = self.draw.choice(reviews)
        chance = self.draw.random()
        if review.status is not ReviewStatus.OPEN:
            if chance < 0.3:
                self.ws.reviews.open(review.id)
        elif chance < 0.1:
            self.ws.reviews.close(review.id)
        elif chance < 0.18 and self.receipts.get(review.id):
            self.erase(review)
        else:
            self.answer(review)
        self.clock.pass_by(hours=self.draw.randint(1, 40))
        self.analyse()

    def answer(self, review: Review) -> tuple[str, str]:
        """Returns the way in and the receipt."""
        self.answers += 1
        token = self.ws.reviews.new_link(review.id)
        given = self.ws.responses.submit(token, f"k{self.answers}", self._given())
        self.receipts.setdefault(review.id, []).append((token, given.receipt))
        return token, given.receipt

    def erase(self, review: Review) -> None:
        """Somebody who answered takes it all back."""
        self.erased += 1
        token, receipt = self.receipts[review.id].pop(self.draw.randrange(len(self.receipts[review.id])))
        self.ws.corrections.erase(token, receipt)

    def close_all(self) -> None:
        for review in self.ws.context.store.reviews.all(status=ReviewStatus.OPEN):
            self.ws.reviews.close(review.id)
        self.analyse()

    def analyse(self) -> None:
        """What `Analysis.refresh` does, with words drawn in place of read: only of answers the store hands out."""
        store, touched = self.ws.context.store, _out_of_step(self.ws)
        before = store.themes.all()
        earlier = {member.statement: member.theme for member in store.memberships.all()}
        with store.write():
            for response in store.responses.unsplit("drawn", 1_000):
                said = self._statements(response)
                store.statements.replace(response.id, said)
                store.responses.put(replace(response, split_by="drawn"))
                for one in said:
                    theme = self.draw.choice(("", *THEMES))
                    part = self.draw.choice(THEMES[theme]) if theme else ""
                    store.memberships.put(Membership(one.id, theme, part, 0.5))
                    touched |= {theme, part} - {""}
                    if part and store.themes.find(part) is None:
                        store.themes.put(Theme(part, UNNAMED, parent=theme))
                    if theme == "T3" and one.kind is Kind.POSITIVE:  # trouble that no register foresaw
                        store.statements.put(replace(one, kind=Kind.SUGGESTION))
                    if one.kind is Kind.PROBLEM:
                        store.links.put(Link(Scope.STATEMENTS, one.id, "R", 2.0, Confidence.MEDIUM, cosine=0.4))
            settle(store, touched, standing([]))
            store.links.put(
                *(
                    Link(Scope.THEMES, theme, "R", 2.0, Confidence.MEDIUM, cosine=0.4)
                    for theme in touched & THEMES.keys() - {"T3"}
                )
            )
            now = {member.statement: member.theme for member in store.memberships.all()}
            if changed := changes(earlier, now, before, store.themes.all()):
                store.theme_runs.put(ThemeRun(LAST, self.clock(), "drawn", len(now), changed))
        index_records(self.ws.context, silent)
        embed_passages(self.ws.context, silent)
        hear_people(self.ws.context)

    def _given(self) -> dict[str, object]:
        draw = self.draw
        given: dict[str, object] = {
            "role": draw.choices(ROLES, (8, 4, 2, 1))[0],
            "rate": draw.choices((1, 2, 3, 4, 5), (1, 1, 2, 6, 6))[0],
            "nps": draw.randint(0, 10),
            "kept": draw.choice(("yes", "yes", "partly", "no")),
            "where": draw.choice(OPTIONS),
            "which": draw.sample(OPTIONS, draw.randint(1, 3)),
            "when": f"2026-0{draw.randint(1, 3)}-11",
            **{key: f"We say {draw.random()}." for key in ("well", "badly", "next") if draw.random() < 0.7},
        }
        skipping = draw.choice((0.0, 0.05, 0.3))
        kept = {key: value for key, value in given.items() if draw.random() >= skipping}
        return kept if set(kept) - {"role"} else {"rate": 3}

    def _statements(self, response: Response) -> list[Statement]:
        found, project = [], self.ws.context.store.reviews.get(response.review).project
        for key in ("well", "badly", "next"):
            for number in range(self.draw.randint(1, 2) if key in response.answers else 0):
                text = f"{response.answers[key]} {number}"
                found.append(
                    Statement(
                        derived_id(response.id, key, str(number)), response.id, response.review, project, key, 0,
                        len(text), text, fingerprint(text), role=response.role, said=response.submitted,
                        kind=self.draw.choice(tuple(Kind)[:3]),
                    )
                )  # fmt: skip
        return found


def _out_of_step(ws: Workspace) -> set[str]:
    """Themes that lost a statement."""
    sizes = ws.context.store.memberships.sizes()
    return {theme.id for theme in ws.context.store.themes.all() if theme.statements != sizes.get(theme.id, 0)}


def organisation(seed: int) -> Organisation:
    """An organisation with one to three open reviews of nobody's names."""
    draw, clock = random.Random(seed), Clock()
    ws = open_workspace(":memory:", Settings(), now=clock, engines=WordEngines(Settings()))
    store = ws.context.store
    with store.write():
        store.projects.put(*(Project(key, "Project", status=ProjectStatus.CLOSED) for key in "PQ"))
        store.risks.put(Risk("R", "P", "1", "We say too little"))
        store.lessons.put(Lesson("L", "Say more", project="P", themes=("T1",), state=LessonState.EMBEDDED))
        for number in range(draw.randint(1, 3)):
            review = Review(
                f"V{number}",
                "PQ"[number % 2],
                f"Review {number}",
                "t",
                Wave.CLOSE,
                QUESTIONS,
                invited=30,
                invited_roles=ASKED,
            )
            store.reviews.put(replace(review, anonymity=Anonymity.ANONYMOUS, status=ReviewStatus.OPEN))
    org = Organisation(ws, draw, clock)
    org.analyse()
    return org
