"""The store's contract: families of records, and one write transaction at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol, TypeVar

from reviewkit.domain.kickoffs import Action, Kickoff, Recommendation
from reviewkit.domain.lessons import Lesson, LessonChange
from reviewkit.domain.outcomes import Outcome
from reviewkit.domain.people import Event, Session, User
from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.registers import RegisterLayout, RiskChange, RiskSource, SavedFilter
from reviewkit.domain.reviews import Response, Review, ReviewLink, Statement, Template
from reviewkit.domain.themes import Decision, Link, Membership, Theme, ThemeRun
from reviewkit.store.linked import Odds, Place, ProblemLinks
from reviewkit.store.searched import Passages, Vectors
from reviewkit.themes.joining import Landmark
from reviewkit.themes.trends import Reach

T = TypeVar("T")


class Records(Protocol[T]):
    """One family of records, each known by its `id`.

    Reads see what is committed, and within `Store.write()` also what this thread wrote.
    """

    def find(self, id: str) -> T | None: ...

    def get(self, id: str) -> T:
        """Raises NotFound."""
        ...

    def all(self, **equal: Any) -> list[T]:
        """Records whose fields equal all of `equal` (a tuple, list or set: any of its members), ordered by id."""
        ...

    def count(self, **equal: Any) -> int: ...

    def put(self, *records: T) -> None:
        """Inserts each record, or replaces the one with its id.

        Raises AlreadyThere where another unique field is taken.
        """
        ...

    def delete(self, *ids: str) -> None:
        """Removes them; an id that is not there is passed over."""
        ...


class Sources(Records[T], Protocol):
    """Records that search holds."""

    def state(self) -> str:
        """Changes whenever one of them does."""
        ...


class Responses(Records[Response], Protocol):
    def unsplit(self, splitter: str, limit: int) -> list[Response]:
        """Released responses whose statements were not cut by the engine called `splitter`."""
        ...

    def per_review(self, *, released: bool | None = None) -> dict[str, int]:
        """Review id -> number of responses, or of those only that are released or that are held back."""
        ...

    def known(self, review: str, submission_keys: Iterable[str]) -> set[str]:
        """Those of `submission_keys` under which the review has a response."""
        ...

    def release(self, review: str, many: int) -> None:
        """Marks so many of those that the review holds back as released, the first ones by id."""
        ...

    def erase(self, id: str) -> None:
        """Removes the response with everything derived from it, so that no trace is left in rows, index or vectors."""
        ...


class Statements(Records[Statement], Protocol):
    def replace(self, response: str, statements: Sequence[Statement]) -> None:
        """Makes `statements` the only ones of `response`; what search held of the others goes with them."""
        ...

    def unlabelled(self, model: str, limit: int) -> list[Statement]:
        """Statements that have a vector of `model` but no kind yet."""
        ...

    def unplaced(self, model: str) -> list[Statement]:
        """Statements that have a vector of `model` but no membership, ordered by id."""
        ...

    def unindexed(self, limit: int) -> list[Statement]:
        """Statements whose passages were not replaced since what search holds of them changed."""
        ...

    def ids(self) -> list[str]:
        """Every statement's id, ordered."""
        ...


class Memberships(Records[Membership], Protocol):
    """Statements' places; a membership goes with its statement."""

    def sizes(self, *, joined: bool = False) -> dict[str, int]:
        """Theme and subtheme id -> its members, blank for those of none; `joined` counts only what came since."""
        ...

    def reach(self, themes: Iterable[str]) -> dict[str, Reach]:
        """Theme or subtheme id -> how far it goes; one without members is left out."""
        ...


class Landmarks(Protocol):
    """What a new statement finds its way by; gone once a response was erased, until the next full run."""

    def replace(self, landmarks: Iterable[Landmark]) -> None:
        """Makes these the only ones."""
        ...

    def all(self) -> list[Landmark]:
        """Ordered by kind and name."""
        ...


class Marks(Protocol):
    """Named values of the workspace itself: fingerprints of derived work, the signing key, which sample is loaded."""

    def get(self, name: str) -> str | None: ...

    def put(self, name: str, value: str) -> None: ...


