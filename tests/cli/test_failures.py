"""Whatever a user can cause ends as one clear line and the right exit code, never as a traceback."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from tests.cli.conftest import Run

PROGRAM = [sys.executable, "-c", "from reviewkit.cli import main; main()"]


@pytest.fixture
def team(run: Run) -> Run:
    run("project", "add", "TAP", "Tap-on ticketing")
    return run


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("project", "show", "NOPE"), "There is no project “NOPE”"),
        (("project", "add", "TAP", "Again"), "There is already a project “TAP”"),
        (("project", "add", "A B", "Alpha"), "short word without spaces"),
        (("project", "add", "A", "Alpha", "--start", "2027-02-01", "--finish", "2027-01-01"), "before it starts"),
        (("risk", "list", "--project", "NOPE"), "There is no project “NOPE”"),
        (("risk", "import", "nowhere.csv", "--project", "TAP"), "nowhere.csv"),
        (("risk", "import", "/", "--project", "TAP"), "/: it cannot be read"),
        (("risk", "import", "http://127.0.0.1:9/r.csv", "--project", "TAP"), "127.0.0.1:9/r.csv"),
        (("risk", "import", "file:///etc/hosts", "--project", "TAP"), "etc/hosts"),
        (("lesson", "show", "NOPE"), "There is no lesson “NOPE”"),
        (("review", "new", "NOPE"), "There is no project “NOPE”"),
        (("review", "new", "TAP", "--template", "NOPE"), "There is no review template “NOPE”"),
        (("review", "open", "NOPE"), "There is no review “NOPE”"),
        (("responses", "import", "x.csv", "--review", "NOPE"), "There is no review “NOPE”"),
        (("kickoff", "--project", "NOPE"), "There is no project “NOPE”"),
        (("kickoff", "--project", "TAP"), "has no brief yet"),
        (("kickoff", "--brief", "nowhere.md"), "nowhere.md: it cannot be read"),
        (("user", "disable", "NOPE"), "There is no account “NOPE”"),
        (("model", "build", "NOPE"), "There is no model to build “NOPE”"),
        (("check", "--workspace", "nowhere.db"), "There is no workspace “nowhere.db”"),
        (("lesson", "export", "--out", "/nowhere/at/all.csv"), "/nowhere/at/all.csv: No such file or directory"),
    ],
)
def test_what_the_state_or_input_does_not_allow_is_one_line_and_1(team: Run, arguments: list[str], said: str) -> None:
    result = team(*arguments)
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.startswith("Error: ")
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize("scheme", ["http://", "ftp://", "//"])
def test_an_address_to_import_from_is_asked_nothing(team: Run, scheme: str) -> None:
    with socket.socket() as inside:
        inside.bind(("127.0.0.1", 0))
        inside.listen()
        inside.setblocking(False)
        url = f"{scheme}127.0.0.1:{inside.getsockname()[1]}/r.csv"
        for command in (("risk", "import", "--project", "TAP"), ("lesson", "import"), ("kickoff", "--brief")):
            result = team(*command, url)
            assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
        with pytest.raises(BlockingIOError):
            inside.accept()


@pytest.mark.parametrize(
    "arguments",
    [
        ("nonsense",),
        ("project",),
        ("project", "nonsense"),
        ("project", "list", "--nonsense"),
        ("project", "list", "--status", "nonsense"),
        ("search",),
        ("search", "x", "--in", "nonsense"),
        ("search", "x", "--limit", "0"),
        ("kickoff",),
        ("kickoff", "--project", "A", "--brief", "b.md"),
        ("risk", "import", "x.csv", "--map", "nonsense"),
        ("user", "add", "nell", "--password", "secret"),
        ("demo", "--port", "99999"),
    ],
)
def test_wrong_usage_is_2(run: Run, arguments: list[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\x89PNG\r\n\x1a\n....", "a picture"),
        (b"PK\x03\x04nonsense", ""),
        (b"colour,size\nred,4\n", "no column"),
        (b'title\n"never closed', "never closed"),
        (b"<html><table></table></html>", "web page"),
    ],
)
def test_a_file_that_is_no_register_changes_nothing(team: Run, tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "register.csv"
    file.write_bytes(content)
    result = team("risk", "import", str(file), "--project", "TAP", "--no-analyse")
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert team("risk", "list", "--json").stdout == "[]\n"


def test_projects_that_are_not_here_are_named(team: Run, tmp_path: Path) -> None:
    file = tmp_path / "register.csv"
    file.write_text("project,ref,title\nTAP,1,Strike\nDEPOT,1,Flood\n", encoding="utf-8")
    result = team("risk", "import", str(file), "--no-analyse")
    assert result.exit_code == 1
    assert "not here: DEPOT" in result.stderr
    assert team("risk", "list", "--json").stdout == "[]\n"


def test_a_password_that_is_too_short_is_refused(run: Run) -> None:
    result = run("user", "add", "nell", "--password-stdin", input="short\n")
    assert result.exit_code == 1
    assert "A password has 10" in result.stderr


def test_a_file_that_is_no_workspace_is_left_as_it_is(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear Ann, " * 100, encoding="utf-8")
    result = run("project", "list", "--workspace", str(file))
    assert result.exit_code == 1
    assert "cannot be used as a workspace" in result.stderr
    assert file.read_text(encoding="utf-8") == "Dear Ann, " * 100


def test_text_that_would_command_the_terminal_is_printed_tame(team: Run) -> None:
    team("project", "add", "EVIL", "\x1b[2J\x1b]0;owned\x07red\u202egreen")
    shown = team("project", "list").stdout
    assert not {"\x1b", "\x07", "\u202e"} & set(shown)
    assert "red green" in shown


def test_a_reader_that_has_seen_enough_is_not_complained_to(url: str) -> None:
    script = f"{sys.executable} -c 'from reviewkit.cli import main; main()' --help | true"
    done = subprocess.run(["sh", "-c", script], capture_output=True, text=True, timeout=60)
    assert done.stderr == ""


def test_names_that_are_no_unicode_are_printed_escaped(tmp_path: Path) -> None:
    done = subprocess.run(
        [*PROGRAM, "project", "show", b"\xff\xfe", "--workspace", str(tmp_path / "team.db")],
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="signals of another kind")
def test_ctrl_c_is_130(tmp_path: Path) -> None:
    command = ["project", "add", "TAP", "Tap-on", "--brief-file", "-", "--workspace", str(tmp_path / "team.db")]
    with subprocess.Popen(
        [*PROGRAM, *command], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        process.stdin.write(b"x" * 300_000)  # more than a pipe holds: once it is written, the command is reading
        process.stdin.flush()
        while process.poll() is None:
            process.send_signal(signal.SIGINT)  # one that comes between two reads is seen at the next
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=2)
        assert process.stderr is not None
        assert process.stderr.read().strip() == b"Stopped."
    assert process.returncode == 130
