"""Evidence -> the post-implementation review report: one page of summary, then section by section."""

from __future__ import annotations

from reviewkit.domain.wording import day
from reviewkit.report.document import Block, Document, PageBreak
from reviewkit.report.evidence import ReportEvidence
from reviewkit.report.sections.decisions import kickoff_decisions
from reviewkit.report.sections.learning import actions, lessons
from reviewkit.report.sections.method import how_this_was_made
from reviewkit.report.sections.objectives import objectives_and_benefits
from reviewkit.report.sections.ratings import how_people_rated_it
from reviewkit.report.sections.risks import risks_foreseen_and_not
from reviewkit.report.sections.said import what_people_said
from reviewkit.report.sections.summary import summary
from reviewkit.report.sections.variance import schedule_and_cost


def review_report(evidence: ReportEvidence) -> Document:
    """The report on a project's reviews, as a document that each format writes in its own way."""
    project = evidence.project
    people = [f"{part}: {name}" for part, name in (("Sponsor", project.sponsor), ("Manager", project.manager)) if name]
    blocks: tuple[Block, ...] = (
        *summary(evidence),
        PageBreak(),
        *objectives_and_benefits(evidence),
        *schedule_and_cost(evidence),
        *how_people_rated_it(evidence),
        *what_people_said(evidence),
        *risks_foreseen_and_not(evidence),
        *kickoff_decisions(evidence),
        *lessons(evidence),
        *actions(evidence),
        *how_this_was_made(evidence),
    )
    return Document(
        title=project.name,
        subtitle=" · ".join(["Post-implementation review report", day(evidence.today), *people]),
        running=f"{project.name} ({project.key}): post-implementation review report",
        made=evidence.today,
        blocks=blocks,
    )
