"""Imports in the browser: upload, columns, preview, apply; a bad file gives one clear line and changes nothing."""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path

import openpyxl
import pytest
from flask.testing import FlaskClient

from reviewkit.domain.reviews import Review
from reviewkit.domain.words import UserRole
from reviewkit.workspace import Workspace
from tests.webapp.conftest import SignIn
from tests.webapp.looking import Page, get
from webapp import security

TABLE = (
    "Response ID,Timestamp,Email Address,What went well?,overall,Colour <img src=x onerror=alert(1)>\n"
    + "".join(f"{n},2026-10-0{n + 1},a{n}@example.org,The rehearsals {n},{n + 1},red\n" for n in range(6))
    + "9,2026-10-09,z@example.org,,,\n"
)
BOARD = "Went well,Went badly,\r\n" + "".join(f"good {n},bad {n},\r\n" for n in range(5))
RISKS = "ref,title,probability,impact\nR1,Strike,3,high\nR2,Flood,9,\n"


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def held(temporary: Path) -> list[Path]:
    return [path for path in temporary.rglob("reviewkit-*/*/*") if path.is_file()]


def upload(client: FlaskClient, path: str, content: bytes | str, name: str = "x.csv", **fields: str) -> tuple[int, str]:
    """Sends a file from the page at `path`: the status, and where it leads or the words of the page."""
    token = next(one["value"] for one in get(client, path).all("input") if one.get("name") == "csrf_token")
    file = (io.BytesIO(content.encode() if isinstance(content, str) else content), name)
    answer = client.post(path, data={"csrf_token": token, "file": file, **fields})
    return answer.status_code, answer.location or Page(answer.text).text


def press(client: FlaskClient, page: str, path: str, **fields: str) -> tuple[int, str]:
    token = next(one["value"] for one in get(client, page).all("input") if one.get("name") == "csrf_token")
    answer = client.post(path, data={"csrf_token": token, **fields})
    return answer.status_code, answer.location or Page(answer.text).text


def chosen(page: Page) -> dict[str, str]:
    """What each select of the columns' page stands at, as the browser would send it."""
    found: dict[str, str] = {}
    name = ""
    for tag, attributes in page.tags:
        if tag == "select":
            name = attributes["name"]
            found[name] = ""
        elif tag == "option" and "selected" in attributes:
            found[name] = attributes["value"]
    return found


def test_answers_go_through_the_three_steps_and_leave_no_file_behind(
    signed_in: SignIn, ws: Workspace, review: Review, temporary: Path
) -> None:
    client, start = signed_in(UserRole.FACILITATOR), f"/reviews/{review.id}/import"
    status, place = upload(client, start, TABLE)
    assert status == 303
    columns = get(client, place)
    assert "Not read, since it says who somebody is: Email Address." in columns.text
    assert "example.org" not in columns.text
    assert "sure (high confidence)" in columns.text
    assert "likely (medium confidence)" in columns.text
    assert not columns.all("img")[1:]  # none but the brand's
    assert press(client, place, place, **chosen(columns)) == (303, f"{place}/preview")
    preview = get(client, f"{place}/preview")
    assert "6 responses would be added" in preview.text
    assert "Row 7 “overall”: “6” is no rating" in preview.text
    assert "Row 8 No answers in it" in preview.text
    assert "Left out: Colour <img src=x onerror=alert(1)>" in preview.text
    assert ws.responses.list(review.id) == []
    assert held(temporary)
    status, done = press(client, f"{place}/preview", f"{place}/apply")
    assert (status, "6 responses were added" in done) == (200, True)
    assert len(ws.responses.list(review.id)) == 6
    assert held(temporary) == []
    assert client.get(place).status_code == 404

    _, place = upload(client, start, TABLE)
    again = get(client, f"{place}/preview").text
    assert "All of it is here already. x.csv brings nothing new, so there is nothing to import." in again
    assert "Nothing has been imported yet" not in again


def test_cards_that_stand_in_one_column_are_shown_apart(signed_in: SignIn, review: Review) -> None:
    client = signed_in(UserRole.FACILITATOR)
    _, place = upload(
        client, f"/reviews/{review.id}/import", "# Retro\n\n## Went well\n- Rehearsals\n- The crew\n", "r.md"
    )
    assert "Rehearsals · The crew" in get(client, place).text


