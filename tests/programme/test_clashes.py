from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from summitry.algorithms.clashes import Severity
from summitry.editions.actions.venue import WalkGiven, set_walks
from summitry.editions.enums import Equipment
from summitry.editions.models import Edition
from summitry.foundation.errors import InvalidInput, PermissionRefused
from summitry.foundation.i18n import Text
from summitry.programme.actions.capacity import set_capacities
from summitry.programme.actions.schedule import draft_of
from summitry.programme.actions.session import add_contribution
from summitry.programme.enums import AppearanceState, CapacityKind, Delivery, SpeakerRole
from summitry.programme.models import Availability, Capacity, Speaker
from summitry.programme.queries import clash_lines
from summitry.programme.queries.clash_lines import ClashesAsked, ClashLine, clashes_of, register_clash_source
from summitry.programme.queries.clashes import plan_of
from tests.directory.make import make_person, name
from tests.editions.make import in_edition, make_building, make_edition, make_room, make_venue
from tests.programme.make import SYSTEM, appear, at, make_forum, make_session, place

PLAIN = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))


def told(edition: Edition, lang: str = "en") -> list[tuple[str, str, str]]:
    lines = clashes_of(draft_of(edition), lang)
    return [(line.kind, line.severity.name, line.sentence.translate(PLAIN)) for line in lines]


def sentences(edition: Edition) -> list[str]:
    return [sentence for _kind, _severity, sentence in told(edition)]


@pytest.fixture
def edition(db: None) -> Edition:
    return make_edition()


def test_speaker_twice_is_told_with_names_and_places(edition: Edition) -> None:
    moon, lotus = make_room(edition, "Moon Bridge"), make_room(edition, "Lotus")
    forum, wei = make_forum(edition), make_person(name("display", "en", "Li Wei"))
    one, two = make_session(forum, "Opening"), make_session(forum, "Café")
    appear(one, wei)
    appear(two, wei, role=SpeakerRole.MODERATOR)
    place(one, moon, at(9), 90)
    place(two, lotus, at(10))
    assert told(edition) == [
        (
            "speaker",
            "BLOCKING",
            (
                "Li Wei appears in “Opening” (Mon 9 Nov, 09:00–10:30, Moon Bridge) and in "
                "“Café” (Mon 9 Nov, 10:00–11:00, Lotus) at the same time."
            ),
        )
    ]


def test_who_leads_two_sessions_is_told_so(edition: Edition) -> None:
    forum, wei = make_forum(edition), make_person(name("display", "en", "Li Wei"))
    for role in (SpeakerRole.CHAIR, SpeakerRole.MODERATOR):
        session = make_session(forum, str(role))
        appear(session, wei, role=role)
        place(session, None, at(9))
    assert sentences(edition) == [
        "Li Wei leads “chair” (Mon 9 Nov, 09:00–10:00) and “moderator” (Mon 9 Nov, 09:00–10:00) at the same time."
    ]


@pytest.mark.parametrize(
    "facts",
    [
        {"state": AppearanceState.DECLINED},
        {"delivery": Delivery.RECORDED},
        {"role": SpeakerRole.INTERPRETER},
    ],
)
def test_who_need_not_be_there_clashes_with_nothing(edition: Edition, facts: dict[str, Any]) -> None:
    forum, person = make_forum(edition), make_person()
    for _ in range(2):
        session = make_session(forum)
        appear(session, person, **facts)
        place(session, None, at(9))
    assert told(edition) == []


def test_room_too_small_counts_with_the_forums_seats_where_the_session_says_nothing(edition: Edition) -> None:
    room, forum = make_room(edition, "Lotus", capacity=80), make_forum(edition, seats=1200)
    place(make_session(forum, "Big"), room, at(9))
    place(make_session(forum, "Small", seats=80), room, at(11))
    assert told(edition) == [
        ("seats", "WARNING", "“Big” (Mon 9 Nov, 09:00–10:00, Lotus) needs 1,200 seats; the room has 80.")
    ]


