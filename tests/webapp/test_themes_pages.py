"""The pages on which people live with themes: what they show, what they keep back, what can be done and taken back."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from reviewkit.domain.themes import Membership, Theme, ThemeChange, ThemeRun
from reviewkit.domain.words import Kind, ThemeChangeKind, ThemeStatus, UserRole
from reviewkit.themes.joining import THEME, Landmark
from reviewkit.workspace import Workspace
from reviewkit.workspace.derive.themes import LAST
from tests.webapp import organisation
from tests.webapp.conftest import SignIn
from tests.webapp.looking import Page, get, send
from tests.webapp.organisation import HIDDEN, SAID

LIMIT = 150_000


@pytest.fixture
def org(ws: Workspace) -> Workspace:
    return organisation.found(ws)


@pytest.fixture
def curator(org: Workspace, signed_in: SignIn) -> FlaskClient:
    return signed_in(UserRole.CURATOR)


def post(client: FlaskClient, path: str, *fields: tuple[str, str]) -> tuple[int, str]:
    """Sends a form from the list of themes and gives the answer's status and where it leads."""
    token = next(one["value"] for one in get(client, "/themes").all("input") if one.get("name") == "csrf_token")
    answer = client.post(path, data=MultiDict([("csrf_token", token), *fields]))
    return answer.status_code, answer.location or ""


def undo(client: FlaskClient, page: str) -> str:
    """Presses the first Undo of `page`, which is the one in its note, and gives where that leads."""
    shown = get(client, page)
    place, form = next(
        (place, one) for place, (tag, one) in enumerate(shown.tags) if tag == "form" and one["action"].endswith("/undo")
    )
    fields = [one for tag, one in shown.tags[place:] if tag == "input"]
    ids = [one["value"] for one in fields if one.get("name") == "decision"]
    status, after = post(client, form["action"], ("decision", ids[0]))
    assert status == 303
    return after


def places(ws: Workspace, theme: str) -> set[str]:
    return {member.statement for member in ws.context.store.memberships.all(theme=theme)}


def test_a_theme_shows_what_it_is_about_and_all_that_was_said(curator: FlaskClient) -> None:
    page = get(curator, "/themes/late")
    told = [
        "Late deliveries",
        "At least 5 people in 2 projects raised this",
        "Area: suppliers. Words that mark it: late, months.",
        "In people’s words",
        "“Validators came four months late”",
        "Risks it belongs to",
        "All that was said",
        "<script>alert(1)</script> slipped in",
    ]
    found = [page.text.rindex(one) if one == "All that was said" else page.text.index(one) for one in told]
    assert found == sorted(found)
    quoted = page.text[page.text.index("In people’s words") : page.text.index("Risks it belongs to")]
    assert quoted.count("“") == 3


@pytest.mark.parametrize(
    ("query", "shown", "left_out"),
    [
        ("words=FACTORY+visit", "Visit the factory", "Drivers like"),
        ("part=late-hw", "Validators came", "Visit the factory"),
        ("words=late&part=late-hw", "Validators came", "The supplier sent juniors"),
    ],
)
def test_what_was_said_can_be_narrowed(curator: FlaskClient, query: str, shown: str, left_out: str) -> None:
    text = get(curator, f"/themes/late?{query}").text
    listed = text[text.rindex("All that was said") :]
    assert shown in listed
    assert left_out not in listed
    assert "Show all again" in listed


@pytest.mark.parametrize(
    "query", ["words=nothing+at+all", "kind=joke", "part=none", "page=99", "did=none", "words=%00", "was=x"]
)
def test_a_narrowing_that_makes_no_sense_still_gives_the_page(curator: FlaskClient, query: str) -> None:
    assert "Late deliveries" in get(curator, f"/themes/late?{query}").text


def test_a_theme_of_thousands_comes_in_small_pages(org: Workspace, curator: FlaskClient) -> None:
    store = org.context.store
    (one,) = store.statements.all(id="PIR-TAP-s0")
    long = "It came late, and then it came later still, and nobody could say why. " * 6
    many = [replace(one, id=f"m{number:04}", text=f"{number:04} {long}") for number in range(5_000)]
    with store.write():
        store.statements.put(*many)
        store.memberships.put(*(Membership(said.id, "late", "", 0.5) for said in many))
    for path in ("", "?page=2", "/merge?into=rooms", "/split?part=late-hw"):
        assert len(curator.get(f"/themes/late{path}").data) <= LIMIT, path
    assert "1–25 of 5,006 statements" in get(curator, "/themes/late").text
    assert "26–50 of 5,006 statements" in get(curator, "/themes/late?page=2").text


