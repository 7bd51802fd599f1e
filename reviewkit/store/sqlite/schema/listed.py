"""The list that every migration is appended to, in the order in which its files are read."""

from __future__ import annotations

from sqlite_utils import Migrations

migrations = Migrations("reviewkit")
