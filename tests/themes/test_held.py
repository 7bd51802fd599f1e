"""A run over statements some of which people put somewhere: what they decided holds, the rest falls in around it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from reviewkit.domain.reviews import Statement
from reviewkit.domain.themes import Decision, Membership
from reviewkit.domain.words import ThemeStatus, ThemeVerb
from reviewkit.language.ports import Matrix
from reviewkit.themes.build import ThemeSet, build_themes
from reviewkit.themes.constraints import named
from reviewkit.themes.decisions import standing
from reviewkit.themes.graph import unit
from tests.themes.test_build import ENCODER, said, themes_of

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def made(minute: int, verb: ThemeVerb, subject: str, value: str, statements: Iterable[str], **more: object) -> Decision:
    at = NOON + timedelta(minutes=minute)
    decision = Decision(f"d{minute}", subject, verb, value, "nell", at, statements=tuple(statements))
    return replace(decision, **more)  # type: ignore[arg-type]


def grown(first: int, more: int) -> tuple[list[Statement], Matrix]:
    statements, vectors = said(first)
    new, rows = said(more, seed=7, start=first)
    return [*statements, *new], np.vstack([vectors, rows])


def members(found: ThemeSet) -> dict[str, list[str]]:
    inside: dict[str, list[str]] = {}
    for statement, theme in themes_of(found).items():
        inside.setdefault(theme, []).append(statement)
    return inside


def test_decisions_alone_bring_back_what_people_made_of_themes() -> None:
    statements, vectors = said(80)
    first = build_themes(statements, vectors, ENCODER)
    a, b, c, d = members(first)
    inside = members(first)
    decisions = [
        made(1, ThemeVerb.MERGE, a, b, inside[a], stayed=tuple(inside[b])),
        made(2, ThemeVerb.SPLIT, c, "apart", inside[c][:6], stayed=tuple(inside[c][6:]), label="Apart"),
        made(3, ThemeVerb.MOVE, d, b, inside[d][:1]),
        made(4, ThemeVerb.MOVE, d, "", inside[d][1:2]),
        made(5, ThemeVerb.STATUS, c, "retired", inside[c][6:]),
    ]
    found = build_themes(statements, vectors, ENCODER, decisions=decisions)
    now = members(found)
    assert sorted(now[b]) == sorted([*inside[a], *inside[b], inside[d][0]])
    assert (now["apart"], now[c]) == (inside[c][:6], inside[c][6:])
    assert inside[d][1] not in themes_of(found)
    (left,) = now.keys() - {b, c, "apart"}
    assert now[left] == inside[d][2:]
    themes = {theme.id: theme for theme in found.themes}
    assert (themes["apart"].label, themes["apart"].split_from) == ("Apart", c)
    assert themes[c].status is ThemeStatus.RETIRED


def test_what_is_new_follows_what_people_decided() -> None:
    statements, vectors = said(80)
    first = build_themes(statements, vectors, ENCODER)
    inside = members(first)
    a, b, *_ = inside
    merge = made(1, ThemeVerb.MERGE, a, b, inside[a], stayed=tuple(inside[b]))
    everything, rows = grown(80, 40)
    previous = [replace(one, theme=b) if one.theme == a else one for one in first.memberships]
    found = build_themes(everything, rows, ENCODER, previous=previous, decisions=[merge])
    assert len(members(found)[b]) == 60
    assert a not in members(found)
    assert len(members(found)) == 3


def test_a_split_goes_on_by_what_the_parts_say() -> None:
    """Two halves of one theme that a machine does not tell apart: new statements join the half they are nearer to."""
    statements, vectors = said(80)
    halves = np.zeros((80, ENCODER.dim), dtype=np.float32)
    halves[:, 0] = [0.3 if number % 8 < 4 else -0.3 for number in range(80)]
    vectors = unit(vectors + halves)
    first = build_themes(statements, vectors, ENCODER)
    theme, inside = max(members(first).items(), key=lambda pair: len(pair[1]))
    row_of = {one.id: row for row, one in enumerate(statements)}
    left = [one for one in inside if halves[row_of[one], 0] > 0]
    stay = [one for one in inside if halves[row_of[one], 0] < 0]
    split = made(1, ThemeVerb.SPLIT, theme, "left", left, stayed=tuple(stay), label="Left")
    subject = row_of[inside[0]] % 4
    new = [replace(statements[0], id=f"t{number}", response=f"q{number}") for number in range(8)]
    (lies,) = ENCODER.encode([statements[subject].text.split(",")[0]])
    sides = np.zeros((8, ENCODER.dim), dtype=np.float32)
    sides[:, 0] = [0.3] * 4 + [-0.3] * 4
    rows = np.vstack([vectors, unit(lies + sides)])
    found = build_themes([*statements, *new], rows, ENCODER, previous=first.memberships, decisions=[split])
    places = themes_of(found)
    assert [places[f"t{number}"] for number in range(8)] == ["left"] * 4 + [theme] * 4


def test_a_theme_somebody_touched_lasts_as_long_as_one_of_its_statements() -> None:
    statements, vectors = said(80)
    inside = members(build_themes(statements, vectors, ENCODER))
    theme = next(iter(inside))
    confirm = made(1, ThemeVerb.STATUS, theme, "confirmed", inside[theme])
    keep = [row for row, one in enumerate(statements) if one.id not in inside[theme][1:]]
    found = build_themes([statements[row] for row in keep], vectors[keep], ENCODER, decisions=[confirm])
    assert members(found)[theme] == inside[theme][:1]
    untouched = build_themes([statements[row] for row in keep], vectors[keep], ENCODER)
    assert theme not in members(untouched)


def test_a_part_that_somebody_named_lasts_and_goes_with_its_theme() -> None:
    statements, vectors = said(80)
    first = build_themes(statements, vectors, ENCODER)
    inside = members(first)
    a, b, *_ = inside
    name = made(1, ThemeVerb.RENAME, "part", "Hardware", inside[a][:5], parent=a)
    merge = made(2, ThemeVerb.MERGE, a, b, inside[a], stayed=tuple(inside[b]))
    for decisions, parent in (([name], a), ([name, merge], b)):
        found = build_themes(statements, vectors, ENCODER, previous=first.memberships, decisions=decisions)
        (part,) = [theme for theme in found.themes if theme.id == "part"]
        assert (part.label, part.parent, part.statements) == ("Hardware", parent, 5)


THEMES = st.sampled_from(["A", "B", "C", "D"])
rows_of = st.lists(
    st.tuples(st.integers(-1, 4), st.sampled_from(["", "A", "B", "C"]), st.one_of(st.none(), THEMES, st.just(""))),
    min_size=1,
    max_size=30,
)


@given(rows_of)
@settings(deadline=None)
def test_any_rows_keep_to_where_they_are_held_and_each_community_has_its_names(
    rows: list[tuple[int, str, str | None]],
) -> None:
    communities = [[at for at, one in enumerate(rows) if one[0] == number] for number in range(5)]
    communities = [found for found in communities if found]
    previous, held = [one[1] for one in rows], [one[2] for one in rows]
    vectors = unit(np.random.default_rng(len(rows)).normal(size=(len(rows), 8)).astype(np.float32))
    statements = [f"s{at}" for at in range(len(rows))]
    found = named(communities, statements, previous, held, vectors)
    for at, there in enumerate(held):
        if there is not None:
            assert found[at] == there
        elif rows[at][0] == -1:
            assert found[at] == ""
        else:
            assert found[at]
    free = [
        {found[at] for at in group if held[at] is None and found[at] not in {one for one in held if one}}
        for group in communities
    ]
    assert all(len(names) <= 1 for names in free), "what nobody holds is one theme to a community"
    assert len([name for names in free for name in names]) == len({name for names in free for name in names})


@given(st.lists(st.tuples(st.sampled_from(list("abcd")), st.integers(0, 3), st.booleans()), max_size=12))
def test_standing_places_name_every_statement_once(steps: list[tuple[str, int, bool]]) -> None:
    decisions = [
        made(at, ThemeVerb.MOVE, "X", f"T{to}", [one], undone=undone, undone_at=NOON + timedelta(minutes=50 + at))
        for at, (one, to, undone) in enumerate(steps)
    ]
    last = {one: f"T{to}" for one, to, undone in steps if not undone}
    assert {one: place.theme for one, place in standing(decisions).places.items()} == last


def test_memberships_know_every_statement() -> None:
    statements, vectors = said(30)
    found = build_themes(statements, vectors, ENCODER, previous=[Membership("gone", "T")])
    assert [member.statement for member in found.memberships] == [one.id for one in statements]
