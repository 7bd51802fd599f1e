"""A register, themes and problems -> which risks came true, which did not, and what nobody had foreseen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewkit.domain.privacy import MIN_GROUP
from reviewkit.domain.projects import Risk
from reviewkit.domain.wording import day, headed, listed, plural, sentence
from reviewkit.domain.words import Occurred, RiskNature
from reviewkit.report.charts import Chart, bars
from reviewkit.report.document import Block, Heading, Paragraph, Quotes, Table, Tone
from reviewkit.report.evidence import Registered, ReportEvidence, Trouble
from reviewkit.report.sections.quoting import chosen, quotation

BECAME = ((Occurred.YES, "Came true"), (Occurred.NO, "Did not come true"), (Occurred.UNKNOWN, "Not known"))
QUOTED = 2
"""Problems quoted for one risk."""


def risks_foreseen_and_not(evidence: ReportEvidence) -> Iterator[Block]:
    """The section on the register, and on what stood in none."""
    yield Heading("Risks, foreseen and not")
    register = evidence.register
    if register:
        yield Paragraph(tally([one.risk for one in register]))
        yield Chart(
            "What became of the registered risks",
            bars([(name, sum(one.risk.occurred is became for one in register)) for became, name in BECAME]),
            plural(len(register), "risk"),
            by="What became of it",
            of="Risks",
        )
        for became, name in BECAME:
            yield from _entries(name, [one for one in register if one.risk.occurred is became])
        yield from _said(register)
    else:
        yield Paragraph("No risk register is on record, so nothing can be said to have been foreseen.")
    yield from _troubles(evidence)


def tally(risks: Sequence[Risk]) -> str:
    """As in “Of 10 registered risks 4 came true, 5 did not, and of 1 it is not known.”"""
    yes, no, unknown = (sum(risk.occurred is became for risk in risks) for became, _ in BECAME)
    if unknown == len(risks):
        which = "the registered risk" if unknown == 1 else f"all {unknown:,} registered risks"
        return f"What became of {which} is not known."
    parts = [f"{yes or 'none'} came true", *([f"{no} did not"] if no else [])]
    parts += [f"of {unknown} it is not known"] if unknown else []
    return f"Of {plural(len(risks), 'registered risk')} {listed(parts)}."


def _entries(name: str, entries: Sequence[Registered]) -> Iterator[Block]:
    if not entries:
        return
    yield Heading(name, 2)
    columns = ("Risk", "Probability × impact", "Planned response", "What happened", "Themes")
    rows = [
        (
            _titled(one.risk),
            f"{one.risk.probability} × {one.risk.impact}" if one.risk.severity else "not rated",
            _response(one.risk),
            _happened(one.risk),
            "; ".join(f"{headed(label)} ({'confirmed' if decided else 'suggested'})" for label, decided in one.themes),
        )
        for one in entries
    ]
    kept = [place for place in range(len(columns)) if place < 2 or any(row[place] for row in rows)]
    yield Table(
        f"{plural(len(entries), 'risk')}{', gravest first' if len(entries) > 1 else ''}",
        tuple(columns[place] for place in kept),
        tuple(tuple(row[place] or "–" for place in kept) for row in rows),
    )


def _said(register: Sequence[Registered]) -> Iterator[Block]:
    found = [
        quotation(said, f"{one.risk.ref} {one.risk.title}")
        for one in register
        if one.risk.occurred is Occurred.YES
        for said in chosen(one.said, QUOTED)
    ]
    if found:
        yield Heading("What people said about risks that came true", 2)
        yield Paragraph(
            "Which risk a statement speaks of is a machine’s suggestion, unless somebody confirmed it.", Tone.ASIDE
        )
        yield Quotes(tuple(found))


def _troubles(evidence: ReportEvidence) -> Iterator[Block]:
    yield Heading("Troubles, and whether a register foresaw them", 2)
    counted = [one for one in evidence.troubles if one.people]
    if counted:
        yield Table(
            "Themes that are mostly trouble, unforeseen ones first",
            ("Theme", "Raised here by", "In this register", "In the registers of"),
            tuple(_trouble(one) for one in counted),
        )
    else:
        yield Paragraph("No trouble that recurs over several projects was raised here by enough people to be told.")
    blind = [f"“{headed(one.theme.label)}”" for one in evidence.blind_spots]
    if blind:
        yield Paragraph(f"Blind spots, which no register of any project foresaw: {listed(blind)}.")
    beyond = [f"“{headed(one.theme.label)}”" for one in evidence.troubles if not one.people]
    if beyond:
        yield Paragraph(
            f"Touched on here too, by fewer than {MIN_GROUP} people or too few to be told apart, and foreseen by no "
            f"register of any project: {listed(beyond)}."
        )


def _trouble(one: Trouble) -> tuple[str, ...]:
    return (
        headed(one.theme.label),
        f"at least {plural(one.people, 'person', 'people')}" if one.people else "too few to be told",
        "; ".join(one.here) or "not foreseen",
        ", ".join(one.elsewhere) or "no other project",
    )


def _titled(risk: Risk) -> str:
    chance = " (opportunity)" if risk.nature is RiskNature.OPPORTUNITY else ""
    return f"{risk.ref} {risk.title}{chance}".strip()


def _response(risk: Risk) -> str:
    return ": ".join(part for part in (headed(str(risk.response or "")), risk.response_text) if part)


def _happened(risk: Risk) -> str:
    when = f"{day(risk.occurred_on)}: " if risk.occurred_on else ""
    return f"{when}{sentence(risk.occurred_note)}".strip()
