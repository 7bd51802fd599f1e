"""What is kept of a register's file: how it was laid out, and each risk's row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from reviewkit.collect.importers.registers import Register
from reviewkit.collect.tables import Table
from reviewkit.domain.ids import derived_id
from reviewkit.domain.registers import ReadAs, RegisterLayout, RegisterTool, RiskSource
from reviewkit.workspace.context import Context


def layout_id(project: str, columns: Sequence[str]) -> str:
    """The same for every file with these columns whose rows belong to `project`, empty where a column says to which."""
    return derived_id("layout", project, *columns)


def keep_rows(context: Context, found: Register, table: Table, project: str, signs: tuple[str, bool]) -> None:
    """Keeps the layout of an imported register and the row of each of its risks (docs/adr/0021).

    `signs` are the file's delimiter and whether it has a byte order mark. Call it inside the import's transaction.
    """
    store, columns = context.store, table.columns
    layout = RegisterLayout(
        id=layout_id(project, columns),
        tool=found.tool,
        project=project,
        columns=columns,
        read_as=tuple(ReadAs(one.field, one.column) for one in found.columns),
        tops=dict(found.tops),
        delimiter=signs[0],
        has_mark=signs[1],
    )
    if "project" not in found.fields and not project:
        return
    known = store.register_layouts.find(layout.id)
    if known:  # a later file may hold none of the high levels
        layout = replace(layout, tops={**known.tops, **layout.tops})
    store.register_layouts.put(layout)
    store.risk_sources.put(
        *(
            RiskSource(risk.id, layout.id, place, tuple(table.rows[place].get(name, "") for name in columns), risk)
            for risk, place in zip(found.records, found.places, strict=True)
        )
    )


def recognised(found: Register) -> str:
    """As in “Redmine (high confidence)”; empty for a table of no tool known here."""
    return "" if found.tool is RegisterTool.GENERIC else f"{found.tool} ({found.tool_confidence} confidence)"
