"""Where one guest may enter, and what was decided about her by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from summitry.directory.queries.names import display_names
from summitry.editions.models import Edition
from summitry.foundation.i18n import Shown
from summitry.gates.models import Grant, RosterLine, Zone
from summitry.guests.models import Guest


@dataclass(frozen=True, slots=True)
class NamedGuest:
    """A guest about whom something was decided, and what."""

    guest_id: int
    name: Shown
    effect: str


def grants_of(guest: Guest) -> QuerySet[Grant]:
    """Return what was decided about a guest, in her own edition."""
    return Grant.objects.filter(guest=guest, zone__edition=guest.edition_id).select_related("zone", "guest")


def zones_open_to(guest: Guest) -> list[Zone]:
    """Return the zones that a guest may enter at some time, as the gates are told."""
    line = RosterLine.objects.filter(guest=guest, is_gone=False).first()
    open_ = {cell[0] for cell in line.access} if line else set()
    return list(Zone.objects.filter(edition=guest.edition_id, pk__in=open_))


def named_in(zone: Zone, lang: str) -> list[NamedGuest]:
    """Return the guests about whom something was decided for a zone, in two statements."""
    rows = list(zone.grants.select_related("guest").order_by("pk"))
    names: Mapping[int, Shown] = display_names(
        {row.guest.person_id for row in rows}, lang, zone.edition.fallback
    )
    return [
        NamedGuest(row.guest_id, names[row.guest.person_id], str(row.get_effect_display())) for row in rows
    ]


def guest_in(edition: Edition, pk: int) -> Guest | None:
    """Return a guest of an edition with what a page about her says."""
    rows = Guest.objects.filter(edition=edition, pk=pk)
    return rows.select_related("edition", "person", "category", "delegation").first()