def test_a_column_chosen_by_hand_is_read_as_chosen_and_one_left_out_is_not(
    signed_in: SignIn, ws: Workspace, review: Review
) -> None:
    client = signed_in(UserRole.FACILITATOR)
    _, place = upload(client, f"/reviews/{review.id}/import", TABLE)
    fields = chosen(get(client, place))
    names = {value: name for name, value in fields.items()}
    press(client, place, place, **fields | {names["went_well"]: "went_badly", names["overall"]: ""})
    preview = get(client, f"{place}/preview")
    assert "What went badly? chosen by you" in preview.text
    press(client, f"{place}/preview", f"{place}/apply")
    assert {tuple(one.answers) for one in ws.responses.list(review.id)} == {("went_badly",)}
    assert len(get(client, f"/reviews/{review.id}/import").all("input")) == 3  # token twice, file


def test_a_file_that_fits_no_question_by_itself_can_be_mapped(signed_in: SignIn, ws: Workspace, review: Review) -> None:
    client = signed_in(UserRole.FACILITATOR)
    _, place = upload(client, f"/reviews/{review.id}/import", "Zug,Zeit\nab,x\ncd,y\n")
    refused = client.get(f"{place}/preview")
    assert refused.status_code == 422
    assert "no column fits a question" in refused.text
    assert 'name="column-0"' in refused.text, "it can be mended where it is said"
    assert press(client, place, place, **{"column-0": "went_well"})[0] == 303
    assert "2 responses would be added" in get(client, f"{place}/preview").text


def test_unsigned_cards_count_as_one_person_until_somebody_says_how_many_wrote_them(
    signed_in: SignIn, ws: Workspace, review: Review
) -> None:
    client = signed_in(UserRole.FACILITATOR)
    _, place = upload(client, f"/reviews/{review.id}/import", BOARD)
    assert "How many people wrote the 10 unsigned cards?" in get(client, place).text
    assert "1 response would be added" in get(client, f"{place}/preview").text
    status, words = press(client, place, place, **chosen(get(client, place)), people="11")
    assert (status, "10 cards are unsigned" in words, "Is read as" in words) == (422, True, True)
    press(client, place, place, **chosen(get(client, place)), people="5")
    assert "5 responses would be added" in get(client, f"{place}/preview").text


@pytest.mark.parametrize(
    ("what", "content", "fields", "added"),
    [
        ("risks", RISKS, {"project": "TAP"}, "2 risks"),
        ("projects", "key,name\nQUAY,Quayside\n", {}, "1 project"),
        ("lessons", "title,recommendation\nSlings,Calculate\n", {}, "1 lesson"),
        (
            "lessons",
            "lesson_id,title,driving_event,lesson,recommendation\n7,Slings,Bang,Luck,Sum\n",
            {},
            "1 lesson",
        ),
    ],
)
def test_registers_projects_and_lessons_go_the_same_way(
    signed_in: SignIn, what: str, content: str, fields: dict[str, str], added: str
) -> None:
    client = signed_in(UserRole.CURATOR)
    assert any(link.get("href") == f"/import/{what}" for link in get(client, f"/{what}").all("a"))
    _, place = upload(client, f"/import/{what}", content, **fields)
    press(client, place, place, **chosen(get(client, place)))
    assert f"{added} would be added" in get(client, f"{place}/preview").text
    _, done = press(client, f"{place}/preview", f"{place}/apply")
    assert added in done
    _, place = upload(client, f"/import/{what}", content, **fields)
    assert "All of it is here already" in get(client, f"{place}/preview").text
    assert press(client, place, f"{place}/discard") == (303, f"/{what}")
    assert client.get(place).status_code == 404


def bomb() -> bytes:
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (60 * 1024 * 1024))
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a picture"),
        (b"<html><img src=x onerror=alert(1)></html>", "a web page"),
        (b"PK\x03\x04 cut off", "damaged"),
        (b"id;text\n1,a\n2,b\n", "header is parted by"),
        (b'id,text\n1,"never closed\n2,b\n', "never closed"),
        (b"id,text\n1," + b"x" * 17_000_000 + b"\n", "larger than"),
        (b"", "holds something"),
        (b"\n\n", "empty"),
    ],
)
def test_a_bad_file_gives_one_line_and_leaves_nothing(
    signed_in: SignIn, ws: Workspace, review: Review, temporary: Path, content: bytes, said: str
) -> None:
    client = signed_in(UserRole.FACILITATOR)
    get(client, f"/reviews/{review.id}/import")
    before = ws.context.store.revision()
    status, words = upload(client, f"/reviews/{review.id}/import", content, "x.xlsx")
    assert status in (413, 422)
    assert said in words
    assert held(temporary) == []
    assert ws.context.store.revision() <= before + 1  # the folder's name, drawn at the first upload
    assert ws.responses.list(review.id) == []


