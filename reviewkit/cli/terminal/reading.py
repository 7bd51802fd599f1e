"""What somebody hands over beside options -> text: a file, standard input, a password typed unseen."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from reviewkit.domain.errors import UnreadableFile

MOST_BYTES = 1_000_000


def read_bytes(path: Path, most: int) -> bytes:
    """A file or, for “-”, standard input: at most one byte more than `most`. Raises UnreadableFile."""
    try:
        if str(path) == "-":
            return sys.stdin.buffer.read(most + 1)
        with path.expanduser().open("rb") as file:
            return file.read(most + 1)
    except OSError as problem:
        raise UnreadableFile(str(path), f"it cannot be read ({problem.strerror or problem}).") from None


def read_text(path: Path) -> str:
    """The text of a file in UTF-8, UTF-16 or cp1252, or of standard input for “-”.

    Raises:
        UnreadableFile: it is not there, holds no text, or is longer than a megabyte.
    """
    content = read_bytes(path, MOST_BYTES)
    if len(content) > MOST_BYTES:
        raise UnreadableFile(path.name, f"it is longer than {MOST_BYTES:,} bytes.")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = content.decode("utf-16", errors="replace")
    elif b"\0" in content:
        raise UnreadableFile(path.name, "it holds no text. Save it as plain text or Markdown first.")
    else:
        try:
            text = content.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = content.decode("cp1252", errors="replace")
    return text.strip()


def ask_password(from_stdin: bool) -> str:
    """A password typed twice and unseen, or the first line of standard input."""
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
    return password