def test_equipment_follows_from_languages_broadcast_and_live_links(edition: Edition) -> None:
    room = make_room(edition, "Lotus", equipment=[Equipment.SCREEN])
    session = make_session(
        make_forum(edition), "Opening", interpreted=["fr"], is_broadcast=True, equipment=["screen", "stage"]
    )
    appear(session, make_person(), delivery=Delivery.LIVE_LINK)
    place(session, room, at(9))
    assert sentences(edition) == [
        (
            "The room of “Opening” (Mon 9 Nov, 09:00–10:00, Lotus) lacks: "
            "Interpretation booths, Live link, Live broadcast and Stage."
        )
    ]


def speaking(
    edition: Edition, person: Any, zone: str = "", *windows: tuple[dt.datetime, dt.datetime]
) -> None:
    facts = {"zone_name": zone}
    speaker, _new = Speaker.objects.update_or_create(edition=edition, person=person, defaults=facts)
    Availability.objects.bulk_create(
        Availability(speaker=speaker, starts_at=start, ends_at=end) for start, end in windows
    )


def test_availability_and_night_are_told_by_the_speakers_clock(edition: Edition) -> None:
    forum = make_forum(edition)
    asha, jane = (make_person(name("display", "en", words)) for words in ("Asha Rai", "Jane Roe"))
    late, night = make_session(forum, "Late"), make_session(forum, "Night")
    appear(late, asha)
    appear(night, jane, delivery=Delivery.LIVE_LINK)
    speaking(edition, asha, "Asia/Kathmandu", (at(8), at(10)))
    speaking(edition, jane, "America/New_York")
    place(late, None, at(9, 30))
    place(night, None, at(14))
    assert told(edition) == [
        (
            "availability",
            "BLOCKING",
            (
                "Asha Rai is not available for “Late” (Mon 9 Nov, 09:30–10:30). "
                "For the speaker it would be Mon 9 Nov, 07:15–08:15 (Asia/Kathmandu)."
            ),
        ),
        (
            "night",
            "WARNING",
            (
                "It is night for Jane Roe, who joins “Night” (Mon 9 Nov, 14:00–15:00) by live link: "
                "Mon 9 Nov, 01:00–02:00 (America/New York)."
            ),
        ),
    ]


def test_walk_between_buildings_takes_its_time_and_splits_the_forum(edition: Edition) -> None:
    venue = make_venue(edition)
    near, far = make_building(venue, "Near"), make_building(venue, "Far")
    set_walks(edition, [WalkGiven(near, far, 12)], by=SYSTEM)
    forum, person = make_forum(edition, "Memory"), make_person(name("display", "en", "Li Wei"))
    for n, room in enumerate((make_room(edition, "Lotus", near), make_room(edition, "Willow", far))):
        session = make_session(forum, f"Part {n + 1}")
        appear(session, person)
        place(session, room, at(9 + n), 55)
    assert told(edition) == [
        (
            "walk",
            "WARNING",
            (
                "Li Wei has 5 minutes to walk from “Part 1” (Mon 9 Nov, 09:00–09:55, Lotus) to "
                "“Part 2” (Mon 9 Nov, 10:00–10:55, Willow); the way takes 12 minutes."
            ),
        ),
        ("split", "NOTE", "The forum “Memory” is spread over several buildings: Near and Far."),
    ]


def test_embargo_counts_from_where_the_launch_stands_in_its_session(edition: Edition) -> None:
    session = make_session(make_forum(edition), "Launches")
    add_contribution(session, by=SYSTEM, title=Text.of("Welcome"), minutes=20)
    add_contribution(session, by=SYSTEM, title=Text.of("Atlas"), embargo_until=at(9, 30))
    add_contribution(session, by=SYSTEM, title=Text.of("Lamp"), embargo_until=at(9, 20))
    place(session, None, at(9))
    assert told(edition) == [
        (
            "embargo",
            "BLOCKING",
            "“Atlas” is under embargo until Mon 9 Nov, 09:30, but is due before that in “Launches” (Mon 9 Nov, 09:00–10:00).",
        )
    ]