def test_a_swollen_workbook_is_refused_and_a_mislabelled_csv_is_read(signed_in: SignIn, review: Review) -> None:
    client = signed_in(UserRole.FACILITATOR)
    status, words = upload(client, f"/reviews/{review.id}/import", bomb(), "x.xlsx")
    assert (status, "unpacks to more than 32 MB" in words) == (422, True)
    assert upload(client, f"/reviews/{review.id}/import", TABLE.encode("utf-16"), "x.png")[0] == 303
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Response ID", "overall"])
    book.active.append([1, 5])
    book.save(out)
    assert upload(client, f"/reviews/{review.id}/import", out.getvalue(), "x.csv")[0] == 303


def test_a_web_page_called_a_picture_is_refused_and_kept_nowhere(
    signed_in: SignIn, review: Review, temporary: Path
) -> None:
    client = signed_in(UserRole.FACILITATOR)
    for name in ("logo.png", "../../logo.png", "logo.png\x00.html", "x.svg"):
        status, words = upload(client, f"/reviews/{review.id}/import", b"<html><script>alert(1)</script>", name)
        assert (status, "a web page" in words) == (422, True)
        assert held(temporary) == []


def test_a_form_without_a_file_or_cut_off_on_its_way_is_refused(signed_in: SignIn, review: Review) -> None:
    client, path = signed_in(UserRole.FACILITATOR), f"/reviews/{review.id}/import"
    assert press(client, path, path)[0] == 422
    token = next(one["value"] for one in get(client, path).all("input") if one.get("name") == "csrf_token")
    body = (
        f'--b\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n--b\r\nContent-Disposition: '
        'form-data; name="file"; filename="x.csv"\r\nContent-Type: text/csv\r\n\r\nid,overall\r\n1,5\r\n2,'
    )
    answer = client.post(path, data=body.encode(), content_type="multipart/form-data; boundary=b")
    assert answer.status_code in (400, 422)


def test_a_file_is_the_one_place_where_more_than_a_megabyte_is_taken(signed_in: SignIn, review: Review) -> None:
    client = signed_in(UserRole.FACILITATOR)
    long = "Response ID,went_well\n" + "".join(f"{n},{'word ' * 2_000}\n" for n in range(200))
    assert len(long) > security.MAX_BYTES
    status, place = upload(client, f"/reviews/{review.id}/import", long)
    assert status == 303
    assert client.post(place, data={"column-0": "x" * (security.MAX_BYTES + 1)}).status_code == 413


def test_whose_file_it_is_and_what_it_is_for_is_asked_at_every_step(
    signed_in: SignIn, ws: Workspace, review: Review
) -> None:
    ada, other = signed_in(UserRole.ADMIN), ws.reviews.new("TAP").id
    _, place = upload(ada, f"/reviews/{review.id}/import", TABLE)
    key = place.rpartition("/")[2]
    bob = signed_in(UserRole.FACILITATOR)
    assert bob.get(place).status_code == 404
    assert ada.get(f"/reviews/{other}/import/{key}").status_code == 404
    assert ada.get(f"/import/risks/{key}").status_code == 404
    assert ada.get("/import/passwords").status_code == 404
    assert ada.get("/reviews/NOPE/import").status_code == 404
    viewer = signed_in(UserRole.VIEWER)
    assert viewer.get(f"/reviews/{review.id}/import").status_code == 403
    assert not re.search("import", viewer.get(f"/reviews/{review.id}").text)


def test_a_table_of_very_many_columns_makes_no_endless_page(signed_in: SignIn, review: Review) -> None:
    client = signed_in(UserRole.FACILITATOR)
    header = [f"column number {n}" for n in range(500)] + ["What went well?"]
    _, place = upload(client, f"/reviews/{review.id}/import", ",".join(header) + "\n" + ",".join("x" * 501) + "\n")
    answer = client.get(place)
    assert len(answer.data) < 150_000
    assert "441 more columns are left out" in Page(answer.text).text
    assert "What went well?" in Page(answer.text).text
