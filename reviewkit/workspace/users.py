"""Accounts: argon2id passwords, sessions that live in the store, login limits that hold across restarts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import cached_property
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from reviewkit.domain.errors import AlreadyThere, Invalid, LoginRefused, TooManyAttempts
from reviewkit.domain.ids import new_secret
from reviewkit.domain.people import Session, User
from reviewkit.domain.words import UserRole
from reviewkit.workspace.context import Context
from reviewkit.workspace.reviewing.reviews import token_hash

if TYPE_CHECKING:
    from argon2 import PasswordHasher

MIN_PASSWORD, MAX_PASSWORD = 10, 1_000
WINDOW = timedelta(minutes=15)

_AT_ONCE = BoundedSemaphore(2)
"""Each hash takes 64 MiB and a core for about 0.2 s; more at once would only starve everybody else."""


class Users:
    def __init__(self, context: Context) -> None:
        self._context = context
        self._store = context.store

    def list(self) -> list[User]:
        return self._store.users.all()

    def add(self, name: str, full_name: str, role: UserRole, password: str, *, who: str = "") -> User:
        """Raises AlreadyThere, Invalid."""
        name = name.strip().lower()
        if not name or not name.isprintable() or " " in name or len(name) > 64:
            raise Invalid("A user name is one word of at most 64 characters.", field="name")
        user = User(name, full_name.strip() or name, role, self._hash(password))
        with self._store.write():
            if self._store.users.find(name):
                raise AlreadyThere("user", name)
            self._store.users.put(user)
            self._context.record(who, f"added {role}", name)
        return user

    def set_password(self, name: str, password: str, *, who: str = "") -> None:
        """Ends all of the account's sessions too. Raises NotFound, Invalid."""
        hashed = self._hash(password)
        with self._store.write():
            self._store.users.put(replace(self._store.users.get(name), password_hash=hashed))
            self._end_sessions(name)
            self._context.record(who, "set password", name)

    def disable(self, name: str, *, who: str = "") -> None:
        """The account can no longer log in, and is logged out everywhere. Raises NotFound."""
        with self._store.write():
            self._store.users.put(replace(self._store.users.get(name), disabled=True))
            self._end_sessions(name)
            self._context.record(who, "disabled", name)

    def log_in(self, name: str, password: str, *, address: str = "") -> str:
        """A session's secret for the cookie.

        Takes the same time for a known and an unknown name, and counts failures per account and per address.

        Raises:
            LoginRefused: wrong name or password, or a disabled account.
            TooManyAttempts: the limit within a quarter of an hour is reached.
        """
        name, now = name.strip().lower()[:64], self._context.now()
        subjects = [f"user:{name}", f"address:{address}"]
        with self._store.write():  # counted before it is tried, so that parallel attempts cannot slip past the limit
            self._store.attempts.forget(now - WINDOW)
            if any(
                self._store.attempts.since(s, now - WINDOW) >= self._context.settings.login_attempts for s in subjects
            ):
                raise TooManyAttempts(int(WINDOW.total_seconds() // 60))
            for subject in subjects:
                self._store.attempts.record(subject, now)
        user = self._store.users.find(name)
        right = self._matches(user.password_hash if user else self._nobody, password)
        if not right or user is None or user.disabled:
            raise LoginRefused()
        secret = new_secret()
        expires = now + timedelta(hours=self._context.settings.session_hours)
        with self._store.write():
            self._store.attempts.clear(f"user:{name}")
            # failures from the address at other accounts still count, or an own account would wash them away
            self._store.attempts.withdraw(f"address:{address}", now)
            self._store.sessions.put(Session(token_hash(secret), name, now, expires))
            self._context.record(name, "logged in", name)
        return secret

    def of_session(self, secret: str) -> User | None:
        """Whose session it is; None when it is unknown, over, or the account is disabled."""
        session = self._store.sessions.find(token_hash(secret))
        if session is None or session.expires <= self._context.now():
            return None
        user = self._store.users.find(session.user)
        return None if user is None or user.disabled else user

    def log_out(self, secret: str) -> None:
        with self._store.write():
            self._store.sessions.delete(token_hash(secret))

    def _end_sessions(self, name: str) -> None:
        self._store.sessions.delete(*(session.id for session in self._store.sessions.all(user=name)))

    def _hash(self, password: str) -> str:
        if not MIN_PASSWORD <= len(password) <= MAX_PASSWORD:
            raise Invalid(f"A password has {MIN_PASSWORD} to {MAX_PASSWORD} characters.", field="password")
        with _AT_ONCE:
            return self._hasher.hash(password.encode("utf-8", "surrogatepass"))

    def _matches(self, hashed: str, password: str) -> bool:
        from argon2.exceptions import VerificationError

        try:
            with _AT_ONCE:
                return self._hasher.verify(hashed, password[:MAX_PASSWORD].encode("utf-8", "surrogatepass"))
        except VerificationError:
            return False

    @cached_property
    def _hasher(self) -> PasswordHasher:
        from argon2 import PasswordHasher

        return PasswordHasher()

    @cached_property
    def _nobody(self) -> str:
        """A hash no password matches, so that an unknown name costs what a known one does."""
        return self._hash(new_secret())
