"""Answers to closed questions -> how they are distributed, as far as nobody is singled out."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from reviewkit.domain.privacy import NO_ANSWER, Cell, choices_told, count_or_none, in_full, picks_told, steps_told
from reviewkit.domain.reviews import Answer, Question, Response
from reviewkit.domain.wording import either
from reviewkit.domain.words import QuestionType

NPS_BANDS = (("0–6", range(7)), ("7–8", range(7, 9)), ("9–10", range(9, 11)))
"""Detractors, passives and promoters, as the score counts them (Reichheld 2003)."""

_ORDERED = (QuestionType.RATING, QuestionType.NPS, QuestionType.DATE)

Z = 1.96
"""Standard errors to either side of 95 %."""


@dataclass(frozen=True)
class NetPromoter:
    """The net promoter score and its 95 % interval, in points from -100 to 100."""

    score: int
    low: int
    high: int


@dataclass(frozen=True)
class Distribution:
    """Answers to a closed question.

    `everybody` counts those who answered anything at all, `n` this question (None where that or its complement is 1
    to 4). `cells` are in the scale's order, those who gave no answer among them; empty where nothing may be told apart.
    Of a question with several answers each cell stands for itself, and `untold` names choices that nothing is told of.
    """

    question: Question
    everybody: int
    n: int | None
    cells: tuple[Cell, ...]
    untold: tuple[str, ...] = ()
    mean: float | None = None
    net_promoter: NetPromoter | None = None


def distribution(question: Question, responses: Sequence[Response], *, named: bool = False) -> Distribution:
    """How `responses` to a review answered the closed `question`, as far as `domain.privacy` lets it be told.

    In a `named` review all of it is told.
    """
    given = [response.answers[question.key] for response in responses if question.key in response.answers]
    everybody, blank = len(responses), len(responses) - len(given)
    n = len(given) if named or None not in (count_or_none(len(given)), count_or_none(blank)) else None
    if question.type is QuestionType.MULTIPLE:
        return _picks(question, given, everybody, n, named)
    if question.type is QuestionType.SINGLE:
        choices = _all_of(question.options, Counter(map(str, given)))
        cells = _each(choices, blank) if named else choices_told(choices, blank)
        return Distribution(question, everybody, n, cells)
    cells = _each(_steps(question, given), blank) if named else steps_told(_steps(question, given), blank)
    full = n is not None and in_full(cells)
    rated = full and question.type is QuestionType.RATING
    scored = full and question.type is QuestionType.NPS
    return Distribution(
        question,
        everybody,
        n,
        cells,
        mean=sum(int(str(answer)) for answer in given) / len(given) if rated and given else None,
        net_promoter=net_promoter(*(count for _, count in _steps(question, given))) if scored and given else None,
    )


def net_promoter(detractors: int, passives: int, promoters: int) -> NetPromoter:
    """The score (Reichheld 2003) with an adjusted Wald interval.

    The variance is the multinomial one, p + d - (p - d)²; three quarters are added to promoters and to detractors each
    and three to everybody (after Rocks 2016, The American Statistician 70(4)). For seven ways in which opinion may be
    divided, from loved to split in two, a test works out how often the interval holds the true score: at least 91 % of
    the time with 5 answers, 92 % with 10, and 93.5 to 98.5 % with 20 to 500. Raises ValueError without anybody.
    """
    n = detractors + passives + promoters
    if not n:
        raise ValueError("a score needs answers")
    many, few = (promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)
    margin = Z * math.sqrt((many + few - (many - few) ** 2) / (n + 3))
    low, high = max(-1.0, many - few - margin), min(1.0, many - few + margin)
    return NetPromoter(round(100 * (promoters - detractors) / n), round(100 * low), round(100 * high))


def cell_label(cell: Cell, type_: QuestionType) -> str:
    """As in “1–3” of 1, 2 and 3, “partly or no”, “yes or not answered”: “yes or no answer” would say two things."""
    steps = [label for label in cell.labels if label != NO_ANSWER]
    if len(steps) > 1 and type_ in _ORDERED:
        steps = [_span(steps)]
    if NO_ANSWER not in cell.labels:
        return either(steps)
    return either([*steps, "not answered"]) if steps else NO_ANSWER


def score_in_words(found: NetPromoter) -> str:
    """As in “+20, likely between −4 and +42”."""
    return f"{_signed(found.score)}, likely between {_signed(found.low)} and {_signed(found.high)}"


def _signed(points: int) -> str:
    return f"{points:+d}".replace("-", "−") if points else "0"


def _span(steps: Sequence[str]) -> str:
    first, last = steps[0].split("–")[0], steps[-1].split("–")[-1]
    return f"{first}–{last}" if first.isdigit() else f"{first} – {last}"


def _steps(question: Question, given: Sequence[Answer]) -> list[tuple[str, int]]:
    if question.type is QuestionType.NPS:
        scores = Counter(int(str(answer)) for answer in given)
        return [(label, sum(scores[step] for step in band)) for label, band in NPS_BANDS]
    if question.type is QuestionType.DATE:
        months = Counter(str(answer)[:7] for answer in given)
        return [(f"{date.fromisoformat(f'{month}-01'):%b %Y}", months[month]) for month in sorted(months)]
    tally = Counter(map(str, given))
    return [(step, tally[step]) for step in question.choices]


def _picks(question: Question, given: Sequence[Answer], everybody: int, n: int | None, named: bool) -> Distribution:
    picked = Counter(choice for answer in given if isinstance(answer, tuple | list) for choice in answer)
    picks = _all_of(question.options, picked)
    cells = _each(picks, 0) if named else picks_told(picks, everybody)
    told = {label for cell in cells for label in cell.labels}
    return Distribution(question, everybody, n, cells, tuple(one for one in question.options if one not in told))


def _each(counts: Sequence[tuple[str, int]], blank: int) -> tuple[Cell, ...]:
    shown = (*counts, (NO_ANSWER, blank)) if blank else counts
    return tuple(Cell((label,), count) for label, count in shown)


def _all_of(options: Sequence[str], tally: Counter[str]) -> list[tuple[str, int]]:
    """In the question's order; what was an option only once (in an import) comes last."""
    return [(option, tally[option]) for option in dict.fromkeys((*options, *sorted(tally)))]
