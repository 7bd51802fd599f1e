"""A kickoff and a project's own register -> entries that might be added, each beside what is there already."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from reviewkit.domain.ids import derived_id
from reviewkit.domain.kickoffs import Kickoff, Recommendation
from reviewkit.domain.lessons import Lesson
from reviewkit.domain.projects import Risk
from reviewkit.domain.words import Choice, Scope
from reviewkit.language.ports import Encoder

ALIKE = 0.6
"""Cosine of two titles from which they may mean the same; whether they do, a person says."""

MOST_TITLE = 120


@dataclass(frozen=True)
class DraftedRisk:
    """An entry for the register, why, and the entry of the register that says the same or reads alike."""

    id: str
    risk: Risk
    why: str
    known: Risk | None = None
    is_same: bool = False


def draft_register(
    kickoff: Kickoff,
    recommendations: Sequence[Recommendation],
    lessons: Mapping[str, Lesson],
    past: Mapping[str, Risk],
    own: Sequence[Risk],
    encoder: Encoder,
) -> list[DraftedRisk]:
    """What similar projects met, most often first, then what lessons of the kickoff tell of; nothing twice.

    `lessons` and `past` (register entries of other projects) are by id, `own` is the project's register. A lesson that
    is tied to a kind of risk gives it its response; one that was dismissed gives nothing.
    """
    wanted = [
        (one, lessons[one.source])
        for one in recommendations
        if one.scope is Scope.LESSONS and one.choice is not Choice.DISMISSED and one.source in lessons
    ]
    drafted: dict[str, tuple[Risk, str]] = {}
    used: set[str] = set()
    for forecast in kickoff.forecasts:
        treating = [(one, lesson) for one, lesson in wanted if set(lesson.risks) & set(forecast.risks)]
        used |= {lesson.id for _, lesson in treating}
        category = next((past[risk].category for risk in forecast.risks if risk in past), "")
        risk = Risk(
            "", kickoff.project, "", forecast.title, category=category, origin=f"kickoff/{_key(forecast.title)}"
        )
        risk = replace(risk, response_text=" ".join(_advice(one) for one, _ in treating))
        why = f"It came true in {forecast.base_rate} similar projects; {len(forecast.registered)} had it registered."
        drafted.setdefault(_key(forecast.title), (risk, why))
    for one, lesson in wanted:
        if lesson.id in used or lesson.positive:
            continue
        title = _title(lesson, past)
        if not title:
            continue  # it says what to do, but of what danger is not known
        risk = Risk("", kickoff.project, "", title, response_text=_advice(one), origin=f"kickoff/lessons/{lesson.id}")
        drafted.setdefault(_key(title), (risk, f"The lesson “{lesson.title}” tells of it."))
    return _beside([*drafted.values()], own, encoder)


def _beside(drafted: Sequence[tuple[Risk, str]], own: Sequence[Risk], encoder: Encoder) -> list[DraftedRisk]:
    if not drafted:
        return []
    rows = encoder.encode([*(risk.title for risk, _ in drafted), *(risk.title for risk in own)])
    likeness = rows[: len(drafted)] @ rows[len(drafted) :].T
    found = []
    for place, (risk, why) in enumerate(drafted):
        same = [mine for mine in own if mine.origin == risk.origin or _key(mine.title) == _key(risk.title)]
        nearest = int(likeness[place].argmax()) if own else -1
        alike = own[nearest] if own and likeness[place, nearest] >= ALIKE else None
        known = same[0] if same else alike
        found.append(DraftedRisk(derived_id("draft", risk.project, risk.origin), risk, why, known, bool(same)))
    return found


def _key(title: str) -> str:
    """What makes two titles the same: their letters and figures."""
    return " ".join(re.findall(r"\w+", title.casefold()))


def _title(lesson: Lesson, past: Mapping[str, Risk]) -> str:
    """The past risk it is tied to, or what happened in its first sentence; empty where neither names a risk."""
    tied = next((past[risk].title for risk in lesson.risks if risk in past), "")
    happened = re.split(r"(?<=[.!?])\s", lesson.what_happened.strip(), maxsplit=1)[0].rstrip(".")
    return tied or (happened if len(happened) <= MOST_TITLE else "")


def _advice(one: Recommendation) -> str:
    text = one.choice_text if one.choice is Choice.ADAPTED else one.advice
    return text.strip() if text.strip().endswith((".", "!", "?")) else f"{text.strip()}."
