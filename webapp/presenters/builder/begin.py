"""Templates, and what was typed -> the form that begins a review."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reviewkit.domain.reviews import Template
from reviewkit.workspace.reviewing.reviews import DEFAULT_TEMPLATE as DEFAULT_TEMPLATE
from webapp.presenters.builder.words import TemplateGroup, template_groups
from webapp.presenters.words import sentence


@dataclass(frozen=True)
class Typed:
    """What stood in the form when it was refused, and why by field."""

    template: str = ""
    title: str = ""
    invited: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class BeginForm:
    groups: tuple[TemplateGroup, ...]
    title: str
    invited: str
    problems: Mapping[str, str]


def begin_form(templates: Sequence[Template], own: Sequence[Template], typed: Typed) -> BeginForm:
    return BeginForm(
        groups=template_groups(templates, own, typed.template or DEFAULT_TEMPLATE),
        title=typed.title,
        invited=typed.invited,
        problems={name: sentence(said) for name, said in typed.problems.items()},
    )
