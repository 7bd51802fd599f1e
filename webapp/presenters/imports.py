"""A file that is about to be imported -> its three pages: which columns are what, what would happen, what happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reviewkit.domain.words import Confidence
from reviewkit.workspace.files.imports import ImportReport
from reviewkit.workspace.files.looking import Sheet, SheetColumn
from webapp.presenters.words import sentence

SHOWN_COLUMNS = 60
"""More would make a page nobody reads; those that were recognised come first."""

SHOWN_WARNINGS = 50

NOUNS = {"answers": ("response", "responses"), "risks": ("risk", "risks"), "projects": ("project", "projects")}
NOUNS |= {"lessons": ("lesson", "lessons")}

_SURE = {Confidence.HIGH: "sure", Confidence.MEDIUM: "likely", Confidence.LOW: "a guess"}


@dataclass(frozen=True)
class Choice:
    """A field that a column may be read as."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True)
class ColumnRow:
    """A column with its examples, its choices, and how sure the suggestion is, in words."""

    number: int
    name: str
    examples: str
    choices: Sequence[Choice]
    certainty: str


@dataclass(frozen=True)
class MappingPage:
    rows: Sequence[ColumnRow]
    hidden: int
    dropped: Sequence[str]
    notes: Sequence[str]
    unsigned: int
    people: int | None
    fixed: bool


@dataclass(frozen=True)
class PreviewPage:
    """What an import would do, or did."""

    headline: str
    facts: Sequence[tuple[str, str]]
    columns: Sequence[tuple[str, str, str]]
    unused: Sequence[str]
    dropped: Sequence[str]
    warnings: Sequence[tuple[str, str]]
    more_warnings: int
    anything: bool
    button: str


def mapping_page(sheet: Sheet, people: int | None) -> MappingPage:
    shown = shown_columns(sheet)
    return MappingPage(
        [_row(number, column, sheet.fields) for number, column in enumerate(shown)],
        len(sheet.columns) - len(shown),
        sheet.dropped,
        sheet.notes,
        sheet.unsigned,
        people,
        sheet.fixed,
    )


def shown_columns(sheet: Sheet) -> Sequence[SheetColumn]:
    """The columns that a person maps, in the file's order."""
    if len(sheet.columns) <= SHOWN_COLUMNS:
        return sheet.columns
    known = [column for column in sheet.columns if column.match]
    kept = {column.name for column in [*known, *(one for one in sheet.columns if not one.match)][:SHOWN_COLUMNS]}
    return [column for column in sheet.columns if column.name in kept]


def chosen_mapping(sheet: Sheet, chosen: Sequence[str]) -> Sequence[tuple[str, str]]:
    """What a person chose for each shown column -> pairs of field and column; none where it is what was suggested.

    Fields that nobody chose are settled too, so that nothing is imported which the page did not show.
    """
    columns = shown_columns(sheet)
    pairs = [
        (field, column.name) for field, column in zip(chosen, columns, strict=False) if field and field in sheet.fields
    ]
    if pairs == [(column.match.field, column.name) for column in columns if column.match]:
        return ()
    taken = {field for field, _ in pairs}
    return (*pairs, *((field, "") for field in sheet.fields if field not in taken))


def preview_page(report: ImportReport, what: str, fields: Mapping[str, str]) -> PreviewPage:
    one, many = NOUNS[what]
    new = f"{report.new:,} {one if report.new == 1 else many}"
    coming = report.new + report.changed
    did = [(new, report.new, "added")] if report.new or not report.changed else []
    if report.changed:
        whom = f"{report.changed:,}" if report.new else f"{report.changed:,} {one if report.changed == 1 else many}"
        did.append((whom, report.changed, "changed"))
    if report.applied:
        said = [f"{whom} {'was' if n == 1 else 'were'} {verb}" for whom, n, verb in did]
    else:
        said = [f"{whom} would be {verb}" for whom, _, verb in did]
    is_known = report.found and not coming and not report.applied
    headline = "All of it is here already." if is_known else f"{' and '.join(said)}."
    facts = [("New", f"{report.new:,}")]
    if what != "answers":
        facts.append(("Changed", f"{report.changed:,}"))
    facts.append(("Known already, left as they are", f"{report.known:,}"))
    if report.recognised:
        facts.append(("Recognised as", report.recognised))
    return PreviewPage(
        headline,
        facts,
        [(_short(fields.get(match.field, match.field)), match.column, _certainty(match.by_hand, match.confidence))
         for match in report.columns],
        report.unused,
        report.dropped,
        [(f"Row {warning.row:,}" if warning.row else "The file", sentence(warning.text))
         for warning in report.warnings[:SHOWN_WARNINGS]],
        max(0, len(report.warnings) - SHOWN_WARNINGS),
        coming > 0,
        "Import " + (f"{report.new:,} new and {report.changed:,} changed" if len(did) > 1
                     else f"{report.changed:,} changed" if report.changed else new),
    )  # fmt: skip


def _row(number: int, column: SheetColumn, fields: Mapping[str, str]) -> ColumnRow:
    said = column.match.field if column.match else ""
    choices = [Choice(value, _short(label), value == said) for value, label in fields.items()]
    certainty = _certainty(column.match.by_hand, column.match.confidence) if column.match else ""
    return ColumnRow(
        number,
        column.name,
        " · ".join(map(_short, column.examples)),
        choices,
        certainty,
    )


def _certainty(by_hand: bool, confidence: Confidence) -> str:
    return "chosen by you" if by_hand else f"{_SURE[confidence]} ({confidence} confidence)"


def _short(text: str) -> str:
    return text if len(text) <= 70 else text[:69].rstrip() + "…"
