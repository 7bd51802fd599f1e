"""The signed-in pages: what they show, what they keep back, and that each is whole by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from reviewkit.domain.words import UserRole
from reviewkit.settings import Settings
from reviewkit.workspace import Workspace, open_workspace
from tests.clock import Clock
from tests.webapp import organisation
from tests.webapp.conftest import SignIn
from tests.webapp.looking import Reader, get
from webapp import create_app

EMPTY = ["/", "/projects", "/projects/TAP", "/projects/TAP/kickoff", "/themes", "/risks", "/lessons", "/insights"]
FULL = [
    *EMPTY,
    "/projects/QUAY",
    "/projects/QUAY/kickoff",
    "/reviews/PIR-TAP",
    "/reviews/PIR-LIB",
    "/themes/late",
    "/themes/late?words=factory&kind=suggestion",
    "/themes/late-hw",
    "/themes/rooms",
    "/lessons/L1",
    "/lessons/L3",
    "/risks?project=TAP&occurred=yes",
]
CURATING = [
    "/themes/late/merge",
    "/themes/late/merge?into=rooms",
    "/themes/late/split",
    "/themes/late/split?part=late-hw",
    "/themes/late/split?statement=PIR-TAP-s4&statement=PIR-TAP-s5",
    "/themes/late/move?statement=PIR-TAP-s5",
]
"""Only curators and administrators see these."""

LIMIT = 150_000


@pytest.fixture(scope="module")
def reader() -> Iterator[Reader]:
    """An organisation that tests only look at, so that its pages are made once."""
    with open_workspace(":memory:", Settings(), now=Clock()) as ws:
        yield Reader(create_app(organisation.searchable(organisation.found(ws))), ws)


@pytest.fixture
def admin(signed_in: SignIn) -> FlaskClient:
    return signed_in(UserRole.ADMIN)


@pytest.mark.parametrize("path", [*FULL, *CURATING])
def test_every_page_is_whole_small_and_needs_neither_script_nor_anybody_else(reader: Reader, path: str) -> None:
    response, page = reader.get(path), reader.page(path)
    assert response.status_code == 200
    assert len(response.data) <= LIMIT
    assert len(page.all("h1")) == 1
    assert {"class": "skip", "href": "#main"} in page.all("a")
    assert not [tag for tag, named in page.tags if "style" in named or any(name.startswith("on") for name in named)]
    assert all(script.get("src", "").startswith("/static/") for script in page.all("script"))
    assert "//" not in " ".join(one.get("src", "") + one.get("href", "") for _, one in page.tags)


@pytest.mark.parametrize("path", [*FULL, *CURATING])
def test_ids_are_unique_and_every_field_has_its_label(reader: Reader, path: str) -> None:
    page = reader.page(path)
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    labelled = {one.get("for") for one in page.all("label")}
    fields = [*page.all("textarea"), *page.all("select"), *page.all("input")]
    assert [f for f in fields if f.get("type") not in ("hidden", "checkbox") and f.get("id") not in labelled] == []
    named = {part for _, one in page.tags for part in one.get("aria-labelledby", "").split()}
    assert named <= set(ids)


@pytest.mark.parametrize("path", [*FULL, *CURATING])
def test_what_people_typed_is_never_taken_for_markup(reader: Reader, path: str) -> None:
    html = reader.get(path).text
    assert "<script>alert" not in html
    assert "<refit>" not in html
    assert "<b>three" not in html


def test_what_people_typed_is_shown_as_they_typed_it(reader: Reader) -> None:
    assert "<script>alert(1)</script> slipped in" in reader.page("/reviews/PIR-TAP").text
    assert "Library <refit>" in reader.page("/projects").text


@pytest.mark.parametrize("path", [*FULL, *CURATING])
def test_links_lead_somewhere(reader: Reader, path: str) -> None:
    targets = {one["href"].split("#")[0] for one in reader.page(path).all("a")} - {""}
    assert [target for target in targets if reader.get(target).status_code != 200] == []


@pytest.mark.parametrize("path", FULL)
def test_a_viewer_reads_all_and_is_offered_nothing_that_would_be_refused(reader: Reader, path: str) -> None:
    forms = reader.page(path, UserRole.VIEWER).all("form")
    assert [form["action"] for form in forms if form.get("method") == "post"] == ["/logout"]


@pytest.mark.parametrize(
    "query", ["page=0", "page=99999999999", "page=x", "page=²", "area=%00", "probability=9", "lens=no"]
)
def test_an_address_that_makes_no_sense_still_gives_a_page(reader: Reader, query: str) -> None:
    for path in ("/themes", "/risks", "/lessons", "/reviews/PIR-TAP"):
        assert reader.get(f"{path}?{query}").status_code == 200


@pytest.mark.parametrize("path", EMPTY)
def test_an_empty_workspace_says_what_to_do_next(admin: FlaskClient, path: str) -> None:
    page = get(admin, path)
    assert len(page.all("h1")) == 1
    assert re.search(r"reviewkit \w+|appear|no brief|Nobody|None", page.text)


def test_fewer_than_five_people_are_never_counted(reader: Reader) -> None:
    for path in ("/themes", "/themes/rooms", "/themes/late"):
        text = reader.page(path).text.lower()
        assert "fewer than 5 people" in text
        assert not re.search(r"\b[1-4] (people|person|answers?)\b", text)


def test_a_review_that_too_few_answered_keeps_everything_back(reader: Reader) -> None:
    text = reader.page("/reviews/PIR-LIB").text
    assert "kept back until at least five people" in text
    assert "Asbestos" not in text
    assert "secret words" not in reader.page("/themes/late").text
    assert "fewer than 5 answers" in reader.page("/projects/LIBRARY").text


@pytest.mark.parametrize("path", ["/projects", "/projects/TAP"])
def test_each_review_of_a_project_is_a_link_with_a_name_of_its_own(
    ws: Workspace, signed_in: SignIn, clock: Clock, path: str
) -> None:
    first = ws.reviews.open(ws.reviews.new("TAP").id)
    clock.pass_by(days=9)
    later, same_day = (ws.reviews.open(ws.reviews.new("TAP").id) for _ in range(2))
    draft, lone = ws.reviews.new("TAP"), ws.reviews.new("TAP", template_key="sailboat")
    html = signed_in(UserRole.ADMIN).get(path).text
    made = [first, later, same_day, draft, lone]
    names = [
        re.sub(r"<[^>]+>", "", name).replace("\xa0", " ")
        for one in made
        for name in re.findall(rf'<a href="/reviews/{one.id}">(.*?)</a>', html)
    ]
    assert len(names) == len(set(names)) == len(made)
    assert names[0].startswith("Post-implementation review, opened 2 Mar 2026")
    assert names[1].startswith("Post-implementation review, opened 11 Mar 2026 (")
    assert names[3].startswith("Post-implementation review")
    assert names[4].startswith("Sailboat")
    assert "opened" not in names[4]


def test_an_open_review_is_shown_with_its_project_once(ws: Workspace, admin: FlaskClient) -> None:
    ws.reviews.open(ws.reviews.new("TAP", title="The first hundred days").id)
    ws.reviews.open(ws.reviews.new("TAP").id)
    text = get(admin, "/").text
    assert "The first hundred days Tap-on ticketing" in text
    assert "review of Tap-on ticketing" in text
    assert "Tap-on ticketing Tap-on ticketing" not in text


def test_the_first_answers_of_an_open_review_are_not_counted(ws: Workspace, admin: FlaskClient) -> None:
    review = ws.reviews.open(ws.reviews.new("TAP", invited=20).id)
    token = ws.reviews.new_link(review.id)
    for number in range(4):
        ws.responses.submit(token, str(number), {"went_well": "All of it."})
    assert "fewer than 5 of 20 asked" in get(admin, "/").text
    ws.responses.submit(token, "fifth", {"went_well": "Most of it."})
    assert "5 of 20 asked" in get(admin, "/").text


def test_ratings_are_shown_in_groups_of_five_or_more(reader: Reader) -> None:
    page = reader.page("/reviews/PIR-TAP")
    assert "7 of 12 asked have answered" in page.text
    _, few = page.text.split("Answered by too few to be told apart")
    assert "All in all, how did the project go? 7 people" in few
    assert "on average" not in page.text, "with 7 people it would tell what single ones gave"
    assert "NPS" not in page.text
    assert "sponsor" not in page.text


def test_results_go_out_as_files_of_what_the_page_shows(reader: Reader) -> None:
    page = reader.page("/reviews/PIR-TAP")
    files = [one["href"] for one in page.all("a") if "/results." in one["href"]]
    assert [file.rpartition(".")[2] for file in files] == ["csv", "xlsx", "json"]
    for file in files:
        answer = reader.get(file)
        assert answer.status_code == 200
        assert "attachment" in answer.headers["Content-Disposition"]
    assert "Drivers like the green light" in reader.get(files[0]).text
    assert "secret words" not in reader.get("/reviews/PIR-LIB/results.json").text
    assert reader.get("/reviews/PIR-TAP/results.exe").status_code == 404


def test_a_view_too_small_says_so(reader: Reader) -> None:
    page = reader.page("/reviews/PIR-TAP?kind=positive")
    assert "Too few people said something taken as positive" in page.text
    assert "Drivers like the green light" not in page.text


def test_advice_comes_first_and_then_why_here(reader: Reader) -> None:
    page = reader.page("/projects/QUAY/kickoff")
    told = [
        "3 pieces of advice, weighed against 1 similar past project. 3 wait for your decision.",
        "read them as a hint rather than a forecast",
        "Tie payments to milestones seen at the factory.",
        "It came up in 1 of 2 similar projects",
        "Likely between 6 and 94 in 100.",
        "The brief speaks of hall.",
        "It was learned in Tap-on ticketing, which was software; this is construction.",
        "“Validators came four months late”",
    ]
    places = [page.text.index(one) for one in told]
    assert places == sorted(places)
    assert page.text.count("It came up in 1 of 2 similar projects") == 3
    assert "Ground not as expected" in page.text
    assert any(one["href"] == "/reviews/PIR-TAP?statement=PIR-TAP-s0#s-PIR-TAP-s0" for one in page.all("a"))


def test_statements_stand_under_their_headings_and_can_be_linked_to(reader: Reader) -> None:
    whole = reader.page("/reviews/PIR-TAP")
    assert whole.text.index("All questions") < whole.text.index("The date was set by the council")
    assert "Schedule" not in whole.text, "two people wrote about it"
    one = reader.page("/reviews/PIR-TAP?statement=PIR-TAP-s4")
    assert "s-PIR-TAP-s4" in {attributes.get("id") for attributes in one.all("li")}
    assert "The date was set by the council" in one.text


def test_the_heat_map_counts_and_filters(reader: Reader) -> None:
    page = reader.page("/risks")
    assert "Of 2 risks whose end is known, 1 came true and 1 did not; of 2 it is not known." in page.text
    assert "Not rated: 1." in page.text
    cell = next(one for one in page.all("a") if one.get("aria-label", "").startswith("2 risks: probability high"))
    narrowed = reader.page(cell["href"])
    shown = {row["id"] for row in narrowed.all("tr") if row.get("id")}
    assert shown == {"risk-TAP:R1", "risk-LIBRARY:R1"}
    back = next(
        one for one in narrowed.all("a") if one.get("aria-current") == "true" and "heat" in one.get("class", "")
    )
    assert {row["id"] for row in reader.page(back["href"]).all("tr") if row.get("id")} > shown
    both = reader.page(f"{cell['href']}&project=TAP")
    assert {row["id"] for row in both.all("tr") if row.get("id")} == {"risk-TAP:R1"}


def test_risks_that_came_true_are_one_click_from_the_project(reader: Reader) -> None:
    page = reader.page("/projects/TAP")
    assert "1 of 2 registered risks came true." in page.text
    (link,) = [one["href"] for one in page.all("a") if one.get("href", "").endswith("occurred=yes")]
    assert {row["id"] for row in reader.page(link).all("tr") if row.get("id")} == {"risk-TAP:R1"}


def test_nothing_asked_shows_the_library_with_facets(reader: Reader) -> None:
    text = reader.page("/lessons").text
    assert (
        text.index("Open the walls first") < text.index("Pay by factory milestones") < text.index("Communicate better")
    )
    narrowed = reader.page("/lessons?area=suppliers")
    assert "Pay by factory milestones" in narrowed.text
    assert "Open the walls first" not in narrowed.text
    chosen = next(one for one in narrowed.all("a") if one.get("aria-current") == "true" and "area" not in one["href"])
    assert "Open the walls first" in reader.page(chosen["href"]).text


@pytest.mark.parametrize(
    "path", ["/projects/NONE", "/projects/NONE/kickoff", "/reviews/none", "/themes/none", "/lessons/none"]
)
def test_what_is_not_there_is_said_so(reader: Reader, path: str) -> None:
    answer = reader.get(path)
    assert answer.status_code == 404
    assert "There is no" in answer.text


def test_what_is_searched_for_comes_first_with_its_words_marked(reader: Reader) -> None:
    html = reader.get("/lessons?q=factory+milestones").text
    page = reader.page("/lessons?q=factory+milestones")
    assert "Pay by factory milestones" in page.text
    assert "Open the walls first" not in page.text  # neither its words nor near in meaning
    assert "1 lesson, the nearest first." in page.text
    assert "<mark>milestones</mark>" in html
    narrowed = reader.page("/lessons?q=factory+walls&area=risk+management")
    assert "Open the walls first" in narrowed.text
    assert "Pay by factory milestones" not in narrowed.text
    assert "No lesson has all of that." in reader.page("/lessons?q=factory&area=none").text


@pytest.mark.parametrize(
    "query",
    ["<script>alert(1)</script>", '"', "NEAR(", "%_", "' OR 1=1--", "{{1234567*9}}", "\x00", " ", "title:", "a*"],
)
def test_anything_may_be_searched_for(reader: Reader, query: str) -> None:
    for path in ("/lessons?q=", "/themes/late?words=", "/risks?words=", "/links?words="):
        answer = reader.get(path + quote(query))
        assert answer.status_code == 200
        assert "<script>alert" not in answer.text
        assert "11111103" not in answer.text


def test_a_word_that_nobody_used_finds_nothing(reader: Reader) -> None:
    page = reader.page("/lessons?q=zxqv")
    assert "Nothing was found for this." in page.text
    assert "Communicate better" not in page.text


def test_what_is_only_near_in_meaning_is_said_to_be(reader: Reader) -> None:
    page = reader.page("/lessons?q=ommunicate+etter")  # other words; the tiny encoder sees the same letters
    assert "No lesson has these words. Nearest by meaning: 2 lessons." in page.text
    first, second = page.text.index("Communicate better"), page.text.index("Pay by factory milestones")
    assert first < page.text.index("alike in meaning: high confidence") < second
    assert second < page.text.index("alike in meaning: low confidence")


@pytest.mark.parametrize("query", ["%_", "%", "_", '"', "*"])
def test_signs_in_a_search_stand_for_nothing_but_themselves(reader: Reader, query: str) -> None:
    assert "Nothing was found for this." in reader.page(f"/lessons?q={quote(query)}").text
    assert "Nothing that was said in this theme fits that." in reader.page(f"/themes/late?words={quote(query)}").text
