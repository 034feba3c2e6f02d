"""Variants of the JSON and its traps."""

import json
from typing import Any

import pytest

from summitry.programme.interchange.frab_json import read_frab_json
from tests.programme.interchange.wild import GUID_A, starts, told


def event(**changes: Any) -> dict[str, Any]:
    return {
        "id": 1,
        "guid": GUID_A,
        "title": "Talk",
        "room": "Weir",
        "date": "2024-08-01T10:00:00+02:00",
        "start": "10:00",
        "duration": "00:30",
    } | changes


def schedule(rooms: Any, **conference: Any) -> dict[str, Any]:
    day = {"index": 1, "date": "2024-08-01", "rooms": rooms}
    return {"title": "T", "time_zone_name": "Europe/Berlin", "days": [day]} | conference


@pytest.mark.parametrize(
    "root",
    [
        {"schedule": {"version": "1", "conference": schedule({"Weir": [event()]})}},
        {"version": "1", "conference": schedule({"Weir": [event()]})},
        {
            "schedule": {"conference": {"title": "T", "time_zone_name": "Europe/Berlin"}}
            | {"days": schedule({"Weir": [event()]})["days"]}
        },
        {"schedule": {"conference": schedule([{"name": "Weir", "events": [event()]}])}},
        {"schedule": {"conference": schedule([{"name": "Weir", "talks": [event()]}])}},
        {"schedule": {"conference": schedule({"Weir": {"0": event()}})}},
        {"schedule": {"conference": schedule({}, days={"one": schedule({"Weir": [event()]})["days"][0]})}},
        {"schedule": {"conference": schedule({}, events=[event()])}},
    ],
)
def test_events_are_found_wherever_they_stand(root: dict[str, Any]):
    events, problems = told(read_frab_json(json.dumps(root).encode()))
    assert [(found.id, found.room, found.title) for found in events] == [(1, "Weir", "Talk")]
    assert (starts(events), problems) == (["2024-08-01T10:00:00+02:00"], [])


def one(**changes: Any) -> Any:
    root = {
        "schedule": {
            "conference": schedule({"Weir": [event(**changes)]}, tracks=[{"name": "Art", "slug": "art"}])
        }
    }
    return told(read_frab_json(json.dumps(root).encode()))[0][0]


def test_objects_stand_for_their_name_or_address():
    found = one(
        track={"slug": "art"},
        type={"de": "Vortrag", "en": "Talk"},
        logo={"url": "https://example.org/l.png"},
        room={"name": "Weir"},
        feedback={"url": "https://example.org/f"},
    )
    assert (found.track, found.type, found.logo) == ("Art", "Talk", "https://example.org/l.png")
    assert (found.room, found.feedback_url, found.extra) == ("Weir", "https://example.org/f", {})


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ("Ada", ("Ada", None)),
        ({"name": "Ada"}, ("Ada", None)),
        ({"id": 5, "public_name": "Ada"}, ("Ada", 5)),
        ({"id": "5", "full_public_name": "Ada"}, ("Ada", 5)),
        ({"id": None, "name": None, "public_name": "Ada"}, ("Ada", None)),
    ],
)
def test_persons_come_in_many_forms(person: Any, expected: tuple[str, int | None]):
    (found,) = one(persons=[person]).persons
    assert ((found.name, found.id), found.extra) == (expected, {})


def test_flags_that_are_neither_yes_nor_no_are_kept():
    assert one(do_not_record="maybe").extra == {"do_not_record": "maybe"}
    assert (one(do_not_record=0).do_not_record, one(do_not_record=None).do_not_record) == (False, None)


def test_room_given_twice_keeps_all_events():
    second = event(id=2, guid=GUID_A.replace("a", "b"))
    text = '{"schedule":{"conference":{"title":"T","time_zone_name":"UTC","days":[{"index":1,"date":"2024-08-01",'
    text += f'"rooms":{{"Weir":[{json.dumps(event())}],"Weir":[{json.dumps(second)}]}}}}]}}}}}}'
    events, problems = told(read_frab_json(text.encode()))
    assert ([found.id for found in events], problems) == ([1, 2], [("warning", "keys-merged")])


def test_key_given_twice_with_different_values_is_refused():
    reading = read_frab_json(b'{"schedule":{"conference":{"title":"A","title":"B"}}}')
    assert reading.document is None
    assert [(problem.code, problem.where) for problem in reading.problems] == [("key-repeated", "title")]


def test_control_characters_and_halves_of_characters_are_removed():
    found = one(title="a\x00b\ud800c", description="x\x1by", persons=["P\x07"], extra_key="q\x00")
    assert (found.title, found.description, found.persons[0].name) == ("abc", "xy", "P")
    assert found.extra == {"extra_key": "q"}


def test_huge_numbers_stay_text():
    found = one(id=int("9" * 30))
    assert (found.id, found.extra) == (None, {"id": "9" * 30})
