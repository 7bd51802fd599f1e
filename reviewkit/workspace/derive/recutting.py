"""An answer that is cut in another way -> what was decided about its claims stays with their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from reviewkit.domain.reviews import Statement
from reviewkit.domain.words import LinkState, Scope
from reviewkit.language.recutting import heir
from reviewkit.store.port import Store

_DECIDED = (LinkState.CONFIRMED, LinkState.REJECTED)
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def keep_decided_links(store: Store, response: str, before: Sequence[Statement], after: Sequence[Statement]) -> int:
    """Passes links that a person decided about statements that are gone on to those that say the same; call it inside
    the write that replaces them. Returns how many.

    What finds no heir waits under its words: a later cut that brings them back finds it. What was decided about the
    new statement itself stays; of several that are passed on to one the latest counts.
    """
    now, was = {one.id for one in after}, {one.id: one for one in before}
    gone = was.keys() - now
    left = store.links.all(scope=Scope.STATEMENTS, source=set(gone), state=_DECIDED) if gone else []
    waiting = store.links.all(response=response, state=_DECIDED)
    going = {link.id: link for link in (*waiting, *left) if link.source not in now}
    passed = 0
    for link in sorted(going.values(), key=lambda link: (link.decided_at or _LONG_AGO, link.id), reverse=True):
        said = was.get(link.source)
        words = said.text_hash if said else link.words
        found = heir(said.text if said else "", words, said.question if said else "", after)
        if found is None:
            store.links.put(replace(link, response=response, words=words))
            continue
        moved = replace(link, source=found.id, response=response, words=found.text_hash)
        standing = store.links.find(moved.id)
        if standing is None or standing.state is LinkState.SUGGESTED:
            store.links.put(moved)
        store.links.delete(link.id)
        passed += 1
    return passed
