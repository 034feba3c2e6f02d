"""The texts of the rooms below that the workbench offers: the edition's own, and the names of its places."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from summitry.editions.actions.translating import translate_edition, translate_places
from summitry.editions.models import Building, Edition, Room, Venue
from summitry.foundation.access import Actor
from summitry.translation.sources import SAVED, Rewritten, Source, TextField, register_source

_NAME = TextField("name", _("Name"))


def register() -> None:
    """Offer them."""
    for source in (EDITIONS, VENUES, BUILDINGS, ROOMS):
        register_source(source)


def _write_edition(edition: Edition, changes: Sequence[Rewritten], by: Actor) -> None:
    for one in changes:
        translate_edition(one.row, one.texts, by=by, audit=SAVED)


def _write_places(edition: Edition, changes: Sequence[Rewritten], by: Actor) -> None:
    translate_places(edition, [(one.row, one.texts) for one in changes], by=by, audit=SAVED)


EDITIONS = Source(
    key="editions.edition",
    model=Edition,
    label=_("Edition"),
    plural=_("The edition itself"),
    fields=(
        _NAME,
        TextField("formal_title", _("Formal title")),
        TextField("motto", _("Motto")),
        TextField("lead", _("Lead"), is_prose=True),
        TextField("host_city", _("Host city")),
        TextField("ordinal_note", _("Note on the count")),
    ),
    rows=lambda edition: Edition.objects.filter(pk=edition.pk),
    name=lambda edition: edition.name,
    write=_write_edition,
    order=10,
)
VENUES = Source(
    key="editions.venue",
    model=Venue,
    label=_("Venue"),
    plural=_("Venues"),
    fields=(_NAME, TextField("address", _("Address"), is_prose=True)),
    rows=lambda edition: Venue.objects.filter(edition=edition).order_by("pk"),
    name=lambda venue: venue.name,
    write=_write_places,
    order=60,
)
BUILDINGS = Source(
    key="editions.building",
    model=Building,
    label=_("Building"),
    plural=_("Buildings"),
    fields=(_NAME,),
    rows=lambda edition: Building.objects.filter(venue__edition=edition),
    name=lambda building: building.name,
    write=_write_places,
    order=70,
)
ROOMS = Source(
    key="editions.room",
    model=Room,
    label=_("Room"),
    plural=_("Rooms"),
    fields=(_NAME,),
    rows=lambda edition: Room.objects.filter(edition=edition),
    name=lambda room: room.name,
    write=_write_places,
    order=80,
)
