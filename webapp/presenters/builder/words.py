"""Types, kinds and templates -> what they are called where a form is made."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from reviewkit.domain.reviews import Template
from reviewkit.domain.words import Area, Kind, QuestionType
from webapp.presenters.form import Option
from webapp.presenters.words import headed

TYPES = {
    QuestionType.PARAGRAPH: "Some sentences, in one’s own words",
    QuestionType.TEXT: "A line of text",
    QuestionType.YES_PARTLY_NO: "Yes, partly or no",
    QuestionType.RATING: "Rating from 1 to 5",
    QuestionType.NPS: "Recommendation from 0 to 10",
    QuestionType.SINGLE: "One of several choices",
    QuestionType.MULTIPLE: "Any of several choices",
    QuestionType.DATE: "A date",
}

KINDS = {
    Kind.POSITIVE: "What was good",
    Kind.PROBLEM: "Problems",
    Kind.SUGGESTION: "Suggestions",
    Kind.NEUTRAL: "Plain facts",
}


@dataclass(frozen=True)
class TemplateGroup:
    title: str
    options: tuple[Option, ...]


def type_options(chosen: str) -> tuple[Option, ...]:
    return tuple(Option(kind, label, kind == chosen) for kind, label in TYPES.items())


def kind_options(chosen: str) -> tuple[Option, ...]:
    return (Option("", "Anything", not chosen), *(Option(kind, name, kind == chosen) for kind, name in KINDS.items()))


def area_options(chosen: str) -> tuple[Option, ...]:
    return (Option("", "None in particular", not chosen), *(Option(a, headed(a), a == chosen) for a in Area))


def template_groups(templates: Iterable[Template], own: Iterable[Template], chosen: str) -> tuple[TemplateGroup, ...]:
    """One's own first; groups that are empty are left out."""
    mine = {template.key for template in own}
    every = [(template.key in mine, template_option(template, chosen)) for template in templates]
    groups = (("Your own", True), ("Shipped with reviewkit", False))
    return tuple(
        TemplateGroup(title, options)
        for title, is_mine in groups
        if (options := tuple(option for owned, option in every if owned is is_mine))
    )


def template_option(template: Template, chosen: str = "") -> Option:
    return Option(template.key, f"{template.title}, {template.minutes} min", template.key == chosen)