def test_what_may_not_be_shown_is_neither_listed_nor_counted_nor_moved(org: Workspace, curator: FlaskClient) -> None:
    assert places(org, "rooms") == {HIDDEN, "PIR-TAP-s6"}
    for path in ("/themes/rooms", "/themes/rooms/merge?into=late", "/themes/late/merge?into=rooms", "/themes"):
        text = get(curator, path).text
        assert "secret words" not in text
        assert "2 statements" not in text
        assert "8 statements" not in text
    assert "then has 7 statements" in get(curator, "/themes/rooms/merge?into=late").text
    for unseen in (HIDDEN, "no-such-statement"):
        refused = curator.get(f"/themes/rooms/move?statement={unseen}")
        assert (refused.status_code, f"There is no statement in this theme “{unseen}”" in refused.text) == (404, True)
        assert post(curator, "/themes/rooms/move", ("statement", unseen), ("to", "late"))[0] == 404
        assert post(curator, "/themes/rooms/split", ("statement", unseen), ("label", "Another"))[0] == 404
        assert unseen not in get(curator, f"/themes/rooms/split?statement={unseen}").text
    everything_shown = post(curator, "/themes/rooms/split", ("statement", "PIR-TAP-s6"), ("label", "Another"))
    assert everything_shown[0] == 422
    assert places(org, "rooms") == {HIDDEN, "PIR-TAP-s6"}


def test_two_themes_are_compared_merged_and_taken_apart(org: Workspace, curator: FlaskClient) -> None:
    chosen = get(curator, "/themes/rooms/merge")
    assert "Which theme says the same as “Rooms too small”?" in chosen.text
    assert "Late deliveries" in chosen.text
    preview = get(curator, "/themes/rooms/merge?into=late").text
    for told in ("“The training rooms were too small”", "“Validators came four months late”", "which then has 7"):
        assert told in preview
    assert org.themes.show("late").decisions == ()

    status, after = send(curator, "/themes/rooms/merge?into=late", "/themes/rooms/merge", into="late")
    assert status == 303
    assert after.startswith("/themes/late?did=")
    page = get(curator, after)
    assert "Took in “Rooms too small”" in page.text
    assert "The training rooms were too small" in page.text
    gone = get(curator, "/themes/rooms")
    assert "This theme was merged into Late deliveries." in gone.text
    assert not [one for one in gone.all("form") if one["action"].endswith(("/name", "/status"))]
    assert "Rooms too small" not in [one.label for one in org.themes.list()]

    after = undo(curator, after)
    assert "Taken back: the merge with “Rooms too small”." in get(curator, after).text
    assert places(org, "rooms") == {HIDDEN, "PIR-TAP-s6"}
    assert "Rooms too small" in get(curator, "/themes").text


@pytest.mark.parametrize(
    ("theme", "into", "status"),
    [
        ("rooms", "rooms", 422),
        ("rooms", "none", 404),
        ("rooms", "", 404),
        ("none", "late", 404),
        ("rooms", "late-hw", 422),
        ("late-hw", "rooms", 422),
        ("late", "retired", 409),
    ],
)
def test_a_merge_that_cannot_be_is_refused_with_a_reason(
    org: Workspace, curator: FlaskClient, theme: str, into: str, status: int
) -> None:
    org.context.store.themes.put(Theme("retired", "Old one", status=ThemeStatus.RETIRED))
    assert post(curator, f"/themes/{theme}/merge", ("into", into))[0] == status
    if into:
        assert curator.get(f"/themes/{theme}/merge?into={into}").status_code == status
    assert org.context.store.decisions.all() == []


