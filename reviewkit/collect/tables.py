"""The bytes of a CSV or XLSX file -> a table of text."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from reviewkit.collect.archives import is_archive
from reviewkit.domain.errors import UnreadableFile

MOST_FIELD = 16 * 1024 * 1024
"""Characters of one cell; beyond it a quotation mark was opened and never closed, or somebody means harm."""

MOST_BYTES = 512 * 1024 * 1024
DELIMITERS = ",;\t|"
SNIFFED = 256 * 1024
"""Characters looked at to find the delimiter."""

_ODD = re.compile(r"[\x00-\x08\x0e-\x1f]")
"""Control characters that no text of a table holds."""

_NO_TABLES = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"\xd0\xcf\x11\xe0": "an old Excel or Word file",
    b"SQLite format 3": "a database",
}


@dataclass(frozen=True)
class Table:
    """Columns with distinct names, and rows that hold a text for each of them."""

    columns: tuple[str, ...]
    rows: list[dict[str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Stream:
    """A table whose `count` rows are read anew from their source each time they are asked for, so that a long file is
    never held whole."""

    columns: tuple[str, ...]
    count: int
    read: Callable[[], Iterator[dict[str, str]]]

    @property
    def rows(self) -> Iterator[dict[str, str]]:
        return self.read()


def read_table(source: bytes | str | Path, name: str = "") -> Table:
    """The first table of a CSV or XLSX file; what it is, is told by its content, not by its name.

    CSV: UTF-8, UTF-16 or Windows-1252; comma, semicolon, tab or bar. The first row names the columns: nameless ones
    become “column 3”, repeated ones “text (2)”. Missing cells of a row are blank; cells beyond the last column are
    taken as parts of it that somebody forgot to quote. Blank lines are passed over. XLSX: see `collect.workbooks`.

    Args:
        source: the file's bytes, or its path.
        name: what messages call the file; a path's own name where it is not given.

    Raises:
        UnreadableFile: it cannot be opened, is empty, or is no table.
    """
    content = source if isinstance(source, bytes) else bytes_of(Path(source))
    name = name or ("the file" if isinstance(source, bytes) else Path(source).name)
    if not content.strip():
        raise UnreadableFile(name, "the file is empty. It needs a first row with the names of its columns.")
    if is_archive(content):
        from reviewkit.collect.workbooks import rows_of_workbook

        return table_of(rows_of_workbook(content, name), name)
    return table_of(_rows_of_csv(decoded(content, name), name), name)


def signs_of(content: bytes, name: str) -> tuple[str, bool]:
    """The delimiter of a CSV file and whether it begins with a byte order mark; those of a plain one for a workbook.

    Raises UnreadableFile as `read_table` does.
    """
    if is_archive(content):
        return ",", False
    return delimiter_of(decoded(content, name), name), content.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"))


def table_of(rows: Iterable[Sequence[str]], name: str) -> Table:
    """Rows of cells, the first naming the columns -> a table. Raises UnreadableFile where no row has a cell."""
    filled = (row for row in rows if any(cell.strip() for cell in row))
    header = next(filled, None)
    if header is None:
        raise UnreadableFile(name, "the file holds no rows. It needs a first row with the names of its columns.")
    columns = columns_of(header)
    return Table(columns, [row_of(columns, cells) for cells in filled])


def csv_of(rows: Iterable[Sequence[str]]) -> str:
    """Rows as CSV text, all as wide as the widest, as tools write it."""
    found = list(rows)
    width = max(map(len, found), default=0)
    out = io.StringIO()
    csv.writer(out).writerows([*row, *[""] * (width - len(row))] for row in found)
    return out.getvalue()


def bytes_of(path: Path) -> bytes:
    """The whole file. Raises UnreadableFile where it cannot be opened or is larger than a table may be."""
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as problem:
        raise UnreadableFile(str(path), f"it cannot be read: {problem.strerror or problem}.") from None
    if len(content) > MOST_BYTES:
        raise UnreadableFile(path.name, f"it is larger than {MOST_BYTES // 2**20} MB. Cut it into several files.")
    return content


def decoded(content: bytes, name: str) -> str:
    """The text of a file in UTF-8, UTF-16 or Windows-1252. Raises UnreadableFile for what is no text of a table."""
    refuse_other_files(content, name)
    encoding = encoding_of(content, "utf-8-sig" if _is_utf_8(content) else "cp1252")
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        raise unreadable_letters(name) from None
    refuse_other_texts(text[:SNIFFED], name)
    return text


def unreadable_letters(name: str) -> UnreadableFile:
    return UnreadableFile(name, "its letters cannot be read. Save it as CSV in UTF-8.")


def refuse_other_files(content: bytes, name: str) -> None:
    """Raises UnreadableFile where the first bytes are those of a picture or another file that holds no text."""
    for magic, what in _NO_TABLES.items():
        if content.startswith(magic):
            raise UnreadableFile(name, f"this is {what}, not a table. Save the table as CSV or XLSX.")


def refuse_other_texts(head: str, name: str) -> None:
    """Raises UnreadableFile where the beginning of a text is that of a web page, or is no text at all."""
    odd = len(_ODD.findall(head))
    if odd > max(8, len(head) // 100):
        raise UnreadableFile(name, "this is not a text file. Save the table as CSV or XLSX.")
    if head.lstrip()[:200].lower().startswith(("<!doctype", "<html", "<?xml", "<svg")):
        raise UnreadableFile(name, "this is a web page or XML, not a table. Save the table as CSV or XLSX.")


def encoding_of(content: bytes, other: str) -> str:
    """The encoding that the first bytes tell; `other` where they tell none."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    head = content[:4096]
    if head.count(0) > len(head) // 4:  # UTF-16 without its mark: every other byte of Western text is zero
        return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
    return other


