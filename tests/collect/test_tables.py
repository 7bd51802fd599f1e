"""Tables as spreadsheets, databases and people leave them."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewkit.collect import tables, workbooks
from reviewkit.collect.tables import Table, read_table
from reviewkit.domain.errors import UnreadableFile


def xlsx(rows: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    for row in rows:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def cells(table: Table) -> list[list[str]]:
    return [list(row.values()) for row in table.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encodings_and_delimiters_are_told_by_the_content(encoding: str, delimiter: str) -> None:
    rows = [["id", "Antwort", "Note"], ["1", f"für „später“{delimiter} zu spät", "2"], ["2", "naïve\nPläne", "3"]]
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    assert cells(read_table(out.getvalue().encode(encoding))) == rows[1:]


def test_commas_in_a_table_of_one_column_are_part_of_the_text() -> None:
    assert cells(read_table(b"text\nlate, again\nnobody knew, or said so, until May")) == [
        ["late, again"],
        ["nobody knew, or said so, until May"],
    ]


def test_ragged_rows_are_filled_folded_and_blank_ones_passed_over() -> None:
    table = read_table(b"id,text\n1\n\n2,a,b\n3,c,,,\n,,\n4,d\n")
    assert cells(table) == [["1", ""], ["2", "a,b"], ["3", "c"], ["4", "d"]]


def test_columns_get_names_of_their_own() -> None:
    assert read_table(b"text,,text,text (2),text\n1,2,3,4,5").columns == (
        "text",
        "column 2",
        "text (3)",
        "text (2)",
        "text (4)",
    )


def test_a_header_alone_is_a_table_without_rows() -> None:
    assert read_table(b"id,text\n") == Table(("id", "text"), [])


def test_carelessly_quoted_cells_are_read_as_they_stand() -> None:
    assert cells(read_table(b'id,text\n1,the "big" day\n2,"so" they said\n')) == [
        ["1", 'the "big" day'],
        ["2", "so they said"],
    ]


def test_a_cell_of_a_megabyte_is_read_whole() -> None:
    long = "word " * 200_000
    assert read_table(f"id,text\n1,{long}\n".encode()).rows[0]["text"] == long


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b" \n\r\n", "empty"),
        (b",,\n,\n", "no rows"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "a picture"),
        (b"%PDF-1.7 ...", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel"),
        (b"PK\x03\x04 cut off", "damaged"),
        (bytes(range(1, 32)) * 40, "not a text file"),
        (b"<!DOCTYPE html><html><body>sorry</body></html>", "web page"),
        (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>", "XML"),
        (b'id,text\n1,"never closed\n2,b\n', "never closed"),
        (b"id,text\n1,\x81\x8d\x8f\n", "UTF-8"),
    ],
)
def test_what_is_no_table_is_refused_in_one_line(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_table(content, "upload.csv")
    assert str(refused.value).startswith("upload.csv: ")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_quote_that_swallows_the_rest_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "MOST_FIELD", 1_000)
    with pytest.raises(UnreadableFile, match="field larger"):
        read_table(b'id,text\n1,"' + b"x" * 2_000 + b'"\n')


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=r"gone\.csv"):
        read_table(tmp_path / "gone.csv")
    with pytest.raises(UnreadableFile):
        read_table(tmp_path)


texts = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


@given(st.lists(st.tuples(texts, texts), max_size=6))
def test_what_a_csv_writer_wrote_is_read_back(rows: list[tuple[str, str]]) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["left", "right"])
    writer.writerows(rows)
    written = [list(row) for row in rows if any(cell.strip() for cell in row)]
    assert cells(read_table(out.getvalue().encode())) == written


@given(st.binary(max_size=300))
def test_any_bytes_are_a_table_or_refused(content: bytes) -> None:
    try:
        table = read_table(content)
    except UnreadableFile:
        return
    assert len(set(table.columns)) == len(table.columns)
    assert all(tuple(row) == table.columns for row in table.rows)


def test_a_workbook_is_read_whatever_it_is_called() -> None:
    content = xlsx([["id", "text", "day", "share", "done"], [1, "=1+1 is text?", date(2024, 5, 1), 0.25, True], [2.0]])
    table = read_table(content, "upload.csv")
    assert table.columns == ("id", "text", "day", "share", "done")
    assert table.rows[0]["day"] == "2024-05-01"
    assert (table.rows[0]["id"], table.rows[0]["share"], table.rows[0]["done"]) == ("1", "0.25", "yes")
    assert cells(table)[1] == ["2", "", "", "", ""]


def test_the_first_sheet_that_holds_anything_is_read() -> None:
    book = openpyxl.Workbook()
    book.create_sheet("second").append(["text"])
    book["second"].append(["said"])
    out = io.BytesIO()
    book.save(out)
    assert cells(read_table(out.getvalue())) == [["said"]]


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (40 * 1024 * 1024))
    with pytest.raises(UnreadableFile, match="unpacks to more than 32 MB"):
        read_table(out.getvalue())


def test_a_zip_of_something_else_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("evil.txt", "x")
    with pytest.raises(UnreadableFile, match="not a workbook"):
        read_table(out.getvalue())


@pytest.mark.parametrize("path", ["../../evil.xml", "/etc/evil.xml", "xl\\..\\..\\evil.xml", "link"])
def test_a_workbook_with_a_path_or_link_that_leads_out_is_refused(path: str) -> None:
    source, out = zipfile.ZipFile(io.BytesIO(xlsx([["text"], ["said"]]))), io.BytesIO()
    part = zipfile.ZipInfo(path)
    if path == "link":
        part.external_attr = 0o120777 << 16
    with source, zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, source.read(name))
        archive.writestr(part, "/etc/passwd")
    with pytest.raises(UnreadableFile, match="leads out"):
        read_table(out.getvalue())


def test_the_size_that_a_sheet_says_it_has_is_not_believed() -> None:
    source, out = zipfile.ZipFile(io.BytesIO(xlsx([["text"], ["said"]]))), io.BytesIO()
    with source, zipfile.ZipFile(out, "w") as archive:
        for name in source.namelist():
            said = source.read(name).replace(b'<dimension ref="A1:A2"', b'<dimension ref="A1:XFD1048576"')
            archive.writestr(name, said)
    assert cells(read_table(out.getvalue())) == [["said"]]


def test_a_header_parted_by_another_sign_than_the_rows_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="header is parted by “;” and its rows by “,”"):
        read_table(b"id;text\n1,late\n2,later\n")
    assert cells(read_table(b"id;text\n1;late, again\n2;a, b\n")) == [["1", "late, again"], ["2", "a, b"]]


@pytest.mark.parametrize(
    "entities",
    ['<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">', '<!ENTITY b SYSTEM "file:///etc/passwd">'],
    ids=["bomb", "external"],
)
def test_a_workbook_of_entities_is_refused(entities: str) -> None:
    bomb = f"<!DOCTYPE x [{entities}]><worksheet>&b;</worksheet>"
    source, out = zipfile.ZipFile(io.BytesIO(xlsx([["text"], ["said"]]))), io.BytesIO()
    with source, zipfile.ZipFile(out, "w") as archive:
        for part in source.namelist():
            archive.writestr(part, bomb if part.endswith("sheet1.xml") else source.read(part))
    with pytest.raises(UnreadableFile, match="damaged"):
        read_table(out.getvalue())


def test_a_sheet_of_too_many_rows_or_columns_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_ROWS", 3)
    monkeypatch.setattr(workbooks, "MOST_COLUMNS", 2)
    assert len(read_table(xlsx([["a", "b"], [1, 2], [1, 2], [1, 2]])).rows) == 3
    for rows in ([["a", "b"], [1], [1], [1], [1]], [["a", "b", "c"], [1, 2, 3]]):
        with pytest.raises(UnreadableFile, match="more than 3 rows or 2 columns"):
            read_table(xlsx(rows))  # type: ignore[arg-type]
