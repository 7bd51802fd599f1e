"""A project -> the evidence of its report: what its reviews may tell, its register and what is tied to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.reviews import Review
from reviewkit.domain.themes import Link, Theme
from reviewkit.domain.words import Kind, LessonState, LinkState, ReviewStatus, Scope, ThemeStatus, Wave
from reviewkit.report.evidence import Decision, Registered, ReportEvidence, Trouble, Voice
from reviewkit.risks.blind_spots import is_trouble
from reviewkit.risks.verdicts import holds
from reviewkit.workspace.actions import Actions
from reviewkit.workspace.advising.outcomes import Outcomes
from reviewkit.workspace.context import Context
from reviewkit.workspace.lessons import Lessons
from reviewkit.workspace.linking.standing import theme_links
from reviewkit.workspace.reporting.told import voice
from reviewkit.workspace.reviewing.results import Results
from reviewkit.workspace.reviewing.reviews import Reviews
from reviewkit.workspace.risks import Risks

PUT_AWAY = (LessonState.REJECTED, LessonState.RETIRED)
TOLD_BEYOND = 5
"""Recurring troubles that few raised here, of which the widest are named."""


def gather(context: Context, key: str) -> ReportEvidence:
    """Everything the report on the project says. Raises NotFound."""
    project = context.store.projects.get(key)
    decided = Outcomes(context).of(key)
    voices = _voices(context, key, {one.recommendation.topic: one.recommendation.id for one in decided})
    links = [link for link in theme_links(context.store) if holds(link)]
    return ReportEvidence(
        project=project,
        today=context.today,
        voices=voices,
        register=_register(context, key, links, voices),
        troubles=_troubles(context, project, links, voices),
        decisions=tuple(Decision(one.recommendation.id, one.wording, one.outcome) for one in decided),
        lessons=tuple(one for one in Lessons(context).list(project=key) if one.state not in PUT_AWAY),
        actions=tuple(Actions(context).list(key)),
    )


def _voices(context: Context, key: str, decided: Mapping[str, str]) -> tuple[Voice, ...]:
    """Reviews that were opened, in the order in which they are held; `decided` gives topic -> id of its decision."""
    held = [summary.review for summary in Reviews(context).list(key) if summary.review.status is not ReviewStatus.DRAFT]
    theme_of = {
        member.statement: member.theme
        for member in context.store.memberships.all(
            statement={statement.id for statement in context.store.statements.all(project=key)}
        )
    }
    results = Results(context)
    voices = tuple(voice(results.of(review.id), theme_of) for review in sorted(held, key=_when))
    asked = {one.decision for said in voices for one in said.decided}
    topics = {one.id: one.topic for one in context.store.recommendations.all(id=asked)}
    standing = {one: decided.get(topics.get(one, ""), one) for one in asked}  # it may have been made again
    return tuple(
        replace(said, decided=tuple(replace(one, decision=standing[one.decision]) for one in said.decided))
        for said in voices
    )


def _when(review: Review) -> tuple[int, str, str]:
    opened = review.opens.isoformat() if review.opens else ""
    return list(Wave).index(review.wave), opened, review.id


def _register(context: Context, key: str, links: Iterable[Link], voices: Iterable[Voice]) -> tuple[Registered, ...]:
    """The project's risks, gravest first, each with the themes and the quotable problems tied to it, surest first."""
    risks = Risks(context).list(key)
    ids = {risk.id for risk in risks}
    labels = _living(context)
    themes = _by_risk(link for link in links if link.risk in ids and link.source in labels)
    quotable = {one.statement: one for voice in voices for one in voice.said}
    said = _by_risk(
        link
        for link in context.store.links.all(scope=Scope.STATEMENTS, risk=ids)
        if holds(link) and link.source in quotable
    )
    return tuple(
        Registered(
            risk,
            tuple((labels[link.source].label, link.state is LinkState.CONFIRMED) for link in themes.get(risk.id, ())),
            tuple(quotable[link.source] for link in said.get(risk.id, ())),
        )
        for risk in risks
    )


def _troubles(
    context: Context, project: Project, links: Iterable[Link], voices: Iterable[Voice]
) -> tuple[Trouble, ...]:
    """Themes that are mostly trouble and were raised here: unforeseen ones first, then the widest.

    Those that too few raised here to be counted come last, and only where no register foresaw them.
    """
    people: dict[str, int] = {}
    for one in voices:
        for theme, count in one.themes:
            if one.side_of(theme.id) is Kind.PROBLEM:
                people[theme.id] = max(count, people.get(theme.id, 0))
    told = {theme.id for one in voices for theme, _ in one.themes}
    found = [
        theme
        for theme in _living(context).values()
        if _is_trouble(theme) and (theme.id in people or (project.key in theme.projects and theme.id not in told))
    ]
    tied = _by_theme(context, links, {theme.id for theme in found})
    names = {one.key: one.name for one in context.store.projects.all()}
    troubles = []
    for theme in found:
        risks = tied.get(theme.id, ())
        here = tuple(f"{risk.ref} {risk.title}" for risk in risks if risk.project == project.key)
        elsewhere = tuple(sorted({names[risk.project] for risk in risks if risk.project != project.key}))
        if theme.id in people or not (here or elsewhere):
            troubles.append(Trouble(theme, people.get(theme.id), here, elsewhere))
    troubles.sort(
        key=lambda one: (one.people is None, bool(one.here), bool(one.elsewhere), -one.theme.reach, one.theme.label)
    )
    counted = sum(one.people is not None for one in troubles)
    return tuple(troubles[: counted + TOLD_BEYOND])


def _by_theme(context: Context, links: Iterable[Link], themes: Collection[str]) -> Mapping[str, list[Risk]]:
    tied = [link for link in links if link.source in themes]
    risks = {risk.id: risk for risk in context.store.risks.all(id={link.risk for link in tied})}
    found: dict[str, list[Risk]] = {}
    for link in sorted(tied, key=_surest):
        if link.risk in risks:
            found.setdefault(link.source, []).append(risks[link.risk])
    return found


def _by_risk(links: Iterable[Link]) -> Mapping[str, list[Link]]:
    found: dict[str, list[Link]] = {}
    for link in sorted(links, key=_surest):
        found.setdefault(link.risk, []).append(link)
    return found


def _living(context: Context) -> Mapping[str, Theme]:
    """Theme id -> theme, of the upper level, neither retired nor merged away."""
    return {
        theme.id: theme
        for theme in context.store.themes.all(parent="")
        if theme.status is not ThemeStatus.RETIRED and not theme.merged_into
    }


def _is_trouble(theme: Theme) -> bool:
    return theme.is_recurring and is_trouble(theme)


def _surest(link: Link) -> tuple[bool, float, str]:
    return link.state is not LinkState.CONFIRMED, -link.score, link.id
