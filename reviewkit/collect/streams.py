"""A CSV file on disk -> a table whose rows are read from it one by one, in as much memory as one row takes."""

from __future__ import annotations

import codecs
import csv
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from reviewkit.collect.tables import (
    MOST_BYTES,
    MOST_FIELD,
    SNIFFED,
    Stream,
    columns_of,
    delimiter_of,
    encoding_of,
    folded,
    no_csv,
    refuse_open_quote,
    refuse_other_files,
    refuse_other_texts,
    row_of,
    unreadable_letters,
)
from reviewkit.domain.errors import UnreadableFile

_PIECE = 1024 * 1024


def beginning(path: Path, name: str) -> bytes:
    """The first bytes of a file, enough to tell what it is.

    Raises:
        UnreadableFile: it cannot be opened, is empty, or is larger than a table may be.
    """
    try:
        with path.open("rb") as file:
            head, size = file.read(_PIECE), file.seek(0, 2)
    except OSError as problem:
        raise UnreadableFile(str(path), f"it cannot be read: {problem.strerror or problem}.") from None
    if size > MOST_BYTES:
        raise UnreadableFile(name, f"it is larger than {MOST_BYTES // 2**20} MB. Cut it into several files.")
    if not head.strip():
        raise UnreadableFile(name, "the file is empty. It needs a first row with the names of its columns.")
    return head


def opening_of(path: Path, name: str) -> tuple[str, str]:
    """The encoding of a text file, and its first 256 thousand characters.

    Raises:
        UnreadableFile: as `beginning`, and for what is no text of a table.
    """
    head = beginning(path, name)
    refuse_other_files(head, name)
    encoding = encoding_of(head, "")
    if not encoding:
        encoding = "utf-8-sig" if _decodes(path, "utf-8") else "cp1252"
    try:
        with path.open(encoding=encoding, newline="") as file:
            text = file.read(SNIFFED)
        whole = encoding == "utf-8-sig" or _decodes(path, encoding)
    except UnicodeError:
        whole = False
    if not whole:
        raise unreadable_letters(name)
    refuse_other_texts(text, name)
    return encoding, text


def stream_of(path: Path, name: str) -> Stream:
    """The table of a CSV file, read as `collect.tables.read_table` reads it.

    The file is read through once here, so that what is wrong anywhere in it is known before a row is used.

    Raises:
        UnreadableFile: as `opening_of`, and for what is no CSV or holds no row.
    """
    encoding, text = opening_of(path, name)
    csv.field_size_limit(MOST_FIELD)
    delimiter = delimiter_of(text, name)

    def cells(strict: bool) -> Iterator[list[str]]:
        with path.open(encoding=encoding, newline="") as file:
            for row in csv.reader(_pieces(file), delimiter=delimiter, strict=strict):
                if any(map(str.strip, row)):
                    yield row

    strict = True
    try:
        header, count = _counted(cells(strict))
    except csv.Error as problem:
        refuse_open_quote(problem, name)
        strict = False
        try:
            header, count = _counted(cells(strict))
        except csv.Error as worse:
            raise no_csv(worse, name) from None
    if not header:
        raise UnreadableFile(name, "the file holds no rows. It needs a first row with the names of its columns.")
    columns = columns_of(header)

    def rows() -> Iterator[dict[str, str]]:
        found = cells(strict)
        next(found, None)
        for row in found:
            yield row_of(columns, folded(row, len(columns), delimiter))

    return Stream(columns, count, rows)


def _counted(rows: Iterator[list[str]]) -> tuple[list[str], int]:
    header = next(rows, [])
    return header, sum(1 for _ in rows)


def _pieces(file: IO[str]) -> Iterator[str]:
    """Lines; raises csv.Error for one longer than a cell may be, which would otherwise be read whole first."""
    while line := file.readline(MOST_FIELD + 1):
        if len(line) > MOST_FIELD:
            raise csv.Error(f"field larger than field limit ({MOST_FIELD})")
        yield line


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while piece := file.read(_PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return True
