"""What a run changed adds up, and says of each theme what became of it."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from reviewkit.domain.themes import Theme, ThemeChange
from reviewkit.domain.words import ThemeChangeKind
from reviewkit.themes.diff import changes, with_joined


def placed(**themes: str) -> dict[str, str]:
    """Statement -> theme, from theme -> statements."""
    return {statement: theme for theme, statements in themes.items() for statement in statements.split()}


def themes_of(places: dict[str, str]) -> list[Theme]:
    return [Theme(name, f"label {name}", statements=count) for name, count in Counter(places.values()).items() if name]


def found(before: dict[str, str], after: dict[str, str]) -> list[tuple[str, str, str, int]]:
    made = changes(before, after, themes_of(before), themes_of(after))
    return [(one.kind.value, one.theme, one.other, one.count) for one in made]


def test_nothing_changed() -> None:
    places = placed(A="a b c", B="d e")
    assert found(places, places) == []


def test_each_kind_of_change_is_told() -> None:
    before = placed(grows="a b c", parts="d e f g h i", goes="j k l", fades="m n", stays="o p q r")
    after = placed(grows="a b c x y", parts="d e f", off="g h i", stays="j k l o p q r", new="u v w m")
    assert found(before, after) == [
        ("new", "new", "", 4),
        ("grown", "stays", "", 3),
        ("grown", "grows", "", 2),
        ("split", "off", "parts", 3),
        ("merged", "goes", "stays", 3),
        ("merged", "fades", "new", 1),
    ]
    assert found(placed(A="a b c", B="d e f"), placed(A="a b", B="d e f c")) == [
        ("grown", "B", "", 1),
        ("moved", "A", "B", 1),
    ]
    assert found(placed(A="a b"), {"a": "", "b": ""}) == [("faded", "A", "", 2)]


def test_a_theme_that_went_after_an_erasure_has_no_name_there() -> None:
    before = placed(A="a b")
    (gone,) = changes(before, {}, [Theme("A", "a word of the erased", statements=3)], [])
    assert (gone.kind, gone.label) == (ThemeChangeKind.FADED, "")
    (known,) = changes(before, {}, [Theme("A", "late parts", statements=2)], [])
    assert known.label == "late parts"


groupings = st.dictionaries(
    st.integers(0, 30).map(lambda number: f"s{number}"), st.sampled_from(["", "A", "B", "C", "D", "E"]), max_size=30
)


@given(groupings, groupings)
def test_it_adds_up(before: dict[str, str], after: dict[str, str]) -> None:
    made = changes(before, after, themes_of(before), themes_of(after))
    was, now = Counter(filter(None, before.values())), Counter(filter(None, after.values()))
    kinds: dict[str, list[ThemeChange]] = {}
    for one in made:
        assert (one.before, one.after) == (was[one.theme], now[one.theme])
        assert one.label == f"label {one.theme}"
        assert one.other_label == (f"label {one.other}" if one.other else "")
        kinds.setdefault(one.kind.value, []).append(one)
    came = [one.theme for kind in ("new", "split") for one in kinds.get(kind, [])]
    went = [one.theme for kind in ("merged", "faded") for one in kinds.get(kind, [])]
    assert sorted(came) == sorted(now.keys() - was.keys())
    assert sorted(went) == sorted(was.keys() - now.keys())
    grown = {one.theme: one.count for one in kinds.get("grown", [])}
    assert grown == {name: now[name] - was[name] for name in now.keys() & was.keys() if now[name] > was[name]}
    moved = {(one.theme, one.other): one.count for one in kinds.get("moved", [])}
    for source in now.keys() & was.keys():
        for target in (now.keys() & was.keys()) - {source}:
            count = sum(before.get(one) == source and after.get(one) == target for one in before)
            assert moved.get((source, target), 0) == count
    for one in (*kinds.get("split", []), *kinds.get("merged", [])):
        source, target = (one.other, one.theme) if one.kind is ThemeChangeKind.SPLIT else (one.theme, one.other)
        assert one.count == sum(before.get(s) == source and after.get(s) == target for s in before)
        assert 2 * one.count >= one.before + one.after


def test_what_joined_since_counts_as_growth() -> None:
    run = (
        ThemeChange(ThemeChangeKind.NEW, "A", "a", 0, 4, 4),
        ThemeChange(ThemeChangeKind.SPLIT, "B", "b", 0, 3, 2, "C", "c"),
        ThemeChange(ThemeChangeKind.GROWN, "C", "c", 5, 7, 2),
    )
    themes = {name: Theme(name, name.lower(), statements=10) for name in "ABCD"}
    made = with_joined(run, {"A": 1, "B": 2, "C": 3, "D": 4, "": 9, "gone": 1}, themes)
    assert [(one.kind.value, one.theme, one.before, one.after, one.count) for one in made] == [
        ("new", "A", 0, 5, 5),
        ("grown", "C", 5, 10, 5),
        ("grown", "D", 6, 10, 4),
        ("split", "B", 0, 5, 2),
    ]
