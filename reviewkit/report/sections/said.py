"""Statements -> what went well, what went badly and what people would do differently, theme by theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reviewkit.domain.wording import headed
from reviewkit.domain.words import Kind
from reviewkit.report.document import Block, Heading, Paragraph, Ref, Tone
from reviewkit.report.evidence import ReportEvidence, Spoken, Voice
from reviewkit.report.sections.quoting import FEW, OWN_SECTIONS, quotes

SIDES = (
    (Kind.POSITIVE, "What went well", "Nothing was told that went well."),
    (Kind.PROBLEM, "What went badly", "Nothing was told that went badly."),
    (Kind.SUGGESTION, "What people would do differently", "Nobody has said what to do differently."),
)

EXPECTING = 5
"""Quotes under the heading that asked for just this."""

UNTOLD = 15
"""Quotes of reviews in which praise and trouble are not told apart."""

FURTHER = "Further points"

NOT_APART = "Too few people answered for praise, trouble and advice to be told apart; their words stand together below."


def what_people_said(evidence: ReportEvidence) -> Iterator[Block]:
    """One section for each side of the story."""
    together = [one for voice in evidence.told for one in voice.said if one.side is None]
    for side, title, nothing in SIDES:
        yield Heading(title)
        found = [block for voice in evidence.told for block in _of(voice, side, several=len(evidence.told) > 1)]
        yield from found
        if not found:
            said = NOT_APART if together else nothing
            yield Paragraph(said if evidence.told else "No answers can be shown yet.", Tone.ASIDE)
    if together:
        yield Heading("What people said, told together")
        yield from quotes(together, UNTOLD)


def _of(voice: Voice, side: Kind, *, several: bool) -> Iterator[Block]:
    """By themes that enough people raised, widest first; then what belongs to none, by heading."""
    said = [one for one in voice.said if one.side is side]
    if not said:
        return
    level = 3 if several else 2
    if several:
        yield Heading(voice.review.title, 2, Ref("reviews", voice.review.id))
    first = True
    for theme, people in voice.themes:
        part = [one for one in said if one.theme == theme.id]
        if part and side in (Kind.SUGGESTION, voice.side_of(theme.id)):
            raised = f"raised by {voice.reach(people)}"
            yield Heading(f"{headed(theme.label)}: {raised}", level, Ref("themes", theme.id))
            yield from quotes(part)
            first = False
    for heading, part in _by_heading(voice, side, said):
        asked = _asks_for(voice, heading, side)
        if not (asked and first):
            yield Heading(FURTHER if asked else f"In answer to “{heading}”", level)
        yield from quotes(part, EXPECTING if asked else FEW, by_heading=False)
        first = False


def _by_heading(voice: Voice, side: Kind, said: Sequence[Spoken]) -> list[tuple[str, list[Spoken]]]:
    """Statements of no theme, where they were asked for first; those told in a section of their own are left out."""
    found: dict[str, list[Spoken]] = {}
    for one in said:
        if not one.theme and one.area not in OWN_SECTIONS:
            found.setdefault(one.heading, []).append(one)
    return sorted(found.items(), key=lambda pair: not _asks_for(voice, pair[0], side))


def _asks_for(voice: Voice, heading: str, side: Kind) -> bool:
    return any(question.lens == heading and question.expects is side for question in voice.review.questions)
