"""The links table: suggestions come and go, decisions stay; a queue of them is paged without reading all of it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from reviewkit.domain.themes import Link
from reviewkit.domain.words import Confidence, Kind, LinkState, Scope
from reviewkit.store.linked import Odds, Place, ProblemLinks
from reviewkit.store.rows import from_rows
from reviewkit.store.sqlite.connection import Connections
from reviewkit.store.sqlite.records import SqliteRecords, among

_TIED = """
    FROM links JOIN statements ON statements.id = links.source JOIN risks ON risks.id = links.risk
"""
_HELD = f"""
    SELECT 1 FROM links AS held JOIN risks AS feared ON feared.id = held.risk
    WHERE held.scope = '{Scope.STATEMENTS}' AND held.source = links.source AND feared.project = statements.project AND (
        held.state = '{LinkState.CONFIRMED}'
        OR (held.state = '{LinkState.SUGGESTED}' AND held.confidence <> '{Confidence.LOW}')
    )
"""


class SqliteLinks(SqliteRecords[Link]):
    """Links under the hash of their pair."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections, Link, "links", "link")

    def replace_suggestions(self, links: Iterable[Link], sources: Iterable[str] | None = None) -> None:
        where, values = ("1", []) if sources is None else among("source", sources)
        with self._connections.write() as db:
            db.execute(f"DELETE FROM links WHERE state = ? AND {where}", [LinkState.SUGGESTED.value, *values])
            decided = {row[0] for row in db.execute(f"SELECT id FROM links WHERE {where}", values).fetchall()}
            self.put(*(link for link in links if link.id not in decided))

    def of_problems(self, asked: ProblemLinks, odds: Odds, first: int = 0, limit: int | None = None) -> list[Link]:
        where, values = _asked(asked)
        distance, given = _distance(odds)
        names = ", ".join(f'links."{name}"' for name in self._names)
        sql = f"""
            SELECT {names} {_TIED} WHERE {where} ORDER BY {distance}, links.score DESC, links.id LIMIT ? OFFSET ?
        """
        rows = [*values, *given, -1 if limit is None else limit, first]
        with self._connections.read() as db:
            return from_rows(Link, db.execute(sql, rows).fetchall())

    def count_problems(self, asked: ProblemLinks, odds: Odds | None = None, before: Place | None = None) -> int:
        where, values = _asked(asked)
        if odds is not None and before is not None:
            distance, given = _distance(odds)
            # once a row, not once a comparison
            counted = f"SELECT {distance} AS distance, links.score AS score, links.id AS id {_TIED} WHERE {where}"
            sql = f"""
                SELECT count(*) FROM ({counted}) WHERE distance < ? OR (distance = ? AND (score > ? OR (score = ?
                AND id < ?)))
            """
            place = [before.distance, before.distance, before.score, before.score, before.id]
            values = [*given, *values, *place]
        else:
            sql = f"SELECT count(*) {_TIED} WHERE {where}"
        with self._connections.read() as db:
            return int(db.execute(sql, values).fetchone()[0])

    def unheld(self, asked: ProblemLinks) -> set[str]:
        where, values = _asked(asked)
        sql = f"SELECT DISTINCT links.source {_TIED} WHERE {where} AND NOT EXISTS ({_HELD})"
        with self._connections.read() as db:
            return {source for (source,) in db.execute(sql, values).fetchall()}

    def per_project(self) -> dict[str, int]:
        sql = "SELECT project, count(*) FROM links JOIN risks ON risks.id = links.risk GROUP BY project"
        with self._connections.read() as db:
            return dict(db.execute(sql).fetchall())


def _asked(asked: ProblemLinks) -> tuple[str, list[Any]]:
    """The condition that a link is among those asked for, and its parameters."""
    clauses = ["links.scope = ?", "statements.kind = ?"]
    values: list[Any] = [Scope.STATEMENTS.value, Kind.PROBLEM.value]
    for column, wanted in (("links.state", asked.state), ("links.confidence", asked.confidence)):
        if wanted is not None:
            clauses.append(f"{column} = ?")
            values.append(wanted.value)
    if asked.project:
        clauses.append("risks.project = ?")
        values.append(asked.project)
    for column, negated, names in (
        ("statements.review", "", asked.reviews),
        ("links.source", "", asked.only),
        ("links.source", "NOT ", asked.but or None),
    ):
        if names is not None:
            clauses.append(f"{column} {negated}IN (SELECT value FROM json_each(?))")
            values.append(json.dumps(sorted(names)))
    return " AND ".join(clauses), values


def _distance(odds: Odds) -> tuple[str, list[Any]]:
    """`Odds.distance` of a row, and its parameters."""
    cases = " ".join("WHEN ? THEN ?" for _ in odds.words)
    words = [part for word, distance in odds.words.items() for part in (word.value, distance)]
    said = f"CASE links.confidence {cases} END"
    if odds.weights is None:
        return said, words
    told = "abs(? * links.score + ? * links.cosine + ?)"
    return f"CASE WHEN links.cosine IS NULL THEN {said} ELSE {told} END", [*words, *odds.weights]