def test_ticked_statements_become_a_theme_of_their_own(org: Workspace, curator: FlaskClient) -> None:
    preview = get(curator, "/themes/late/split?statement=PIR-TAP-s3&statement=PIR-TAP-s4")
    assert "2 statements would leave “Late deliveries”" in preview.text
    ticked = [one for one in preview.all("input") if one.get("name") == "statement"]
    assert [("checked" in one, one["value"]) for one in ticked] == [(True, "PIR-TAP-s3"), (True, "PIR-TAP-s4")]

    chosen = [("statement", "PIR-TAP-s3"), ("statement", "PIR-TAP-s4")]
    status, after = post(curator, "/themes/late/split", *chosen, ("label", "  Pay  after seeing "))
    assert status == 303
    page = get(curator, after)
    (made,) = [one for one in org.themes.list() if one.split_from == "late"]
    assert made.label == "Pay after seeing"
    assert after.startswith(f"/themes/{made.id}?did=")
    assert "Split from Late deliveries" in page.text
    assert places(org, made.id) == {"PIR-TAP-s3", "PIR-TAP-s4"}
    assert "Split off “Pay after seeing” by curator" in get(curator, "/themes/late").text

    after = undo(curator, after)
    assert after.startswith("/themes/late?did=")  # the new theme is gone with the decision
    assert len(places(org, "late")) == 6


def test_a_part_becomes_a_theme_of_its_own(org: Workspace, curator: FlaskClient) -> None:
    assert "/themes/late/split?part=late-hw" in {one["href"] for one in get(curator, "/themes/late/split").all("a")}
    preview = get(curator, "/themes/late/split?part=late-hw")
    name = next(one for one in preview.all("input") if one.get("name") == "label")
    assert name["value"] == "Hardware late"
    status, after = post(curator, "/themes/late/split", ("part", "late-hw"), ("label", "Hardware late"))
    assert status == 303
    (made,) = [one for one in org.themes.list() if one.split_from == "late"]
    assert places(org, made.id) == {"PIR-TAP-s0", "PIR-TAP-s1", "PIR-TAP-s2"}
    assert "Taken back: the split into “Hardware late”." in get(curator, undo(curator, after)).text
    assert len(places(org, "late")) == 6


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ([("label", "Nothing ticked")], 422),
        ([("label", "Unknown part"), ("part", "rooms")], 404),
        ([("label", "Not in it"), ("statement", "PIR-TAP-s6")], 404),
        ([("label", "x"), ("statement", "PIR-TAP-s4")], 422),
        ([("label", "y" * 81), ("statement", "PIR-TAP-s4")], 422),
        ([("label", "Everything"), *(("statement", f"PIR-TAP-s{n}") for n in range(6))], 422),
    ],
)
def test_a_split_that_cannot_be_is_refused(
    org: Workspace, curator: FlaskClient, fields: list[tuple[str, str]], status: int
) -> None:
    assert post(curator, "/themes/late/split", *fields)[0] == status
    assert org.context.store.decisions.all() == []


def test_a_new_theme_needs_a_name_given_by_a_person(org: Workspace, curator: FlaskClient) -> None:
    assert post(curator, "/themes/late/split", ("statement", "PIR-TAP-s4"), ("label", " "))[0] == 422
    assert org.context.store.decisions.all() == []


def test_a_statement_is_moved_taken_out_and_brought_back(org: Workspace, curator: FlaskClient) -> None:
    offered = get(curator, "/themes/late")
    assert "/themes/late/move?statement=PIR-TAP-s5" in {one["href"] for one in offered.all("a")}
    page = "/themes/late/move?statement=PIR-TAP-s5"
    assert "<script>alert(1)</script> slipped in" in get(curator, page).text
    status, after = send(curator, page, "/themes/late/move", statement="PIR-TAP-s5", to="rooms")
    assert status == 303
    assert "1 statement moved to “Rooms too small”" in get(curator, after).text
    assert "PIR-TAP-s5" in places(org, "rooms")
    assert "1 statement brought in from “Late deliveries”" in get(curator, "/themes/rooms").text
    assert "Taken back: the move of 1 statement to “Rooms too small”." in get(curator, undo(curator, after)).text
    assert "PIR-TAP-s5" in places(org, "late")

    _, after = send(curator, page, "/themes/late/move", statement="PIR-TAP-s5", to="")
    assert "1 statement taken out" in get(curator, after).text
    assert "PIR-TAP-s5" not in places(org, "late")
    assert "Taken back: the removal of 1 statement." in get(curator, undo(curator, after)).text
    assert "PIR-TAP-s5" in places(org, "late")


def test_a_move_to_nowhere_is_refused(org: Workspace, curator: FlaskClient) -> None:
    assert post(curator, "/themes/late/move", ("statement", "PIR-TAP-s5"), ("to", "none"))[0] == 404
    assert post(curator, "/themes/late/move", ("to", "rooms"))[0] == 404
    assert curator.get("/themes/late/move").status_code == 404
    assert curator.get("/themes/none/move?statement=PIR-TAP-s5").status_code == 404
    assert org.context.store.decisions.all() == []


