"""The bytes of a file from any tool we know -> a table of answers, one row a respondent.

Most exports are such tables already. Boards of cards, long tables of single answers and tables with two header rows are
turned into one first, each by a module of its own, so that everything after this reads one shape.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from reviewkit.collect.archives import is_archive
from reviewkit.collect.importers.exports import (
    azure_devops,
    easyretro,
    formbricks_records,
    jira,
    outline,
    parabol,
    retrospected,
    surveymonkey,
    word,
)
from reviewkit.collect.importers.exports.cards import AnswersTable, Board, table_of_board
from reviewkit.collect.importers.exports.ticks import ticks_joined
from reviewkit.collect.streams import beginning, opening_of, stream_of
from reviewkit.collect.tables import bytes_of, csv_of, decoded, read_table, table_of
from reviewkit.domain.errors import UnreadableFile
from reviewkit.domain.words import Confidence, ExportFormat


@dataclass(frozen=True)
class Layout:
    """How a tool lays its exports out.

    `knows` says whether a text, or its beginning, is such an export; `reads` makes the table or board of the whole,
    given the file's name too. `knows` looks at what only that tool writes, and is asked in the order of `LAYOUTS`. A
    layout with `sheets` is written as a workbook too.
    """

    title: str
    knows: Callable[[str], bool]
    reads: Callable[[str, str], AnswersTable | Board]
    sheets: bool = False
    confidence: Confidence = Confidence.HIGH
    """How sure it is where `knows` says so: lower where other tools might write the like."""


LAYOUTS: Mapping[ExportFormat, Layout] = {
    ExportFormat.PARABOL: Layout("Parabol", parabol.knows, parabol.read, sheets=True),
    ExportFormat.AZURE_DEVOPS: Layout("Azure DevOps Retrospectives", azure_devops.knows, azure_devops.read),
    ExportFormat.FORMBRICKS_RECORDS: Layout(
        "Formbricks (records)", formbricks_records.knows, formbricks_records.read, sheets=True
    ),
    ExportFormat.SURVEYMONKEY: Layout("SurveyMonkey", surveymonkey.knows, surveymonkey.read, sheets=True),
    ExportFormat.JIRA: Layout("Jira", jira.knows, jira.read, sheets=True),
    ExportFormat.RETROSPECTED: Layout("Retrospected", retrospected.knows, retrospected.read),
    ExportFormat.EASYRETRO: Layout(
        "FunRetro or EasyRetro", easyretro.knows, easyretro.read, confidence=Confidence.MEDIUM
    ),
    ExportFormat.MARKDOWN: Layout("notes with headings and bullets (Markdown)", outline.knows, outline.read),
}
"""Each layout of text that is no plain table -> how it is known and read; Word files are told apart by their bytes."""


@dataclass(frozen=True)
class Export:
    """A file's answers as a table, and the format it was read as."""

    read_as: ExportFormat
    found: AnswersTable


def known_as(read_as: ExportFormat) -> tuple[str, Confidence]:
    """What people call a layout that is no plain table, and how sure it is once the file itself told it."""
    layout = LAYOUTS.get(read_as)
    return (layout.title, layout.confidence) if layout else ("notes with headings and bullets (Word)", Confidence.HIGH)


def open_export(
    path: Path, name: str, format_: ExportFormat = ExportFormat.AUTO, *, people: int | None = None
) -> Export:
    """The answers in the file at `path`; a plain table is read from it row by row, anything else is read whole.

    Args:
        format_: how the file is laid out; with `AUTO` the file itself tells.
        people: how many people wrote a board's unsigned cards, if somebody knows.

    Raises:
        UnreadableFile: the file is empty, no text and no workbook, or not laid out as `format_` says.
        Invalid: `people` does not fit.
    """
    head = beginning(path, name)
    if not is_archive(head) and format_ in (ExportFormat.AUTO, ExportFormat.TABLE):
        _, text = opening_of(path, name)
        if format_ is ExportFormat.TABLE or (known := _known(text)) is None:
            return Export(ExportFormat.TABLE, ticks_joined(stream_of(path, name)))
        format_ = known
    return read_export(bytes_of(path), name, format_, people=people)


def read_export(
    content: bytes, name: str, format_: ExportFormat = ExportFormat.AUTO, *, people: int | None = None
) -> Export:
    """The answers in a file of `content`, all of it in memory; otherwise as `open_export`."""
    if format_ in (ExportFormat.AUTO, ExportFormat.WORD) and word.knows(content, name):
        return Export(ExportFormat.WORD, _filled(word.read(content, name), "notes in Word", name, people))
    if format_ is ExportFormat.WORD:
        raise _other("notes in Word", name)
    if is_archive(content):
        return _of_workbook(content, name, format_, people)
    if not content.strip() or format_ is ExportFormat.TABLE:
        return Export(ExportFormat.TABLE, ticks_joined(read_table(content, name)))
    text = decoded(content, name)
    known = format_ if format_ in LAYOUTS else _known(text)
    if known is None:
        return Export(ExportFormat.TABLE, ticks_joined(read_table(content, name)))
    return _laid_out(known, text, name, people)


def _of_workbook(content: bytes, name: str, format_: ExportFormat, people: int | None) -> Export:
    """A sheet is a plain table, or what a tool that writes CSV writes as a workbook too."""
    from reviewkit.collect.workbooks import rows_of_workbook

    rows = list(rows_of_workbook(content, name))
    text = csv_of(rows)
    known = next((key for key, one in LAYOUTS.items() if one.sheets and one.knows(text)), None)
    if format_ not in (ExportFormat.AUTO, ExportFormat.TABLE) and known is not format_:
        raise _other(LAYOUTS[format_].title, name)
    if known is None or format_ is ExportFormat.TABLE:
        return Export(ExportFormat.TABLE, ticks_joined(table_of(rows, name)))
    return _laid_out(known, text, name, people)


def _known(text: str) -> ExportFormat | None:
    return next((key for key, one in LAYOUTS.items() if one.knows(text)), None)


def _laid_out(known: ExportFormat, text: str, name: str, people: int | None) -> Export:
    layout = LAYOUTS[known]
    if not layout.knows(text):
        raise _other(layout.title, name)
    try:
        found = layout.reads(text, name)
    except (LookupError, StopIteration):  # its first line is that tool's, and what follows is not
        raise _other(layout.title, name) from None
    return Export(known, _filled(found, layout.title, name, people))


def _other(title: str, name: str) -> UnreadableFile:
    return UnreadableFile(name, f"it is not laid out as {title} lays it out. Leave the format away: the file tells.")


def _filled(found: AnswersTable | Board, title: str, name: str, people: int | None) -> AnswersTable:
    answers = table_of_board(found, people) if isinstance(found, Board) else found
    if next(iter(answers.table.rows), None) is None:
        raise UnreadableFile(name, f"laid out as {title} lays it out, but no answers are in it.")
    return answers