def test_session_outside_the_days_blocks_but_the_last_night_is_long(edition: Edition) -> None:
    forum = make_forum(edition)
    place(make_session(forum, "Early"), None, at(9, day=-1))
    place(make_session(forum, "Last dance"), None, at(26, day=2))
    assert sentences(edition) == ["“Early” (Sun 8 Nov, 09:00–10:00) is outside the days of this edition."]


def test_capacities_are_counted_with_setting_up(edition: Edition) -> None:
    forum = make_forum(edition)
    set_capacities(
        edition,
        [
            Capacity(kind=CapacityKind.BROADCAST, amount=1, setup_minutes=30, strike_minutes=0),
            Capacity(kind=CapacityKind.INTERPRETATION, lang="fr", amount=1),
            Capacity(kind=CapacityKind.LIVE_LINK, amount=1),
        ],
        by=SYSTEM,
    )
    for n, title in enumerate(("One", "Two")):
        session = make_session(forum, title, is_broadcast=True, interpreted=["fr", "es"])
        appear(session, make_person(), make_person(), delivery=Delivery.LIVE_LINK)
        place(session, None, at(9 + n))
    assert sentences(edition) == [
        "Mon 9 Nov, 09:00–11:00: live links needed: 2; available: 1. They serve “One” and “Two”.",
        "Mon 9 Nov, 09:30–10:00: broadcast crews needed: 2; available: 1. They work in “One” and “Two”.",
    ]


def test_sentences_are_in_the_readers_language(edition: Edition) -> None:
    room, forum = make_room(edition, "Lotus", capacity=10), make_forum(edition)
    place(make_session(forum, Text.of({"en": "Big", "zh-hans": "大"}), seats=20), room, at(9))
    (line,) = told(edition, "zh-hans")
    assert "大" in line[2]


def test_clashes_are_found_in_as_many_statements_whatever_the_size(
    edition: Edition, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    forum, room, person = make_forum(edition), make_room(edition), make_person()
    speaking(edition, person, "Europe/Paris", (at(8), at(20)))
    draft = draft_of(edition)
    for count in (1, 3):
        for _ in range(count):
            session = make_session(forum)
            appear(session, person)
            place(session, room, at(9))
        with django_assert_num_queries(7):
            plan_of(draft)


# --- Sources of other rooms ------------------------------------------------------------------------------------


@pytest.fixture
def _own_sources() -> Iterator[None]:
    before = list(clash_lines._sources)
    yield
    clash_lines._sources[:] = before


@pytest.mark.usefixtures("_own_sources")
def test_other_rooms_add_their_clashes(edition: Edition) -> None:
    session = make_session(make_forum(edition), "Opening", seats=5)
    place(session, make_room(edition, capacity=1), at(9))

    def booths(asked: ClashesAsked) -> Iterable[ClashLine]:
        assert (asked.version, asked.lang) == (draft_of(edition), "en")
        yield ClashLine(
            "booth-1", "booth", "Booth", Severity.BLOCKING, "Two teams, one booth.", (session.pk,), 0
        )

    register_clash_source(booths)
    register_clash_source(booths)
    assert [kind for kind, _severity, _sentence in told(edition)] == ["booth", "seats"]


# --- Capacities ------------------------------------------------------------------------------------------------


def test_capacities_are_set_as_a_whole_by_editors(edition: Edition) -> None:
    crews = Capacity(kind=CapacityKind.BROADCAST, amount=3)
    with pytest.raises(PermissionRefused):
        set_capacities(edition, [crews], by=in_edition("viewer", edition))
    set_capacities(edition, [crews], by=SYSTEM)
    set_capacities(edition, [Capacity(kind=CapacityKind.LIVE_LINK, amount=4)], by=SYSTEM)
    assert list(edition.capacities.values_list("kind", "amount")) == [("live_link", 4)]
    twice = [Capacity(kind=CapacityKind.BROADCAST, amount=n) for n in (1, 2)]
    with pytest.raises(InvalidInput):
        set_capacities(edition, twice, by=SYSTEM)
    assert list(edition.capacities.values_list("kind", "amount")) == [("live_link", 4)]
