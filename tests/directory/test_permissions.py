from __future__ import annotations

import pytest

from summitry.directory.models import Entity, NamingProfile, Organisation, Person, Topic
from summitry.foundation.access import Actor, ActorKind, Scope, policy_for, visible
from tests.directory.make import (
    STRANGER,
    SYSTEM,
    actor_with,
    make_entity,
    make_organisation,
    make_person,
    make_topic,
)

pytestmark = pytest.mark.django_db

EDITION = Scope("edition", 7)
KEEPER = actor_with("directory_editor")
CONTRIBUTOR = actor_with("directory_contributor")
EDITOR = actor_with("editor", EDITION)
VIEWER = actor_with("viewer", EDITION)
READ_TOKEN = Actor(ActorKind.TOKEN, "read", 1, EDITOR.grants, frozenset({"read"}))


@pytest.mark.parametrize(
    ("actor", "verbs"),
    [
        (STRANGER, set()),
        (VIEWER, set()),
        (READ_TOKEN, {"view"}),
        (EDITOR, {"view", "create", "edit"}),
        (CONTRIBUTOR, {"view", "create", "edit"}),
        (KEEPER, {"view", "create", "edit", "merge"}),
        (actor_with("administrator"), {"view", "create", "edit", "merge"}),
        (SYSTEM, {"view", "create", "edit", "merge"}),
    ],
)
def test_people_and_organisations_are_the_staffs(actor, verbs):
    person, organisation = make_person(), make_organisation()
    for row in (person, organisation):
        policy = policy_for(type(row))
        assert {verb for verb in policy.verbs if policy.may(actor, verb, row)} == verbs
        assert set(visible(actor, type(row).objects.all())) == ({row} if "view" in verbs else set())


@pytest.mark.parametrize("model", [Entity, NamingProfile, Topic])
@pytest.mark.parametrize("actor", [STRANGER, VIEWER, EDITOR, CONTRIBUTOR])
def test_entities_profiles_and_topics_are_everybodys_to_view_only(model, actor):
    policy = policy_for(model)
    assert {verb for verb in policy.verbs if policy.may(actor, verb)} <= {"view"}
    assert {verb for verb in policy.verbs if policy.may(KEEPER, verb)} == set(policy.verbs) - {"view"}


def test_public_rows_are_visible_to_the_public():
    entity, topic = make_entity(), make_topic()
    assert set(visible(STRANGER, Entity.objects.all())) == {entity}
    assert set(visible(STRANGER, Topic.objects.all())) == {topic}
    assert policy_for(Entity).may(STRANGER, "view", entity)
    assert not visible(STRANGER, Person.objects.all()).exists()
    assert not visible(STRANGER, Organisation.objects.all()).exists()
