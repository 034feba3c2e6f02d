"""Hotels, the rooms they hold, and who sleeps in them: no night with more guests than rooms."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language

from summitry.directory.queries.slugs import numbered, slug_base
from summitry.editions.models import Edition
from summitry.foundation.access import Actor, require
from summitry.foundation.audit import record, recording
from summitry.foundation.bus import announce
from summitry.foundation.changes import change, checked
from summitry.foundation.errors import NotFound
from summitry.foundation.i18n import Text, formats
from summitry.guests.enums import GONE
from summitry.guests.models import Guest
from summitry.protocol.actions.coming import require_coming
from summitry.protocol.errors import AllotmentFull
from summitry.protocol.events import TravelChanged
from summitry.protocol.models import Allotment, Hotel, Stay


def create_hotel(edition: Edition, *, by: Actor, name: Text, **facts: Any) -> Hotel:
    """Add a house in which rooms are held."""
    require(by, "edit", Hotel(edition=edition))
    taken = set(Hotel.objects.filter(edition=edition).values_list("slug", flat=True))
    slug = numbered([slug_base(name.texts.values(), 50)], taken)[0]
    made = checked(Hotel(edition=edition, slug=slug, name=name, position=len(taken), **facts))
    with recording():
        made.save(force_insert=True)
        record("protocol.hotel.created", by=by, obj=made)
    return made


def create_allotment(hotel: Hotel, *, by: Actor, **facts: Any) -> Allotment:
    """Enter how many rooms of a class a hotel holds."""
    require(by, "edit", hotel)
    made = checked(Allotment(hotel=hotel, **facts))
    with recording():
        made.save(force_insert=True)
        record("protocol.allotment.created", by=by, obj=made, edition_id=hotel.edition_id, rooms=made.rooms)
    return made


def update_allotment(allotment: Allotment, *, by: Actor, **changes: Any) -> Allotment:
    """Change what is held. Raises AllotmentFull where more is taken already, or a stay lies outside of the new days."""
    require(by, "edit", allotment)
    with recording():
        change(allotment, changes, by=by, audit="protocol.allotment.updated")
        _fits(allotment, allotment.stays.exclude(guest__state__in=GONE))
    return allotment


def create_stay(guest: Guest, allotment: Allotment, *, by: Actor, **facts: Any) -> Stay:
    """Give a guest a room. Announces TravelChanged. Raises NotComing, InvalidInput, and AllotmentFull naming the night."""
    stay = _ready(Stay(guest=guest, allotment=allotment, **facts), by)
    with recording():
        require_coming([guest])
        _hold(allotment)
        _fits(allotment, [*_taking(allotment), stay])
        stay.save(force_insert=True)
        record("protocol.stay.created", by=by, obj=stay, edition_id=guest.edition_id)
        _tell(guest.edition_id, by, guest.pk)
    return stay


def create_stays(
    edition: Edition, given: Sequence[tuple[Guest, Allotment, Mapping[str, Any]]], *, by: Actor
) -> list[Stay]:
    """Give many guests rooms, all or none, with one entry of the log. Raises like `create_stay`."""
    stays = [_ready(Stay(guest=guest, allotment=held, **facts), by) for guest, held, facts in given]
    with recording():
        require_coming(stay.guest for stay in stays)
        for allotment in sorted({stay.allotment for stay in stays}, key=lambda held: held.pk):
            _hold(allotment)
            new = [stay for stay in stays if stay.allotment_id == allotment.pk]
            _fits(allotment, [*_taking(allotment), *new])
        made = Stay.objects.bulk_create(stays, batch_size=500)
        record("protocol.stays.created", by=by, edition_id=edition.pk, count=len(made))
        _tell(edition.pk, by, *(stay.guest_id for stay in made))
    return made


def update_stay(stay: Stay, *, by: Actor, **changes: Any) -> Stay:
    """Change a stay. Raises like `create_stay`, and StaleState where somebody else changed it."""
    require(by, "edit", stay)
    with recording():
        _hold(changes.get("allotment", stay.allotment))
        if change(stay, changes, by=by, audit="protocol.stay.updated"):
            _fits(stay.allotment, _taking(stay.allotment))
            _tell(stay.guest.edition_id, by, stay.guest_id)
    return stay


def remove_stay(stay: Stay, *, by: Actor) -> None:
    """Cancel a stay: its nights are free again."""
    require(by, "edit", stay)
    with recording():
        record("protocol.stay.removed", by=by, obj=stay, edition_id=stay.guest.edition_id)
        stay.delete()
        _tell(stay.guest.edition_id, by, stay.guest_id)


def nights(stays: Iterable[Stay]) -> Counter[dt.date]:
    """Return how many rooms are taken in each night."""
    taken: Counter[dt.date] = Counter()
    for stay in stays:
        if not stay.shares:
            days = (stay.leaves_on - stay.arrives_on).days
            taken.update(stay.arrives_on + dt.timedelta(days=n) for n in range(days))
    return taken


def _ready(stay: Stay, by: Actor) -> Stay:
    require(by, "edit", stay)
    if stay.allotment.hotel.edition_id != stay.guest.edition_id:
        raise NotFound
    return checked(stay, only={"arrives_on", "leaves_on", "room_number", "note"})


def _taking(allotment: Allotment) -> list[Stay]:
    """Return the stays that take rooms: those of guests who come."""
    return list(Stay.objects.filter(allotment=allotment).exclude(guest__state__in=GONE))


def _fits(allotment: Allotment, stays: Iterable[Stay]) -> None:
    for night, taken in sorted(nights(stays).items()):
        held = allotment.rooms if allotment.since <= night < allotment.until else 0
        if taken > held:
            raise AllotmentFull(rooms=held, night=formats.date(night, get_language() or "en", "yMMMd"))


def _hold(allotment: Allotment) -> None:
    Allotment.objects.select_for_update().get(pk=allotment.pk)


def _tell(edition_id: int, by: Actor, *guest_ids: int) -> None:
    announce(TravelChanged(by=by, edition_id=edition_id, guest_ids=guest_ids))
