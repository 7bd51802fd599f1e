"""What people decided about themes -> where statements are held, and what themes are called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from types import MappingProxyType

from reviewkit.domain.themes import Decision, Theme
from reviewkit.domain.words import ThemeStatus, ThemeVerb


@dataclass(frozen=True)
class Place:
    """A theme and a subtheme of it; blank for none."""

    theme: str = ""
    subtheme: str = ""


@dataclass(frozen=True)
class Standing:
    """What holds after all decisions that stand, in their order.

    `places` maps statement -> where it is held; `labels` and `statuses` theme -> what people called it and made of it;
    `merged` theme -> the one it was merged into, `split` theme -> the one it was split off.
    """

    places: Mapping[str, Place] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    statuses: Mapping[str, ThemeStatus] = field(default_factory=dict)
    merged: Mapping[str, str] = field(default_factory=dict)
    split: Mapping[str, str] = field(default_factory=dict)

    @property
    def themes(self) -> frozenset[str]:
        """Themes and subthemes that hold a statement."""
        return frozenset(name for place in self.places.values() for name in (place.theme, place.subtheme) if name)


def standing(decisions: Iterable[Decision]) -> Standing:
    """Replays `decisions`; those undone count no more.

    A decision about a theme as a whole concerns the statements that were in it then, save those that were in it only by
    a decision that has since been undone: undoing a merge brings the whole theme back, whatever followed.
    """
    ordered = _ordered(decisions)
    held = [one for one in ordered if not one.undone]
    merged = _merged(held)
    labels: dict[str, str] = {}
    for one in held:
        if one.verb is ThemeVerb.RENAME:
            labels[one.subject] = one.value
        elif one.verb is ThemeVerb.SPLIT and one.label:
            labels[one.value] = one.label
    return Standing(
        places={statement: _at_home(place, merged) for statement, place in _places(ordered)[0].items()},
        labels=labels,
        statuses={one.subject: ThemeStatus(one.value) for one in held if one.verb is ThemeVerb.STATUS},
        merged=merged,
        split={one.value: one.subject for one in held if one.verb is ThemeVerb.SPLIT},
    )


def returning(
    decisions: Iterable[Decision], undone: Decision, now: Mapping[str, str] = MappingProxyType({})
) -> dict[str, Place]:
    """Statement -> where it goes now that `undone`, one of `decisions`, was taken back; those that stay are left out.

    A statement that another decision holds goes there, any other to where the decision took it from. `now` tells of
    statements which theme they are in: those that had returned to a theme while it was merged away follow it back, and
    those that joined what was split off go back with it.
    """
    everything = _ordered(decisions)
    still = [replace(one, undone=False) if one.id == undone.id else one for one in everything]
    (before, _), (after, origins) = _places(still), _places(everything)
    merged_before, merged_after = _merged(still), _merged(everything)
    moved = {
        statement: _at_home(place, merged_after)
        for statement, place in after.items()
        if statement not in before or _at_home(before[statement], merged_before) != _at_home(place, merged_after)
    }
    for statement, (origin, _) in origins.items():
        was, goes = home(origin.theme, merged_before), home(origin.theme, merged_after)
        released = statement in before and before[statement].theme != origin.theme
        if statement not in after and (released or (was != goes and now.get(statement) == was)):
            moved[statement] = Place(goes, origin.subtheme)
    if undone.verb is ThemeVerb.SPLIT:
        joined = (
            {statement for statement, theme in now.items() if theme == undone.value} - after.keys() - origins.keys()
        )
        moved |= dict.fromkeys(joined, Place(home(undone.subject, merged_after)))
    return moved


def decided(themes: Iterable[Theme], known: Standing) -> tuple[Theme, ...]:
    """`themes` under the names and in the states people gave them; decisions on others change nothing."""
    return tuple(
        replace(
            theme,
            label=known.labels.get(theme.id, theme.label),
            status=known.statuses.get(theme.id, theme.status),
            split_from=known.split.get(theme.id, ""),
        )
        for theme in themes
    )


def home(theme: str, merged: Mapping[str, str]) -> str:
    """The theme itself, or the one that it was merged into, whatever that was merged into in turn."""
    seen = {theme}
    while (into := merged.get(theme, theme)) not in seen:
        seen.add(into)
        theme = into
    return theme


Origins = dict[str, tuple[Place, datetime]]
"""Statement -> where a decision that was undone had taken it from, and until when that decision held."""


def _ordered(decisions: Iterable[Decision]) -> list[Decision]:
    return sorted(decisions, key=lambda one: (one.at, one.id))


def _places(decisions: Sequence[Decision]) -> tuple[dict[str, Place], Origins]:
    """Where statements are held, and where those that are not had been taken from."""
    places: dict[str, Place] = {}
    origins: Origins = {}
    for one in decisions:
        if one.undone:
            for statement in one.statements:
                if statement not in places:
                    _remember(origins, statement, one)
            continue
        for statement, origin, target, chosen in _moves(one):
            if chosen or _was_there(statement, origin, one.at, places, origins):
                kept = places.get(statement, Place()).subtheme
                places[statement] = target if chosen or target.subtheme else Place(target.theme, kept)
    return places, origins


def _merged(decisions: Iterable[Decision]) -> dict[str, str]:
    """Theme -> the one that it was merged into, by decisions that stand."""
    return {one.subject: one.value for one in decisions if one.verb is ThemeVerb.MERGE and not one.undone}


def _at_home(place: Place, merged: Mapping[str, str]) -> Place:
    return Place(home(place.theme, merged), place.subtheme)


def _remember(origins: Origins, statement: str, undone: Decision) -> None:
    until = undone.undone_at or undone.at
    place, earlier = origins.get(statement, (Place(), undone.at))
    if earlier > undone.at:  # it had been taken here by another decision that is undone too
        origins[statement] = (place, max(earlier, until))
    else:
        origins[statement] = (_origin(undone), until)


def _was_there(statement: str, origin: Place, at: datetime, places: dict[str, Place], origins: Origins) -> bool:
    """Whether the statement would have been in that theme at that moment without the decisions undone since."""
    if statement in places:
        return places[statement].theme == origin.theme
    place, until = origins.get(statement, (origin, at))
    return until <= at or place.theme == origin.theme


def _moves(one: Decision) -> Iterator[tuple[str, Place, Place, bool]]:
    """(statement, where it was, where it is held now, whether a person chose that very statement)."""
    origin, target = _origin(one), _target(one)
    chosen = one.verb in (ThemeVerb.SPLIT, ThemeVerb.MOVE)
    for statement in one.statements:
        yield statement, origin, target, chosen
    stays = target if one.verb is ThemeVerb.MERGE else origin
    for statement in one.stayed:
        yield statement, stays, stays, False


def _origin(one: Decision) -> Place:
    if one.parent and one.verb is not ThemeVerb.MOVE:
        return Place(one.parent, one.subject)
    return Place(one.subject)


def _target(one: Decision) -> Place:
    if one.verb in (ThemeVerb.RENAME, ThemeVerb.STATUS):
        return _origin(one)
    if one.verb is ThemeVerb.MOVE and one.parent:
        return Place(one.parent, one.value)
    return Place(one.value)
