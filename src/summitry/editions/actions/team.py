"""Who works on an edition: its director appoints and dismisses."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from summitry.editions.models import Edition, Room
from summitry.editions.permissions import CREW, ENTERING, STAFF
from summitry.foundation.access import Actor, Scope, require, roles
from summitry.foundation.accounts import account_at
from summitry.foundation.audit import recording
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
    with recording():
        account = account_at(email, by=by, name=name)
        put_grant(account, role, scope, by=by)
        if role not in STAFF:
            put_grant(account, CREW.code, Scope("edition", edition.pk), by=by)
    return account


def dismiss(edition: Edition, account: Account, role: str, *, by: Actor, room: Room | None = None) -> None:
    """Take a role in the edition, or in one room of it, back; it need not be held.

    With the last role in the edition and its rooms the console closes. A director cannot dismiss herself, so that no
    edition is left without one. Raises InvalidInput.
    """
    require(by, "edit", edition)
    if account.pk == by.account_id and role == "director":
        raise InvalidInput(_("You cannot dismiss yourself. Another director can."))
    with recording():
        take_grant(account, role, _scope(edition, room), by=by)
        if not _has_work(edition, account):
            take_grant(account, CREW.code, Scope("edition", edition.pk), by=by)


def _has_work(edition: Edition, account: Account) -> bool:
    """Return whether an account holds a role in the edition or its rooms that is more than the door's."""
    held = Grant.objects.filter(account=account).exclude(role__in=ENTERING)
    rooms = Room.objects.filter(edition=edition).values("pk")
    in_edition = held.filter(scope_kind="edition", scope_id=edition.pk)
    return in_edition.exists() or held.filter(scope_kind="room", scope_id__in=rooms).exists()


def _scope(edition: Edition, room: Room | None) -> Scope:
    return Scope("edition", edition.pk) if room is None else Scope("room", room.pk)
