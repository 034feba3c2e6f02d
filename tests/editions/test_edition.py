from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from summitry.editions.actions.edition import create_edition, create_summit, set_topics, update_edition
from summitry.editions.actions.organiser import OrganiserGiven, set_organisers
from summitry.editions.enums import OrganiserRole
from summitry.editions.errors import ReservedSlug, SlugTaken, UnknownZone
from summitry.editions.events import EditionChanged, EditionCreated
from summitry.editions.models import Edition, Room, Summit
from summitry.editions.models.edition import RESERVED_SLUGS
from summitry.editions.queries.edition import editions, editions_of
from summitry.editions.queries.organisers import OrganiserGroup, OrganiserView, organisers_of
from summitry.editions.queries.topics import TopicView, topics_of
from summitry.foundation import bus
from summitry.foundation.access import policy_for, visible
from summitry.foundation.errors import InvalidInput, PermissionRefused, StaleState
from summitry.foundation.i18n import Shown, Text
from summitry.foundation.models import AuditEntry
from tests.directory.make import STRANGER, actor_with, make_organisation, make_topic
from tests.editions.make import SYSTEM, in_edition, make_edition, make_room, make_summit

pytestmark = pytest.mark.django_db
DAYS: dict[str, Any] = {"starts_on": dt.date(2026, 11, 9), "ends_on": dt.date(2026, 11, 11)}


@pytest.fixture
def heard(monkeypatch):
    events: list[bus.Event] = []
    monkeypatch.setattr(bus, "_inside", {bus.Event: [events.append]})
    return events


def content(edition):
    return Edition.objects.get(pk=edition.pk).content_version


def test_administrator_founds_a_summit_and_opens_an_edition(heard):
    administrator = actor_with("administrator")
    summit = create_summit("rivertown", Text.of("Rivertown Summit"), by=administrator)
    edition = create_edition(
        summit, "rivertown-2026", by=administrator, name=Text.of("Rivertown 2026"), **DAYS
    )
    edition.refresh_from_db()
    assert (edition.year, edition.zone_name, edition.is_public, edition.content_version) == (
        2026,
        "UTC",
        False,
        1,
    )
    assert heard == [EditionCreated(by=administrator, edition_id=edition.pk)]
    actions = list(AuditEntry.objects.order_by("pk").values_list("action", "edition_id"))
    assert actions == [("editions.summit.created", None), ("editions.edition.created", edition.pk)]


@pytest.mark.parametrize("role", ["director", "editor", "viewer"])
def test_others_neither_found_nor_open(role):
    edition = make_edition()
    actor = in_edition(role, edition)
    with pytest.raises(PermissionRefused):
        create_summit("mine", Text.of("Mine"), by=actor)
    with pytest.raises(PermissionRefused):
        create_edition(edition.summit, "mine-2027", by=actor, **DAYS)
    assert (Summit.objects.count(), Edition.objects.count()) == (1, 1)


@pytest.mark.parametrize("slug", sorted(RESERVED_SLUGS))
def test_address_that_the_site_needs_is_refused_with_its_name(slug):
    with pytest.raises(ReservedSlug) as caught:
        make_edition(slug)
    assert slug in str(caught.value)
    assert list(caught.value.fields) == ["slug"]
    assert not Edition.objects.exists()


@pytest.mark.parametrize(
    ("facts", "error", "field"),
    [
        ({"slug": "Upper Case"}, InvalidInput, "slug"),
        ({"slug": "taken"}, SlugTaken, "slug"),
        ({"zone_name": "Rivertown/Centre"}, UnknownZone, "zone_name"),
        ({"zone_name": "America"}, UnknownZone, "zone_name"),
        ({"zone_name": ""}, UnknownZone, "zone_name"),
        ({"zone_name": "../etc/passwd"}, UnknownZone, "zone_name"),
        ({"starts_on": dt.date(2026, 11, 12)}, InvalidInput, "ends_on"),
        ({"starts_on": None}, InvalidInput, "starts_on"),
        ({"languages": ["en", "Klingon!"]}, InvalidInput, "languages"),
        ({"fallback": ["en", "en"]}, InvalidInput, "fallback"),
        ({"name": Text.of("x" * 201)}, InvalidInput, "name"),
    ],
)
def test_bad_edition_is_refused_by_field(facts, error, field):
    summit = make_summit()
    make_edition("taken", summit)
    with pytest.raises(error) as caught:
        make_edition(summit=summit, **{"slug": "good", **facts})
    assert list(caught.value.fields) == [field]
    assert Edition.objects.count() == 1


def test_director_changes_facts_and_pages_learn_of_it(heard):
    edition = make_edition(motto=Text.of("Old"))
    director = in_edition("director", edition)
    update_edition(edition, by=director, motto=Text.of("New"), zone_name="Europe/Paris")
    stored = Edition.objects.get()
    assert (stored.motto, stored.zone_name, stored.content_version) == (Text.of("New"), "Europe/Paris", 2)
    assert heard[1:] == [EditionChanged(by=director, edition_id=edition.pk)]
    entry = AuditEntry.objects.latest("pk")
    assert entry.before == {"motto": Text.of("Old").to_json(), "zone_name": "Asia/Shanghai"}


def test_same_facts_change_nothing(heard):
    edition = make_edition()
    update_edition(edition, by=SYSTEM, zone_name="Asia/Shanghai")
    assert (content(edition), len(heard)) == (1, 1)


