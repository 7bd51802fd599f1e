"""A CSV file read row by row gives what it gives when it is read whole, and is refused for the same reasons."""

from __future__ import annotations

import csv
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.collect import streams, tables
from reviewkit.collect.streams import stream_of
from reviewkit.collect.tables import read_table
from reviewkit.domain.errors import UnreadableFile

texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


def read_both(content: bytes) -> tuple[object, object]:
    """(columns and rows, or the refusal) as a stream and whole."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.csv"
        path.write_bytes(content)
        found: list[object] = []
        for read in (lambda: stream_of(path, "x"), lambda: read_table(content, "x")):
            try:
                table = read()
                found.append((table.columns, list(table.rows)))
            except UnreadableFile as refused:
                found.append(str(refused))
    return found[0], found[1]


@given(st.lists(st.tuples(texts, texts), max_size=6), st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]))
def test_a_table_is_the_same_read_row_by_row(rows: list[tuple[str, str]], encoding: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("left", "right"), *rows])
    streamed, whole = read_both(out.getvalue().encode(encoding))
    assert streamed == whole


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_alike(content: bytes) -> None:
    streamed, whole = read_both(b"" if content.startswith(b"PK\x03\x04") else content)
    assert streamed == whole


@pytest.mark.parametrize(
    "content",
    [
        "a;b\n1;für\n".encode("cp1252"),
        b'id,text\n1,the "big" day\n2,"so" they said\n',
        b'id,text\n1,"never closed\n2,b\n',
        b"id;text\n1,a\n2,b\n",
        b"id,text\n1,\x81\x8d\x8f\n",
        b"\x89PNG\r\n\x1a\n\x00\x00",
        b"<html></html>",
        b" \n",
        b"id,text\r1,a\r2,b\r",
    ],
)
def test_quirks_are_read_or_refused_alike(content: bytes) -> None:
    streamed, whole = read_both(content)
    assert streamed == whole


def test_rows_can_be_read_again_and_are_counted(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("a\n1\n\n2\n", encoding="utf-8")
    table = stream_of(tmp_path / "x.csv", "x")
    assert table.count == 2
    assert list(table.rows) == list(table.rows) == [{"a": "1"}, {"a": "2"}]


@pytest.mark.parametrize("opening", ['"', ""])
def test_a_field_without_end_is_refused_before_it_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, opening: str
) -> None:
    for module in (tables, streams):
        monkeypatch.setattr(module, "MOST_FIELD", 1_000)
    (tmp_path / "x.csv").write_text("id,text\n1," + opening + "x\n" * 10 + "x" * 5_000, encoding="utf-8")
    with pytest.raises(UnreadableFile, match="field larger"):
        stream_of(tmp_path / "x.csv", "x")
