"""How the report was made: who was asked, what a machine did, what people decided, and what is not shown."""

from __future__ import annotations

from collections.abc import Iterator

from reviewkit.domain.privacy import MIN_GROUP
from reviewkit.domain.reviews import Review
from reviewkit.domain.wording import day, plural
from reviewkit.domain.words import Anonymity, ReviewStatus, ThemeStatus
from reviewkit.report.document import Block, Bullets, Heading, Paragraph, Table
from reviewkit.report.evidence import ReportEvidence, Voice

NAMES = {
    Anonymity.ANONYMOUS: "anonymous",
    Anonymity.NAMED: "with names",
    Anonymity.CHOOSE: "with or without a name",
}

LOW_RATE = 0.5
"""Below this share of answers, those who kept silent may well see it otherwise."""


def how_this_was_made(evidence: ReportEvidence) -> Iterator[Block]:
    """The section on method and its limits."""
    yield Heading("How this report was made")
    if evidence.voices:
        yield Table(
            "Who was asked",
            ("Review", "Answers", "Held", "Asked", "Answered", "Share"),
            tuple(_asked(voice) for voice in evidence.voices),
            frozenset([3, 4, 5]),
        )
    else:
        yield Paragraph("Nobody was asked, so this report tells only what is on record.")
    yield from _machine(evidence)
    yield Heading("What is not shown", 2)
    yield Bullets(
        (
            f"Of an anonymous review with fewer than {MIN_GROUP} answers nothing is shown.",
            f"No number stands for 1 to {MIN_GROUP - 1} people, and none can be worked out from the others: small "
            "groups and neighbouring answers are counted together, and how many raised a theme is told in whole fives.",
            "Names, e-mail addresses, phone numbers, web addresses and bank accounts were taken out of answers before "
            "anything else read them.",
        )
    )
    yield Heading("What to bear in mind", 2)
    yield Bullets(tuple(_limits(evidence)))


def _asked(voice: Voice) -> tuple[str, ...]:
    review = voice.review
    return (
        review.title,
        NAMES[review.anonymity],
        _held(review),
        f"{review.invited:,}" if review.invited else "not recorded",
        f"fewer than {MIN_GROUP}" if voice.responses is None else f"{voice.responses:,}",
        f"{voice.rate:.0%}" if voice.rate is not None else "not known",
    )


def _held(review: Review) -> str:
    if review.status is ReviewStatus.OPEN:
        return f"open since {day(review.opens)}" if review.opens else "still open"
    days = dict.fromkeys(day(moment) for moment in (review.opens, review.closes) if moment)
    return " – ".join(days) or "not recorded"


def _machine(evidence: ReportEvidence) -> Iterator[Block]:
    statements = sum(len(voice.said) for voice in evidence.told)
    themes = {theme.id: theme for voice in evidence.told for theme, _ in voice.themes}
    ties = [decided for one in evidence.register for _, decided in one.themes]
    if not statements:
        return
    confirmed = sum(theme.status is ThemeStatus.CONFIRMED for theme in themes.values())
    yield Heading("What a machine did, and what people decided", 2)
    yield Bullets(
        (
            f"A machine cut the answers into single statements ({statements:,} in what is shown here). Quotes are "
            "word for word, but for what was taken out.",
            "It called each statement positive, a problem, a suggestion or neutral, which may now and then be wrong. "
            "Where a statement stands here follows from that, unless its question asked for just one of them.",
            "It put statements that say the same into themes, over all projects. "
            + _share(confirmed, len(themes), "theme", "named here was", "named here were", "confirmed by a person"),
            "It suggested which risks themes and problems belong to; suggestions of low confidence are left out. "
            + _share(
                sum(ties), len(ties), "tie", "to this register was", "to this register were", "confirmed by a person"
            ),
            "Lessons, actions, the register, dates and budgets are what people wrote down.",
        )
    )


def _share(part: int, whole: int, noun: str, was: str, were: str, what: str) -> str:
    """As in “2 of 5 themes named here were confirmed by a person.”"""
    if not whole:
        return f"No {noun} is told of here."
    return f"{part or 'None'} of {plural(whole, noun)} {was if whole == 1 else were} {what}."


def _limits(evidence: ReportEvidence) -> Iterator[str]:
    for voice in evidence.told:
        if voice.rate is not None and voice.rate < LOW_RATE:
            yield (
                f"{voice.rate:.0%} of those asked for “{voice.review.title}” answered: "
                "those who did not may see it otherwise."
            )
        elif voice.rate is None:
            yield f"How many were asked for “{voice.review.title}” is not known, so nobody knows how many kept silent."
    yield "Counts say how many of those who answered said so, not how many people there are who think so."
    if any(voice.review.status is ReviewStatus.OPEN for voice in evidence.voices):
        yield "A review is still open: what is told here may change."
    yield f"Everything is as it stood on {day(evidence.today)}."
