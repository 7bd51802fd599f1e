"""What a person decides about themes -> a decision that every run replays, and its effect at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from types import MappingProxyType

from reviewkit.domain.errors import Conflict, Invalid, NotFound
from reviewkit.domain.ids import derived_id, new_id
from reviewkit.domain.themes import Decision, Membership, Theme
from reviewkit.domain.words import ThemeStatus, ThemeVerb
from reviewkit.themes.decisions import Place, Standing, home, returning, standing
from reviewkit.workspace.context import Context
from reviewkit.workspace.derive.settling import settle

SHORTEST, LONGEST = 2, 80
"""Characters of a theme's name."""


def rename(context: Context, theme: Theme, label: str, *, who: str, why: str) -> Decision:
    """Raises Invalid."""
    name = _checked(label)
    return _about(context, theme, ThemeVerb.RENAME, name, who=who, why=why)


def set_status(context: Context, theme: Theme, status: ThemeStatus, *, who: str, why: str) -> Decision:
    return _about(context, theme, ThemeVerb.STATUS, status, who=who, why=why)


def merge(context: Context, theme: Theme, into: Theme, *, who: str, why: str) -> Decision:
    """Raises Invalid, Conflict."""
    if theme.id == into.id:
        raise Invalid(f"“{theme.label}” cannot be merged into itself; name another theme.", field="into")
    for one in (theme, into):
        if one.parent:
            raise Invalid(
                f"“{one.label}” is a part of another theme and cannot be merged; split it off first.", field="into"
            )
    if into.status is ThemeStatus.RETIRED:
        raise Conflict(f"“{into.label}” is retired; bring it back before merging anything into it.")
    with context.store.write():
        moved, stayed = _members(context, theme), _members(context, into)
        decision = _decision(context, theme, ThemeVerb.MERGE, into.id, who, why)
        decision = replace(decision, statements=_ids(moved), stayed=_ids(stayed))
        _apply(context, decision, [replace(one, theme=into.id) for one in moved])
    return decision


def split(context: Context, theme: Theme, statements: Collection[str], label: str, *, who: str, why: str) -> Decision:
    """Raises Invalid, NotFound."""
    name = _checked(label) if label.strip() else ""
    if theme.parent:
        raise Invalid(f"“{theme.label}” is a part of another theme; split its statements off that theme.")
    with context.store.write():
        members = _members(context, theme)
        chosen = _chosen(context, members, statements)
        leaving = [one for one in members if one.statement in chosen]
        strangers = sorted(chosen - {one.statement for one in leaving})
        if strangers:
            raise Invalid(f"Statement “{strangers[0]}” is not in “{theme.label}”; choose among its statements.")
        if not leaving or len(leaving) == len(members):
            raise Invalid(
                f"Choose some statements of “{theme.label}” to split off, not {'all' if leaving else 'none'}."
            )
        decision = _decision(context, theme, ThemeVerb.SPLIT, "", who, why)
        new = derived_id("theme", decision.id)
        staying = [one for one in members if one.statement not in chosen]
        decision = replace(decision, value=new, label=name, statements=_ids(leaving), stayed=_ids(staying))
        names = {new: name or f"{theme.label}, split off"}
        _apply(context, decision, [replace(one, theme=new, subtheme="") for one in leaving], names)
    return decision


def move(context: Context, statements: Collection[str], to: Theme | None, *, who: str, why: str) -> list[Decision]:
    """One decision for each theme that is left. Raises Invalid, NotFound, Conflict."""
    if not statements:
        raise Invalid("Name the statements to move.", field="statements")
    if to is not None and to.status is ThemeStatus.RETIRED:
        raise Conflict(f"“{to.label}” is retired; bring it back before moving anything into it.")
    target = Place() if to is None else Place(to.parent or to.id, to.id if to.parent else "")
    made = []
    with context.store.write():
        _known(context, statements)
        members = {one.statement: one for one in context.store.memberships.all(statement=set(statements))}
        places = {one: members.get(one, Membership(one, "", joined=True)) for one in sorted(set(statements))}
        for source in sorted({one.theme for one in places.values()}):
            moved = [one for one in places.values() if one.theme == source]
            left = context.store.themes.find(source) or Theme(source, "")
            decision = _decision(context, left, ThemeVerb.MOVE, "" if to is None else to.id, who, why)
            parent = "" if to is None else to.parent
            decision = replace(decision, parent=parent, statements=_ids(moved))
            _apply(context, decision, [replace(one, theme=target.theme, subtheme=target.subtheme) for one in moved])
            made.append(decision)
    return made