class Claims(Protocol):
    """Leases on work, so that several workers do not do the same."""

    def take(self, name: str, owner: str, now: datetime, seconds: float) -> bool:
        """Takes or prolongs the lease; False while somebody else's has not run out."""
        ...

    def give_back(self, name: str, owner: str) -> None: ...


class Links(Records[Link], Protocol):
    def replace_suggestions(self, links: Iterable[Link], sources: Iterable[str] | None = None) -> None:
        """Makes `links` the only undecided ones, of `sources` where given; a pair that a person decided stays so."""
        ...

    def of_problems(self, asked: ProblemLinks, odds: Odds, first: int = 0, limit: int | None = None) -> list[Link]:
        """Those asked for, the least sure first (by `odds`), then the highest score, then by id: at most `limit` from
        the one at `first`."""
        ...

    def count_problems(self, asked: ProblemLinks, odds: Odds | None = None, before: Place | None = None) -> int:
        """How many are asked for, or how many of them stand before that place in the order of `of_problems`."""
        ...

    def unheld(self, asked: ProblemLinks) -> set[str]:
        """Statements among those asked for that no link of theirs holds to an entry of their own project: none that is
        confirmed, or suggested with more than low confidence."""
        ...

    def per_project(self) -> dict[str, int]:
        """Project -> the links, of whatever scope and state, that lead to its register; projects without any left
        out."""
        ...


class Risks(Sources[Risk], Protocol):
    def projects(self, ids: Iterable[str] | None = None) -> dict[str, str]:
        """Risk id -> its project, of all or of those named that are there."""
        ...


class Tokens(Records[ReviewLink], Protocol):
    """Review links; `id` is the token's hash, the token itself is never stored."""


class Attempts(Protocol):
    """Failed logins, for limits that hold across processes and restarts."""

    def record(self, subject: str, at: datetime) -> None: ...

    def since(self, subject: str, moment: datetime) -> int: ...

    def withdraw(self, subject: str, at: datetime) -> None:
        """Takes back one failure recorded at that moment, which turned out to be none."""
        ...

    def clear(self, subject: str) -> None:
        """Forgets the subject's failures, after a login that went well."""
        ...

    def forget(self, before: datetime) -> None: ...


class Store(Protocol):
    """One workspace's records.

    Every write happens inside `write()`: one writer at a time over all threads and processes, all or nothing, durable
    once the block ends; a nested `write()` joins the outer one, and a verb called outside is a block of its own. Raises
    StorageFull, WorkspaceBusy; what a block did before an exception is undone.
    """

    projects: Sources[Project]
    risks: Risks
    risk_changes: Records[RiskChange]
    risk_sources: Records[RiskSource]
    register_layouts: Records[RegisterLayout]
    saved_filters: Records[SavedFilter]
    templates: Records[Template]
    reviews: Records[Review]
    links_in: Tokens
    responses: Responses
    statements: Statements
    passages: Passages
    vectors: Vectors
    themes: Sources[Theme]
    memberships: Memberships
    theme_runs: Records[ThemeRun]
    landmarks: Landmarks
    links: Links
    lessons: Sources[Lesson]
    lesson_changes: Records[LessonChange]
    kickoffs: Records[Kickoff]
    recommendations: Records[Recommendation]
    outcomes: Records[Outcome]
    actions: Records[Action]
    decisions: Records[Decision]
    users: Records[User]
    sessions: Records[Session]
    events: Records[Event]
    marks: Marks
    claims: Claims
    attempts: Attempts

    def write(self) -> AbstractContextManager[None]: ...

    def revision(self) -> int:
        """How many outermost `write()` blocks changed something so far: the same number means that nothing changed."""
        ...

    def written_elsewhere(self) -> int:
        """A number that changes when another process has written something; the same number means that none has."""
        ...

    def check(self) -> Mapping[str, str]:
        """What a health check reports: integrity, version, pragmas.

        Raises WorkspaceUnusable where the file is damaged.
        """
        ...

    def close(self) -> None: ...
