"""The programme: who is where, and when."""

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import time, timedelta
from itertools import combinations, pairwise

import pytest

from summitry.rehearsal.content import SummitPlan, build_summit
from summitry.rehearsal.content.plan import SessionPlan

SPEAKING = {"chair", "moderator", "speaker", "panellist"}


@pytest.fixture(
    scope="module", params=[(2026, 1.0), (2026, 0.2), (1, 1.0)], ids=["demo", "small", "other seed"]
)
def programme(request: pytest.FixtureRequest) -> SummitPlan:
    return build_summit(*request.param)


def overlapping(one: SessionPlan, other: SessionPlan) -> bool:
    return one.start < other.end and other.start < one.end


def clashes(sessions: list[SessionPlan]) -> list[tuple[str, str]]:
    by_room: dict[str, list[SessionPlan]] = defaultdict(list)
    by_person: dict[str, list[SessionPlan]] = defaultdict(list)
    for session in sessions:
        by_room[session.room].append(session)
        for person in {role.person for role in session.roles}:
            by_person[person].append(session)
    groups = [*by_room.values(), *by_person.values()]
    return [(a.code, b.code) for group in groups for a, b in combinations(group, 2) if overlapping(a, b)]


def test_programme_has_no_room_and_no_person_twice_at_one_time(programme: SummitPlan):
    assert clashes(list(programme.sessions)) == []


def test_people_have_time_to_walk_between_their_sessions(programme: SummitPlan):
    buildings = {room.slug: room.building for room in programme.venue.rooms}
    minutes = {frozenset((walk.start, walk.end)): walk.minutes for walk in programme.venue.walks}
    days: dict[str, list[SessionPlan]] = defaultdict(list)
    for session in programme.sessions:
        for person in {role.person for role in session.roles}:
            days[person].append(session)
    for sessions in days.values():
        for before, after in pairwise(sorted(sessions, key=lambda session: session.start)):
            way = frozenset((buildings[before.room], buildings[after.room]))
            assert before.end + timedelta(minutes=minutes.get(way, 0)) <= after.start


def test_nothing_is_parallel_to_a_ceremony(programme: SummitPlan):
    ceremonies = [session for session in programme.sessions if session.kind == "ceremony"]
    assert [session.room for session in ceremonies] == ["water-theatre", "water-theatre"]
    others = [session for session in programme.sessions if session.kind != "ceremony"]
    assert not [other for one in ceremonies for other in others if overlapping(one, other)]


def test_forums_never_sit_twice_at_one_time(programme: SummitPlan):
    forums: dict[str, list[SessionPlan]] = defaultdict(list)
    for session in programme.sessions:
        forums[session.forum].append(session)
    assert not [pair for group in forums.values() for pair in combinations(group, 2) if overlapping(*pair)]


def test_programme_has_its_forums(plan: SummitPlan):
    assert Counter(forum.kind for forum in plan.forums) == {
        "ceremony": 2,
        "main": 2,
        "sub": 20,
        "cafe": 13,
        "press": 3,
    }
    assert all(1 <= len(forum.organisations) <= 4 for forum in plan.forums)


def test_programme_has_its_sessions_and_contributions(plan: SummitPlan):
    assert 165 <= len(plan.sessions) <= 175
    assert 300 <= sum(len(session.contributions) for session in plan.sessions) <= 340
    per_day = Counter(session.start.date().isoformat() for session in plan.sessions)
    assert set(per_day) == {"2026-11-09", "2026-11-10", "2026-11-11"}
    assert per_day["2026-11-10"] == max(per_day.values())


def test_days_have_a_sensible_shape(plan: SummitPlan):
    opening, closing = (session for session in plan.sessions if session.kind == "ceremony")
    assert (opening.start.date(), opening.start.time()) == (plan.edition.first_day, time(9, 30))
    assert closing.start.date() == plan.edition.last_day
    for session in plan.sessions:
        assert session.start.tzname() == "CST"
        assert time(8, 0) <= session.start.time()
        assert session.end.time() <= time(21, 0)
        if session.kind != "cafe":
            assert not (session.start.time() < time(13, 15) and session.end.time() > time(12, 45))


