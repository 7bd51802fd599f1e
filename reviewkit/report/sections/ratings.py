"""Answers to closed questions -> charts with their tables, and how many they come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reviewkit.domain.privacy import MIN_GROUP
from reviewkit.domain.wording import plural
from reviewkit.domain.words import Area
from reviewkit.report.charts import Chart, bars
from reviewkit.report.document import Block, Bullets, Heading, Paragraph, Ref, Tone
from reviewkit.report.evidence import Rated, ReportEvidence, Voice

GROUPED = (
    f"Neighbouring answers are counted together until at least {MIN_GROUP} people gave them, and so are small groups, "
    "so that nobody can be picked out."
)


def how_people_rated_it(evidence: ReportEvidence) -> Iterator[Block]:
    """The section on who answered, and on the ratings that are not about benefits."""
    yield Heading("Who answered, and how they rated it")
    if not evidence.voices:
        yield Paragraph("Nobody was asked yet.")
    for voice in evidence.voices:
        yield from _of(voice, several=len(evidence.voices) > 1)
    if any(voice.rated or voice.roles for voice in evidence.told):
        yield Paragraph(GROUPED, Tone.ASIDE)


def charts_of(rated: Sequence[Rated]) -> Iterator[Block]:
    """A chart for each question that enough answered; the others by name."""
    for one in rated:
        if len(one.cells) > 1:
            yield _chart(one)
    few = tuple(f"{one.question} ({one.of})" for one in rated if len(one.cells) < 2 and one.people != 0)
    if few:
        yield Paragraph("Answered by too few, or too much alike, to be told apart:")
        yield Bullets(few)


def turnout(voice: Voice) -> str:
    """How many answered, and of how many who were asked."""
    if voice.responses is None:
        return f"fewer than {MIN_GROUP} people answered"
    if not voice.review.invited:
        return f"{plural(voice.responses, 'person', 'people')} answered; how many were asked is not recorded"
    rate = f" ({voice.rate:.0%})" if voice.rate is not None else ""
    return f"{voice.responses:,} of {plural(voice.review.invited, 'person', 'people')} asked answered{rate}"


def kept_back(voice: Voice) -> str:
    return (
        f"The answers to “{voice.review.title}” are kept back until at least {MIN_GROUP} people have answered: with "
        "fewer, somebody could be recognised."
    )


def _of(voice: Voice, *, several: bool) -> Iterator[Block]:
    if several:
        yield Heading(voice.review.title, 2, Ref("reviews", voice.review.id))
    if voice.withheld:
        yield Paragraph(kept_back(voice))
        return
    said = turnout(voice)
    score = f" Recommendation score (NPS): {voice.score}." if voice.score else ""
    yield Paragraph(f"{said[0].upper()}{said[1:]}.{score}")
    if voice.roles:
        rows = [(label, people) for label, people, _ in voice.roles]
        together = [label for label, _, several in voice.roles if several]
        yield Chart("Part in the project", bars(rows, together), _people(voice.responses), by="Part")
    yield from charts_of([one for one in voice.rated if one.area is not Area.BENEFITS])


def _chart(one: Rated) -> Chart:
    drawn = bars([(label, people) for label, people, _ in one.cells], [label for label, _, many in one.cells if many])
    whole = sum(people for _, people, _ in one.cells)
    drawn = tuple(replace(bar, several=False, note=f"({bar.count / whole:.0%})") if whole else bar for bar in drawn)
    subtitle = ", ".join(part for part in (one.of, one.note) if part)
    return Chart(one.question, drawn, subtitle)


def _people(count: int | None) -> str:
    return f"fewer than {MIN_GROUP} people" if count is None else plural(count, "person", "people")
