from __future__ import annotations

import pytest

from summitry.directory.actions.topic import create_topic, move_topic, update_topic
from summitry.directory.errors import NameMissing, TopicCycle
from summitry.directory.models import Topic
from summitry.directory.queries.topics import TopicTree
from summitry.foundation.errors import PermissionRefused
from summitry.foundation.i18n import Text
from tests.directory.make import STRANGER, SYSTEM, actor_with, make_topic

pytestmark = pytest.mark.django_db


def outline(tree):
    return [(branch.depth, str(branch.topic.name)) for top in tree.branches() for branch in top.walk()]


def test_tree_has_every_topic_in_order(django_assert_num_queries):
    water = make_topic("Water", position=1, tone="teal")
    make_topic("Air")
    rain = make_topic("Rain", water, position=1)
    make_topic("Rivers", water)
    drizzle = make_topic("Drizzle", rain)
    with django_assert_num_queries(1):
        tree = TopicTree()
        assert outline(tree) == [(0, "Air"), (0, "Water"), (1, "Rivers"), (1, "Rain"), (2, "Drizzle")]
        assert tree.path(drizzle.pk) == [water, rain, drizzle]
        assert tree.tone(drizzle.pk) == "teal"
        assert tree.ids_below(rain.pk) == {rain.pk, drizzle.pk}


def test_topic_moves_with_what_is_below_it():
    water, air = make_topic("Water"), make_topic("Air")
    rain = make_topic("Rain", water)
    make_topic("Drizzle", rain)
    move_topic(rain, air, by=actor_with("directory_editor"))
    assert outline(TopicTree()) == [(0, "Water"), (0, "Air"), (1, "Rain"), (2, "Drizzle")]
    move_topic(rain, None, by=SYSTEM, position=9)
    assert outline(TopicTree()) == [(0, "Water"), (0, "Air"), (0, "Rain"), (1, "Drizzle")]


def test_topic_never_lies_below_itself():
    water = make_topic("Water")
    rain = make_topic("Rain", water)
    drizzle = make_topic("Drizzle", rain)
    for parent in (water, rain, drizzle):
        with pytest.raises(TopicCycle):
            move_topic(water, parent, by=SYSTEM)
    assert TopicTree().path(drizzle.pk) == [water, rain, drizzle]


def test_topics_are_the_keepers():
    topic = make_topic("Water")
    for actor in (STRANGER, actor_with("directory_contributor")):
        for attempt in (
            lambda by: create_topic(Text.of("Mine"), by=by),
            lambda by: update_topic(topic, by=by, name=Text.of("Mine")),
            lambda by: move_topic(topic, None, by=by, position=4),
        ):
            with pytest.raises(PermissionRefused):
                attempt(actor)
    update_topic(topic, by=actor_with("directory_editor"), name=Text.of("Waters"), tone="teal")
    assert list(Topic.objects.values_list("slug", "tone", "position")) == [("water", "teal", 0)]
    assert str(Topic.objects.get().name) == "Waters"


def test_nameless_topic_is_refused():
    with pytest.raises(NameMissing):
        create_topic(Text(), by=SYSTEM)
    topic = make_topic()
    with pytest.raises(NameMissing):
        update_topic(topic, by=SYSTEM, name=Text())
