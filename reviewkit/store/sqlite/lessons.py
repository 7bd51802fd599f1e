"""What must go from lessons and their history when a response is erased: words that were taken over from it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from sqlite_utils import Database

WORDS = ("title", "context", "what_happened", "root_cause", "effect", "recommendation", "early_warning")
"""Fields of a lesson that words of an answer may have been taken over into."""

TAKEN_BACK = "[taken back]"
"""Stands in a lesson for words whose author has erased them."""


def forget_words(db: Database, statements: Mapping[str, str]) -> list[str]:
    """Takes the words of erased statements, as id -> text, out of the lessons that rest on them, or ever did.

    What somebody wrote in words of their own stays. Returns the ids of the lessons whose words changed.
    """
    named: dict[str, set[str]] = {}
    for table, key, column in (("lessons", "id", "statements"), ("lesson_changes", "lesson", "changes")):
        for said in statements:
            sql = f"SELECT {key} FROM {table} WHERE instr({column}, ?)"
            for (lesson,) in db.execute(sql, [said]).fetchall():
                named.setdefault(lesson, set()).add(said)
    touched = []
    for lesson, ids in sorted(named.items()):
        texts = {one: statements[one] for one in ids}
        _rewrite_history(db, lesson, texts)
        if _rewrite(db, lesson, texts):
            touched.append(lesson)
    return touched


def _rewrite(db: Database, lesson: str, texts: Mapping[str, str]) -> bool:
    found = db.execute(f"SELECT {', '.join(WORDS)} FROM lessons WHERE id = ?", [lesson]).fetchone()
    if found is None:
        return False
    mended = [_without(text, texts) for text in found]
    if mended == list(found):
        return False
    db.execute(f"UPDATE lessons SET {', '.join(f'{name} = ?' for name in WORDS)} WHERE id = ?", [*mended, lesson])
    return True


def _rewrite_history(db: Database, lesson: str, texts: Mapping[str, str]) -> None:
    for change_id, told in db.execute("SELECT id, changes FROM lesson_changes WHERE lesson = ?", [lesson]).fetchall():
        changes = [_mended(change, texts) for change in json.loads(told)]
        kept = json.dumps(changes, ensure_ascii=False, separators=(",", ":"))
        db.execute("UPDATE lesson_changes SET changes = ? WHERE id = ?", [kept, change_id])


def _mended(change: dict[str, Any], texts: Mapping[str, str]) -> dict[str, Any]:
    if change["field"] == "statements":
        sides = {
            side: "\n".join(one for one in change[side].splitlines() if one not in texts)
            for side in ("before", "after")
        }
    else:
        sides = {side: _without(change[side], texts) for side in ("before", "after")}
    return {**change, **sides}


def _without(text: str, texts: Mapping[str, str]) -> str:
    for said in sorted(texts.values(), key=len, reverse=True):
        if said.strip():
            text = text.replace(said.strip(), TAKEN_BACK)
    return text
