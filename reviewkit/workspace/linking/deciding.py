"""What people decide about links -> decisions with who and when, each of which can be taken back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reviewkit.domain.errors import Invalid, NotFound
from reviewkit.domain.themes import Link
from reviewkit.domain.words import LinkState, Scope
from reviewkit.workspace.context import Context
from reviewkit.workspace.linking.standing import passed_on, theme_links

MOST = 500
"""Links that can be decided about at once."""


def decide(context: Context, ids: Sequence[str], state: LinkState, *, who: str) -> list[Link]:
    """Confirms or rejects links, or makes them suggestions again, all or none; gives those that are so now.

    A link that is so already keeps who decided and when. Raises NotFound, Invalid.
    """
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        raise Invalid("Tick the links first.", field="link")
    if len(wanted) > MOST:
        raise Invalid(f"At most {MOST} links can be decided about at once.", field="link")
    with context.store.write():
        return [_one(context, one, state, who) for one in wanted]


def _one(context: Context, id: str, state: LinkState, who: str) -> Link:
    store = context.store
    stored = store.links.find(id)
    parts = [stored] if stored and stored.scope is not Scope.THEMES else []
    if stored is None or stored.scope is Scope.THEMES:  # it may stand as decided about a theme merged into this one
        there = theme_links(store, {stored.source} if stored else None)
        standing = next((link for link in there if link.id == id), None)
        stored = standing or stored
        parts = list(passed_on(store, standing)) if standing else parts
    if stored is None:
        raise NotFound("link", id, "`reviewkit risk links` lists them.")
    if stored.state is state:
        return stored
    decided = state is not LinkState.SUGGESTED
    if not decided:
        store.links.put(*(_undone(part) for part in parts if part.id != id))
    link = _undone(stored)
    if decided:
        said = store.statements.find(stored.source) if stored.scope is Scope.STATEMENTS else None
        link = replace(link, state=state, decided_by=who, decided_at=context.now())
        link = replace(link, response=said.response, words=said.text_hash) if said else link
    store.links.put(link)
    context.record(who, f"{state} link", id)
    return link


def _undone(link: Link) -> Link:
    return replace(link, state=LinkState.SUGGESTED, decided_by="", decided_at=None, response="", words="")
