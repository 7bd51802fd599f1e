"""The kickoff page takes a brief in words or as a file, says what changed, and gives risks and files."""

from __future__ import annotations

import io
from datetime import date

import docx
import openpyxl
import pypdf
import pytest
from flask.testing import FlaskClient

from reviewkit.domain.projects import Project, Risk
from reviewkit.domain.words import Choice, ProjectStatus, UserRole
from reviewkit.settings import Settings
from reviewkit.workspace import Workspace, open_workspace
from tests.clock import Clock
from tests.webapp import organisation
from tests.webapp.conftest import SignIn
from tests.webapp.looking import Reader, get, send
from webapp import create_app

PAGE = "/projects/QUAY/kickoff"
BRIEF = "A new bus hall is built beside the ferry. Permits of two authorities are needed before work begins."


@pytest.fixture
def org(ws: Workspace) -> Workspace:
    return organisation.searchable(organisation.found(ws))


@pytest.fixture
def client(org: Workspace, signed_in: SignIn) -> FlaskClient:
    return signed_in(UserRole.FACILITATOR)


def word(text: str) -> bytes:
    paper, out = docx.Document(), io.BytesIO()
    paper.add_heading("Scope")
    paper.add_paragraph(text)
    paper.save(out)
    return out.getvalue()


def sheet() -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    return out.getvalue()


def pdf(text: str = "", password: str = "", pages: int = 1) -> bytes:
    """A PDF with a line of `text` on its first page."""
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    writer, out = pypdf.PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    if text:
        font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
        named = DictionaryObject({NameObject(key): NameObject(value) for key, value in font.items()})
        fonts = DictionaryObject({NameObject("/F1"): named})
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 50 700 Td ({text}) Tj ET".encode())
        page = writer.pages[0]
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        page[NameObject("/Contents")] = writer._add_object(stream)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    writer.write(out)
    return out.getvalue()


def upload(client: FlaskClient, name: str, content: bytes) -> tuple[int, str]:
    token = next(one["value"] for one in get(client, PAGE).all("input") if one.get("name") == "csrf_token")
    data = {"csrf_token": token, "brief": "typed", "file": (io.BytesIO(content), name)}
    answer = client.post(f"{PAGE}/brief", data=data)
    return answer.status_code, answer.text


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("brief.txt", BRIEF.encode("utf-16")),
        ("brief.md", BRIEF.encode()),
        ("brief.docx", word(BRIEF)),
        ("brief.pdf", pdf(BRIEF)),
    ],
)
def test_a_brief_comes_from_a_file(org: Workspace, client: FlaskClient, name: str, content: bytes) -> None:
    assert upload(client, name, content)[0] == 303
    assert BRIEF in org.projects.get("QUAY").brief
    assert "The brief has changed since the kickoff before" in get(client, PAGE).text


def test_the_file_that_a_brief_was_read_from_is_named(client: FlaskClient) -> None:
    token = next(one["value"] for one in get(client, PAGE).all("input") if one.get("name") == "csrf_token")
    data = {"csrf_token": token, "file": (io.BytesIO(BRIEF.encode()), "Bus & <b>hall</b>, räv.txt")}
    answer = client.post(f"{PAGE}/brief", data=data, follow_redirects=True)
    assert answer.status_code == 200
    assert "The brief was read from “Bus &amp; &lt;b&gt;hall&lt;/b&gt;, räv.txt”." in answer.text
    assert "was read from" not in get(client, PAGE).text
    assert send(client, PAGE, f"{PAGE}/brief", brief=BRIEF) == (303, PAGE)


