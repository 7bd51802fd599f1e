"""A risk, or what was typed of one -> the page where it is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.words import Occurred, RiskNature, RiskResponse
from webapp.presenters.form import Option
from webapp.presenters.registers.words import STEPS
from webapp.presenters.words import headed
from webapp.presenters.words import sentence as in_a_sentence

FIELDS = (
    *("project", "ref", "title", "cause", "event", "effect", "nature", "category"),
    *("probability", "impact", "response", "response_text", "residual_probability", "residual_impact"),
    *("owner", "identified_on", "occurred", "occurred_on", "closed_on", "occurred_note"),
)
"""As they stand on the page, from the top down."""
KNOWN = 200
"""Categories and owners that are offered while somebody types."""


@dataclass(frozen=True)
class Typed:
    """A risk as its form holds it: every field as text."""

    values: Mapping[str, str]

    def __getattr__(self, name: str) -> str:
        """A field by its name, for templates."""
        if name in FIELDS:
            return self.values.get(name, "")
        raise AttributeError(name)


@dataclass(frozen=True)
class FormPage:
    """`id` is empty for a new one; `seen` is the number of the last change before it was opened."""

    id: str
    seen: str
    title: str
    typed: Typed
    sentence: str
    hints: tuple[str, ...]
    choices: Mapping[str, tuple[Option, ...]]
    categories: tuple[str, ...]
    owners: tuple[str, ...]
    problems: Mapping[str, str]
    general: tuple[str, ...]


def typed_of(risk: Risk) -> Typed:
    return Typed({name: str(getattr(risk, name) or "") for name in FIELDS})


def form_page(
    typed: Typed,
    *,
    risk: Risk | None,
    seen: str,
    sentence: str,
    hints: Sequence[str],
    projects: Sequence[Project],
    risks: Sequence[Risk],
    problems: Mapping[str, str],
) -> FormPage:
    """`risks` are all, for what they are called by."""
    levels = [(str(step), f"{step} {word}") for step, word in STEPS.items()]
    responses = [(str(one), f"{headed(one)} ({_goes_with(one)})") for one in RiskResponse]
    ends = {Occurred.YES: "Yes, it came true", Occurred.NO: "No, it did not", Occurred.UNKNOWN: "Not known yet"}
    return FormPage(
        id=risk.id if risk else "",
        seen=seen,
        title=f"{risk.ref} {risk.title}" if risk else "",
        typed=typed,
        sentence=sentence,
        hints=tuple(hints),
        choices={
            "project": _options([("", "Choose one"), *((one.key, one.name) for one in projects)], typed.project),
            "nature": _options([(str(one), headed(one)) for one in RiskNature], typed.nature or RiskNature.THREAT),
            "response": _options([("", "None yet"), *responses], typed.response),
            "occurred": _options([(str(one), ends[one]) for one in ends], typed.occurred or Occurred.UNKNOWN),
            **{
                name: _options([("", "Not rated"), *levels], getattr(typed, name))
                for name in ("probability", "impact", "residual_probability", "residual_impact")
            },
        },
        categories=_used(risk.category for risk in risks),
        owners=_used(risk.owner for risk in risks),
        problems={name: in_a_sentence(problems[name]) for name in FIELDS if name in problems},
        general=tuple(in_a_sentence(said) for name, said in problems.items() if name not in FIELDS),
    )


def _goes_with(response: RiskResponse) -> str:
    return {
        RiskResponse.ACCEPT: "either",
        RiskResponse.SHARE: "either",
        RiskResponse.EXPLOIT: "opportunity",
        RiskResponse.ENHANCE: "opportunity",
    }.get(response, "threat")


def _options(choices: Sequence[tuple[str, str]], chosen: str) -> tuple[Option, ...]:
    stray = [(chosen, chosen)] if chosen and chosen not in {value for value, _ in choices} else []
    return tuple(Option(value, label, value == chosen) for value, label in (*choices, *stray))


def _used(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({word for word in words if word}, key=str.casefold))[:KNOWN]
