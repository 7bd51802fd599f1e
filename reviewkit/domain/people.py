"""Accounts and their sessions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reviewkit.domain.words import UserRole


@dataclass(frozen=True)
class User:
    """An account; `password_hash` is an argon2id string."""

    name: str
    full_name: str
    role: UserRole
    password_hash: str
    disabled: bool = False

    @property
    def id(self) -> str:
        return self.name

    def may(self, role: UserRole) -> bool:
        return not self.disabled and self.role.rank >= role.rank


@dataclass(frozen=True)
class Session:
    """A login that lives on the server; `id` is the hash of the cookie's secret."""

    id: str
    user: str
    started: datetime
    expires: datetime


@dataclass(frozen=True)
class Event:
    """One line of the audit log."""

    id: str
    at: datetime
    who: str
    what: str
    subject: str
