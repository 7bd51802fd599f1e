"""The shipped sample organisation -> a workspace."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import reviewkit
from reviewkit.collect.answers import check_answers, role_of
from reviewkit.collect.templates import template
from reviewkit.domain.errors import NotFound
from reviewkit.domain.ids import derived_id
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.people import User
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.reviews import Response, Review
from reviewkit.domain.words import (
    Area,
    LessonState,
    Occurred,
    Phase,
    ProjectStatus,
    ReviewStatus,
    RiskNature,
    RiskResponse,
    RiskStatus,
    UserRole,
)
from reviewkit.workspace.opening import Workspace
from reviewkit.workspace.projects import roster

WHO = "sample organisation"
"""Who the audit log names for what is loaded here."""

Row = dict[str, str]
T = TypeVar("T")


@dataclass(frozen=True)
class SampleSummary:
    """What was added, all zero where it was there already; `accounts` can log in with `password`."""

    organisation: str
    projects: int
    risks: int
    reviews: int
    responses: int
    lessons: int
    accounts: tuple[User, ...]
    password: str


def load_samples(ws: Workspace) -> SampleSummary:
    """Adds whatever of the sample organisation the workspace does not hold yet.

    A record that is there is left as it is, so that loading again undoes nothing that a person decided. Answers go in
    as they were given; names, addresses and numbers are taken out where statements are cut from them.

    Raises:
        NotFound: this installation does not hold its files.
    """
    organisation = _organisation()
    known_names = roster(ws.context.store)
    if not set(organisation["people"]) <= set(known_names):
        ws.projects.set_roster([*known_names, *organisation["people"]], who=WHO)
    projects = _missing(sample_projects(), {known.key for known in ws.projects.list()}, lambda one: one.key)
    ws.projects.put_all(projects, who=WHO)
    risks = _missing(sample_risks(), {known.id for known in ws.risks.list()}, lambda one: one.id)
    ws.risks.put_all(risks, who=WHO)
    reviews = sample_reviews()
    fresh = _missing(reviews, {known.review.id for known in ws.reviews.list()}, lambda one: one.id)
    ws.reviews.put_all(fresh, who=WHO)
    responses = ws.responses.put_all([one for review in reviews for one in sample_responses(review)], who=WHO)
    lessons = _missing(sample_lessons(), {known.id for known in ws.lessons.list()}, lambda one: one.id)
    ws.lessons.put_all(lessons, who=WHO)
    return SampleSummary(
        organisation=organisation["name"],
        projects=len(projects),
        risks=len(risks),
        reviews=len(fresh),
        responses=responses,
        lessons=len(lessons),
        accounts=_accounts(ws, organisation),
        password=organisation["demo_password"],
    )


def sample_file(name: str) -> Path:
    """A file of the sample organisation, such as "truth/statements.csv".

    An installed package carries them beside its modules; in a clone they stand in data/samples.

    Raises:
        NotFound: this installation does not hold its files.
    """
    package = Path(reviewkit.__file__).parent
    for folder in (package / "samples", package.parent / "data" / "samples"):
        if (folder / name).is_file():
            return folder / name
    raise NotFound("sample file", name, hint="Install reviewkit again: its sample organisation is incomplete.")


def sample_rows(name: str) -> list[Row]:
    """The rows of one of its CSV files, column -> cell."""
    with sample_file(name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def sample_projects() -> list[Project]:
    """Finished projects and those about to start."""
    return [
        Project(
            key=row["key"],
            name=row["name"],
            brief=row["brief"],
            kind=row["kind"],
            domain=row["domain"],
            method=row["method"],
            size=_made(int, row["size"]),
            planned_start=_made(date.fromisoformat, row["planned_start"]),
            planned_finish=_made(date.fromisoformat, row["planned_finish"]),
            actual_start=_made(date.fromisoformat, row["actual_start"]),
            actual_finish=_made(date.fromisoformat, row["actual_finish"]),
            planned_budget=_made(float, row["planned_budget"]),
            actual_budget=_made(float, row["actual_budget"]),
            currency=row["currency"],
            sponsor=row["sponsor"],
            manager=row["manager"],
            tags=tuple(row["tags"].split(";")),
            status=ProjectStatus(row["status"]),
        )
        for row in sample_rows("projects.csv")
    ]


def sample_risks() -> list[Risk]:
    """Every register's entries; an id is the project's key and the entry's ref, as in TAP:R1."""
    return [
        Risk(
            id=row["id"],
            project=row["project"],
            ref=row["ref"],
            title=row["title"],
            cause=row["cause"],
            event=row["event"],
            effect=row["effect"],
            category=row["category"],
            nature=RiskNature(row["nature"]),
            probability=int(row["probability"]),
            impact=int(row["impact"]),
            response=_made(RiskResponse, row["response"]),
            response_text=row["response_text"],
            owner=row["owner"],
            status=RiskStatus(row["status"]),
            occurred=Occurred(row["occurred"]),
            occurred_note=row["occurred_note"],
            origin=WHO,
        )
        for row in sample_rows("risks.csv")
    ]


