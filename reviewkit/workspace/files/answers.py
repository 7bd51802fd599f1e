"""Answers from other tools -> responses of a review: previewed, then applied whole or not at all."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import islice
from pathlib import Path
from typing import IO

from reviewkit.collect.importers.exports import Export, known_as, open_export
from reviewkit.collect.importers.found import RowWarning
from reviewkit.collect.importers.headings import HAND
from reviewkit.collect.importers.responses.table import Submission, open_responses
from reviewkit.collect.importers.responses.tools import tool_of
from reviewkit.collect.tables import Stream, Table
from reviewkit.domain.ids import new_id
from reviewkit.domain.reviews import Response
from reviewkit.domain.words import ExportFormat, RespondentRole
from reviewkit.report.tables import plain_cell
from reviewkit.workspace.derive.progress import Report, silent
from reviewkit.workspace.files.imports import ImportReport
from reviewkit.workspace.opening import Workspace

BATCH = 1_000
"""Responses held at a time."""


def import_responses(
    ws: Workspace,
    path: str | Path,
    review: str,
    mapping: HAND = (),
    *,
    name: str = "",
    format_: ExportFormat = ExportFormat.AUTO,
    people: int | None = None,
    dry_run: bool = False,
    who: str = "",
    report: Report = silent,
) -> ImportReport:
    """Answers from a table or a tool's export into a review, whatever its state; a row that is there adds nothing.

    The file is read and checked first, in as much memory as a thousand rows take; only then are the responses saved, in
    one short transaction.

    Args:
        name: what messages call the file; the path's own name where it is not given.
        format_: how the file is laid out; by default the file tells.
        people: how many people wrote a board's unsigned cards, if somebody knows.

    Raises:
        NotFound: no such review.
        UnreadableFile, NoSuchColumn, Invalid: the file, the mapping or the number of people does not fit.
    """
    into = ws.reviews.get(review)
    where = Path(path).expanduser()
    name = name or where.name
    export = open_export(where, name, format_, people=people)
    table = _spoken(export.found.table)
    reading = open_responses(table, into, mapping, name=name, today=ws.context.today)
    total = table.count if isinstance(table, Stream) else len(table.rows)
    found = new = 0
    with _spool() as waiting:
        submissions = reading.submissions()
        while batch := list(islice(submissions, BATCH)):
            present = ws.responses.known(review, [one.key for one in batch])
            fresh = [one for one in batch if one.key not in present]
            found, new = found + len(batch), new + len(fresh)
            if not dry_run:
                waiting.writelines(map(_line, fresh))
            report("rows read", batch[-1].row - 1, total)
        if not dry_run:
            new = ws.responses.put_many(review, _batches(waiting, review, new, report), who=who)
    notes = tuple(RowWarning(0, note) for note in export.found.notes)
    return ImportReport(
        new=new,
        changed=0,
        known=found - new,
        columns=reading.matches,
        unused=reading.unused,
        dropped=(*export.found.dropped, *reading.dropped),
        warnings=(*notes, *reading.warnings.all()),
        applied=not dry_run,
        read_as=export.read_as,
        unsigned=export.found.unsigned,
        recognised=_recognised(export, chosen=format_ is not ExportFormat.AUTO),
    )


def _recognised(export: Export, *, chosen: bool) -> str:
    """What wrote the file and how sure that is, as in “Parabol (high confidence)”; empty for anybody's table."""
    if export.read_as is ExportFormat.TABLE:
        found = tool_of(export.found.table.columns)
        return f"{found[0]} ({found[1]} confidence)" if found else ""
    title, confidence = known_as(export.read_as)
    return f"{title} ({'chosen by you' if chosen else f'{confidence} confidence'})"


def _spoken(table: Table | Stream) -> Table | Stream:
    """The table without the marks that keep a spreadsheet from running its cells."""

    def rows() -> Iterator[dict[str, str]]:
        for row in table.rows:
            marked = [column for column, cell in row.items() if "'" in cell]
            yield row | {column: plain_cell(row[column]) for column in marked} if marked else row

    return replace(table, read=rows) if isinstance(table, Stream) else replace(table, rows=list(rows()))


@contextmanager
def _spool() -> Iterator[IO[str]]:
    """A file without a name, which is gone when it is closed or the process dies."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="surrogatepass", prefix="reviewkit") as file:
        yield file


def _line(one: Submission) -> str:
    role = one.role.value if one.role else None
    return json.dumps([one.key, role, one.submitted.toordinal(), one.answers], ensure_ascii=False) + "\n"


def _response(review: str, line: str) -> Response:
    """A line of the spool, under a random id, so that the order of the file does not show in the workspace."""
    key, role, day, answers = json.loads(line)
    return Response(
        id=new_id(),
        review=review,
        submission_key=key,
        receipt=new_id(16),
        role=RespondentRole(role) if role else None,
        submitted=date.fromordinal(day),
        answers={name: tuple(said) if isinstance(said, list) else said for name, said in answers.items()},
    )


def _batches(waiting: IO[str], review: str, total: int, report: Report) -> Iterator[list[Response]]:
    waiting.seek(0)
    done = 0
    while lines := list(islice(waiting, BATCH)):
        batch = [_response(review, line) for line in lines]
        yield batch
        done += len(batch)
        report("responses saved", done, total)
