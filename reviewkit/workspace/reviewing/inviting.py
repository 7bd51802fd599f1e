"""Invitations: personal links in bulk, links withdrawn, and how many of those invited have answered.

Of whom a personal link was made for, nothing is kept unless the review is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from reviewkit.collect.invitees import Invitee, read_invitees
from reviewkit.domain.errors import Invalid
from reviewkit.domain.ids import new_secret
from reviewkit.domain.privacy import Turnout, settled, turnouts_shown
from reviewkit.domain.projects import Project
from reviewkit.domain.reviews import Review, ReviewLink
from reviewkit.domain.words import Anonymity, RespondentRole
from reviewkit.report.tables import csv_text
from reviewkit.store.port import Store
from reviewkit.workspace.context import Context
from reviewkit.workspace.reviewing.reviews import token_hash

MOST_INVITED = 1_000_000
"""People of one part that can be typed; more is a slip of the finger."""


@dataclass(frozen=True)
class Invitation:
    """Somebody and the token of their own link, which is known this once."""

    invitee: Invitee
    token: str


@dataclass(frozen=True)
class LinkCounts:
    """How many links lead to a review, and how many personal ones were used; None where that is not told."""

    open: int
    personal: int
    used: int | None
    withdrawn: int


@dataclass(frozen=True)
class Invited:
    """How a review's invitations stand. `roles` are the turnouts that may be told, `withheld` that some may not.

    It is `waiting` while it is open but for a moment that is to come. `names`, and `silent` (addresses whose link is
    unused), are empty unless the review is named.
    """

    review: Review
    project: Project
    waiting: bool
    links: LinkCounts
    whole: Turnout
    roles: dict[str, Turnout]
    withheld: bool
    names: tuple[str, ...]
    silent: tuple[str, ...]


class Inviting:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def invite(self, id: str, people: bytes | Path, *, name: str = "", who: str = "") -> list[Invitation]:
        """A personal link for everybody on a list, a CSV or XLSX file or its bytes, as `read_invitees` reads it.

        In a named review an earlier link of the same address that is still unused is withdrawn.

        Raises NotFound, UnreadableFile, and Invalid, which names the row.
        """
        found = [Invitation(invitee, new_secret()) for invitee in read_invitees(people, name)]
        with self._store.write():
            review = self._store.reviews.get(id)
            named = review.anonymity is Anonymity.NAMED
            before = _alive(self._store, id)
            if named:
                addresses = {one.invitee.address for one in found}
                stale = [link for link in before if link.personal and not link.used and link.addressee in addresses]
                self._store.links_in.put(*(replace(link, revoked=True) for link in stale))
            self._store.links_in.put(
                *(
                    ReviewLink(
                        token_hash(one.token),
                        id,
                        personal=True,
                        role=one.invitee.role,
                        addressee=one.invitee.address if named else "",
                    )
                    for one in found
                )
            )
            self._count(review, before)
            self._context.record(who, f"made {len(found)} personal links", id)
        return found

    def withdraw(self, id: str, link: str, *, who: str = "") -> None:
        """Lets nobody in by a link any more; `link` is its address, its path, or its token.

        Raises NotFound for the review, and Invalid where no link of it is meant.
        """
        token = link.strip().rstrip("/").rsplit("/", 1)[-1]
        with self._store.write():
            review = self._store.reviews.get(id)
            found = self._store.links_in.find(token_hash(token))
            if found is None or found.review != id:
                raise Invalid("That is no link of this review. Paste the whole link, as it was sent.", "link")
            self._revoke(review, [found], "withdrew a link", who)

    def withdraw_all(self, id: str, *, who: str = "") -> int:
        """Lets nobody in by any of the links made so far; returns how many there were. Raises NotFound."""
        with self._store.write():
            review = self._store.reviews.get(id)
            standing = self._store.links_in.all(review=id, revoked=False)
            self._revoke(review, standing, "withdrew all links", who)
        return len(standing)

    def expect(self, id: str, roles: Mapping[RespondentRole, int], *, who: str = "") -> Review:
        """Says how many people of each part were asked, where they are not asked by personal links.

        Raises NotFound, Invalid.
        """
        for role, count in roles.items():
            if not 0 <= count <= MOST_INVITED:
                raise Invalid(f"{count} is no number of people.", str(role))
        with self._store.write():
            review = self._store.reviews.get(id)
            asked = {str(role): count for role, count in roles.items() if count}
            review = replace(review, invited_roles=asked)
            review = replace(review, invited=_asked(review, _alive(self._store, id)) or None)
            self._store.reviews.put(review)
            self._context.record(who, "said how many were asked", id)
        return review

    def standing(self, id: str) -> Invited:
        """How the invitations to a review stand. Raises NotFound.

        The part that somebody says they had is an answer, so what is counted by it is told once the review is settled:
        before, each newcomer would be seen in it. Personal links know the part without being told.
        """
        now = self._context.now()
        review = self._store.reviews.get(id).as_of(now)
        links = self._store.links_in.all(review=id)
        responses = self._store.responses.all(review=id)
        personal = [link for link in links if link.personal and (link.used or not link.revoked)]
        named = review.anonymity is Anonymity.NAMED
        held = sum(not one.released for one in responses)
        groups = _by_role(review, personal, Counter(str(one.role) for one in responses if one.role and one.released))
        by_links = {str(one.role) for one in personal}
        is_settled = settled(review, held, is_open=review.is_open_at(now))
        told = {role: turnout for role, turnout in groups.items() if is_settled or role in by_links}
        whole = Turnout(review.invited or 0, len(responses))
        by_link = Turnout(len(personal), sum(link.used for link in personal))
        used = by_link.answered if named or not (by_link.singles_out or whole.without([by_link]).singles_out) else None
        shown = turnouts_shown(review, told, whole, *([by_link] if used is not None else []))
        return Invited(
            review=review,
            project=self._store.projects.get(review.project),
            waiting=bool(review.opens and review.opens > self._context.now()),
            links=LinkCounts(
                open=sum(not link.personal and not link.revoked for link in links),
                personal=len(personal),
                used=used,
                withdrawn=sum(link.revoked for link in links),
            ),
            whole=whole,
            roles=shown,
            withheld=len(shown) < len(groups),
            names=tuple(sorted(one.name for one in responses if one.name)) if named else (),
            silent=tuple(sorted(one.addressee for one in personal if not one.used and one.addressee)) if named else (),
        )

    def _revoke(self, review: Review, links: list[ReviewLink], what: str, who: str) -> None:
        before = _alive(self._store, review.id)
        self._store.links_in.put(*(replace(link, revoked=True) for link in links))
        self._count(review, before)
        self._context.record(who, what, review.id)

    def _count(self, review: Review, before: list[ReviewLink]) -> None:
        """Personal links say how many were asked, save where a greater number was typed."""
        counted, now = _asked(review, before), _asked(review, _alive(self._store, review.id))
        if (review.invited or 0) <= max(counted, now):
            self._store.reviews.put(replace(review, invited=now or None))


def links_csv(invitations: list[Invitation], address: str) -> str:
    """The invitations as CSV: address, role, link; `address` is what stands before “/r/…”."""
    rows = [(one.invitee.address, one.invitee.role, f"{address}/r/{one.token}") for one in invitations]
    return csv_text(("address", "role", "link"), rows)


def free(store: Store, link: ReviewLink) -> None:
    """Lets a personal link in once more; call it inside the write that erases the response."""
    standing = store.links_in.find(link.id)
    if standing and standing.personal and standing.used:
        store.links_in.put(replace(standing, used=False))


def _alive(store: Store, review: str) -> list[ReviewLink]:
    """Personal links that count as an invitation: those withdrawn before they were used do not."""
    return [link for link in store.links_in.all(review=review, personal=True) if link.used or not link.revoked]


def _asked(review: Review, personal: list[ReviewLink]) -> int:
    """How many were asked: by personal links, and of parts that have none as many as was typed."""
    by_link = {str(link.role) for link in personal if link.role}
    return len(personal) + sum(count for role, count in review.invited_roles.items() if role not in by_link)


def _by_role(review: Review, personal: list[ReviewLink], answered: Mapping[str, int]) -> dict[str, Turnout]:
    """Personal links know best who was asked and answered; else it is the number typed and what people said they are.

    Roles that nobody was asked in have no turnout.
    """
    asked = Counter(str(link.role) for link in personal if link.role)
    used = Counter(str(link.role) for link in personal if link.role and link.used)
    by_link = {role: Turnout(asked[role], used[role]) for role in asked}
    typed = {role: Turnout(count, answered.get(role, 0)) for role, count in review.invited_roles.items()}
    return {str(role): found for role in RespondentRole if (found := (typed | by_link).get(role))}