def test_the_last_statement_that_leaves_takes_its_theme_along(org: Workspace, curator: FlaskClient) -> None:
    org.context.store.memberships.delete(HIDDEN)
    status, after = post(curator, "/themes/rooms/move", ("statement", "PIR-TAP-s6"), ("to", "late"))
    assert status == 303
    assert after.startswith("/themes/late?did=")
    undo(curator, after)
    assert places(org, "rooms") == {"PIR-TAP-s6"}


def test_several_themes_are_confirmed_at_once_and_taken_back(org: Workspace, curator: FlaskClient) -> None:
    both = [("theme", "late"), ("theme", "rooms")]
    status, after = post(curator, "/themes/status", *both, ("theme", "no-such"), ("status", "confirmed"))
    assert status == 303
    page = get(curator, after)
    assert "Confirmed: 2 themes." in page.text
    assert {one.status for one in org.themes.list()} == {ThemeStatus.CONFIRMED}
    ids = [one["value"] for one in page.all("input") if one.get("name") == "decision"]
    assert len(ids) == 2
    status, after = post(curator, "/themes/undo", *(("decision", one) for one in ids))
    assert "Taken back: the confirmation of 2 themes." in get(curator, after).text
    assert {one.status for one in org.themes.list()} == {ThemeStatus.SUGGESTED}
    assert post(curator, "/themes/undo", *(("decision", one) for one in ids))[0] == 409


@pytest.mark.parametrize(
    "fields", [[("status", "confirmed")], [("theme", "late")], [("theme", "late"), ("status", "merged")]]
)
def test_ticking_without_saying_what_changes_nothing(
    org: Workspace, curator: FlaskClient, fields: list[tuple[str, str]]
) -> None:
    assert post(curator, "/themes/status", *fields)[0] == 422
    assert org.context.store.decisions.all() == []


def test_the_history_says_who_and_when_and_what_was_taken_back(curator: FlaskClient) -> None:
    send(curator, "/themes/late", "/themes/late/name", label="Hardware comes late")
    _, after = send(curator, "/themes/late", "/themes/late/status", status="confirmed")
    undo(curator, after)
    text = get(curator, "/themes/late").text
    history = text[text.index("What people decided") :]
    assert "Named “Hardware comes late” by curator, " in history
    assert "(taken back on " in history
    assert history.index("Confirmed") < history.index("Named")


def test_a_decision_is_undone_only_from_a_theme_it_has_to_do_with(org: Workspace, curator: FlaskClient) -> None:
    made = org.themes.rename("late", "Hardware comes late", who="curator")
    assert post(curator, "/themes/rooms/undo", ("decision", made.id))[0] == 404
    assert post(curator, "/themes/late/undo", ("decision", "none"))[0] == 404
    assert org.themes.get("late").label == "Hardware comes late"
    assert post(curator, "/themes/late/undo", ("decision", made.id))[0] == 303
    assert org.themes.get("late").label == "Late deliveries"


def changed(ws: Workspace, *changes: ThemeChange) -> None:
    ws.context.store.theme_runs.put(ThemeRun(LAST, datetime(2026, 3, 1, tzinfo=UTC), "1", 7, changes))


def test_what_changed_is_told_calmly_and_leads_to_the_themes(org: Workspace, curator: FlaskClient) -> None:
    assert "What changed" not in get(curator, "/themes").text
    changed(org)
    assert "1 Mar 2026: Nothing changed." in get(curator, "/themes").text.replace("\N{NO-BREAK SPACE}", " ")
    changed(
        org,
        ThemeChange(ThemeChangeKind.NEW, "rooms", "Rooms too small", 0, 2, 2),
        ThemeChange(ThemeChangeKind.GROWN, "late", "An earlier name", 3, 6, 3),
        ThemeChange(ThemeChangeKind.MERGED, "old", "Slow deliveries", 4, 0, 4, "late", "Late deliveries"),
        ThemeChange(ThemeChangeKind.MOVED, "late", "Late deliveries", 6, 5, 1, "rooms", "Rooms too small"),
    )
    page = get(curator, "/themes")
    text = page.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "1 theme new, 1 grown and 1 merged." in text
    assert "“Slow deliveries” went into Late deliveries" in text
    assert "An earlier name" not in text
    narrowed = get(curator, "/themes?changed=new").text
    assert "Rooms too small" in narrowed[narrowed.rindex("State") :]
    assert "Late deliveries" not in narrowed[narrowed.rindex("State") :]