def test_contributions_fit_into_their_session(plan: SummitPlan):
    for session in plan.sessions:
        minutes = [item.minutes for item in session.contributions]
        assert minutes
        assert min(minutes) >= 5
        assert sum(minutes) <= session.minutes


def test_every_speaker_has_a_part_and_one_third_are_remote(plan: SummitPlan):
    roles = [role for session in plan.sessions for role in session.roles if role.role in SPEAKING]
    speakers = {person.slug for person in plan.people if person.capacity == "speaker"}
    assert {role.person for role in roles} == speakers
    remote = {role.person for role in roles if role.delivery != "in_person"}
    assert len(remote) == 200
    assert {p.slug for p in plan.people if p.capacity == "speaker" and p.attendance == "online"} == remote
    assert remote.isdisjoint({role.person for role in roles if role.delivery == "in_person"})


def test_remote_parts_have_a_fallback_and_only_they_do(plan: SummitPlan):
    roles = [role for session in plan.sessions for role in session.roles]
    assert all((role.fallback is None) == (role.delivery == "in_person") for role in roles)
    assert {role.role for role in roles if role.delivery == "recorded"} == {"speaker"}
    assert {role.role for role in roles if role.delivery == "live_link"} == {"speaker", "panellist"}


def test_every_session_is_led_by_one_person_in_the_room(plan: SummitPlan):
    for session in plan.sessions:
        leading = [role for role in session.roles if role.role in {"chair", "moderator"}]
        assert [role.delivery for role in leading] == ["in_person"]
        assert sum(role.role in {"speaker", "panellist"} for role in session.roles) >= 1


def test_roles_name_contributions_of_their_own_session(plan: SummitPlan):
    for session in plan.sessions:
        codes = {item.code for item in session.contributions}
        assert {role.contribution for role in session.roles if role.contribution} <= codes


def test_languages_that_are_interpreted_have_an_interpreter_who_speaks_them(plan: SummitPlan):
    people = {person.slug: person for person in plan.people}
    for session in plan.sessions:
        booth = [people[role.person] for role in session.roles if role.role == "interpreter"]
        assert len(booth) == len(session.interpreted)
        assert all(any(tag in person.languages for person in booth) for tag in session.interpreted)
        assert session.spoken


def test_recorded_and_broadcast_sessions_are_in_rooms_equipped_for_it(plan: SummitPlan):
    rooms = {room.slug: room.equipment for room in plan.venue.rooms}
    assert all("livestream" in rooms[session.room] for session in plan.sessions if session.broadcast)
    assert all("interpretation_booths" in rooms[s.room] for s in plan.sessions if s.interpreted)


def test_amendments_change_what_version_two_needs(plan: SummitPlan):
    kinds = Counter(change.kind for change in plan.amendments)
    assert kinds == {"move": 3, "cancel": 1, "swap_rooms": 1, "rename": 1}
    touched = [code for change in plan.amendments for code in (change.session, change.other) if code]
    assert len(touched) == len(set(touched))
    assert set(touched) <= {session.code for session in plan.sessions}


def test_amended_programme_has_no_clash(plan: SummitPlan):
    sessions = {session.code: session for session in plan.sessions}
    for change in plan.amendments:
        old = sessions[change.session]
        if change.kind == "move" and change.start:
            sessions[old.code] = replace(old, room=change.room or old.room, start=change.start)
            assert sessions[old.code] != old
        elif change.kind == "swap_rooms" and change.other:
            other = sessions[change.other]
            sessions[old.code] = replace(old, room=other.room)
            sessions[other.code] = replace(other, room=old.room)
        elif change.kind == "cancel":
            del sessions[old.code]
        elif change.kind == "rename" and change.title:
            assert change.title.texts["en"] != old.title.texts["en"]
    assert clashes(list(sessions.values())) == []
