"""Who works on an edition: its director appoints and dismisses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition
from summitry.editions.permissions import ROLES
from summitry.foundation.access import Actor, Scope, require
from summitry.foundation.errors import InvalidInput
from summitry.foundation.grants import put_grant, take_grant
from summitry.foundation.models import Account

OF_AN_EDITION = frozenset(role.code for role in ROLES)


def appoint(edition: Edition, account: Account, role: str, *, by: Actor) -> None:
    """Give `account` a role in the edition; twice changes nothing. Raises InvalidInput for a role of another scope."""
    require(by, "edit", edition)
    if role not in OF_AN_EDITION:
        raise InvalidInput(_("The role %(role)s cannot be given here."), role=role)
    put_grant(account, role, Scope("edition", edition.pk), by=by)


def dismiss(edition: Edition, account: Account, role: str, *, by: Actor) -> None:
    """Take a role in the edition back; it need not be held."""
    require(by, "edit", edition)
    take_grant(account, role, Scope("edition", edition.pk), by=by)
