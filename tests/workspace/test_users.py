"""Accounts: who gets in, who no longer does, and how often one may try."""

from __future__ import annotations

import pytest

from reviewkit.domain.errors import AlreadyThere, Invalid, LoginRefused, NotFound, TooManyAttempts
from reviewkit.domain.words import UserRole
from reviewkit.workspace import Workspace
from tests.clock import Clock

PASSWORD = "correct horse battery"


@pytest.fixture
def account(workspace: Workspace) -> str:
    return workspace.users.add("Nell", "Nell Whitcombe", UserRole.CURATOR, PASSWORD).name


def test_a_login_lasts_until_logout(workspace: Workspace, account: str) -> None:
    secret = workspace.users.log_in("NELL ", PASSWORD)
    user = workspace.users.of_session(secret)
    assert user is not None
    assert (user.name, user.role) == ("nell", UserRole.CURATOR)
    workspace.users.log_out(secret)
    assert workspace.users.of_session(secret) is None


@pytest.mark.parametrize("end", ["disable", "password", "hours"])
def test_sessions_end_at_once(workspace: Workspace, account: str, clock: Clock, end: str) -> None:
    secret = workspace.users.log_in(account, PASSWORD)
    if end == "disable":
        workspace.users.disable(account)
    elif end == "password":
        workspace.users.set_password(account, "another long password")
    else:
        clock.pass_by(hours=13)
    assert workspace.users.of_session(secret) is None


@pytest.mark.parametrize(("name", "password"), [("nell", "wrong password"), ("nobody", PASSWORD), ("nell", "")])
def test_what_was_wrong_is_not_said(workspace: Workspace, account: str, name: str, password: str) -> None:
    with pytest.raises(LoginRefused) as refused:
        workspace.users.log_in(name, password)
    assert str(refused.value) == str(LoginRefused())


def test_a_disabled_account_is_refused_like_a_wrong_password(workspace: Workspace, account: str) -> None:
    workspace.users.disable(account)
    with pytest.raises(LoginRefused):
        workspace.users.log_in(account, PASSWORD)


def test_attempts_are_limited_per_account_whatever_the_address(
    workspace: Workspace, account: str, clock: Clock
) -> None:
    for attempt in range(10):
        with pytest.raises(LoginRefused):
            workspace.users.log_in(account, "wrong password", address=f"10.0.0.{attempt}")
    with pytest.raises(TooManyAttempts):
        workspace.users.log_in(account, PASSWORD, address="10.0.1.1")
    clock.pass_by(minutes=16)
    assert workspace.users.log_in(account, PASSWORD, address="10.0.1.1")


def test_an_own_account_does_not_wash_an_address_clean(workspace: Workspace, account: str) -> None:
    workspace.users.add("mallory", "Mallory", UserRole.VIEWER, PASSWORD)
    for attempt in range(10):
        with pytest.raises(LoginRefused):
            workspace.users.log_in(f"guess{attempt}", "wrong password", address="10.0.0.1")
        if attempt < 9:
            workspace.users.log_in("mallory", PASSWORD, address="10.0.0.1")
    with pytest.raises(TooManyAttempts):
        workspace.users.log_in(account, PASSWORD, address="10.0.0.1")


def test_passwords_have_bounds_and_a_long_one_works(workspace: Workspace) -> None:
    with pytest.raises(Invalid, match="10 to 1000"):
        workspace.users.add("a", "A", UserRole.VIEWER, "short")
    with pytest.raises(Invalid):
        workspace.users.add("a", "A", UserRole.VIEWER, "x" * 1_000_000)
    long = "ä" * 64
    workspace.users.add("a", "A", UserRole.VIEWER, long)
    assert workspace.users.log_in("a", long)


def test_names_are_unique_and_known(workspace: Workspace, account: str) -> None:
    with pytest.raises(AlreadyThere):
        workspace.users.add("nell", "Another", UserRole.VIEWER, PASSWORD)
    with pytest.raises(NotFound):
        workspace.users.disable("nobody")


def test_roles_include_those_before_them(workspace: Workspace, account: str) -> None:
    (user,) = workspace.users.list()
    assert [user.may(role) for role in UserRole] == [True, True, True, False]
