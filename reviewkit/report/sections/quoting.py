"""Statements -> those few that a report quotes, by theme and by the heading they were given under."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from reviewkit.domain.wording import headed
from reviewkit.domain.words import Area, Kind
from reviewkit.report.document import Block, Heading, Quotation, Quotes, Ref
from reviewkit.report.evidence import ReportEvidence, Spoken

FEW = 3
"""Quotes under one heading."""

SHORT, LONG = 40, 260
"""Characters between which a quote says enough and is read."""

OWN_SECTIONS = (Area.BENEFITS, Area.SCHEDULE, Area.BUDGET)
"""Areas whose questions are answered in a section of their own."""


_TAKEN_OUT = re.compile(r"\[(name|e-mail|phone|link|account)\]")
"""What stands in place of what was taken out of an answer."""


def chosen(said: Sequence[Spoken], most: int = FEW) -> list[Spoken]:
    """At most so many, those whole and of a good length first, each text once, otherwise in the order given."""
    once = list({one.text.casefold(): one for one in reversed(said)}.values())[::-1]
    return sorted(once, key=lambda one: (bool(_TAKEN_OUT.search(one.text)), not SHORT <= len(one.text) <= LONG))[:most]


def quotes(said: Sequence[Spoken], most: int = FEW, *, by_heading: bool = True) -> Iterator[Block]:
    """The few chosen, as quotes that lead to their place; nothing where there are none."""
    found = chosen(said, most)
    if found:
        yield Quotes(tuple(quotation(one, headed(one.heading) if by_heading else "") for one in found))


def quotation(one: Spoken, source: str) -> Quotation:
    return Quotation(one.text, source, Ref("reviews", one.review, one.statement))


def of_areas(evidence: ReportEvidence, areas: Collection[Area], title: str) -> Iterator[Block]:
    """What was said in answer to questions about `areas`, good first, under `title`; nothing where nothing was."""
    said = [one for voice in evidence.told for one in voice.said if one.area in areas]
    found = [
        (name, part)
        for name, kinds in (("Good", (Kind.POSITIVE,)), ("Not good", (Kind.PROBLEM,)), ("Other remarks", _OTHER))
        if (part := [one for one in said if one.side in kinds])
    ]
    if found:
        yield Heading(title, 2)
        for name, part in found:
            yield Heading(name, 3)
            yield from quotes(part)


_OTHER = (Kind.SUGGESTION, Kind.NEUTRAL, None)
