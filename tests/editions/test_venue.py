from __future__ import annotations

import pytest

from summitry.editions.actions.room import NewRoom, create_room, create_rooms, remove_room, update_room
from summitry.editions.actions.venue import WalkGiven, create_building, create_venue, set_walks
from summitry.editions.enums import Equipment
from summitry.editions.errors import ForeignPart
from summitry.editions.models import Edition, Room, Walk
from summitry.editions.queries.venue import RoomView, WalkingTimes, rooms_of, walking_minutes
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState
from summitry.foundation.i18n import Shown, Text
from summitry.foundation.models import AuditEntry
from tests.directory.make import STRANGER
from tests.editions.make import SYSTEM, in_edition, make_building, make_edition, make_room, make_venue

pytestmark = pytest.mark.django_db


def content(edition):
    return Edition.objects.get(pk=edition.pk).content_version


def test_director_builds_a_venue():
    edition = make_edition()
    director = in_edition("director", edition)
    venue = create_venue(edition, Text.of("Congress Centre"), by=director, address=Text.of("1 River Road"))
    building = create_building(venue, Text.of("North Wing"), by=director)
    room = create_room(
        edition,
        NewRoom(
            name=Text.of({"en": "Willow Hall", "zh-hans": "柳厅"}),
            building=building,
            capacity=300,
            equipment=[Equipment.STAGE, Equipment.SCREEN, Equipment.STAGE],
        ),
        by=director,
    )
    assert (room.code, room.position) == ("willow-hall", 0)
    assert rooms_of(edition, "zh-hans") == [
        RoomView(
            id=room.pk,
            code="willow-hall",
            name=Shown("柳厅", "zh-hans", fallback=False),
            building_id=building.pk,
            building=Shown("North Wing", "en", fallback=True),
            capacity=300,
            equipment=(Equipment.STAGE, Equipment.SCREEN),
        )
    ]
    assert content(edition) == 4


def test_venue_is_the_directors():
    edition = make_edition()
    venue = make_venue(edition)
    room = make_room(edition)
    before = content(edition)
    for actor in (STRANGER, in_edition("editor", edition), in_edition("director", make_edition())):
        for attempt in (
            lambda by: create_venue(edition, Text.of("V"), by=by),
            lambda by: create_building(venue, Text.of("B"), by=by),
            lambda by: create_room(edition, NewRoom(name=Text.of("R")), by=by),
            lambda by: update_room(room, by=by, capacity=1),
            lambda by: remove_room(room, by=by),
            lambda by: set_walks(edition, [], by=by),
        ):
            with pytest.raises(PermissionRefused):
                attempt(actor)
    assert content(edition) == before


def test_rooms_are_added_in_order_with_codes_of_their_own():
    edition = make_edition()
    first = make_room(edition, "Hall")
    new = [NewRoom(name=Text.of(title, "zh-hans")) for title in ("Hall", "Hall", "柳厅")]
    rooms = create_rooms(edition, [*new, NewRoom(name=Text.of("X"), code="x1")], by=SYSTEM)
    codes = [room.code for room in rooms]
    assert [codes[0], codes[1], codes[3]] == ["hall-2", "hall-3", "x1"]
    assert len(codes[2]) == 8
    assert [room.position for room in (first, *rooms)] == [0, 1, 2, 3, 4]
    assert AuditEntry.objects.latest("pk").params == {"count": 4}
    assert make_room(make_edition(), "Hall").code == "hall"


@pytest.mark.parametrize(
    "new",
    [
        NewRoom(name=Text.of("A"), code="not a code"),
        NewRoom(name=Text.of("A"), capacity=-1),
        NewRoom(name=Text.of("A"), equipment=["laser"]),
    ],
)
def test_bad_room_is_refused(new):
    edition = make_edition()
    with pytest.raises(InvalidInput):
        create_rooms(edition, [NewRoom(name=Text.of("Good")), new], by=SYSTEM)
    assert not Room.objects.exists()


def test_room_changes_are_compared_and_seen():
    edition = make_edition()
    room = make_room(edition, capacity=100)
    stale = Room.objects.get()
    version = content(edition)
    update_room(room, by=SYSTEM, capacity=120, equipment=[Equipment.RECORDING])
    assert (content(edition), Room.objects.get().capacity) == (version + 1, 120)
    with pytest.raises(StaleState):
        update_room(stale, by=SYSTEM, capacity=90)
    remove_room(room, by=SYSTEM)
    assert not Room.objects.exists()
    assert content(edition) == version + 2


def test_walks_join_buildings_in_both_directions():
    edition = make_edition()
    venue = make_venue(edition)
    north, south, island = (make_building(venue) for _ in range(3))
    one, two = make_room(edition, building=north), make_room(edition, building=north)
    three, four, nowhere = (
        make_room(edition, building=south),
        make_room(edition, building=island),
        make_room(edition),
    )
    set_walks(edition, [WalkGiven(south, north, 7)], by=in_edition("director", edition))
    minutes = {
        (a.pk, b.pk): walking_minutes(a, b)
        for a, b in [(one, one), (one, two), (one, three), (three, one), (one, four), (one, nowhere)]
    }
    assert list(minutes.values()) == [0, 2, 7, 7, None, None]
    version = content(edition)
    set_walks(edition, [WalkGiven(north, south, 7), WalkGiven(south, north, 7)], by=SYSTEM)
    assert content(edition) == version
    set_walks(edition, [WalkGiven(north, island, 3)], by=SYSTEM)
    assert (walking_minutes(one, three), walking_minutes(four, one)) == (None, 3)


def test_impossible_walks_and_foreign_parts_are_refused():
    edition, other = make_edition(), make_edition()
    venue = make_venue(edition)
    north, south, foreign = make_building(venue), make_building(venue), make_building(make_venue(other))
    room = make_room(edition)
    with pytest.raises(InvalidInput):
        set_walks(edition, [WalkGiven(north, north, 1)], by=SYSTEM)
    with pytest.raises(InvalidInput):
        set_walks(edition, [WalkGiven(north, south, 1), WalkGiven(south, north, 2)], by=SYSTEM)
    for attempt in (
        lambda: set_walks(edition, [WalkGiven(north, foreign, 1)], by=SYSTEM),
        lambda: make_room(edition, building=foreign),
        lambda: update_room(room, by=SYSTEM, building=foreign),
    ):
        with pytest.raises(ForeignPart):
            attempt()
    assert not Walk.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_rooms_take_one_query_and_walking_times_two(count, django_assert_num_queries):
    edition = make_edition()
    venue = make_venue(edition)
    buildings = [make_building(venue) for _ in range(count + 1)]
    rooms = [make_room(edition, building=building) for building in buildings]
    set_walks(edition, [WalkGiven(buildings[0], building, 5) for building in buildings[1:]], by=SYSTEM)
    with django_assert_num_queries(1):
        assert len(rooms_of(edition, "en")) == count + 1
    with django_assert_num_queries(2):
        times = WalkingTimes(edition)
        assert [times.between(rooms[0].pk, room.pk) for room in rooms] == [0] + [5] * count
