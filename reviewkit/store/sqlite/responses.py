"""The responses table, and what must go when one of them is erased."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlite_utils import Database

from reviewkit.domain.reviews import Response
from reviewkit.domain.themes import UNNAMED
from reviewkit.domain.words import Scope, ThemeVerb
from reviewkit.store.sqlite.connection import Connections
from reviewkit.store.sqlite.families import remove_vectors
from reviewkit.store.sqlite.lessons import forget_words
from reviewkit.store.sqlite.naming import forget_names
from reviewkit.store.sqlite.passages import drop_unused_facets, forget, unsaid_of
from reviewkit.store.sqlite.records import SqliteRecords, among, comparable


class SqliteResponses(SqliteRecords[Response]):
    """Responses under random ids, in no order."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections, Response, "responses", "response")

    def unsplit(self, splitter: str, limit: int) -> list[Response]:
        found: list[Response] = []
        for differs in ("<", ">"):  # two ranges of an index and in its order, where <> would walk the table
            sql = f"{self._select} WHERE split_by {differs} ? AND released ORDER BY split_by, id LIMIT ?"
            found += self._read(sql, [splitter, limit - len(found)])
        return sorted(found, key=lambda response: response.id)

    def per_review(self, *, released: bool | None = None) -> dict[str, int]:
        which = {True: "released", False: "NOT released", None: "1"}[released]  # as the index of those held back has it
        sql = f"SELECT review, count(*) FROM responses WHERE {which} GROUP BY review ORDER BY review"
        with self._connections.read() as db:
            return dict(db.execute(sql).fetchall())

    def known(self, review: str, submission_keys: Iterable[str]) -> set[str]:
        where, values = among("submission_key", submission_keys)
        with self._connections.read() as db:
            sql = f"SELECT submission_key FROM responses WHERE review = ? AND {where}"
            return {row[0] for row in db.execute(sql, [comparable(review), *values]).fetchall()}

    def release(self, review: str, many: int) -> None:
        held = "SELECT id FROM responses WHERE review = ? AND NOT released ORDER BY id LIMIT ?"
        with self._connections.write() as db:
            db.execute(f"UPDATE responses SET released = 1 WHERE id IN ({held})", [comparable(review), many])

    def erase(self, id: str) -> None:
        self.delete(id)

    def delete(self, *ids: str) -> None:
        """Erases them: what is derived from answers never outlives them."""
        with self._connections.write() as db:
            _remove(db, ids)
            db.execute("INSERT INTO passages_index (passages_index) VALUES ('optimize')")  # drops deleted terms
            self._connections.wipe_after_commit()


def _remove(db: Database, responses: Iterable[str]) -> None:
    where, values = among("response", responses)
    cut = db.execute(f"SELECT id, text_hash, text FROM statements WHERE {where}", values).fetchall()
    statements, hashes = [row[0] for row in cut], {row[1] for row in cut}
    where, values = among("record", statements)
    sql = f"SELECT number, text_hash FROM passages WHERE scope = '{Scope.STATEMENTS}' AND {where}"
    read = db.execute(sql, values).fetchall()
    where, values = among("record", forget_words(db, {statement: text for statement, _, text in cut}))
    sql = f"SELECT number, text_hash FROM passages WHERE scope = '{Scope.LESSONS}' AND {where}"
    read += db.execute(sql, values).fetchall()  # search reads those lessons anew
    if statements:
        where, values = among("record", forget_names(db, {statement: text for statement, _, text in cut}))
        sql = f"SELECT number, text_hash FROM passages WHERE scope = '{Scope.THEMES}' AND {where}"
        read += db.execute(sql, values).fetchall()  # and those themes
    hashes.update(text_hash for _, text_hash in read)
    forget(db, [number for number, _ in read])
    drop_unused_facets(db)
    where, values = among("source", statements)
    db.execute(f"DELETE FROM links WHERE scope = '{Scope.STATEMENTS}' AND {where}", values)
    db.table("links").delete_where(*among("response", responses))  # also those whose statement is cut otherwise now
    if statements:
        _forget_in_themes(db, statements)
    for table, column in (("recommendations", "quotes"), ("themes", "representatives"), ("lessons", "statements")):
        _strike(db, table, column, frozenset(statements))
    db.table("responses").delete_where(*among("id", responses))  # its statements go with it
    where, values = among("text_hash", hashes)
    kept = {row[0] for row in db.execute(f"SELECT text_hash FROM statements WHERE {where}", values).fetchall()}
    remove_vectors(db, unsaid_of(db, sorted(hashes - kept)))
    db.execute(f"DELETE FROM unsaid WHERE {where}", values)


def _forget_in_themes(db: Database, statements: list[str]) -> None:
    """Decisions no longer name them, and what is made of their words or vectors goes until the next full run.

    A name the machine gave may hold a word of theirs: it goes from what a decision remembers, with the keywords of a
    theme that was merged away, which no run makes anew.
    """
    for table, column in (("memberships", "statement"), ("decisions", "subject")):
        db.table(table).delete_where(*among(column, statements))
    db.execute("DELETE FROM landmarks")
    gone = frozenset(statements)
    touched = _strike(db, "decisions", "statements", gone) + _strike(db, "decisions", "stayed", gone)
    where, values = among("id", touched)
    db.execute(f"UPDATE decisions SET label = '' WHERE {where} AND verb <> '{ThemeVerb.SPLIT}'", values)
    db.execute(f"DELETE FROM decisions WHERE {where} AND verb = '{ThemeVerb.MOVE}' AND statements = '[]'", values)
    merged = f"merged_into <> '' AND id IN (SELECT subject FROM decisions WHERE {where})"
    db.execute(f"UPDATE themes SET label = '{UNNAMED}', suggested = '', keywords = '[]' WHERE {merged}", values)


def _strike(db: Database, table: str, column: str, statements: frozenset[str]) -> list[str]:
    """Takes statements out of the evidence that other records hold, quotes with their words included.

    Returns the ids of the records that held any.
    """
    touched = []
    for key, text in db.execute(f"SELECT id, {column} FROM {table} WHERE {column} <> '[]'").fetchall():
        evidence = json.loads(text)
        kept = [entry for entry in evidence if _statement_of(entry) not in statements]
        if len(kept) < len(evidence):
            kept_text = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
            db.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", [kept_text, key])
            touched.append(key)
    return touched


def _statement_of(entry: Any) -> Any:
    return entry["statement"] if isinstance(entry, dict) else entry
