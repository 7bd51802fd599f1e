"""Whether troubles had been foreseen: what people say, how far the machine agrees, how far its words can be trusted."""

from __future__ import annotations

from dataclasses import dataclass, field

from reviewkit.domain.wording import plural

ENOUGH = 50
"""Decisions from which confidence is learned from them."""

HIGH, MEDIUM = 0.7, 0.4
"""Probability of being confirmed from which a link is called so, once that is learned."""


@dataclass(frozen=True)
class PeopleSaid:
    """What those who spoke of a theme answered when asked whether it had been identified as a risk.

    `people` are at least so many; `yes` and `no` are those of each side, None where their number may not be told.
    `answer` is True or False where at least two of three agree, None where they are divided; partly counts as yes.
    `exact` says that the numbers are exact, as in reviews that are named.
    """

    people: int
    answer: bool | None
    yes: int | None = None
    no: int | None = None
    exact: bool = False

    @property
    def sentence(self) -> str:
        """For a reader, as in “Most of at least 10 people who spoke of it said …”."""
        end = "said that it had been identified as a risk"
        if self.exact and self.yes is not None:
            return f"{self.yes} of {plural(self.people, 'person', 'people')} who spoke of it {end}."
        many = f"at least {self.people:,} people who spoke of it"
        if self.answer is None:
            return f"Of {many}, some said that it had been identified as a risk and others that it had not."
        return f"Most of {many} {end if self.answer else 'said that it had not been identified as a risk'}."


@dataclass(frozen=True)
class Agreement:
    """How often machine and people give the same answer, over `people`; `agree` is None where it may not be told.

    `kappa` corrects for agreement by chance (Cohen 1960): 0 is chance, 1 is perfect; None where it is not told.
    """

    people: int
    agree: int | None
    kappa: float | None = None
    exact: bool = False


@dataclass(frozen=True)
class People:
    """Theme id -> what people said of it, and how far the machine agrees with them; `agreement` None where too few
    were asked."""

    themes: dict[str, PeopleSaid] = field(default_factory=dict)
    agreement: Agreement | None = None


@dataclass(frozen=True)
class Band:
    """Links that were given a probability from `low` to `high`: their number, mean probability, and how many people
    confirmed."""

    low: float
    high: float
    n: int
    expected: float
    confirmed: int


@dataclass(frozen=True)
class Rival:
    """A way to say how likely a link is confirmed: its mean squared error (Brier) and log loss, smaller is better."""

    brier: float
    log_loss: float


@dataclass(frozen=True)
class Calibration:
    """A logistic fit over `n` decisions, `confirmed` of them confirmed, judged on decisions it had not seen.

    `weights` are those of score, cosine and being of an own project, and last the constant. `words` reads the words as
    the middle of what they claim, `share` gives each link the share confirmed so far. `by_project` says that
    whole projects were kept back, not single decisions.
    """

    n: int
    confirmed: int
    weights: tuple[float, float, float, float]
    words: Rival
    share: Rival
    fit: Rival
    bands: tuple[Band, ...]
    by_project: bool
    folds: int

    @property
    def in_use(self) -> bool:
        """Whether words of confidence follow the fit: only where it beats both rivals by both measures."""
        return all(
            self.fit.brier < other.brier and self.fit.log_loss < other.log_loss for other in (self.words, self.share)
        )


@dataclass(frozen=True)
class Learned:
    """What decisions on links have taught: of `decided` so many were `confirmed`; no `calibration` before there are
    enough of both."""

    decided: int = 0
    confirmed: int = 0
    calibration: Calibration | None = None
