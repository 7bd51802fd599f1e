"""The brief and the questions about benefits -> what the project was for, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator

from reviewkit.domain.projects import Project
from reviewkit.domain.wording import plural, text_blocks
from reviewkit.domain.words import Area
from reviewkit.report.document import Block, Heading, Paragraph, Table, Tone
from reviewkit.report.evidence import ReportEvidence
from reviewkit.report.plain import shortened
from reviewkit.report.sections.quoting import of_areas
from reviewkit.report.sections.ratings import charts_of

MOST = 2_400
"""Characters of a brief that a report repeats."""


def objectives_and_benefits(evidence: ReportEvidence) -> Iterator[Block]:
    """The section on what was promised and what people see of it."""
    yield Heading("Objectives and benefits")
    facts = _facts(evidence.project)
    if facts:
        yield Table("The project", ("What", "As recorded"), tuple(facts))
    yield from _brief(evidence.project.brief)
    asked = [one for voice in evidence.told for one in voice.rated if one.area is Area.BENEFITS]
    said = list(of_areas(evidence, (Area.BENEFITS,), "What people see of the benefits"))
    yield from charts_of(asked)
    yield from said
    if not asked and not said:
        yield Paragraph("Nobody has said yet which of the benefits came true.", Tone.ASIDE)


def _brief(brief: str) -> Iterator[Block]:
    blocks = text_blocks(brief)
    if not blocks:
        yield Paragraph("There is no brief on record, so the objectives are not known.")
        return
    if blocks[0][0] != "h":
        yield Heading("The brief", 2)
    yield from brief_blocks(brief, MOST)


def brief_blocks(brief: str, most: int) -> Iterator[Block]:
    """A brief's own headings and paragraphs, of about `most` characters in all."""
    room = most
    for shape, text in text_blocks(brief):
        if room <= 0:
            yield Paragraph("The brief goes on; the project’s page has all of it.", Tone.ASIDE)
            return
        if shape == "h":
            yield Heading(text, 2)
        else:
            yield Paragraph(shortened(text, max(room, 200)))
            room -= len(text)


def _facts(project: Project) -> Iterator[tuple[str, str]]:
    for name, value in (
        ("Kind", project.kind),
        ("Domain", project.domain),
        ("Method", project.method),
        ("Size", plural(project.size, "person", "people") if project.size else ""),
        ("Sponsor", project.sponsor),
        ("Manager", project.manager),
        ("State", str(project.status)),
    ):
        if value:
            yield name, value
