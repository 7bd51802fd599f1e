"""The passages table and its FTS5 index, which triggers keep in step within the same transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reviewkit.domain.ids import fingerprint
from reviewkit.domain.words import Scope
from reviewkit.store.port import Passage
from reviewkit.store.rows import Plain, columns_of, from_rows, to_row
from reviewkit.store.sqlite.connection import Connections
from reviewkit.store.sqlite.records import among, listed, unstorable

_NAMES = listed(column.name for column in columns_of(Passage))


class SqlitePassages:
    """What search reads. Rows are numbered by a hash, so that their order does not tell what was said when."""

    def __init__(self, connections: Connections) -> None:
        self._connections = connections

    def replace(self, scope: Scope, record: str, passages: Sequence[Passage]) -> None:
        with self._connections.write() as db:
            table = db.table("passages")
            table.delete_where("scope = ? AND record = ?", [scope.value, record])
            try:
                table.insert_all([_row(passage) for passage in passages])
            except (UnicodeEncodeError, OverflowError) as problem:
                raise unstorable(problem) from None

    def digests(self, scope: Scope) -> dict[str, str]:
        sql = "SELECT record, max(digest) FROM passages WHERE scope = ? GROUP BY record ORDER BY record"
        with self._connections.read() as db:
            return dict(db.execute(sql, [scope.value]).fetchall())

    def of(self, scope: Scope, records: Iterable[str] | None = None) -> list[Passage]:
        where, values = ("1", []) if records is None else among("record", records)
        sql = f"SELECT {_NAMES} FROM passages WHERE scope = ? AND {where} ORDER BY record, position"
        with self._connections.read() as db:
            return from_rows(Passage, db.execute(sql, [scope.value, *values]).fetchall())

    def lexical(self, terms: Sequence[str], scopes: Sequence[Scope], limit: int) -> list[tuple[Passage, float]]:
        match = match_any(terms)
        if not match or not scopes or limit <= 0:
            return []
        where, values = among("scope", scopes)
        sql = f"""
            SELECT {_NAMES}, score FROM passages JOIN (
                SELECT rowid AS found, -bm25(passages_index) AS score FROM passages_index WHERE passages_index MATCH ?
            ) ON number = found
            WHERE {where} ORDER BY score DESC, scope, record, position LIMIT ?
        """
        with self._connections.read() as db:
            rows = db.execute(sql, [match, *values, limit]).fetchall()
        return [(passage, row[-1]) for passage, row in zip(from_rows(Passage, rows), rows, strict=True)]

    def unembedded(self, model: str, limit: int) -> list[tuple[str, str]]:
        sql = """
            SELECT text_hash, min(text) FROM passages AS p
            WHERE NOT EXISTS (SELECT 1 FROM vectors AS v WHERE v.text_hash = p.text_hash AND v.model = ?)
            GROUP BY text_hash ORDER BY text_hash LIMIT ?
        """
        with self._connections.read() as db:
            return [(text_hash, text) for text_hash, text in db.execute(sql, [model, limit]).fetchall()]


def match_any(terms: Iterable[str]) -> str:
    """An FTS5 query for passages that hold any of `terms`; each is quoted, so that none is read as query syntax."""
    whole = (term.replace("\0", " ").encode("utf-8", "ignore").decode() for term in terms)
    return " OR ".join('"' + term.replace('"', '""') + '"' for term in dict.fromkeys(whole) if term.strip())


def _row(passage: Passage) -> dict[str, Plain]:
    key = fingerprint(passage.scope, passage.record, str(passage.position))
    return {"number": int(key[:15], 16), **to_row(passage)}