@pytest.mark.parametrize("role", ["editor", "translator", "viewer"])
def test_facts_are_the_directors(role):
    edition = make_edition()
    other = make_edition()
    for actor in (STRANGER, in_edition(role, edition), in_edition("director", other)):
        with pytest.raises(PermissionRefused):
            update_edition(edition, by=actor, motto=Text.of("Mine"))
        with pytest.raises(PermissionRefused):
            set_topics(edition, [], by=actor)
        with pytest.raises(PermissionRefused):
            set_organisers(edition, [], by=actor)
    assert content(edition) == 1


def test_second_editor_of_the_same_fact_loses_with_a_reason():
    edition = make_edition(motto=Text.of("Old"))
    first, second = Edition.objects.get(), Edition.objects.get()
    update_edition(first, by=SYSTEM, motto=Text.of("First"))
    with pytest.raises(StaleState):
        update_edition(second, by=SYSTEM, motto=Text.of("Second"))
    update_edition(second, by=SYSTEM, website="https://summit.example/")
    assert Edition.objects.get(pk=edition.pk).motto == Text.of("First")


@pytest.mark.parametrize(
    "facts", [{"zone_name": "Nowhere"}, {"ends_on": dt.date(2020, 1, 1)}, {"languages": ["?"]}]
)
def test_bad_change_is_refused(facts):
    edition = make_edition()
    with pytest.raises(InvalidInput):
        update_edition(edition, by=SYSTEM, **facts)
    assert content(edition) == 1


def test_topics_of_an_edition_keep_its_order_and_inherit_their_tone():
    area = make_topic("Digital economy", tone="teal")
    leaf = make_topic("Payments", parent=area)
    other = make_topic("Health", tone="rose")
    edition = make_edition()
    set_topics(edition, [leaf, other, leaf], by=in_edition("director", edition))
    assert topics_of(edition, "en") == [
        TopicView(leaf.pk, "payments", Shown("Payments", "en", fallback=False), "digital-economy", "teal"),
        TopicView(other.pk, "health", Shown("Health", "en", fallback=False), "health", "rose"),
    ]
    assert content(edition) == 2
    set_topics(edition, [leaf, other], by=SYSTEM)
    assert content(edition) == 2
    set_topics(edition, [other], by=SYSTEM)
    assert [view.slug for view in topics_of(edition, "en")] == ["health"]


def test_organisers_are_grouped_by_role_and_named_for_the_reader():
    host = make_organisation("Ministry of Rivers", slug="rivers")
    both = make_organisation("Water Institute", slug="water", website="https://water.example/")
    edition = make_edition()
    given = [
        OrganiserGiven(both, OrganiserRole.SUPPORTER),
        OrganiserGiven(host, OrganiserRole.HOST),
        OrganiserGiven(both, OrganiserRole.ORGANISER),
    ]
    set_organisers(edition, given, by=in_edition("director", edition))
    water = OrganiserView(
        both.pk, "water", Shown("Water Institute", "en", fallback=True), "https://water.example/"
    )
    assert organisers_of(edition, "fr") == [
        OrganiserGroup(
            OrganiserRole.HOST,
            (OrganiserView(host.pk, "rivers", Shown("Ministry of Rivers", "en", fallback=True), ""),),
        ),
        OrganiserGroup(OrganiserRole.ORGANISER, (water,)),
        OrganiserGroup(OrganiserRole.SUPPORTER, (water,)),
    ]
    set_organisers(edition, given, by=SYSTEM)
    assert content(edition) == 2
    set_organisers(edition, given[:1], by=SYSTEM)
    entry = AuditEntry.objects.latest("pk")
    assert entry.before == {"organisers": [[host.pk, "host"], [both.pk, "organiser"]]}
    assert [group.role for group in organisers_of(edition, "en")] == [OrganiserRole.SUPPORTER]


@pytest.mark.parametrize("count", [1, 3])
def test_lists_of_an_edition_take_constant_queries(count, django_assert_num_queries):
    summit = make_summit()
    made = [make_edition(summit=summit) for _ in range(count)]
    edition = made[0]
    set_topics(edition, [make_topic() for _ in range(count)], by=SYSTEM)
    set_organisers(
        edition, [OrganiserGiven(make_organisation(), OrganiserRole.HOST) for _ in range(count)], by=SYSTEM
    )
    with django_assert_num_queries(2):
        assert len(topics_of(edition, "en")) == count
    with django_assert_num_queries(1):
        assert len(organisers_of(edition, "en")[0].organisers) == count
    with django_assert_num_queries(1):
        assert {(row.pk, row.summit.slug) for row in editions_of(STRANGER, summit)} == {
            (row.pk, summit.slug) for row in made
        }


def test_editions_are_visible_to_the_public_once_public_and_to_their_staff_before():
    public, draft = make_edition(), make_edition(is_public=False)
    room = make_room(draft)
    assert set(editions(STRANGER)) == {public}
    assert set(editions(in_edition("viewer", draft))) == {public, draft}
    assert not visible(STRANGER, Room.objects.all()).exists()
    assert set(visible(in_edition("viewer", draft), Room.objects.all())) == {room}
    policy = policy_for(Room)
    assert not policy.may(STRANGER, "view", room)
    assert policy.may(in_edition("director", draft), "edit", room)
    assert not policy.may(in_edition("director", public), "edit", room)
    update_edition(draft, by=SYSTEM, is_public=True)
    assert policy.may(STRANGER, "view", Room.objects.get())
