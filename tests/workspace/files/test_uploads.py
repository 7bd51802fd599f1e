"""Files between upload and import: found by whoever sent them, by every process, and gone in time."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewkit.domain.errors import Invalid, NotFound
from reviewkit.workspace import Workspace, open_workspace
from reviewkit.workspace.files.uploads import KEPT, Upload, discard, held, hold, set_mapping, sweep
from tests.clock import Clock


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    return tmp_path / "tmp"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def ws(tmp_path: Path, clock: Clock) -> Iterator[Workspace]:
    with open_workspace(str(tmp_path / "team.db"), now=clock) as workspace:
        yield workspace


def sent(ws: Workspace, content: bytes = b"a\n1\n", name: str = "x.csv") -> Upload:
    return hold(ws, io.BytesIO(content), name, "risks", who="ada")


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_another_process_over_the_workspace_finds_it_with_its_mapping(ws: Workspace, tmp_path: Path) -> None:
    upload = sent(ws)
    set_mapping(upload, [("title", "a")], 3)
    with open_workspace(str(tmp_path / "team.db"), now=ws.context.now) as other:
        found = held(other, upload.id, "risks", who="ada")
    assert (found.path.read_bytes(), found.mapping, found.people) == (b"a\n1\n", (("title", "a"),), 3)


def test_nobody_else_finds_it_nor_for_anything_else(ws: Workspace) -> None:
    upload = sent(ws)
    for key, target, who in (
        (upload.id, "risks", "bob"),
        (upload.id, "lessons", "ada"),
        (upload.id[:-1], "risks", "ada"),
        ("..", "risks", "ada"),
        ("", "risks", "ada"),
    ):
        with pytest.raises(NotFound):
            held(ws, key, target, who=who)


def test_only_the_servers_account_may_look_into_the_folder(ws: Workspace, folder: Path) -> None:
    upload = sent(ws)
    assert [path.stat().st_mode & 0o077 for path in (*folder.iterdir(), upload.path.parent)] == [0, 0]


def test_it_is_gone_when_it_is_discarded_and_after_an_hour(ws: Workspace, clock: Clock, folder: Path) -> None:
    discard(sent(ws))
    assert files(folder) == []
    upload = sent(ws)
    clock.pass_by(minutes=KEPT.total_seconds() / 60 - 1)
    assert held(ws, upload.id, "risks", who="ada")
    clock.pass_by(minutes=1)
    with pytest.raises(NotFound, match="an hour has passed"):
        held(ws, upload.id, "risks", who="ada")
    assert files(folder) == []


def test_the_worker_sweeps_up_what_a_process_left_that_died(ws: Workspace, clock: Clock, folder: Path) -> None:
    upload = sent(ws)
    (upload.path.parent / "about.json").unlink()
    sweep(ws)
    assert upload.path.exists()  # it may be on its way in just now
    clock.pass_by(days=36_500)
    sweep(ws)
    assert files(folder) == []


def test_its_name_is_for_messages_only(ws: Workspace, folder: Path) -> None:
    assert sent(ws, name="../../etc/pass\nwd\0").name == "passwd"
    assert sent(ws, name="C:\\Users\\ann\\x.csv").name == "x.csv"
    assert {path.name for path in files(folder)} == {"file", "about.json"}


def test_nothing_of_it_reaches_the_workspace(ws: Workspace, tmp_path: Path) -> None:
    sent(ws, b"name\nZebediah Quux\n")
    assert not any(b"Zebediah" in path.read_bytes() for path in tmp_path.glob("team.db*"))


def test_an_empty_file_is_refused(ws: Workspace, folder: Path) -> None:
    with pytest.raises(Invalid, match="holds something"):
        sent(ws, b"")
    assert files(folder) == []
