"""Where an edition takes place: its venues, buildings and the walks between them. Rooms are in `room`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from summitry.editions.actions.content import touch_content
from summitry.editions.errors import ForeignPart
from summitry.editions.events import VenueChanged
from summitry.editions.models import Building, Edition, Venue, Walk
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import checked
from summitry.foundation.errors import InvalidInput
from summitry.foundation.i18n import Text


@dataclass(frozen=True, slots=True)
class WalkGiven:
    """How many minutes on foot lie between two buildings, in either direction."""

    first: Building
    second: Building
    minutes: int


def create_venue(edition: Edition, name: Text, *, by: Actor, address: Text | None = None) -> Venue:
    """Add a venue. Announces VenueChanged."""
    require(by, "edit", edition)
    with recording():
        venue = checked(Venue(edition=edition, name=name, address=address or Text()))
        venue.save()
        record("editions.venue.created", by=by, obj=venue)
        _changed(edition.pk, by)
    return venue


def create_building(venue: Venue, name: Text, *, by: Actor, position: int = 0) -> Building:
    """Add a building to a venue. Announces VenueChanged."""
    require(by, "edit", venue)
    with recording():
        building = checked(Building(venue=venue, name=name, position=position))
        building.save()
        record("editions.building.created", by=by, obj=building, edition_id=venue.edition_id)
        _changed(venue.edition_id, by)
    return building


def set_walks(edition: Edition, walks: Sequence[WalkGiven], *, by: Actor) -> None:
    """Replace the walking times of an edition. Raises ForeignPart for a building of another edition.

    Announces VenueChanged where anything differs.
    """
    require(by, "edit", edition)
    wanted: dict[tuple[int, int], int] = {}
    for walk in walks:
        pair = (min(walk.first.pk, walk.second.pk), max(walk.first.pk, walk.second.pk))
        if pair[0] == pair[1]:
            raise InvalidInput(fields={"walks": [_("A walk leads from one building to another.")]})
        if wanted.setdefault(pair, walk.minutes) != walk.minutes:
            raise InvalidInput(
                fields={"walks": [_("There are two walking times between the same buildings.")]}
            )
    with recording():
        Edition.objects.select_for_update().get(pk=edition.pk)
        own = set(Building.objects.filter(venue__edition=edition).values_list("pk", flat=True))
        if not own.issuperset(pk for pair in wanted for pk in pair):
            raise ForeignPart
        rows = Walk.objects.filter(first__in=own)
        present = {
            (first, second): minutes
            for first, second, minutes in rows.values_list("first", "second", "minutes")
        }
        if present == wanted:
            return
        rows.delete()
        Walk.objects.bulk_create(
            Walk(first_id=first, second_id=second, minutes=minutes)
            for (first, second), minutes in wanted.items()
        )
        record("editions.walks.set", by=by, obj=edition, edition_id=edition.pk, count=len(wanted))
        _changed(edition.pk, by)


def _changed(edition_id: int, by: Actor) -> None:
    touch_content(edition_id)
    announce(VenueChanged(by=by, edition_id=edition_id))
