"""How a review's invitations stand -> the page from which people are invited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from reviewkit.domain.privacy import Turnout
from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Review
from reviewkit.domain.words import Anonymity, RespondentRole, ReviewStatus
from reviewkit.workspace.reviewing.inviting import Invited, LinkCounts
from reviewkit.workspace.reviewing.moments import time_zones
from webapp.presenters.words import answers, listed, local, moment, plural, short_title

PLACE_OF_LINK = "[put the link here]"

PARTS = {
    RespondentRole.SPONSOR: "Sponsors",
    RespondentRole.USER: "Users",
    RespondentRole.TEAM: "Project team",
    RespondentRole.SUPPLIER: "Suppliers",
    RespondentRole.OPERATIONS: "Operations and support",
    RespondentRole.PMO: "Project office",
}
"""As whoever runs the review calls them; a form asks in the words of the one who answers."""

_ANONYMITY = {
    Anonymity.ANONYMOUS: ("Anonymous", "Nobody is asked for a name."),
    Anonymity.CHOOSE: ("Everybody chooses", "A name may be given or not; no page shows it."),
    Anonymity.NAMED: ("Named", "Everybody is asked for their name, and answers are shown however few they are."),
}

_TOLD = {
    Anonymity.ANONYMOUS: "Answers are anonymous: no name is asked for, and nothing that people wrote is shown before "
    "five have answered.",
    Anonymity.CHOOSE: "You choose whether to give your name; without it your answers are anonymous.",
    Anonymity.NAMED: "The review is not anonymous: you are asked for your name.",
}


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    hint: str
    chosen: bool


@dataclass(frozen=True)
class TurnoutRow:
    """One part in the project, how many of it were asked and answered; a dash where that is not told."""

    role: str
    invited: str
    answered: str
    share: str


@dataclass(frozen=True)
class Number:
    """A field for how many people of one part were asked."""

    name: str
    label: str
    typed: str


@dataclass(frozen=True)
class InvitePage:
    review: Review
    project: Project
    state: str
    turnout: str
    settled: str
    can_open: bool
    can_extend: bool
    choices: tuple[Choice, ...]
    zones: tuple[str, ...]
    typed: Mapping[str, str]
    problems: Mapping[str, str]
    """Field -> what is wrong with it."""
    links: str
    begin: str
    """What the links begin with, and whether others find that."""
    any_links: bool
    """Whether there is a link that can be withdrawn."""
    text: str
    turnouts: tuple[TurnoutRow, ...]
    withheld: bool
    numbers: tuple[Number, ...]
    names: tuple[str, ...]
    silent: tuple[str, ...]


def invite_page(
    invited: Invited,
    site: str,
    link: str = "",
    typed: Mapping[str, str] | None = None,
    problems: Mapping[str, str] | None = None,
    *,
    is_local: bool = False,
) -> InvitePage:
    """With the `link` that was just made, and with what was `typed` where `problems` (field -> text) were found.

    Links begin with `site`, which nobody else finds where it `is_local`.
    """
    review, typed = invited.review, typed or {}
    draft, over = review.status is ReviewStatus.DRAFT, review.status is ReviewStatus.REPORTED
    closed = review.status is ReviewStatus.CLOSED
    return InvitePage(
        review=review,
        project=invited.project,
        state=state_of(review, waiting=invited.waiting),
        turnout=f"Answered: {answers(review, invited.whole.answered)}.",
        settled=". ".join(_ANONYMITY[review.anonymity]),
        can_open=draft,
        can_extend=not draft and not over,
        choices=tuple(
            Choice(value, label, hint, value == typed.get("anonymity", review.anonymity))
            for value, (label, hint) in _ANONYMITY.items()
        ),
        zones=time_zones(),
        typed={
            "opens": typed.get("opens", _typed(review, review.opens if draft else None)),
            "closes": typed.get("closes", "" if closed else _typed(review, review.closes)),
            "time_zone": typed.get("time_zone", review.time_zone),
            "people": typed.get("people", ""),
        },
        problems=problems or {},
        links=_links(invited.links),
        begin=_begin(site, is_local),
        any_links=bool(invited.links.open or invited.links.personal),
        text=mail_text(review, invited.project, link),
        turnouts=tuple(_row(role, turnout) for role, turnout in invited.roles.items()),
        withheld=invited.withheld,
        numbers=tuple(
            Number(role, PARTS[role], typed.get(role, str(review.invited_roles.get(role, ""))))
            for role in RespondentRole
        ),
        names=invited.names,
        silent=invited.silent,
    )


def state_of(review: Review, *, waiting: bool = False) -> str:
    """Since or until when a review takes answers, in its own zone; `waiting` where it opens in the future."""
    opens, closes = local(review, review.opens), local(review, review.closes)
    until = f"until {moment(closes)}" if closes else "with no closing date"
    match review.status:
        case ReviewStatus.DRAFT:
            return "It takes no answers yet: open it, so that the links lead somewhere."
        case ReviewStatus.OPEN:
            since = f"{'It opens' if waiting else 'Opened'} on {moment(opens)}. " if opens else ""
            return f"{since}{'Then it' if waiting else 'It'} takes answers {until}."
        case _:
            return f"It closed on {moment(closes)}." if closes else "It is closed."


def mail_text(review: Review, project: Project, link: str) -> str:
    """What can be pasted into a mail: the project, the minutes it takes, who is named, until when, and the link."""
    closes = local(review, review.closes) if review.status in (ReviewStatus.DRAFT, ReviewStatus.OPEN) else None
    title = short_title(review.title, project.name)
    return "\n\n".join(
        [
            "Hello,",
            f"We are looking back at {project.name} and would like to hear how it went for you: “{title}”.",
            f"It takes about {plural(review.minutes, 'minute')} and no account. {_TOLD[review.anonymity]}"
            + (f" Please answer by {moment(closes)}." if closes else ""),
            link or PLACE_OF_LINK,
            "Thank you.",
        ]
    ).replace("\N{NO-BREAK SPACE}", " ")


def _begin(site: str, is_local: bool) -> str:
    said = f"Links begin with {site}."
    if not is_local:
        return said
    return (
        f"{said} No phone and no other computer finds that address: open this page at one that they find, or let "
        "whoever runs reviewkit set its public address."
    )


def _links(links: LinkCounts) -> str:
    parts = [plural(links.open, "open link")] if links.open else []
    if links.personal:
        used = "" if links.used is None else f" ({links.used:,} used)"
        parts.append(plural(links.personal, "personal link") + used)
    if links.withdrawn:
        parts.append(f"{links.withdrawn:,} withdrawn")
    return f"So far: {listed(parts)}." if parts else "No links yet."


def _row(role: str, turnout: Turnout) -> TurnoutRow:
    share = min(1.0, turnout.answered / turnout.invited) if turnout.invited else 0.0
    return TurnoutRow(PARTS[RespondentRole(role)], f"{turnout.invited:,}", f"{turnout.answered:,}", f"{share:.0%}")


def _typed(review: Review, at: datetime | None) -> str:
    """A moment as the browser's field for dates has it."""
    there = local(review, at)
    return f"{there:%Y-%m-%dT%H:%M}" if there else ""
