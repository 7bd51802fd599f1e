"""Formbricks' records, a row for each single answer -> answers, a row for each submission.

Columns among others: submission_id, collected_at, field_id, field_type, field_label, value_text, value_number,
value_boolean, value_date, value_id.
"""

from __future__ import annotations

from reviewkit.collect.importers.exports.cards import SAID, AnswersTable
from reviewkit.collect.tables import Table, header_of, read_table

_KNOWN = {"submission_id", "collected_at", "field_id", "field_label", "value_text"}
_VALUES = ("value_text", "value_number", "value_boolean", "value_date")
_ID = "Submission ID"
_TRUTH = {"true": "yes", "false": "no"}


def knows(text: str) -> bool:
    return any(set(header_of(text, sign)) >= _KNOWN for sign in ",;\t")


def read(text: str, name: str) -> AnswersTable:
    """A question's label is its column, its id where it has none; several values of one question are parted by
    semicolons, as those of a multiple choice are."""
    rows: dict[str, dict[str, str]] = {}
    for record in read_table(text.encode(), name).rows:
        said = next((cell.strip() for value in _VALUES if (cell := record.get(value, "")).strip()), "")
        key, question = record["submission_id"].strip(), (record["field_label"] or record["field_id"]).strip()
        if not key or not question or not said:
            continue
        row = rows.setdefault(key, {_ID: key, SAID: record["collected_at"]})
        said = _TRUTH.get(said.casefold(), said) if record.get("field_type", "").casefold() == "boolean" else said
        row[question] = ";".join(filter(None, (row.get(question, ""), said)))
    columns = tuple(dict.fromkeys(column for row in rows.values() for column in row))
    return AnswersTable(Table(columns, [dict.fromkeys(columns, "") | row for row in rows.values()]))
