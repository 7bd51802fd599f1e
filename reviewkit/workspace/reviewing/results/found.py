"""What the results of a review are made of."""

from __future__ import annotations

from dataclasses import dataclass, field

from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Review
from reviewkit.domain.themes import Theme
from reviewkit.domain.words import Kind, Scope
from reviewkit.report.gaps import Gap
from reviewkit.report.ratings import Distribution, NetPromoter, cell_label, score_in_words
from reviewkit.workspace.reviewing.results.saying import Said, View

__all__ = [
    "WHOLE",
    "DecisionTold",
    "Distribution",
    "Gap",
    "NetPromoter",
    "ReviewResults",
    "RoleRate",
    "Said",
    "View",
    "cell_label",
    "score_in_words",
]

WHOLE = View()
"""All that was said."""


@dataclass(frozen=True)
class RoleRate:
    """Those of one role: how many answered, of how many invited, and the share; None where it is not known or told."""

    role: str
    answered: int
    invited: int | None
    rate: float | None


@dataclass(frozen=True)
class DecisionTold:
    """What the review's people say of something that their project had decided at its kickoff.

    `scope` and `source` lead to the lesson or theme it came from, blank where the kickoff is gone. Each of the three
    is told as any closed question is, and None where the review did not ask it.
    """

    recommendation: str
    wording: str
    scope: Scope | None = None
    source: str = ""
    applied: Distribution | None = None
    helped: Distribution | None = None
    recurred: Distribution | None = None

    @property
    def asked(self) -> tuple[tuple[str, Distribution], ...]:
        """(“applied”, “helped” or “recurred”, what was answered), of what was asked."""
        each = (("applied", self.applied), ("helped", self.helped), ("recurred", self.recurred))
        return tuple((name, found) for name, found in each if found is not None)


@dataclass(frozen=True)
class ReviewResults:
    """What may be shown of a review.

    `withheld` says that it may not be, for now; `narrowed_away` that the `view` asked for has too few people; `waiting`
    that some answers wait until they can be shown with others. `said` holds the statements of the view under their
    headings. `kinds`, `headings` and `themes` are what it can be narrowed to: kinds with their statements, themes with
    people in whole fives. While it is not `settled`, roles are in whole fives too, without distributions, gaps and
    views. A gap is about a question's text or a theme's id.
    """

    review: Review
    project: Project
    responses: int | None
    invited: int | None
    withheld: bool
    waiting: bool = False
    settled: bool = True
    rate: float | None = None
    roles: tuple[RoleRate, ...] = ()
    others: int = 0
    distributions: tuple[Distribution, ...] = ()
    decisions: tuple[DecisionTold, ...] = ()
    rating_gaps: tuple[Gap, ...] = ()
    theme_gaps: tuple[Gap, ...] = ()
    themes: tuple[tuple[Theme, int], ...] = ()
    kinds: dict[Kind, int] = field(default_factory=dict)
    kinds_together: tuple[tuple[Kind, ...], int] = ((), 0)
    headings: tuple[str, ...] = ()
    view: View = WHOLE
    narrowed_away: bool = False
    said: dict[str, tuple[Said, ...]] = field(default_factory=dict)

    def label_of(self, about: str) -> str:
        """What a gap is about: a theme by its label, a question by its text."""
        return next((theme.label for theme, _ in self.themes if theme.id == about), about)

    @property
    def net_promoter(self) -> NetPromoter | None:
        """The first recommendation score that may be told."""
        return next((found.net_promoter for found in self.distributions if found.net_promoter), None)
