"""Roles and policies: one row and many rows always agree."""

from __future__ import annotations

import pytest

from summitry.foundation.access import ADMINISTRATOR, PUBLIC, Actor, Scope, require, system
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.grants import grant_role, withdraw_role
from summitry.foundation.models import Account, AuditEntry

pytestmark = pytest.mark.django_db
BY = system("tests")


def _account() -> Account:
    return Account.objects.create_user("mei@example.org")


def test_a_role_is_granted_once_and_logged() -> None:
    account = _account()
    grant_role(account, ADMINISTRATOR, by=BY)
    grant_role(account, ADMINISTRATOR, by=BY)

    assert account.actor().holds(ADMINISTRATOR)
    assert AuditEntry.objects.filter(action="foundation.role.granted").count() == 1


def test_a_withdrawn_role_is_gone() -> None:
    account = _account()
    grant_role(account, "editor", Scope("edition", 7), by=BY)
    withdraw_role(account, "editor", Scope("edition", 7), by=BY)

    assert account.actor().grants == frozenset()


def test_only_administrators_give_roles() -> None:
    account = _account()

    with pytest.raises(PermissionRefused):
        grant_role(account, ADMINISTRATOR, by=account.actor())
    with pytest.raises(PermissionRefused):
        grant_role(account, ADMINISTRATOR, by=PUBLIC)


@pytest.mark.parametrize(("role", "scope"), [("emperor", Scope("site", 0)), ("editor", Scope("site", 0))])
def test_an_unknown_role_or_scope_is_refused(role: str, scope: Scope) -> None:
    with pytest.raises(InvalidInput):
        grant_role(_account(), role, scope, by=BY)


def test_a_role_holds_in_its_scope_only() -> None:
    account = _account()
    grant_role(account, "editor", Scope("edition", 7), by=BY)
    actor: Actor = account.actor()

    assert actor.holds("editor", scope=Scope("edition", 7))
    assert not actor.holds("editor", scope=Scope("edition", 8))
    assert actor.scope_ids("edition", frozenset({"editor"})) == frozenset({7})


def test_require_needs_an_object_or_a_model() -> None:
    with pytest.raises(TypeError):
        require(PUBLIC, "view")
