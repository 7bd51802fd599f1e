"""The memberships table, and what can be counted over it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from reviewkit.domain.themes import Membership
from reviewkit.domain.words import Kind
from reviewkit.store.sqlite.connection import Connections
from reviewkit.store.sqlite.records import SqliteRecords, among
from reviewkit.themes.trends import Reach

_LEVELS = ("theme", "subtheme")


class SqliteMemberships(SqliteRecords[Membership]):
    """Memberships under their statement."""

    def __init__(self, connections: Connections) -> None:
        super().__init__(connections, Membership, "memberships", "membership", key="statement")

    def sizes(self, *, joined: bool = False) -> dict[str, int]:
        found: dict[str, int] = {}
        with self._connections.read() as db:
            for level in reversed(_LEVELS):  # so that blank says without a theme, not without a subtheme
                # the plus keeps SQLite from walking the level's index, which has no word of who joined
                group = f"WHERE joined GROUP BY +{level}" if joined else f"GROUP BY {level}"
                found |= db.execute(f"SELECT {level}, count(*) FROM memberships {group}")
        return found

    def reach(self, themes: Iterable[str]) -> dict[str, Reach]:
        wanted = sorted(set(themes) - {""})
        trouble = ", ".join(f"'{kind}'" for kind in (Kind.PROBLEM, Kind.SUGGESTION))
        found: dict[str, Reach] = {}
        with self._connections.read() as db:
            for level in _LEVELS:
                where, values = among(level, wanted)
                sql = f"""
                    SELECT {level}, count(*), sum(coalesce(kind IN ({trouble}), 0)), count(DISTINCT response),
                        json_group_array(DISTINCT project), min(said), max(said)
                    FROM memberships JOIN statements ON id = statement WHERE {where} GROUP BY {level}
                """
                found |= {row[0]: _reach(*row[1:]) for row in db.execute(sql, values).fetchall()}
        return found


def _reach(statements: int, troubles: int, responses: int, projects: str, first: str | None, last: str | None) -> Reach:
    return Reach(
        statements=statements,
        troubles=troubles,
        responses=responses,
        projects=tuple(sorted(project for project in json.loads(projects) if project)),
        first_seen=date.fromisoformat(first) if first else None,
        last_seen=date.fromisoformat(last) if last else None,
    )
