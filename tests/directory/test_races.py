"""Two people act at once, on a real server: one wins, the other is told why, and nothing is half-done."""

from __future__ import annotations

import pytest

from summitry.directory.actions.merge import merge_people, undo_merge
from summitry.directory.actions.naming import publish_profile, set_entity_name
from summitry.directory.actions.person import update_person
from summitry.directory.actions.topic import move_topic
from summitry.directory.errors import MergeAlreadyUndone, ProfileFrozen, TopicCycle
from summitry.directory.models import Merge, Person, Topic
from summitry.directory.queries.topics import TopicTree
from summitry.foundation.errors import StaleState
from tests.at_once import at_once
from tests.directory.make import SYSTEM, make_entity, make_person, make_profile, make_topic, name

pytestmark = pytest.mark.django_db(transaction=True)


def test_pair_merged_in_both_directions_at_once_is_merged_once():
    one, two = make_person(), make_person()
    refused = at_once(
        lambda: merge_people(one, two, by=SYSTEM),
        lambda: merge_people(Person.objects.get(pk=two.pk), Person.objects.get(pk=one.pk), by=SYSTEM),
    )
    assert refused.count(None) == 1
    assert (Person.objects.count(), Merge.objects.count()) == (1, 1)


def test_merge_undone_twice_at_once_is_undone_once():
    one, two = make_person(), make_person()
    merge = merge_people(one, two, by=SYSTEM)
    refused = at_once(lambda: undo_merge(merge, by=SYSTEM), lambda: undo_merge(merge, by=SYSTEM))
    assert sorted(refused, key=str) == sorted([None, MergeAlreadyUndone], key=str)
    assert set(Person.objects.all()) == {one, two}


def test_fact_changed_by_two_at_once_is_changed_by_one():
    person = make_person(email="old@example.org")
    copies = [Person.objects.get(), Person.objects.get()]
    refused = at_once(
        *(lambda n=n: update_person(copies[n], by=SYSTEM, email=f"new{n}@example.org") for n in range(2))
    )
    assert sorted(refused, key=str) == sorted([None, StaleState], key=str)
    person.refresh_from_db()
    assert person.email == f"new{refused.index(None)}@example.org"


def test_two_harmless_moves_never_close_a_circle():
    one, two = make_topic(), make_topic()
    refused = at_once(lambda: move_topic(one, two, by=SYSTEM), lambda: move_topic(two, one, by=SYSTEM))
    assert sorted(refused, key=str) == sorted([None, TopicCycle], key=str)
    assert Topic.objects.filter(parent=None).count() == 1
    assert len(TopicTree().branches()) == 1


def test_name_never_changes_in_a_frozen_profile():
    entity, profile = make_entity(), make_profile()
    refused = at_once(
        lambda: publish_profile(profile, by=SYSTEM),
        lambda: set_entity_name(profile, entity, "en", "A", by=SYSTEM),
    )
    assert refused[0] is None
    assert (refused[1] is ProfileFrozen) == (not profile.names.exists())


def test_namesakes_added_at_once_get_addresses_of_their_own():
    refused = at_once(*(lambda: make_person(name("display", "en", "Wei Wang")) for _ in range(4)))
    assert refused == [None] * 4
    assert set(Person.objects.values_list("slug", flat=True)) == {
        "wei-wang",
        *(f"wei-wang-{n}" for n in (2, 3, 4)),
    }
