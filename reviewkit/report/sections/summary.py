"""Everything that is known -> one page: the verdict, the figures, what went well and badly, what to do next time."""

from __future__ import annotations

from collections.abc import Iterator

from reviewkit.domain.wording import headed, listed, plural, sentence
from reviewkit.domain.words import Kind
from reviewkit.report.document import Block, Bullets, Heading, Paragraph, Table, Tone
from reviewkit.report.evidence import Rated, ReportEvidence, Voice
from reviewkit.report.plain import shortened
from reviewkit.report.sections.learning import open_actions
from reviewkit.report.sections.quoting import chosen
from reviewkit.report.sections.ratings import turnout
from reviewkit.report.sections.risks import tally
from reviewkit.report.sections.variance import UNFINISHED, UNKNOWN, Variance, variances, verdict

MOST = 3
"""Points of each sort: the summary is one page."""

BRIEF = 150
"""Characters of a point."""


def summary(evidence: ReportEvidence) -> Iterator[Block]:
    """The first page."""
    yield Heading("Summary")
    yield Paragraph(_lead(evidence), Tone.LEAD)
    yield Table("At a glance", ("What", "How it came out"), tuple(_figures(evidence)))
    for title, kind in (("What went well", Kind.POSITIVE), ("What went badly", Kind.PROBLEM)):
        points = _points(evidence, kind)
        if points:
            yield Heading(title, 2)
            yield Bullets(points)
    advice = tuple(_advice(evidence))
    if advice:
        yield Heading("What to do next time", 2)
        yield Bullets(advice)


def _lead(evidence: ReportEvidence) -> str:
    project, came = evidence.project, verdict(evidence.project)
    if came:
        parts = [f"{project.name} {'finished' if project.actual_finish else 'so far stands'} {came}"]
    else:
        parts = [f"How {project.name} came out in time and money is not on record"]
    for voice in evidence.told[:1]:
        best = _overall(voice)
        if best and best.best:
            label, people = best.best
            asked = plural(best.people or best.everybody, "person", "people")
            parts.append(f"{people:,} of {asked} rated it {label} out of 5")
    if evidence.register:
        parts.append(tally([one.risk for one in evidence.register]).rstrip("."))
    if not evidence.told:
        parts.append("No answers can be shown yet" if evidence.voices else "Nobody was asked yet how it went")
    return " ".join(sentence(part) for part in parts)


def _figures(evidence: ReportEvidence) -> Iterator[tuple[str, str]]:
    for one in variances(evidence.project, evidence.today):
        if one.measure in ("Finish", "Budget"):
            yield one.measure, _came(one)
    for voice in evidence.voices:
        name = "Answers" if len(evidence.voices) == 1 else f"Answers, {voice.review.wave}"
        yield name, headed(turnout(voice))
        best = _overall(voice)
        if best:
            yield "Overall rating", _rating(best)
        if voice.score:
            yield "Recommendation (NPS)", voice.score
    if not evidence.voices:
        yield "Answers", "Nobody was asked"
    yield "Risks", tally([one.risk for one in evidence.register]) if evidence.register else "No register on record"
    blind = evidence.blind_spots
    if blind:
        labels = [f"“{headed(one.theme.label)}”" for one in blind[:MOST]]
        yield "Foreseen by no register", listed(labels)
    usable = sum(lesson.is_usable for lesson in evidence.lessons)
    yield (
        "Lessons",
        f"{len(evidence.lessons)} written, {usable} of them checked" if evidence.lessons else "None written yet",
    )
    yield "Actions", open_actions(evidence) if evidence.actions else "None on record"


def _points(evidence: ReportEvidence, kind: Kind) -> tuple[str, ...]:
    """Themes first, each with a statement; then statements from where just this was asked."""
    points: list[str] = []
    used: set[str] = set()
    for voice in evidence.told:
        for theme, people in voice.themes:
            said = chosen([one for one in voice.said if one.theme == theme.id and one.side is kind], 1)
            if said and kind in (Kind.SUGGESTION, voice.side_of(theme.id)):
                used.add(said[0].text)
                raised = f"{headed(theme.label)} ({voice.reach(people)})"
                points.append(f"{raised}: “{shortened(said[0].text, BRIEF)}”")
    for voice in evidence.told:
        asked = {question.lens for question in voice.review.questions if question.expects is kind}
        rest = [one for one in voice.said if one.side is kind and not one.theme and one.text not in used]
        rest.sort(key=lambda one: one.heading not in asked)
        points += [f"“{shortened(one.text, BRIEF)}”" for one in chosen(rest, MOST)]
    return tuple(points[:MOST])


def _advice(evidence: ReportEvidence) -> Iterator[str]:
    """Recommendations of lessons, checked ones first; without any, what people suggest."""
    written = sorted((one for one in evidence.lessons if one.recommendation), key=lambda one: not one.is_usable)
    if written:
        yield from (f"{sentence(one.title)} {shortened(one.recommendation, BRIEF)}" for one in written[:MOST])
        return
    yield from _points(evidence, Kind.SUGGESTION)


def _overall(voice: Voice) -> Rated | None:
    """The rating of the whole: the last one asked that has answers to tell apart."""
    return next((one for one in reversed(voice.rated) if one.scale and one.overall and one.cells), None)


def _came(one: Variance) -> str:
    sides = (("planned", one.planned), ("actual", one.actual))
    known = [f"{side} {value}" for side, value in sides if value not in (UNKNOWN, UNFINISHED)]
    if one.actual == UNFINISHED:
        known.append(UNFINISHED)
    return ": ".join([headed(one.difference), *([", ".join(known)] if known else [])])


def _rating(one: Rated) -> str:
    cells = ", ".join(f"{label}: {plural(people, 'person', 'people')}" for label, people, _ in reversed(one.cells))
    of = f"of {one.people or one.everybody:,}, "
    return "; ".join(part for part in (headed(one.note), f"{cells} ({of}on a scale of 1 to 5)") if part)
