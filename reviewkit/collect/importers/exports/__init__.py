"""The bytes of a file from any tool we know -> a table of answers, one row a respondent.

Most exports are such tables already. Boards of cards, long tables of single answers and tables with two header rows are
turned into one first, each by a module of its own, so that everything after this reads one shape.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from reviewkit.collect.archives import is_archive
from reviewkit.collect.importers.exports import (
    azure_devops,
    easyretro,
    formbricks_records,
    outline,
    parabol,
    retrospected,
    surveymonkey,
    word,
)
from reviewkit.collect.importers.exports.cards import AnswersTable
from reviewkit.collect.tables import decoded, read_table
from reviewkit.domain.errors import UnreadableFile
from reviewkit.domain.words import ExportFormat


@dataclass(frozen=True)
class Layout:
    """How a tool lays its exports out.

    `knows` says whether a text is such an export, `reads` makes the table, given the file's name too; both take the
    whole text. `knows` looks at what only that tool writes, and is asked in the order of `LAYOUTS`.
    """

    title: str
    knows: Callable[[str], bool]
    reads: Callable[[str, str], AnswersTable]


LAYOUTS: Mapping[ExportFormat, Layout] = {
    ExportFormat.PARABOL: Layout("Parabol", parabol.knows, parabol.read),
    ExportFormat.AZURE_DEVOPS: Layout("Azure DevOps Retrospectives", azure_devops.knows, azure_devops.read),
    ExportFormat.FORMBRICKS_RECORDS: Layout("Formbricks (records)", formbricks_records.knows, formbricks_records.read),
    ExportFormat.SURVEYMONKEY: Layout("SurveyMonkey", surveymonkey.knows, surveymonkey.read),
    ExportFormat.RETROSPECTED: Layout("Retrospected", retrospected.knows, retrospected.read),
    ExportFormat.EASYRETRO: Layout("FunRetro or EasyRetro", easyretro.knows, easyretro.read),
    ExportFormat.MARKDOWN: Layout("notes with headings and bullets (Markdown)", outline.knows, outline.read),
}
"""Each layout of text that is no plain table -> how it is known and read; Word files are told apart by their bytes."""


@dataclass(frozen=True)
class Export:
    """A file's answers as a table, and the format it was read as."""

    read_as: ExportFormat
    found: AnswersTable


def read_export(content: bytes, name: str, format_: ExportFormat = ExportFormat.AUTO) -> Export:
    """The answers in a file called `name`, read as `format_`; with `AUTO` the file itself tells as which.

    Raises:
        UnreadableFile: the file is empty, no text and no workbook, or not laid out as `format_` says.
    """
    if format_ in (ExportFormat.AUTO, ExportFormat.WORD) and word.knows(content, name):
        return Export(ExportFormat.WORD, _filled(word.read(content, name), "notes in Word", name))
    if format_ is ExportFormat.WORD:
        raise _other("notes in Word", name)
    if not content.strip() or format_ is ExportFormat.TABLE or is_archive(content):
        return _table(content, name)
    text = decoded(content, name)
    known = format_ if format_ in LAYOUTS else next((key for key, one in LAYOUTS.items() if one.knows(text)), None)
    if known is None:
        return _table(content, name)
    layout = LAYOUTS[known]
    if not layout.knows(text):
        raise _other(layout.title, name)
    return Export(known, _filled(layout.reads(text, name), layout.title, name))


def _other(title: str, name: str) -> UnreadableFile:
    return UnreadableFile(name, f"it is not laid out as {title} lays it out. Leave the format away: the file tells.")


def _filled(found: AnswersTable, title: str, name: str) -> AnswersTable:
    if not found.table.rows:
        raise UnreadableFile(name, f"laid out as {title} lays it out, but no answers are in it.")
    return found


def _table(content: bytes, name: str) -> Export:
    return Export(ExportFormat.TABLE, AnswersTable(read_table(content, name)))
