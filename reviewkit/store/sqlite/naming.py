"""What must go from the names of themes when a response is erased: words that nobody else in the theme wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping

from sqlite_utils import Database

from reviewkit.domain.themes import UNNAMED
from reviewkit.store.sqlite.records import among

TOLD = (("recommendations", "advice"), ("kickoffs", "similar"), ("theme_runs", "changes"), ("actions", "text"))
"""Where the machine's name for a theme is told outside of the theme itself."""


def forget_names(db: Database, statements: Mapping[str, str]) -> list[str]:
    """Takes the machine's names from themes that the erased statements, as id -> text, were in, where a word of the
    name or a keyword is theirs alone; the next full run names the theme anew. What a person called it stays.

    To be called while the statements are still there. Returns the ids of the themes whose names went.
    """
    where, values = among("statement", statements)
    sql = f"SELECT DISTINCT theme, subtheme FROM memberships WHERE {where}"
    themes = {name for row in db.execute(sql, values).fetchall() for name in row if name}
    spoken = {word for text in statements.values() for word in _words(text)}
    touched = []
    for theme in sorted(themes):
        found = db.execute("SELECT label, suggested, keywords FROM themes WHERE id = ?", [theme]).fetchone()
        if found is None:
            continue
        label, suggested, keywords = found
        theirs = spoken & {word for text in (suggested or label, *json.loads(keywords)) for word in _words(text)}
        if not theirs - _said_by_others(db, theme, statements):
            continue
        name = suggested or label
        kept = label if label != name else UNNAMED
        db.execute("UPDATE themes SET label = ?, suggested = '', keywords = '[]' WHERE id = ?", [kept, theme])
        for table, column in TOLD:
            told = json.dumps(name, ensure_ascii=False)[1:-1] if column in ("similar", "changes") else name
            sql = f"UPDATE {table} SET {column} = replace({column}, ?, ?) WHERE instr({column}, ?)"
            db.execute(sql, [told, UNNAMED, told])
        touched.append(theme)
    return touched


def _said_by_others(db: Database, theme: str, statements: Iterable[str]) -> set[str]:
    gone = set(statements)
    sql = "SELECT id, text FROM statements JOIN memberships ON statement = id WHERE theme = ? OR subtheme = ?"
    rows = db.execute(sql, [theme, theme]).fetchall()
    return {word for one, text in rows if one not in gone for word in _words(text)}


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text.casefold()))
