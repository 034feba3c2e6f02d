from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from summitry.directory.models import Person
from summitry.editions.actions.clone import clone_edition
from summitry.editions.actions.edition import set_topics, update_edition
from summitry.editions.actions.organiser import OrganiserGiven, set_organisers
from summitry.editions.actions.phase import PhaseGiven, set_phases
from summitry.editions.actions.venue import WalkGiven, set_walks
from summitry.editions.enums import Equipment, OrganiserRole, PhaseKind
from summitry.editions.errors import ReservedSlug, SlugTaken
from summitry.editions.models import Building, Edition, Room, Venue
from summitry.editions.queries.organisers import organisers_of
from summitry.editions.queries.phases import phases_of
from summitry.editions.queries.topics import topics_of
from summitry.editions.queries.venue import rooms_of, walking_minutes
from summitry.foundation.access import Scope
from summitry.foundation.errors import PermissionRefused
from summitry.foundation.grants import grant_role
from summitry.foundation.i18n import Text
from summitry.foundation.models import AuditEntry
from tests.directory.make import (
    STRANGER,
    make_account,
    make_organisation,
    make_person,
    make_profile,
    make_topic,
)
from tests.editions.make import SYSTEM, in_edition, make_building, make_edition, make_room, make_venue

pytestmark = pytest.mark.django_db
NEXT: dict[str, Any] = {"year": 2027, "starts_on": dt.date(2027, 3, 30)}


@pytest.fixture
def source():
    source = make_edition(
        "river-2026",
        zone_name="Europe/Paris",
        starts_on=dt.date(2026, 3, 24),
        ends_on=dt.date(2026, 3, 26),
        motto=Text.of({"en": "One river", "fr": "Un fleuve"}),
        naming_profile=make_profile(),
        ordinal=7,
        website="https://old.example/",
    )
    venue = make_venue(source)
    north, south = make_building(venue, "North"), make_building(venue, "South")
    make_room(source, "Willow", north, capacity=30, equipment=[Equipment.STAGE], external={"id": 4})
    make_room(source, "Poplar", south)
    make_room(source, "Meadow")
    set_walks(source, [WalkGiven(north, south, 6)], by=SYSTEM)
    set_topics(source, [make_topic("Water"), make_topic("Air")], by=SYSTEM)
    set_phases(
        source,
        [
            PhaseGiven(PhaseKind.REGISTRATION, dt.datetime(2026, 1, 5, 8, tzinfo=source.zone)),
            # 9:00 in winter time; a year later, the same days before the summit, it is summer time
            PhaseGiven(
                PhaseKind.SUMMIT,
                dt.datetime(2026, 3, 24, 9, tzinfo=source.zone),
                dt.datetime(2026, 3, 26, 18, tzinfo=source.zone),
            ),
        ],
        by=SYSTEM,
    )
    set_organisers(source, [OrganiserGiven(make_organisation("Host"), OrganiserRole.HOST)], by=SYSTEM)
    return source


def test_clone_copies_what_lasts(source):
    make_person()
    people = Person.objects.count()
    edition = clone_edition(source, "river-2027", by=in_edition("director", source), **NEXT)
    edition.refresh_from_db()
    facts = ("slug", "year", "starts_on", "ends_on", "is_public", "ordinal", "website", "content_version")
    assert {name: getattr(edition, name) for name in facts} == {
        "slug": "river-2027",
        "year": 2027,
        "starts_on": dt.date(2027, 3, 30),
        "ends_on": dt.date(2027, 4, 1),
        "is_public": False,
        "ordinal": None,
        "website": "",
        "content_version": 1,
    }
    same = ("summit", "name", "motto", "host_city", "zone_name", "languages", "fallback", "naming_profile")
    assert {name: getattr(edition, name) for name in same} == {name: getattr(source, name) for name in same}
    assert [(room.code, room.capacity, room.equipment) for room in rooms_of(edition, "en")] == [
        (room.code, room.capacity, room.equipment) for room in rooms_of(source, "en")
    ]
    assert [str(topic.name) for topic in topics_of(edition, "en")] == ["Water", "Air"]
    assert organisers_of(edition, "en") == []
    assert Person.objects.count() == people
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.edition_id) == ("editions.edition.cloned", edition.pk)


def test_clone_shares_no_building_with_its_source(source):
    edition = clone_edition(source, "river-2027", by=SYSTEM, **NEXT)
    willow, poplar, meadow = Room.objects.filter(edition=edition).order_by("position")
    assert walking_minutes(willow, poplar) == 6
    assert meadow.building is None
    assert {venue.edition_id for venue in Venue.objects.filter(buildings__rooms=willow)} == {edition.pk}
    assert Building.objects.filter(venue__edition=edition).count() == 2
    assert willow.external == {}


def test_phases_move_with_the_dates_and_keep_their_clock_time(source):
    edition = clone_edition(source, "river-2027", by=SYSTEM, **NEXT)
    local = [
        [
            instant and instant.astimezone(edition.zone).strftime("%m-%d %H:%M")
            for instant in (p.opens_at, p.closes_at)
        ]
        for p in phases_of(edition)
    ]
    assert local == [["01-11 08:00", None], ["03-30 09:00", "04-01 18:00"]]


def test_organisers_come_along_when_asked(source):
    edition = clone_edition(source, "river-2027", by=SYSTEM, with_organisers=True, **NEXT)
    assert organisers_of(edition, "en") == organisers_of(source, "en")


def test_who_clones_directs_the_clone(source):
    account = make_account()
    grant_role(account, "director", Scope("edition", source.pk), by=SYSTEM)
    edition = clone_edition(source, "river-2027", by=account.actor(), **NEXT)
    update_edition(edition, by=account.actor(), motto=Text.of("Another river"))
    assert account.actor().grants == {
        ("director", Scope("edition", source.pk)),
        ("director", Scope("edition", edition.pk)),
    }


def test_clone_is_refused_to_others_and_at_bad_addresses(source):
    for actor in (STRANGER, in_edition("editor", source)):
        with pytest.raises(PermissionRefused):
            clone_edition(source, "river-2027", by=actor, **NEXT)
    with pytest.raises(SlugTaken):
        clone_edition(source, "river-2026", by=SYSTEM, **NEXT)
    with pytest.raises(ReservedSlug):
        clone_edition(source, "console", by=SYSTEM, **NEXT)
    assert Edition.objects.count() == 1
    assert Room.objects.count() == 3
