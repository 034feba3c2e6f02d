"""Opening next year's edition from this year's."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from summitry.editions.actions.edition import open_edition
from summitry.editions.models import (
    Building,
    Edition,
    EditionOrganiser,
    EditionTopic,
    Phase,
    Room,
    Venue,
    Walk,
)
from summitry.editions.permissions import DIRECTOR
from summitry.foundation.access import Actor, Scope, policy_for, require, system
from summitry.foundation.audit import recording
from summitry.foundation.grants import grant_role
from summitry.foundation.models import Account

COPIED = (
    "summit", "acronym", "name", "formal_title", "motto", "lead", "host_city", "zone_name", "languages", "fallback",
    "naming_profile",
)  # fmt: skip


def clone_edition(
    source: Edition,
    slug: str,
    *,
    by: Actor,
    year: int,
    starts_on: dt.date,
    with_organisers: bool = False,
) -> Edition:
    """Open a new edition with the texts, languages, stylebook, venue, topics and (shifted) phases of `source`.

    Nothing of people and programme is copied, organisers only on request; the ordinal number is left open. The new
    edition is not public; who opens it directs it. Announces EditionCreated.
    """
    require(by, "clone", source)
    distance = starts_on - source.starts_on
    edition = Edition(
        slug=slug,
        year=year,
        starts_on=starts_on,
        ends_on=source.ends_on + distance,
        **{name: getattr(source, name) for name in COPIED},
    )
    with recording():
        open_edition(edition, by=by, source=source)
        _let_direct(by, edition)
        _copy_venues(source, edition)
        _copy_phases(source, edition, distance)
        EditionTopic.objects.bulk_create(
            EditionTopic(edition=edition, topic_id=topic_id, position=position)
            for topic_id, position in source.edition_topics.values_list("topic_id", "position")
        )
        if with_organisers:
            EditionOrganiser.objects.bulk_create(
                EditionOrganiser(
                    edition=edition, organisation_id=organisation_id, role=role, position=position
                )
                for organisation_id, role, position in source.organisers.values_list(
                    "organisation_id", "role", "position"
                )
            )
    return edition


def shifted(instant: dt.datetime, distance: dt.timedelta, zone: ZoneInfo) -> dt.datetime:
    """Return the same clock time in `zone`, `distance` days later, whatever summer time does in between."""
    local = instant.astimezone(zone)
    return (local.replace(tzinfo=None) + distance).replace(tzinfo=zone).astimezone(dt.UTC)


def _let_direct(by: Actor, edition: Edition) -> None:
    if by.account_id is not None and not policy_for(Edition).may(by, "edit", edition):
        account = Account.objects.filter(pk=by.account_id).first()
        if account is not None:
            scope = Scope("edition", edition.pk)
            grant_role(account, DIRECTOR.code, scope, by=system("clone"))


def _copy_phases(source: Edition, edition: Edition, distance: dt.timedelta) -> None:
    Phase.objects.bulk_create(
        Phase(
            edition=edition,
            kind=phase.kind,
            opens_at=shifted(phase.opens_at, distance, edition.zone),
            closes_at=shifted(phase.closes_at, distance, edition.zone) if phase.closes_at else None,
        )
        for phase in source.phases.all()
    )


def _copy_venues(source: Edition, edition: Edition) -> None:
    buildings: dict[int | None, Building | None] = {None: None}
    for venue in source.venues.order_by("pk").prefetch_related("buildings"):
        copy = Venue.objects.create(edition=edition, name=venue.name, address=venue.address)
        for building in venue.buildings.all():
            buildings[building.pk] = Building.objects.create(
                venue=copy, name=building.name, position=building.position
            )
    Room.objects.bulk_create(
        Room(
            edition=edition,
            building=buildings.get(room.building_id),
            code=room.code,
            name=room.name,
            capacity=room.capacity,
            equipment=room.equipment,
            position=room.position,
        )
        for room in source.rooms.all()
    )
    walks = Walk.objects.filter(first__venue__edition=source).values_list("first_id", "second_id", "minutes")
    Walk.objects.bulk_create(
        Walk(first=pair[0], second=pair[1], minutes=minutes)
        for first, second, minutes in walks
        if (pair := _pair(buildings[first], buildings[second]))
    )


def _pair(one: Building | None, other: Building | None) -> tuple[Building, Building] | None:
    if one is None or other is None:
        return None
    return (one, other) if one.pk < other.pk else (other, one)
