"""Companions: they come with a principal, as many as her category allows, and go when she goes."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from summitry.foundation.access import Actor, require
from summitry.foundation.audit import recording
from summitry.foundation.errors import InvalidInput
from summitry.guests.actions.moving import move
from summitry.guests.actions.nomination import Nominee, check_nominee, seat
from summitry.guests.enums import GONE, Capacity, GuestState
from summitry.guests.errors import TooManyCompanions
from summitry.guests.events import GuestMoved
from summitry.guests.models import Category, Guest


def name_companion(
    principal: Guest, nominee: Nominee, *, by: Actor, category: Category | None = None
) -> Guest:
    """Name somebody who accompanies `principal`, in a category of companions; she is of the same delegation.

    The principal may do so herself. Announces GuestsChanged. Raises TooManyCompanions and InvalidInput.
    """
    require(by, "complete", principal)
    kinds = Category.objects.filter(edition=principal.edition_id, capacity=Capacity.COMPANION)
    kind = category or kinds.first()
    if kind is None or kind.capacity != Capacity.COMPANION:
        raise InvalidInput(fields={"category": [_("This edition has no category of companions.")]})
    check_nominee(nominee, kind)
    with recording():
        present = Guest.objects.select_related("category", "delegation").get(pk=principal.pk)
        if present.state in GONE or present.principal_id is not None:
            raise InvalidInput(_("Only a guest who comes can be accompanied."))
        if companions_of(present.pk).count() >= present.category.companions:
            raise TooManyCompanions(places=present.category.companions)
        return seat(nominee, kind, by=by, delegation=present.delegation, principal=present)


def companions_of(principal_id: int) -> QuerySet[Guest]:
    """Return the companions of a guest who come, with their people."""
    rows = Guest.objects.filter(principal=principal_id).exclude(state__in=GONE)
    return rows.select_related("person").order_by("pk")


def follow_principal(event: GuestMoved) -> None:
    """Let companions go with their principal, in the transaction in which she goes.

    Where her accreditation is only opened again, theirs are as well: none outlives hers.
    """
    if event.now in GONE:
        for one in companions_of(event.guest_id):
            move(one, GuestState.WITHDRAWN, by=event.by)
    elif event.was == GuestState.CONFIRMED:
        for one in companions_of(event.guest_id).filter(state=GuestState.CONFIRMED):
            move(one, GuestState.DECIDING, by=event.by)
