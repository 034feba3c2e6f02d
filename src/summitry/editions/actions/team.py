"""Who works on an edition: its director appoints and dismisses."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition, Room
from summitry.editions.permissions import PARTNER, STAFF
from summitry.foundation.access import Actor, Scope, require, roles
from summitry.foundation.accounts import account_at
from summitry.foundation.errors import InvalidInput
from summitry.foundation.grants import put_grant, take_grant
from summitry.foundation.models import Account, Grant


def appoint(
    edition: Edition, email: str, role: str, *, by: Actor, room: Room | None = None, name: str = ""
) -> Account:
    """Give somebody a role in the edition, or in one room of it; an account is made where the address has none.

    Whoever is not of the staff may enter the console with it. Twice changes nothing. Raises InvalidInput for a role
    that cannot be held there.
    """
    require(by, "edit", edition)
    scope = _scope(edition, room)
    known = roles().get(role)
    if (
        known is None
        or scope.kind not in known.scopes
        or (room is not None and room.edition_id != edition.pk)
    ):
        raise InvalidInput(_("The role %(role)s cannot be given here."), role=role)
    with transaction.atomic():
        account = account_at(email, by=by, name=name)
        put_grant(account, role, scope, by=by)
        if role not in STAFF:
            put_grant(account, PARTNER.code, Scope("edition", edition.pk), by=by)
    return account


def dismiss(edition: Edition, account: Account, role: str, *, by: Actor, room: Room | None = None) -> None:
    """Take a role in the edition, or in one room of it, back; it need not be held.

    With the last role in the edition and its rooms the console closes. A director cannot dismiss herself, so that no
    edition is left without one. Raises InvalidInput.
    """
    require(by, "edit", edition)
    if account.pk == by.account_id and role == "director":
        raise InvalidInput(_("You cannot dismiss yourself. Another director can."))
    with transaction.atomic():
        take_grant(account, role, _scope(edition, room), by=by)
        if not Grant.objects.filter(account=account, scope_kind="forum").exists():
            close_console(edition, account, by=by)


def close_console(edition: Edition, account: Account, *, by: Actor) -> None:
    """Close the console for an account that has no role left in the edition or its rooms.

    The caller has asked for permission, and made sure that no role in anything else of the edition needs it.
    """
    held = Grant.objects.filter(account=account).exclude(role=PARTNER.code)
    rooms = Room.objects.filter(edition=edition).values("pk")
    if not (
        held.filter(scope_kind="edition", scope_id=edition.pk).exists()
        or held.filter(scope_kind="room", scope_id__in=rooms).exists()
    ):
        take_grant(account, PARTNER.code, Scope("edition", edition.pk), by=by)


def _scope(edition: Edition, room: Room | None) -> Scope:
    return Scope("edition", edition.pk) if room is None else Scope("room", room.pk)
