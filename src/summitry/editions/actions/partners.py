"""Partners: people of other houses who enter an edition's console for a duty in it, and leave when none is left.

Rooms above say which duties those are: whoever works on a forum for its institution, or acts for a delegation.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from summitry.editions.models import Room
from summitry.editions.permissions import CREW, ENTERING, PARTNER, STAFF
from summitry.foundation.access import Actor, Scope
from summitry.foundation.grants import put_grant, take_grant
from summitry.foundation.models import Account, Grant

Ids = Callable[[int], QuerySet[Any, Any]]
_duties: dict[str, Ids] = {}


def register_partner_duty(kind: str, ids_of: Ids) -> None:
    """Say that roles in scopes of this kind are duties of partners; `ids_of` returns such scopes of an edition."""
    _duties[kind] = ids_of


def admit_partner(account: Account, edition_id: int, *, by: Actor) -> None:
    """Open an edition's console to somebody who was given a duty in it; the caller has asked for permission."""
    put_grant(account, PARTNER.code, Scope("edition", edition_id), by=by)


def release_partner(account: Account, edition_id: int, *, by: Actor) -> None:
    """Close it to somebody from whom a duty was taken, unless another one needs it; what she does elsewhere is no reason."""
    if not _is_needed(account, edition_id):
        take_grant(account, PARTNER.code, Scope("edition", edition_id), by=by)


def _is_needed(account: Account, edition_id: int) -> bool:
    held = Grant.objects.filter(account=account)
    for kind, ids_of in _duties.items():
        if held.filter(scope_kind=kind, scope_id__in=ids_of(edition_id)).exists():
            return True
    here = held.filter(scope_kind="edition", scope_id=edition_id)
    if here.filter(role__in=STAFF | {CREW.code}).exists():
        return False
    rooms = Room.objects.filter(edition=edition_id).values("pk")
    in_rooms = held.filter(scope_kind="room", scope_id__in=rooms)
    return here.exclude(role__in=ENTERING).exists() or in_rooms.exists()
