"""The schema, as the migrations that made it. They are appended, never edited; one file a stage of the software."""

from __future__ import annotations

from reviewkit.store.sqlite.schema import first  # isort: skip  # in the order in which they are applied
from reviewkit.store.sqlite.schema import themes  # isort: skip
from reviewkit.store.sqlite.schema import search  # isort: skip
from reviewkit.store.sqlite.schema import collecting  # isort: skip
from reviewkit.store.sqlite.schema import opening  # isort: skip
from reviewkit.store.sqlite.schema import releasing  # isort: skip
from reviewkit.store.sqlite.schema import outcomes  # isort: skip
from reviewkit.store.sqlite.schema import library  # isort: skip
from reviewkit.store.sqlite.schema import registers  # isort: skip
from reviewkit.store.sqlite.schema import linking  # isort: skip
from reviewkit.store.sqlite.schema import weighing  # isort: skip
from reviewkit.store.sqlite.schema import recutting  # isort: skip
from reviewkit.store.sqlite.schema.listed import migrations

__all__ = [
    "collecting",
    "first",
    "library",
    "linking",
    "migrations",
    "opening",
    "outcomes",
    "recutting",
    "registers",
    "releasing",
    "search",
    "themes",
    "weighing",
]
