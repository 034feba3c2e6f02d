"""Giving roles to accounts and taking them back."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.foundation import clock
from summitry.foundation.access.actor import SITE, Actor, Scope
from summitry.foundation.access.policy import ADMINISTRATOR, roles
from summitry.foundation.audit import record, recording
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.models import Account, Grant


def grant_role(account: Account, role: str, scope: Scope = SITE, *, by: Actor) -> Grant:
    """Give `account` a role in `scope`; giving it twice changes nothing.

    Raises PermissionRefused unless `by` is the system or an administrator, InvalidInput for an unknown role or a
    scope in which the role cannot be held.
    """
    _check(by)
    return put_grant(account, role, scope, by=by)


def put_grant(account: Account, role: str, scope: Scope, *, by: Actor) -> Grant:
    """Give a role as part of an action that has asked for permission itself. Raises InvalidInput like `grant_role`."""
    known = roles().get(role)
    if known is None or scope.kind not in known.scopes:
        raise InvalidInput(_("The role %(role)s cannot be given here."), role=role)
    with recording():
        grant, created = Grant.objects.get_or_create(
            account=account,
            role=role,
            scope_kind=scope.kind,
            scope_id=scope.id,
            defaults={"created_at": clock.now()},
        )
        if created:
            record("foundation.role.granted", by=by, obj=account, role=role, scope=list(scope))
    return grant


def withdraw_role(account: Account, role: str, scope: Scope = SITE, *, by: Actor) -> None:
    """Take a role back; it need not be held. Raises PermissionRefused like `grant_role`."""
    _check(by)
    take_grant(account, role, scope, by=by)


def take_grant(account: Account, role: str, scope: Scope, *, by: Actor) -> None:
    """Take a role back as part of an action that has asked for permission itself."""
    with recording():
        deleted, _rows = Grant.objects.filter(
            account=account, role=role, scope_kind=scope.kind, scope_id=scope.id
        ).delete()
        if deleted:
            record("foundation.role.withdrawn", by=by, obj=account, role=role, scope=list(scope))


def _check(by: Actor) -> None:
    if not (by.is_system or by.holds(ADMINISTRATOR)):
        raise PermissionRefused