def undo(context: Context, decision: Decision, *, who: str) -> Decision:
    """Raises Conflict."""
    if decision.undone:
        raise Conflict(f"That decision ({decision.verb}) was taken back already.")
    with context.store.write():
        decision = replace(decision, undone=True, undone_at=_moment(context))
        context.store.decisions.put(decision)
        context.record(who, f"undid {decision.verb}", decision.subject)
        decisions = context.store.decisions.all()
        there = []
        if decision.verb in (ThemeVerb.MERGE, ThemeVerb.SPLIT):
            there = context.store.memberships.all(theme=home(decision.value, standing(decisions).merged))
        places = returning(decisions, decision, {one.statement: one.theme for one in there})
        moved = []
        for member in context.store.memberships.all(statement=set(places)):
            place = places[member.statement]
            part = place.subtheme or (member.subtheme if decision.verb is ThemeVerb.MERGE else "")
            if place.theme != member.theme or (place.subtheme and place.subtheme != member.subtheme):
                moved.append(replace(member, theme=place.theme, subtheme=part))
        _place(context, moved, _concerned(decision), _names(decisions))
    return decision


def _about(context: Context, theme: Theme, verb: ThemeVerb, value: str, *, who: str, why: str) -> Decision:
    """A decision on a theme as a whole, which holds its statements."""
    with context.store.write():
        decision = _decision(context, theme, verb, value, who, why)
        decision = replace(decision, parent=theme.parent, statements=_ids(_members(context, theme)))
        _apply(context, decision, [])
    return decision


def _decision(context: Context, theme: Theme, verb: ThemeVerb, value: str, who: str, why: str) -> Decision:
    return Decision(new_id(), theme.id, verb, value, who, _moment(context), why=why, label=theme.label)


def _apply(
    context: Context, decision: Decision, moved: Iterable[Membership], names: Mapping[str, str] = MappingProxyType({})
) -> None:
    context.store.decisions.put(decision)
    said = f"{decision.verb} theme: {decision.value}" if decision.value else f"{decision.verb} theme"
    context.record(decision.who, said, decision.subject)
    _place(context, moved, _concerned(decision), names)


def _place(context: Context, moved: Iterable[Membership], concerned: Collection[str], names: Mapping[str, str]) -> None:
    """Puts memberships and brings the themes they came from and go to in step."""
    store, moved = context.store, list(moved)
    left = store.memberships.all(statement={one.statement for one in moved})
    decided = standing(store.decisions.all())
    store.memberships.put(*moved)
    store.memberships.put(*_torn(context, {one.subtheme for one in moved} - {""}, decided))
    touched = {name for one in (*left, *moved) for name in (one.theme, one.subtheme)}
    settle(store, touched | {*concerned}, decided, names=names)


def _torn(context: Context, parts: Collection[str], decided: Standing) -> Iterator[Membership]:
    """Members of `parts` that lie in another theme than most of their part, now in no part.

    A run may have made one subtheme of statements that an undone merge takes apart again. What people put in a part
    says where that part lies.
    """
    for part in sorted(parts):
        members = context.store.memberships.all(subtheme=part)
        held = [one for one in members if decided.places.get(one.statement, Place()).subtheme == part]
        themes = Counter(one.theme for one in held or members)
        most = min(themes, key=lambda theme: (-themes[theme], theme))
        yield from (replace(one, subtheme="") for one in members if one.theme != most)


def _concerned(decision: Decision) -> set[str]:
    """The themes it is about."""
    others = {decision.value} if decision.verb in (ThemeVerb.MERGE, ThemeVerb.SPLIT, ThemeVerb.MOVE) else set()
    return {decision.subject, decision.parent} | others


def _names(decisions: Iterable[Decision]) -> dict[str, str]:
    """What themes that are gone were called last, before a decision took them away."""
    found = {}
    for one in sorted(decisions, key=lambda one: (one.at, one.id)):
        found[one.value if one.verb is ThemeVerb.SPLIT else one.subject] = one.label
    return found


def _moment(context: Context) -> datetime:
    """Now, but after every decision so far: their order is what they mean."""
    last = max((one.undone_at or one.at for one in context.store.decisions.all()), default=None)
    now = context.now()
    return now if last is None or now > last else last + timedelta(microseconds=1)


def _members(context: Context, theme: Theme) -> list[Membership]:
    return context.store.memberships.all(**{"subtheme" if theme.parent else "theme": theme.id})


def _chosen(context: Context, members: Iterable[Membership], names: Collection[str]) -> set[str]:
    """Statements by their ids, or by that of a subtheme they are in. Raises NotFound."""
    parts = {one.subtheme for one in members} - {""}
    chosen = set(names) - parts
    _known(context, chosen)
    return chosen | {one.statement for one in members if one.subtheme in names}


def _known(context: Context, statements: Collection[str]) -> None:
    present = {statement.id for statement in context.store.statements.all(id=set(statements))}
    missing = sorted(set(statements) - present)
    if missing:
        raise NotFound("statement", missing[0], "`reviewkit theme show` lists a theme's statements.")


def _ids(members: Sequence[Membership]) -> tuple[str, ...]:
    return tuple(one.statement for one in members)


def _checked(label: str) -> str:
    name = " ".join(label.split())
    if not SHORTEST <= len(name) <= LONGEST:
        raise Invalid(f"A theme's name has {SHORTEST} to {LONGEST} characters.", field="label")
    return name
