"""The plan as a whole: repeatable, quick, complete, and linked without a loose end."""

import pytest

from summitry.rehearsal.content import SummitPlan, build_summit


def test_build_summit_twice_gives_equal_plans(plan: SummitPlan):
    assert build_summit(seed=2026, scale=1.0) == plan


def test_build_summit_with_another_seed_gives_other_people(plan: SummitPlan):
    other = build_summit(seed=7)
    assert {person.slug for person in other.people} != {person.slug for person in plan.people}
    assert {session.code for session in other.sessions} == {session.code for session in plan.sessions}


def test_plan_has_the_size_of_a_real_summit(plan: SummitPlan):
    sizes = {
        "people": len(plan.people),
        "speakers": sum(person.capacity == "speaker" for person in plan.people),
        "countries": sum(entity.kind == "country" for entity in plan.entities),
        "institutions": sum(organisation.role is not None for organisation in plan.organisations),
        "organisations": len(plan.organisations),
        "buildings": len(plan.venue.buildings),
        "rooms": len(plan.venue.rooms),
        "walks": len(plan.venue.walks),
        "areas": sum(topic.parent is None for topic in plan.topics),
        "topics": sum(topic.parent is not None for topic in plan.topics),
    }
    assert sizes == {
        "people": 2100,
        "speakers": 600,
        "countries": 127,
        "institutions": 70,
        "organisations": 370,
        "buildings": 5,
        "rooms": 20,
        "walks": 10,
        "areas": 5,
        "topics": 25,
    }


def test_plan_has_no_loose_end(plan: SummitPlan):
    entities = {entity.code for entity in plan.entities}
    organisations = {organisation.slug for organisation in plan.organisations}
    people = {person.slug for person in plan.people}
    buildings = {building.slug for building in plan.venue.buildings}
    rooms = {room.slug for room in plan.venue.rooms}
    topics = {topic.slug for topic in plan.topics}
    forums = {forum.slug for forum in plan.forums}
    assert {room.building for room in plan.venue.rooms} == buildings
    assert {walk.start for walk in plan.venue.walks} | {walk.end for walk in plan.venue.walks} == buildings
    assert {topic.parent for topic in plan.topics if topic.parent} <= topics
    assert {organisation.entity for organisation in plan.organisations} <= entities
    assert {person.entity for person in plan.people} == entities
    assert {post.organisation for person in plan.people for post in person.affiliations} <= organisations
    assert {forum.topic for forum in plan.forums} <= topics
    assert {forum.chair for forum in plan.forums} <= people
    assert {slug for forum in plan.forums for slug in forum.organisations} <= organisations
    assert {session.forum for session in plan.sessions} == forums
    assert {session.room for session in plan.sessions} == rooms
    assert {role.person for session in plan.sessions for role in session.roles} <= people
    assert {account.scope for account in plan.staff if account.scope} <= people | organisations


def test_identifiers_are_never_used_twice(plan: SummitPlan):
    sessions = plan.sessions
    for name, identifiers in {
        "person slugs": [person.slug for person in plan.people],
        "person addresses": [person.email for person in plan.people],
        "organisation slugs": [organisation.slug for organisation in plan.organisations],
        "organisation names": [organisation.names["en"] for organisation in plan.organisations],
        "forum slugs": [forum.slug for forum in plan.forums],
        "session codes": [session.code for session in sessions],
        "session slugs": [session.slug for session in sessions],
        "session titles": [session.title.texts[session.title.source] for session in sessions],
        "contribution codes": [item.code for session in sessions for item in session.contributions],
        "room slugs": [room.slug for room in plan.venue.rooms],
        "topic slugs": [topic.slug for topic in plan.topics],
        "entity codes": [entity.code for entity in plan.entities],
        "staff addresses": [account.email for account in plan.staff],
    }.items():
        assert len(identifiers) == len(set(identifiers)), name


@pytest.mark.parametrize(("scale", "people", "sessions"), [(0.05, 200, 40), (0.3, 630, 60), (2.0, 4200, 166)])
def test_scale_changes_people_and_shortens_the_programme_only_below_one(
    scale: float, people: int, sessions: int
):
    plan = build_summit(scale=scale)
    assert len(plan.people) == people
    assert len(plan.sessions) == sessions
    cast = {role.person for session in plan.sessions for role in session.roles}
    assert cast <= {person.slug for person in plan.people}


def test_institutions_have_their_roles_in_the_edition(plan: SummitPlan):
    roles = [organisation.role for organisation in plan.organisations]
    numbers = {role: roles.count(role) for role in ("host", "organiser", "co-organiser", "supporter")}
    assert numbers == {"host": 1, "organiser": 3, "co-organiser": 58, "supporter": 8}


def test_venue_has_large_and_small_rooms_and_every_one_is_step_free(plan: SummitPlan):
    capacities = [room.capacity for room in plan.venue.rooms]
    assert (min(capacities), max(capacities)) == (40, 1800)
    assert [room.number for room in plan.venue.rooms] == list(range(1, 21))
    assert all("step_free" in room.equipment for room in plan.venue.rooms)


def test_staff_accounts_cover_every_role(plan: SummitPlan):
    assert [account.role for account in plan.staff] == [
        "director",
        "programme_editor",
        "co_organiser_editor",
        "translator",
        "viewer",
        "speaker",
        "guest",
        "journalist",
    ]
    assert [account.name for account in plan.staff if account.role == "speaker"] == ["Chen Sihan"]


def test_measures_agree_with_the_plan_they_describe(plan: SummitPlan):
    actual = {row.measure: row.value for row in plan.measures if row.kind == "actual"}
    kinds = [forum.kind for forum in plan.forums]
    assert actual["sessions"] == len(plan.sessions)
    assert actual["speakers"] == sum(person.capacity == "speaker" for person in plan.people)
    assert actual["countries_regions"] == sum(entity.kind == "country" for entity in plan.entities)
    assert actual["activities_broadcast_live"] == sum(session.broadcast for session in plan.sessions)
    assert actual["main_forums"] == kinds.count("main")
    assert actual["sub_forums"] == kinds.count("sub")
    assert actual["cafes"] == kinds.count("cafe")
    assert actual["guests_total"] == actual["guests_onsite"] + actual["guests_online"]