def test_growth_is_told_without_numbers(org: Workspace, curator: FlaskClient) -> None:
    changed(org, ThemeChange(ThemeChangeKind.GROWN, "late", "Late deliveries", 31, 37, 6))
    text = get(curator, "/themes").text
    assert not {"31", "37"} & set(text.split())


def test_a_theme_that_a_run_merged_away_leads_to_the_other(org: Workspace, curator: FlaskClient) -> None:
    changed(org, ThemeChange(ThemeChangeKind.MERGED, "old", "Slow deliveries", 4, 0, 4, "late", "Late deliveries"))
    answer = curator.get("/themes/old")
    assert answer.status_code == 303
    assert "was merged into this one" in get(curator, answer.location).text
    assert curator.get("/themes/older").status_code == 404


def test_a_viewer_is_offered_none_of_it(org: Workspace, signed_in: SignIn) -> None:
    viewer = signed_in(UserRole.VIEWER)
    made = org.themes.rename("late", "Hardware comes late", who="curator")
    for path in ("/themes", f"/themes/late?did={made.id}", "/themes/late-hw"):
        page = get(viewer, path)
        assert not [one for one in page.all("a") if one["href"].split("?")[0].endswith(("/merge", "/split", "/move"))]
        assert not [one for one in page.all("input") if one.get("type") == "checkbox" and one["name"] != "retired"]
        assert not [one for one in page.all("form") if one.get("method") == "post" and one["action"] != "/logout"]


def test_the_list_tells_area_and_mix_in_words(org: Workspace, curator: FlaskClient) -> None:
    store = org.context.store
    store.themes.put(Theme("big", "Big one", (), None, "", 40, 38, ("TAP",), troubles=32))
    text = get(curator, "/themes").text
    assert "4 in 5 problems or suggestions" in text
    assert get(curator, "/themes?area=suppliers").text.count("Late deliveries") >= 1


def test_kinds_are_those_of_what_may_be_shown(org: Workspace, curator: FlaskClient) -> None:
    assert "What kind of thing" not in get(curator, "/themes/late").text  # none of them was said often enough
    store = org.context.store
    for statement in [f"PIR-TAP-s{number}" for number in range(6)] + [HIDDEN]:
        (one,) = store.statements.all(id=statement)
        for kind in (Kind.PROBLEM, Kind.POSITIVE):
            store.statements.put(replace(one, id=f"{kind}-{statement}", kind=kind))
            store.memberships.put(Membership(f"{kind}-{statement}", "late", "", 0.1))
    text = get(curator, "/themes/late").text
    assert "What kind of thing people say 18 statements" in text
    assert "problem 9 positive 7" not in text, "one suggestion and one plain fact would be left over"
    for statement in [f"PIR-TAP-s{number}" for number in range(6)]:
        (one,) = store.statements.all(id=statement)
        store.statements.put(replace(one, kind=Kind.PROBLEM))
    assert re.search(r"positive 6 problem 12", get(curator, "/themes/late").text)


def offered(page: Page) -> list[str]:
    """Themes offered first, in their order."""
    first = page.text.index("Any other")
    names = ["Rooms too small", "Slow permits", "Retired one"]
    return sorted((one for one in names if one in page.text[:first]), key=page.text.index)


def test_the_themes_most_alike_are_offered_first(org: Workspace, curator: FlaskClient) -> None:
    organisation.searchable(org)
    store, letters = org.context.store, organisation.Letters()
    texts = {"late": SAID[0][1], "rooms": SAID[6][1], "permits": f"{SAID[0][1]} again", "retired": SAID[0][1]}
    rows = letters.encode(list(texts.values()))
    store.themes.put(
        Theme("permits", "Slow permits", statements=9, responses=9),
        Theme("retired", "Retired one", status=ThemeStatus.RETIRED),
    )
    store.landmarks.replace(Landmark(THEME, name, 0.1, row) for name, row in zip(texts, rows, strict=True))
    assert offered(get(curator, "/themes/late/merge")) == ["Slow permits", "Rooms too small"]
    assert offered(get(curator, "/themes/late/move?statement=PIR-TAP-s0")) == ["Slow permits", "Rooms too small"]
    chosen = [one["value"] for one in get(curator, "/themes/late/merge").all("option")]
    assert chosen == ["rooms", "permits"]  # by name, without itself, its parts and what is retired