def sample_reviews() -> list[Review]:
    """One closed post-implementation review for each finished project."""
    reviews = []
    for row in sample_rows("reviews.csv"):
        source = template(row["template"])
        reviews.append(
            Review(
                id=row["id"],
                project=row["project"],
                title=row["title"],
                template=source.key,
                wave=source.wave,
                questions=source.questions,
                intro=source.intro,
                minutes=source.minutes,
                status=ReviewStatus.CLOSED,
                opens=_midnight(row["opens"]),
                closes=_midnight(row["closes"]) + timedelta(days=1),
                invited=int(row["invited"]),
            )
        )
    return reviews


def sample_responses(review: Review) -> list[Response]:
    """The review's answers, checked as any other answers are."""
    return [_response(review, row) for row in sample_rows(f"responses/{review.project}.csv")]


def sample_lessons() -> list[Lesson]:
    """The lessons library."""
    table = tomllib.loads(sample_file("lessons.toml").read_text(encoding="utf-8"))
    organisation = _organisation()["name"]
    return [_lesson(entry, organisation) for entry in table["lessons"]]


def _organisation() -> dict[str, Any]:
    return tomllib.loads(sample_file("organisation.toml").read_text(encoding="utf-8"))


def _response(review: Review, row: Mapping[str, str]) -> Response:
    given = {key: cell for key, cell in row.items() if key not in ("id", "submitted")}
    answers = check_answers(review.questions, given)
    return Response(
        id=row["id"],
        review=review.id,
        submission_key=f"sample-{row['id']}",
        receipt=derived_id("sample receipt", row["id"])[:16],
        role=role_of(answers),
        submitted=date.fromisoformat(row["submitted"]),
        answers=answers,
    )


def _lesson(entry: Mapping[str, Any], organisation: str) -> Lesson:
    texts = ("title", "context", "what_happened", "root_cause", "effect", "recommendation", "early_warning", "owner")
    return Lesson(
        id=entry["id"],
        project=entry["project"],
        **{name: entry.get(name, "") for name in texts},
        area=Area(entry["area"]),
        phase=Phase(entry["phase"]),
        positive=entry["positive"],
        learned=entry["learned"],
        risks=tuple(entry["risks"]),
        state=LessonState(entry["state"]),
        organisation=organisation,
        origin=WHO,
    )


def _accounts(ws: Workspace, organisation: Mapping[str, Any]) -> tuple[User, ...]:
    known = {user.name for user in ws.users.list()}
    add = partial(ws.users.add, password=organisation["demo_password"], who=WHO)
    for entry in organisation["accounts"]:
        if entry["user"] not in known:
            add(entry["user"], entry["full_name"], UserRole(entry["role"]))
    wanted = {entry["user"] for entry in organisation["accounts"]}
    return tuple(sorted((user for user in ws.users.list() if user.name in wanted), key=lambda user: user.role.rank))


def _missing(wanted: list[T], known: set[str], key: Callable[[T], str]) -> list[T]:
    return [one for one in wanted if key(one) not in known]


def _made(make: Callable[[str], T], cell: str) -> T | None:
    return make(cell) if cell else None


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(), tzinfo=UTC)
