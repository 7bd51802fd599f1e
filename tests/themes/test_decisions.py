"""Decisions, one after another, some undone -> where statements are held."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from reviewkit.domain.themes import Decision, Theme
from reviewkit.domain.words import ThemeStatus, ThemeVerb
from reviewkit.themes.decisions import Place, decided, returning, standing

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


def made(minute: int, verb: ThemeVerb, subject: str, value: str, statements: str = "", **more: object) -> Decision:
    decision = Decision(f"d{minute}", subject, verb, value, "nell", NOON + timedelta(minutes=minute))
    return replace(decision, statements=tuple(statements.split()), **more)  # type: ignore[arg-type]


def undone(decision: Decision, minute: int) -> Decision:
    return replace(decision, undone=True, undone_at=NOON + timedelta(minutes=minute))


def held(*decisions: Decision) -> dict[str, str]:
    return {statement: place.theme for statement, place in standing(decisions).places.items()}


RENAME_A = made(1, ThemeVerb.RENAME, "A", "Late", "a1 a2")
MERGE = made(2, ThemeVerb.MERGE, "A", "B", "a1 a2", stayed=("b1",))
AGAIN = made(3, ThemeVerb.MERGE, "B", "C", "a1 a2 b1", stayed=("c1",))
SPLIT = made(4, ThemeVerb.SPLIT, "C", "D", "a1", stayed=("a2", "b1", "c1"), label="Apart")


def test_each_decision_holds_what_it_is_about() -> None:
    assert held(RENAME_A) == {"a1": "A", "a2": "A"}
    assert held(RENAME_A, MERGE) == {"a1": "B", "a2": "B", "b1": "B"}
    assert held(SPLIT, AGAIN, MERGE) == {"a1": "D", "a2": "C", "b1": "C", "c1": "C"}
    assert held(made(1, ThemeVerb.MOVE, "A", "", "a1")) == {"a1": ""}


def test_the_order_in_time_counts_not_that_of_the_rows() -> None:
    later = made(5, ThemeVerb.RENAME, "A", "Later")
    assert standing([later, RENAME_A]).labels == {"A": "Later"}
    assert standing([RENAME_A, undone(later, 6)]).labels == {"A": "Late"}


def test_undoing_a_merge_brings_the_theme_back_though_the_other_was_merged_on() -> None:
    taken_back = undone(MERGE, 9)
    assert held(taken_back, AGAIN) == {"b1": "C", "c1": "C"}
    assert returning([taken_back, AGAIN], taken_back) == {"a1": Place("A"), "a2": Place("A")}
    assert held(RENAME_A, taken_back, AGAIN) == {"a1": "A", "a2": "A", "b1": "C", "c1": "C"}


def test_a_decision_made_after_the_undo_counts_what_it_found() -> None:
    again = made(20, ThemeVerb.RENAME, "E", "Elsewhere", "a1")
    assert held(undone(MERGE, 9), again) == {"a1": "E"}


def test_a_statement_that_somebody_chose_stays_where_it_was_put() -> None:
    first, second = made(1, ThemeVerb.MOVE, "A", "B", "a1"), made(2, ThemeVerb.MOVE, "B", "C", "a1")
    assert held(undone(first, 3), second) == {"a1": "C"}
    assert returning([first, undone(second, 3)], undone(second, 3)) == {"a1": Place("B")}
    both = [undone(first, 3), undone(second, 4)]
    assert held(*both) == {}
    assert returning(both, both[1]) == {"a1": Place("A")}


def test_what_returns_to_a_theme_that_was_merged_away_goes_where_that_went() -> None:
    out = made(1, ThemeVerb.MOVE, "A", "X", "a9")
    taken_back = undone(out, 9)
    assert returning([taken_back, MERGE], taken_back) == {"a9": Place("B")}
    unmerged = undone(MERGE, 10)
    assert returning([taken_back, unmerged], unmerged, {"a9": "B"})["a9"] == Place("A")
    assert "a9" not in returning([taken_back, unmerged], unmerged, {"a9": "elsewhere by now"})


def test_what_joined_a_theme_that_was_split_off_goes_back_with_it() -> None:
    out, into = made(1, ThemeVerb.MOVE, "A", "", "a9"), made(6, ThemeVerb.MERGE, "A", "D", "a5", stayed=("a1",))
    taken_back, whole = undone(out, 8), undone(SPLIT, 9)
    now = {"a1": "D", "a5": "D", "a9": "D", "new": "D", "other": "C"}
    assert returning([taken_back, whole, into], whole, now) == {"a1": Place("C"), "new": Place("C")}
    unmerged = undone(into, 10)
    assert returning([taken_back, whole, unmerged], unmerged, now)["a9"] == Place("A")


def test_a_part_that_was_named_is_held_within_its_theme_and_follows_it() -> None:
    named = made(1, ThemeVerb.RENAME, "A1", "Hardware", "a1", parent="A")
    assert standing([named]).places == {"a1": Place("A", "A1")}
    assert standing([named, MERGE]).places["a1"] == Place("B", "A1")
    into_part = made(3, ThemeVerb.MOVE, "Z", "A1", "z", parent="A")
    assert standing([into_part]).places == {"z": Place("A", "A1")}


def test_themes_are_called_and_marked_as_people_said() -> None:
    known = standing([RENAME_A, SPLIT, made(5, ThemeVerb.STATUS, "A", "retired", "a1")])
    themes = decided([Theme("A", "machine's"), Theme("D", "machine's too"), Theme("E", "untouched")], known)
    assert [(one.label, one.status, one.split_from) for one in themes] == [
        ("Late", ThemeStatus.RETIRED, ""),
        ("Apart", ThemeStatus.SUGGESTED, "C"),
        ("untouched", ThemeStatus.SUGGESTED, ""),
    ]