def test_the_lists_of_a_word_file_keep_their_bullets(org: Workspace, client: FlaskClient) -> None:
    paper, out = docx.Document(), io.BytesIO()
    paper.add_heading("Scope")
    paper.add_paragraph("The hall has:")
    paper.add_paragraph("a roof", style="List Bullet")
    paper.add_paragraph("four stands", style="List Number")
    plain = paper.add_paragraph("Nothing else.", style="List Bullet")
    plain._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 0
    for one, other in (("Body Text 2", "Body Text 3"), ("Body Text 3", "Body Text 2")):
        paper.styles[one].base_style = paper.styles[other]
    paper.add_paragraph("Styles may go round.", style="Body Text 2")
    own = paper.add_paragraph("a lift")
    own._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 1
    paper.save(out)
    assert upload(client, "brief.docx", out.getvalue())[0] == 303
    lines = org.projects.get("QUAY").brief.split("\n\n")
    assert lines[:5] == ["## Scope", "The hall has:", "- a roof", "- four stands", "Nothing else."]
    assert lines[5:] == ["Styles may go round.", "- a lift"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("locked.pdf", pdf(BRIEF, "secret"), "under a password"),
        ("scan.pdf", pdf(), "no text"),
        ("long.pdf", pdf(BRIEF, pages=61), "61 pages"),
        ("cut.pdf", pdf(BRIEF)[:300], "PDF"),
        ("brief.docx", sheet(), "it is a spreadsheet"),
        ("brief.docx", word(BRIEF)[:900], "damaged"),
        ("big.txt", b"x " * 5_000_000, "larger than 5 MB"),
        ("long.txt", b"word " * 20_000, "60,000"),
        ("empty.txt", b"", "holds no text"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_line_and_changes_nothing(
    org: Workspace, client: FlaskClient, name: str, content: bytes, said: str
) -> None:
    before = org.projects.get("QUAY"), org.kickoffs.latest("QUAY")
    status, text = upload(client, name, content)
    assert status == 422
    fault = text.split('class="fault" id="file-problem"')[1].split("</p>")[0]
    assert name in fault
    assert said in fault
    assert ">\ntyped</textarea>" in text
    assert (org.projects.get("QUAY"), org.kickoffs.latest("QUAY")) == before


def test_a_pdf_that_takes_too_long_is_one_line_and_changes_nothing(clock: Clock) -> None:
    """No time at all is given, so that nothing depends on how long it really takes."""
    with open_workspace(":memory:", Settings(brief_seconds=0), now=clock) as ws:
        organisation.searchable(organisation.found(ws))
        before = ws.projects.get("QUAY"), ws.kickoffs.latest("QUAY")
        client = Reader(create_app(ws), ws).client(UserRole.FACILITATOR)
        status, text = upload(client, "slow.pdf", pdf(BRIEF))
        assert status == 422
        assert "slow.pdf: it takes longer than 0 seconds to read." in " ".join(text.split())
        assert (ws.projects.get("QUAY"), ws.kickoffs.latest("QUAY")) == before
        assert upload(client, "brief.md", BRIEF.encode())[0] == 303  # text takes no time to count


def test_a_brief_is_typed_and_decisions_are_kept_over_a_kickoff_without_them(
    org: Workspace, client: FlaskClient, clock: Clock
) -> None:
    assert send(client, PAGE, f"{PAGE}/brief", brief=BRIEF) == (303, PAGE)
    first = org.kickoffs.latest("QUAY")
    assert first is not None
    assert first.recommendations
    chosen = first.recommendations[0]
    org.kickoffs.decide(chosen.id, Choice.DISMISSED, text="Done already", who="me")
    lesson = org.context.store.lessons.get(chosen.source)
    org.context.store.lessons.delete(lesson.id)
    clock.pass_by(minutes=1)
    between = org.kickoffs.for_project("QUAY")
    assert chosen.topic not in {one.topic for one in between.recommendations}
    changed = org.kickoffs.changes("QUAY")
    assert changed is not None
    assert [one.topic for one in changed.gone] == [chosen.topic]
    org.context.store.lessons.put(lesson)
    clock.pass_by(minutes=1)
    again = {one.topic: one for one in org.kickoffs.for_project("QUAY").recommendations}
    assert (again[chosen.topic].choice, again[chosen.topic].choice_text) == (Choice.DISMISSED, "Done already")
    assert "1 new" in get(client, PAGE).text


def test_a_reason_from_the_list_is_enough(org: Workspace, client: FlaskClient) -> None:
    path = f"{PAGE}/{organisation.DISMISS}"
    assert send(client, PAGE, path, choice="dismissed", reason="We do it already")[0] == 303
    assert "Dismissed because: We do it already" in get(client, PAGE).text


def test_drafted_risks_go_into_the_register_once(org: Workspace, client: FlaskClient) -> None:
    org.risks.put_all([Risk("QUAY:R1", "QUAY", "R1", "ground NOT as expected!", owner="Ida")])
    page, path = get(client, f"{PAGE}/register"), f"{PAGE}/register"
    assert "1 in the register already" in page.text
    ticked = [one["value"] for one in page.all("input") if one.get("name") == "risk"]
    assert ticked
    for what, wanted in (("", len(ticked)), ("all", len(ticked)), ("none", 0), ("evil", len(ticked))):
        boxes = get(client, f"{path}?ticked={what}").all("input")
        assert sum("checked" in one for one in boxes if one.get("name") == "risk") == wanted
    token = next(one["value"] for one in page.all("input") if one.get("name") == "csrf_token")
    refused = client.post(path, data={"csrf_token": token})
    assert (refused.status_code, "Tick at least one risk to add." in refused.text) == (422, True)
    assert 'name="risk"' in refused.text
    every = [one.id for one in org.draft_register.preview("QUAY")]
    assert len(every) == len(ticked) + 1
    for _ in range(2):
        token = next(one["value"] for one in page.all("input") if one.get("name") == "csrf_token")
        assert client.post(path, data={"csrf_token": token, "risk": every}).status_code == 303
    register = org.risks.list("QUAY")
    assert len(register) == 1 + len(ticked)
    assert org.risks.get("QUAY:R1").owner == "Ida"
    assert {risk.ref for risk in register} == {"R1", *(f"K{number}" for number in range(1, len(ticked) + 1))}
    assert [one for one in get(client, path).all("input") if one.get("name") == "risk"] == []
    assert send(client, PAGE, path)[0] == 422
    assert send(client, PAGE, path, risk="gone")[0] == 409


@pytest.mark.parametrize("part", ["whole", "digest"])
@pytest.mark.parametrize(("ending", "opening"), [("docx", b"PK"), ("html", b"<!doctype"), ("md", b"# Quayside")])
def test_a_kickoff_is_downloaded(client: FlaskClient, part: str, ending: str, opening: bytes) -> None:
    answer = client.get(f"{PAGE}/{part}.{ending}")
    assert answer.data.startswith(opening)
    if ending == "md":
        assert "Tie payments to milestones" in answer.text
    assert client.get(f"{PAGE}/{part}.exe").status_code == 404
    assert client.get(f"/projects/TAP/kickoff/{part}.{ending}").status_code == 404


@pytest.mark.parametrize("part", ["whole", "digest"])
@pytest.mark.parametrize("ending", ["md", "html", "docx"])
def test_a_file_of_a_kickoff_tells_who_sees_to_what_by_when(
    org: Workspace, client: FlaskClient, part: str, ending: str
) -> None:
    org.kickoffs.decide(organisation.ACCEPT, Choice.ACCEPTED, owner="Mo Depot", due=date(2027, 3, 1), who="ada")
    org.kickoffs.decide(organisation.ADAPT, Choice.ADAPTED, text="Open three walls", owner="Ann Ferry", who="ada")
    content = client.get(f"{PAGE}/{part}.{ending}").data
    if ending == "docx":
        told = " ".join(paragraph.text for paragraph in docx.Document(io.BytesIO(content)).paragraphs)
    else:
        told = content.decode()
    plain = " ".join(told.replace("\N{NO-BREAK SPACE}", " ").replace("&nbsp;", " ").split())
    assert "Mo Depot sees to it by 1 Mar 2027." in plain
    assert "Ann Ferry sees to it." in plain
    assert "Open three walls." in plain
    org.kickoffs.decide(organisation.ACCEPT, Choice.UNDECIDED, who="ada")
    again = client.get(f"{PAGE}/{part}.md").text
    assert "Mo Depot" not in again


def test_a_kickoff_that_finds_nothing_says_what_it_would_learn_from(ws: Workspace, signed_in: SignIn) -> None:
    ws.projects.add(Project("FIRST", "The first project", brief="A hall.", status=ProjectStatus.PROPOSED))
    ws.kickoffs.for_project("FIRST", who="ada")
    client = signed_in(UserRole.CURATOR)
    page = get(client, "/projects/FIRST/kickoff")
    assert "No advice was found." in page.text
    assert "/import/lessons" in {one.get("href") for one in page.all("a")}
    assert "No advice found yet" in get(client, "/").text