def _is_utf_8(content: bytes) -> bool:
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return True


def _rows_of_csv(text: str, name: str) -> list[list[str]]:
    csv.field_size_limit(MOST_FIELD)
    delimiter = delimiter_of(text, name)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as problem:
        refuse_open_quote(problem, name)
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        except csv.Error as worse:
            raise no_csv(worse, name) from None
    width = len(next((row for row in rows if any(cell.strip() for cell in row)), []))
    return [folded(row, width, delimiter) for row in rows]


def header_of(text: str, delimiter: str) -> list[str]:
    """The cells of a text's first line, to tell what wrote it; none where they are no CSV, which is said elsewhere."""
    first = text.lstrip("\ufeff").partition("\n")[0]
    if len(first) > SNIFFED:
        return []
    csv.field_size_limit(MOST_FIELD)
    try:
        return next(csv.reader([first], delimiter=delimiter), [])
    except csv.Error:
        return []


def refuse_open_quote(problem: csv.Error, name: str) -> None:
    """Raises UnreadableFile where a strict reader met the file's end within quotation marks."""
    if "end of data" in str(problem):
        raise UnreadableFile(name, "a quotation mark is opened and never closed.") from None


def no_csv(problem: csv.Error, name: str) -> UnreadableFile:
    return UnreadableFile(name, f"it cannot be read as CSV: {problem}.")


def folded(row: list[str], width: int, delimiter: str) -> list[str]:
    """Cells beyond the header's are parts of the last one, unless they are blank."""
    if len(row) <= width or not width:
        return row
    while len(row) > width and not row[-1].strip():
        row = row[:-1]
    return [*row[: width - 1], delimiter.join(row[width - 1 :])]


def delimiter_of(text: str, name: str) -> str:
    """The one that the header holds and that gives most rows as many cells as the header.

    Raises UnreadableFile where the header is parted by one sign and nearly all rows by another.
    """
    head = text[:SNIFFED]
    best, most, header, below = ",", 0.0, 1, 0.0
    for delimiter in DELIMITERS:
        rows = _parted(head, delimiter)
        width = len(rows[0]) if rows else 1
        if width < 2:
            continue
        agreement = sum(len(row) == width for row in rows) / len(rows)
        if agreement + width / 1_000 > most:
            best, most, header = delimiter, agreement + width / 1_000, width
            below = sum(len(row) > 1 for row in rows[1:]) / max(1, len(rows) - 1)
    if header > 1 and not below:
        for other in DELIMITERS.replace(best, ""):
            rows = _parted(head, other)[1:]
            if rows and sum(len(row) == header for row in rows) > 0.9 * len(rows):
                signs = f"its header is parted by “{_sign(best)}” and its rows by “{_sign(other)}”"
                raise UnreadableFile(name, f"{signs}. Save the table as CSV anew.")
    return best


def _parted(head: str, delimiter: str) -> list[list[str]]:
    """The rows of a beginning without the last, which may be cut; none where they cannot be read."""
    try:
        rows = [row for row in csv.reader(io.StringIO(head, newline=""), delimiter=delimiter) if row]
    except csv.Error:
        return []
    return rows[: max(1, len(rows) - 1)] if len(head) == SNIFFED or len(rows) > 2 else rows


def _sign(delimiter: str) -> str:
    return "tab" if delimiter == "\t" else delimiter


def columns_of(header: Sequence[str]) -> tuple[str, ...]:
    names: list[str] = []
    seen: Counter[str] = Counter()
    taken = {cell.strip() for cell in header}
    for place, cell in enumerate(header, start=1):
        name = cell.strip() or f"column {place}"
        seen[name] += 1
        unique, number = name, seen[name]
        while number > 1 and (unique := f"{name} ({number})") in taken:
            number += 1
        taken.add(unique)
        names.append(unique)
    return tuple(names)


def row_of(columns: tuple[str, ...], cells: Sequence[str]) -> dict[str, str]:
    if len(cells) < len(columns):
        cells = [*cells, *[""] * (len(columns) - len(cells))]
    return dict(zip(columns, cells, strict=False))
